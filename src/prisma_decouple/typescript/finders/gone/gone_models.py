"""Code that names models and enums which the schema has no more: `prisma.shelf`, `Prisma.ShelfWhereInput`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.renames import imported_as, renamed
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.gone.gone_fields import note_lost
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.comparisons import compared_with
from prisma_decouple.typescript.source.patterns import key_in_pattern
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.signatures import quoted
from prisma_decouple.typescript.source.syntax import (
    READS,
    callee,
    key_of,
    last_name,
    nearest,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.classes import field_of_class
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.extensions import EXTENDS, MODEL_NAME
from prisma_decouple.typescript.types.prisma.namespaces import is_in_namespace, namespace_of
from prisma_decouple.typescript.types.prisma.prisma_types import lost_relation_in, model_in
from prisma_decouple.typescript.types.taken import taken_out_of
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.annotations import is_client_module

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.source.text import Edit

# What an extension has for each model (Prisma's reference, "Extensions").
_PARTS = frozenset({"model", "query", "result"})
_IN_PATTERNS = ("shorthand_property_identifier_pattern", "pair_pattern")
_HOLDING = frozenset({What.BOX, What.SHAPE})
_NAME_OF_MODEL = "ModelName"
_OF_KEYS = "CompoundUniqueInput"


def find_gone_models(file: FileContext) -> None:
    """Note the models and enums that are gone: their imports, delegates and types.

    Args:
        file: the file; its findings are filled.
    """
    gone = frozenset({*file.facts.lost_models, *file.facts.lost_enums})
    for node in file.source.nodes("import_specifier", "export_specifier"):
        name = text_of(node.child_by_field_name("name"))
        if name in gone and _is_of_client(file, node):
            _note_model(file, node, name)
    for node in file.source.nodes("member_expression", "nested_type_identifier") if gone else ():
        if is_in_namespace(file, node):
            _check_type(file, node, gone)
    _find_accessors(file, {client_accessor(model): model for model in file.facts.lost_models})
    for node in (
        file.source.nodes("string", "member_expression")
        if frozenset(file.facts.lost_models) & file.source.words
        else ()
    ):
        if (string_value(node) or last_name(node)) in file.facts.lost_models and _is_name_of_model(file, node):
            _note_model(file, node, string_value(node) or last_name(node))


def _find_accessors(file: FileContext, accessors: Mapping[str, str]) -> None:
    """`prisma.book`, `{ book } = prisma`, `PrismaClient["book"]`, and `{ book: … }` of an extension."""
    if not accessors.keys() & file.source.words:
        return
    for node in file.source.nodes(*READS):
        model = accessors.get(last_name(node), "")
        if model and file.delegates.model_of(node) == model and _is_of_client_itself(file, node):
            _note_model(file, node.child_by_field_name("property") or node, model)
    for node in file.source.nodes(*_IN_PATTERNS):
        model = accessors.get(key_in_pattern(node), "")
        owner = taken_out_of(file, node) if model else None
        if owner is not None and _is_client(owner, key_in_pattern(node)) and _is_delegate(file, owner, node):
            _note_model(file, node, model)
    for node in file.source.nodes("pair"):
        if key_of(node) in accessors and _is_extension(node):
            _note_model(file, node, accessors[key_of(node)])
    for node in file.source.nodes("lookup_type"):
        owner, name = file.types.read(node.named_children[0]), quoted(node.named_children[-1])
        if name in accessors and owner is not None and _is_client(owner, name):
            _note_model(file, node.named_children[-1].named_children[0], accessors[name])


def _is_delegate(file: FileContext, owner: Type, part: Node) -> bool:
    """Whether what a pattern takes out is a model of a client."""
    found = file.types.property(owner, key_in_pattern(part))
    return found is not None and found.what is What.DELEGATE


def _is_name_of_model(file: FileContext, node: Node) -> bool:
    """Whether a text has to be the name of a model, or names one: `Prisma.ModelName.Book`."""
    if node.type == "member_expression":
        owner = node.child_by_field_name("object")
        is_named = owner is not None and last_name(owner) == _NAME_OF_MODEL
        return owner is not None and is_named and is_in_namespace(file, owner)
    other = compared_with(node)
    wanted = file.types.of(other) if other is not None else expected(file, node)
    if wanted == MODEL_NAME:
        return True
    parts = alternatives(wanted.place.node) if wanted is not None and wanted.place is not None else ()
    return any(text_of(each).rpartition(".")[2] == _NAME_OF_MODEL for each in parts)


def _is_of_client_itself(file: FileContext, node: Node) -> bool:
    """Whether a model is read of a client, and not of an object that holds it under the same name."""
    owner = node.child_by_field_name("object")
    found = file.types.of(owner) if owner is not None else None
    return _is_client(found, last_name(node)) if found is not None else file.delegates.is_certain(node)


def _is_client(found: Type, name: str) -> bool:
    """Whether a type is that of a client, or made of it, and has nothing of its own under a name."""
    if found.what is What.CLASS and found.place is not None:
        return field_of_class(found.place, name) is None
    return found.what not in _HOLDING


def _check_type(file: FileContext, node: Node, gone: frozenset[str]) -> None:
    """`Prisma.BookWhereInput`, and `Prisma.BookCreateWithoutAuthorInput`, which is about a relation as well."""
    name = text_of(node.child_by_field_name("name")) or last_name(node)
    container = _container(file.facts, name) if namespace_of(file, node) == "Prisma" else name
    lost = lost_relation_in(file.facts, model_in(file.facts, name), name)
    lost = lost or _lost_key(file.facts, name)
    if container in gone:
        _note_model(file, node.child_by_field_name("property") or node, container, lost)
    if lost is not None:
        note_lost(file, node, lost, Confidence.CERTAIN, _edits_of_relation(file, node, lost), is_held=True)


def _lost_key(facts: SchemaFacts, name: str) -> LostField | None:
    """The lost key of several fields that a type is called after: `BookTitleYearCompoundUniqueInput`."""
    model = model_in(facts, name) if name.endswith(_OF_KEYS) else ""
    words = _folded(name.removeprefix(model).removesuffix(_OF_KEYS))
    return next((each for each in facts.missing_in(model) if _folded(each.name) == words), None)


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


def _container(facts: SchemaFacts, name: str) -> str:
    """The lost model that a type or constant of the client is called after; else the whole name, as of an enum."""
    model = model_in(facts, name.removeprefix("$")) if name not in facts.enums else name
    return model if model in facts.lost_models else name


def _is_extension(pair: Node) -> bool:
    """Whether a model's part of an extension is meant: `$extends({ query: { book: { ... } } })`."""
    literal = pair.parent
    part = literal.parent if literal is not None else None
    outer = part.parent if part is not None and part.type == "pair" and key_of(part) in _PARTS else None
    call = outer.parent.parent if outer is not None and outer.parent is not None else None
    return call is not None and call.type == "call_expression" and callee(call)[1] in EXTENDS


