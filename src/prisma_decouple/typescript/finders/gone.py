"""Code that names what the schema has no more: fields, relations and models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.removals import removed_property
from prisma_decouple.typescript.edits.renames import imported_as, renamed
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.patterns import key_in_pattern, pattern_of
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.scopes import PARAMETERS, bound_names
from prisma_decouple.typescript.source.syntax import ancestors, key_of, last_name, string_value, text_of
from prisma_decouple.typescript.types.annotations import is_client_module
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.prisma_types import lost_relation_in, model_in
from prisma_decouple.typescript.types.typed import What, member_of
from prisma_decouple.typescript.wording import now_called, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.text import Edit
    from prisma_decouple.typescript.types.typed import Type

_OF_MODELS = frozenset({What.FIELDS, What.FILTER, What.INPUT, What.LOADS, What.ORDER, What.RECORD, What.UPDATE})
_BINDINGS = frozenset({"variable_declarator", "for_in_statement", *PARAMETERS})
_SEVERAL = 2
_LISTING = frozenset({"by", "distinct"})
_PICKS = frozenset({"Pick", "Extract"})


def find_gone(file: FileContext) -> None:
    """Note the names of what is there no more.

    Args:
        file: the file; its findings are filled.
    """
    names = frozenset(each.name for each in file.facts.lost_fields)
    if names & file.source.words:
        _find_fields(file, names)
    _find_models(file)


def _find_fields(file: FileContext, names: frozenset[str]) -> None:
    for node in file.source.nodes("member_expression", "subscript_expression"):
        if last_name(node) in names:
            _check_read(file, node)
    for node in file.source.nodes("shorthand_property_identifier_pattern", "pair_pattern"):
        if key_in_pattern(node) in names:
            _check_pattern(file, node)
    for node in file.source.nodes("pair", "shorthand_property_identifier"):
        if key_of(node) in names:
            _check_property(file, node)
    for node in file.source.nodes("string"):
        if string_value(node) in names:
            _check_string(file, node)


def _check_read(file: FileContext, node: Node) -> None:
    """`record.field`, or `data.field = value`."""
    owner, name = node.child_by_field_name("object"), last_name(node)
    found = file.types.of(owner) if owner is not None else None
    if found is not None:
        found = _spread_into(found, name) or found
        if _has_it(found, name) and (lost := file.facts.lost_of(found.model, name)) is not None:
            note_lost(file, node.child_by_field_name("property") or node, lost, Confidence.CERTAIN)
        return
    guess = file.inference.model_of(owner) if owner is not None else None
    lost = file.facts.lost_of(guess.model, name) if guess is not None else None
    if guess is not None and lost is not None:
        sureness = Confidence.LIKELY if guess.is_certain else Confidence.UNSURE
        note_lost(file, node.child_by_field_name("property") or node, lost, sureness)


def _spread_into(found: Type, name: str) -> Type | None:
    """What a literal has a property of that is not written in it: of `{ ...book }` the book."""
    literal = found.place.node if found.what is What.SHAPE and found.place is not None else None
    if literal is None or found.place is None or literal.type != "object" or property_value(literal, name) is not None:
        return None
    spreads = [each for each in literal.named_children if each.type == "spread_element"]
    spread = [found.place.file.types.of(each.named_children[-1]) for each in spreads]
    return next((each for each in spread if each is not None and each.what is What.RECORD and each.has(name)), None)


def _has_it(owner: Type, name: str) -> bool:
    """Whether a type has the fields of its model, and this one from nowhere else."""
    is_added = any(member_of(each.node, name) is not None for each in owner.extras)
    return owner.what in _OF_MODELS and not owner.is_list and name not in owner.without and not is_added


def _check_pattern(file: FileContext, node: Node) -> None:
    """`const { field } = record`."""
    name = key_in_pattern(node)
    binding = next((each for each in ancestors(node) if each.type in _BINDINGS), None)
    bound = next(iter(bound_names(node)), "")
    if binding is None or not bound or node.start_byte >= pattern_of(binding).end_byte:
        return
    owner = file.types.owner_of(binding, bound)
    lost = file.facts.lost_of(owner.model, name) if owner is not None and _has_it(owner, name) else None
    if lost is not None:
        note_lost(file, node, lost, Confidence.CERTAIN)


def _check_property(file: FileContext, node: Node) -> None:
    """`{ field: value }` where a query, or a record, is wanted."""
    literal, name = node.parent, key_of(node)
    wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
    lost = file.facts.lost_of(wanted.model, name) if wanted is not None and _has_it(wanted, name) else None
    if lost is not None and wanted is not None:
        is_checked = not wanted.is_mock
        # What a query loads can only do without it; what else takes its place is a decision.
        is_dropped = wanted.what is What.LOADS and not lost.successor
        edits = removed_property(file.source, node) if is_dropped else None
        note_lost(file, node, lost, Confidence.CERTAIN if is_checked else Confidence.LIKELY, edits)


def _check_string(file: FileContext, node: Node) -> None:
    """`by: ["field"]`, `Pick<Model, "field">` and `Model["field"]`."""
    model = _listed_of(file, node) or _named_of(file, node)
    lost = file.facts.lost_of(model, string_value(node)) if model else None
    if lost is not None:
        note_lost(file, node, lost, Confidence.CERTAIN)
        return
    for lost in _lost_among(file, node):
        note_lost(file, node, lost, Confidence.LIKELY)


def _lost_among(file: FileContext, node: Node) -> list[LostField]:
    """What a string means in a list that names other fields of the same model and nothing else: `pick(book, [...])`."""
    listed = node.parent if node.parent is not None and node.parent.type == "array" else None
    texts = [child for child in listed.named_children if child.type != "comment"] if listed is not None else []
    others = {string_value(each) for each in texts if each != node}
    if len(others) < _SEVERAL or any(each.type != "string" for each in texts):
        return []
    return [
        lost
        for lost in file.facts.lost_fields
        if lost.name == string_value(node) and all(_is_field(file, lost.model, each) for each in others)
    ]


def _is_field(file: FileContext, model: str, name: str) -> bool:
    """Whether a model has a field of that name, or had it."""
    is_there = file.facts.column_of(model, name) is not None or file.facts.relation_of(model, name) is not None
    return is_there or file.facts.lost_of(model, name) is not None


def _listed_of(file: FileContext, node: Node) -> str:
    """The model of a query in which a string stands in a list of fields."""
    holder = node.parent
    if holder is not None and holder.type == "array":
        holder = holder.parent
    if holder is None or holder.type != "pair" or key_of(holder) not in _LISTING or holder.parent is None:
        return ""
    owner = expected(file, holder.parent)
    return owner.model if owner is not None and owner.what is What.QUERY else ""


def _named_of(file: FileContext, node: Node) -> str:
    """The model of a type out of which a string takes a field."""
    for outer in ancestors(node):
        if outer.type == "lookup_type":
            owner = file.types.read(outer.named_children[0])
            return owner.model if owner is not None and owner.what is What.RECORD else ""
        if outer.type == "generic_type":
            is_pick = text_of(outer.child_by_field_name("name")) in _PICKS
            listed = outer.child_by_field_name("type_arguments")
            owner = file.types.read(listed.named_children[0]) if is_pick and listed is not None else None
            return owner.model if owner is not None and owner.what is What.RECORD else ""
        if outer.type not in {"literal_type", "union_type", "type_arguments"}:
            return ""
    return ""


def _find_models(file: FileContext) -> None:
    """The models and enums that are gone: their imports, delegates and types."""
    gone = frozenset({*file.facts.lost_models, *file.facts.lost_enums})
    accessors = {client_accessor(model): model for model in file.facts.lost_models}
    for node in file.source.nodes("import_specifier"):
        name = text_of(node.child_by_field_name("name"))
        if name in gone and _is_of_client(file, node):
            _note_model(file, node, name)
    for node in file.source.nodes("member_expression"):
        model = accessors.get(last_name(node), "")
        if model and file.delegates.model_of(node) == model and file.delegates.is_certain(node):
            _note_model(file, node.child_by_field_name("property") or node, model)
        elif last_name(node) in gone and _is_namespace(file, node):
            _note_model(file, node, last_name(node))
    for node in file.source.nodes("nested_type_identifier"):
        name = text_of(node.child_by_field_name("name"))
        model = model_in(file.facts, name)
        if (model if model in file.facts.lost_models else name) in gone and _is_namespace(file, node):
            _note_model(file, node, model if model in file.facts.lost_models else name)
        lost = lost_relation_in(file.facts, model, name)
        if lost is not None and _is_namespace(file, node):
            note_lost(file, node, lost, Confidence.CERTAIN, is_held=True)


def _is_namespace(file: FileContext, node: Node) -> bool:
    """Whether something is taken out of what the client's package exports: `Prisma.Name`, `db.Name`."""
    owner = node.child_by_field_name("module") or node.child_by_field_name("object")
    found = file.project.imported(file, text_of(owner)) if owner is not None and owner.type == "identifier" else None
    return isinstance(found, Foreign) and found.name in {"*", "$Enums", "Prisma"} and is_client_module(found.module)


