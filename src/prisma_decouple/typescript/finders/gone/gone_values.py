"""Values that an enum has no more, where they are named: `Cover.SOFT`, `cover === "SOFT"`, `{ cover: "SOFT" }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.renames import renamed
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.comparisons import compared_with
from prisma_decouple.typescript.source.elements import gone_through
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    call_given,
    callee,
    descendants,
    first_name,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.containers import entry_part
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.namespaces import is_in_namespace
from prisma_decouple.typescript.types.retyped import field_behind
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.annotations import is_client_module
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import Column
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type


_ASKING_LISTS = frozenset({"includes", "indexOf", "lastIndexOf"})


def find_gone_values(file: FileContext) -> None:
    """Note the values of enums that are there no more.

    Args:
        file: the file; its findings are filled.
    """
    lost = {(each.enum, each.value) for each in file.facts.lost_values}
    names = frozenset(value for _, value in lost)
    if not lost:
        return
    is_named = bool(names & file.source.words)
    if is_named:
        _check_names(file, lost, names)
    enums = frozenset(enum for enum, _ in lost)
    for node in file.source.nodes(*PROPERTIES):
        if is_named:
            _check_key(file, node, lost)
        value = node.child_by_field_name("value") or node
        if is_named or first_name(value) in file.imported:
            _check_given(file, value, enums)


def _check_names(file: FileContext, lost: Container[tuple[str, str]], names: Container[str]) -> None:
    """`Cover.SOFT`, and `"SOFT"` where a value of the enum is wanted."""
    for node in file.source.nodes("member_expression"):
        if last_name(node) in names:
            enum = _enum_of(file, node.child_by_field_name("object"))
            if (enum, last_name(node)) in lost:
                _note(file, node.child_by_field_name("property") or node, enum, last_name(node))
    for node in file.source.nodes("string"):
        if string_value(node) in names:
            enum = _wanted_enum(file, node)
            if (enum, string_value(node)) in lost:
                _note(file, node, enum, string_value(node))


def _check_key(file: FileContext, node: Node, lost: Container[tuple[str, str]]) -> None:
    """`{ SOFT: "paperback" }` where each key has to be a value of the enum: `Record<Cover, string>`."""
    literal, name = node.parent, key_of(node)
    if literal is None or literal.type != "object" or not any((enum, name) in lost for enum in file.facts.enums):
        return
    wanted = expected(file, literal)
    key = entry_part(wanted, 0) if wanted is not None and wanted.what is What.MAP and not wanted.is_list else None
    for enum in _enums_in(key) if key is not None else ():
        if (enum, name) in lost:
            _note(file, node.child_by_field_name("key") or node, enum, name)


def _enums_in(found: Type) -> Iterator[str]:
    """The enums of which a type is made: `Cover | "none"`."""
    place = found.place
    if found.what is not What.VALUE:
        return
    if found.field:
        yield found.field
    elif place is not None and place.node.type == "union_type":
        parts = (place.file.types.read(each) for each in place.node.named_children)
        yield from (enum for each in parts if each is not None and each != found for enum in _enums_in(each))


def _check_given(file: FileContext, value: Node, enums: Container[str]) -> None:
    """`cover: COVERS[name]`: a value of a constant of which one is none of the enum any more."""
    value = unwrapped(value)
    owner, index = value.child_by_field_name("object"), value.child_by_field_name("index")
    found = file.types.of(owner) if owner is not None and value.type in READS else None
    constant = found.literal if found is not None else None
    if constant is None:
        return
    wanted = expected(file, value)
    if wanted is None or wanted.what is not What.VALUE or wanted.field not in enums:
        return
    keys = _keys(index) if index is not None else {last_name(value)}
    for name, given in properties(constant.node):
        text = string_value(unwrapped(given))
        if (not keys or name in keys) and _is_lost(file, wanted.field, text):
            _note(file, value, wanted.field, text, Confidence.CERTAIN if keys else Confidence.LIKELY)
            return


def _keys(index: Node) -> frozenset[str]:
    """The properties that an index may stand for, as far as it says so: `as "HARD" | "SOFT"`; empty for any."""
    if string_value(index):
        return frozenset({string_value(index)})
    cast = index.named_children[-1] if index.type == "as_expression" else None
    texts = descendants(cast, "string") if cast is not None else ()
    return frozenset(map(string_value, texts))


def _is_lost(file: FileContext, enum: str, value: str) -> bool:
    return any((each.enum, each.value) == (enum, value) for each in file.facts.lost_values)


def _enum_of(file: FileContext, owner: Node | None) -> str:
    """The enum of the client that an expression is, `Role` or `$Enums.Role`; empty for anything else."""
    if owner is None:
        return ""
    if owner.type == "member_expression":
        return last_name(owner) if is_in_namespace(file, owner) else ""
    found = file.project.lookup(file, owner, text_of(owner))
    return found.name if isinstance(found, Foreign) and is_client_module(found.module) else ""


def _wanted_enum(file: FileContext, node: Node) -> str:
    """The enum whose value a string has to be, as it seems."""
    compared = compared_with(node)
    if compared is not None:
        return enum_behind(file, compared) or _enum_among(file, compared, string_value(node))
    wanted = expected(file, node)
    if wanted is not None:
        return wanted.field if wanted.what is What.VALUE else ""
    call = call_given(node)
    listed, method = callee(call) if call is not None else (None, "")
    return _enum_of_list(file, listed) if listed is not None and method in _ASKING_LISTS else ""


def _enum_of_list(file: FileContext, listed: Node) -> str:
    """The enum of whose values a field of a record is a list: `book.covers`."""
    column = _column_behind(file, listed)
    return column.scalar_type if column is not None and column.is_list else ""


def _column_behind(file: FileContext, value: Node) -> Column | None:
    """The field of a record whose value an expression is, `book.cover`, also by a name that it was taken into."""
    field = field_behind(file, value)
    return file.facts.column_of(*field) if field is not None else None


def _enum_among(file: FileContext, value: Node, text: str) -> str:
    """The enum that is one of the types of a value, `Cover | "none"`, when none of the others has the text."""
    found = file.types.of(value)
    if found is None or found.place is None or found.what is not What.VALUE:
        return ""
    is_written = any(string_value(each) == text for each in descendants(found.place.node, "string"))
    return "" if is_written else next(_enums_in(found), "")


def enum_behind(file: FileContext, value: Node) -> str:
    """The type of the field whose value an expression is, as of `book.cover`, or the enum that it is declared to be.

    Of an element of a list of values, `book.covers[0]`, it is that of the list.
    """
    column = _column_behind(file, value)
    if column is not None:
        return column.scalar_type
    told = file.types.of(value)
    if told is not None:
        return told.field if told.what is What.VALUE and not told.is_list else ""
    owner = value.child_by_field_name("object") if value.type == "subscript_expression" else None
    binding = binding_of(value)
    listed = owner or (gone_through(binding) if binding is not None else None)
    return _enum_of_list(file, listed) if listed is not None else ""


def _note(file: FileContext, node: Node, enum: str, value: str, confidence: Confidence = Confidence.CERTAIN) -> None:
    new = next((each.successor for each in file.facts.lost_values if (each.enum, each.value) == (enum, value)), "")
    now = f" It is called `{new}` now." if new else ""
    why = f"{with_article(enum, 'A')} is never `{value}` any more.{now}"
    file.hint(node, Kind.GONE, confidence, why, renamed(node, new) if new and _names_it(node, value) else None)


def _names_it(node: Node, value: str) -> bool:
    """Whether a place is the value's own name, which can be changed, and not an expression that may have the value."""
    return value in {string_value(node), text_of(node)}