def _is_of_client(file: FileContext, specifier: Node) -> bool:
    """Whether an import is one from the client's package, or from a file that hands on all that it exports."""
    if specifier.type == "export_specifier":
        statement = nearest(specifier, "export_statement")
        module = string_value(statement.child_by_field_name("source")) if statement is not None else ""
        return is_client_module(module)
    local = specifier.child_by_field_name("alias") or specifier.child_by_field_name("name")
    found = file.project.imported(file, text_of(local))
    return isinstance(found, Foreign) and is_client_module(found.module)


def _edits_of_relation(file: FileContext, node: Node, lost: LostField) -> list[Edit] | None:
    """`Prisma.BookCreateWithoutAuthorInput`, when the author is called otherwise; the model may be so as well."""
    name = node.child_by_field_name("name")
    old, new = (f"Without{each[:1].upper()}{each[1:]}" for each in (lost.name, lost.successor))
    written = text_of(name)
    if name is None or not lost.is_renamed or old not in written:
        return None
    model = dict(file.facts.renamed_models).get(lost.model, lost.model)
    return renamed(name, model + written.removeprefix(lost.model).replace(old, new))


def _note_model(file: FileContext, node: Node, name: str, relation: LostField | None = None) -> None:
    new = dict(file.facts.renamed_models).get(name, "")
    now = f" It is called `{new}` now." if new else ""
    edits = _edits_of_model(node, name, new) if new else None
    if relation is not None and new:
        edits = _edits_of_relation(file, node, relation)  # both are said by one name
    file.hint(node, Kind.GONE, Confidence.CERTAIN, f"The schema has no `{name}` any more.{now}", edits)


def _edits_of_model(node: Node, old: str, new: str) -> list[Edit] | None:
    """`import { Old }`, `prisma.old`, `{ old: ... }` of an extension, `Prisma.Old` and `Prisma.OldWhereInput`."""
    if node.type in {"export_specifier", "import_specifier"}:
        return imported_as(node, new)
    if node.type in {"pair", "subscript_expression", *_IN_PATTERNS}:
        return renamed(node, client_accessor(new))
    if node.type == "string":
        return renamed(node, new if string_value(node) == old else client_accessor(new))
    inner = node.child_by_field_name("name") if node.type == "nested_type_identifier" else node
    inner = inner.child_by_field_name("property") or inner if inner is not None else None
    written = text_of(inner)
    sign = "$" if written.startswith("$") else ""
    if inner is not None and written.removeprefix(sign).startswith(old):
        return renamed(inner, sign + new + written.removeprefix(sign + old))
    return renamed(inner, client_accessor(new)) if inner is not None and written == client_accessor(old) else None