def _is_of_client(file: FileContext, specifier: Node) -> bool:
    """Whether an import is one from the client's package, or from a file that hands on all that it exports."""
    local = specifier.child_by_field_name("alias") or specifier.child_by_field_name("name")
    found = file.project.imported(file, text_of(local))
    return isinstance(found, Foreign) and is_client_module(found.module)


def note_lost(
    file: FileContext,
    node: Node,
    lost: LostField,
    confidence: Confidence,
    edits: list[Edit] | None = None,
    *,
    is_held: bool = False,
) -> None:
    """Note a place that names a field which is no more.

    Args:
        file: the file; its findings are filled.
        node: the place.
        lost: the field.
        confidence: how sure it is that something has to be done.
        edits: what is done without it; one that is only called otherwise is called so.
        is_held: whether the name is one for others as well, so that it cannot be changed here alone.
    """
    why = f"{with_article(lost.model, 'A')} has no `{lost.name}` any more.{now_called(lost)}"
    if lost.is_renamed and not is_held:
        edits = renamed(node, lost.successor)
    file.hint(node, Kind.GONE, confidence, why, edits)


def _note_model(file: FileContext, node: Node, name: str) -> None:
    new = dict(file.facts.renamed_models).get(name, "")
    now = f" It is called `{new}` now." if new else ""
    edits = _edits_of_model(node, name, new) if new else None
    file.hint(node, Kind.GONE, Confidence.CERTAIN, f"The schema has no `{name}` any more.{now}", edits)


def _edits_of_model(node: Node, old: str, new: str) -> list[Edit] | None:
    """`import { Old }`, `prisma.old`, `Prisma.Old` and `Prisma.OldWhereInput`."""
    if node.type == "import_specifier":
        return imported_as(node, new)
    inner = node.child_by_field_name("name") if node.type == "nested_type_identifier" else node
    inner = inner.child_by_field_name("property") or inner if inner is not None else None
    written = text_of(inner)
    if inner is not None and written.startswith(old):
        return renamed(inner, new + written.removeprefix(old))
    return renamed(inner, client_accessor(new)) if inner is not None and written == client_accessor(old) else None
