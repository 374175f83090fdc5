"""Fields whose values are of another type now, or are never null any more, where the code relies on what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_behind, named_above, values_of
from prisma_decouple.typescript.source.syntax import key_of, last_name, text_of, unwrapped
from prisma_decouple.typescript.types.arrivals import handed_values
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import RetypedField

_WRITTEN = frozenset({What.FILTER, What.INPUT, What.RECORD, What.UPDATE})
_ASKED = frozenset({"equals", "not", "set"})
_PRIMITIVES = frozenset({"bigint", "boolean", "number", "string", "Date"})
_JSON = "Prisma.JsonValue"
# What a field of the client takes besides values of its own type (Prisma's reference, "Working with scalar types").
_TAKEN = {
    "bigint": frozenset({"number"}),
    "Date": frozenset({"string"}),
    "Prisma.Decimal": frozenset({"number", "string"}),
}
_LIST = "list"
_OF_JSON = frozenset({"boolean", "number", "string", _LIST})
# What only filters and updates of fields of a type have (Prisma's reference, "Filter conditions and operators").
_OPERATORS = {
    _LIST: frozenset({"has", "hasEvery", "hasSome", "isEmpty", "push"}),
    "string": frozenset({"contains", "endsWith", "mode", "startsWith"}),
    "number": frozenset({"decrement", "divide", "increment", "multiply"}),
}
_EVERYTHINGS = frozenset({"constructor", "hasOwnProperty", "toLocaleString", "toString", "valueOf"})
_OF_TEXTS_AND_LISTS = frozenset({"at", "concat", "includes", "indexOf", "lastIndexOf", "length", "slice"})
_ARITHMETIC = frozenset({"-", "*", "/", "%", "**", "+", "===", "!=="})
_LITERALS = {
    "array": _LIST,
    "false": "boolean",
    "number": "number",
    "string": "string",
    "template_string": "string",
    "true": "boolean",
}


def find_retyped(file: FileContext) -> None:
    """Note the reads and writes of fields that do not fit what they hold now.

    Args:
        file: the file; its findings are filled.
    """
    copied = {each.model for each in file.facts.retyped if each.after == _JSON}
    if copied and (copied | {client_accessor(model) for model in copied}) & file.source.words:
        for value in handed_values(file):
            _check_copied(file, value)
    retyped = frozenset(each.field for each in file.facts.retyped)
    again = frozenset(field for _, field in file.facts.required_again)
    if not (retyped | again) & file.source.words:
        return
    for node in file.source.nodes("member_expression"):
        if last_name(node) in retyped:
            _check_read(file, node)
    for node in file.source.nodes("pair", "shorthand_property_identifier"):
        if key_of(node) in retyped | again:
            _check_written(file, node)


def _check_read(file: FileContext, node: Node) -> None:
    owner = node.child_by_field_name("object")
    found = file.types.of(owner) if owner is not None else None
    if found is None or found.what is not What.RECORD or found.is_list or not found.has(last_name(node)):
        return
    field = file.facts.retyped_of(found.model, last_name(node))
    if field is None:
        return
    reason = _told(field)
    if (member := _read_on(node)) is not None:
        if _is_lost(field, last_name(member)):
            file.hint(member, Kind.READ, Confidence.CERTAIN, f"{reason} It has no `{last_name(member)}`.")
        return
    other = _calculated_with(file, node)
    if other and other != field.after and {other, field.after} <= _PRIMITIVES and other == field.before:
        file.hint(
            node, Kind.FLOW, Confidence.CERTAIN, f"{reason} It is not to be calculated or compared with a {other}."
        )
        return
    wanted = expected(file, node)
    told = _written_type(wanted) if wanted is not None else ""
    if told == field.before and not _takes(told, field.after, is_column=wanted is not None and bool(wanted.field)):
        file.hint(node, Kind.FLOW, Confidence.CERTAIN, f"{reason} What takes it here says `{told}`.")


def _check_copied(file: FileContext, value: Node) -> None:
    """A whole record that is written again: what comes out of a JSON field may be null, and null goes into none."""
    spread = value.parent if value.parent is not None and value.parent.type == "spread_element" else None
    wanted = expected(file, value)
    record = file.types.of(value) if wanted is not None and wanted.what in {What.INPUT, What.UPDATE} else None
    if record is None or wanted is None or record.what is not What.RECORD or record.model != wanted.model:
        return
    hidden = given_behind(spread) if spread is not None else frozenset[str]()
    place = named_above(spread.parent) if spread is not None and spread.parent is not None else value
    for field in (each for each in file.facts.retyped if each.model == record.model and each.after == _JSON):
        if record.has(field.field) and field.field not in hidden:
            why = f"{_told(field)} What is read of it may be null, and is not to be written as it is."
            file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)


def _read_on(node: Node) -> Node | None:
    """The property that is read of a value."""
    while node.parent is not None and node.parent.type in {"parenthesized_expression", "non_null_expression"}:
        node = node.parent
    outer = node.parent
    is_read = outer is not None and outer.type == "member_expression" and outer.child_by_field_name("object") == node
    return outer if is_read else None


def _is_lost(field: RetypedField, member: str) -> bool:
    """Whether what was read of the old type cannot be read of the new one."""
    if member in _EVERYTHINGS or not member:
        return False
    texts = {field.before, field.after} - {"string"}
    is_shared = len(texts) == 1 and field.before.endswith("[]") != field.after.endswith("[]")
    if is_shared and member in _OF_TEXTS_AND_LISTS:
        return False
    return not (field.before.endswith("[]") and field.after.endswith("[]"))


def _calculated_with(file: FileContext, node: Node) -> str:
    """The type of what a value is calculated or compared with."""
    outer = node.parent
    if outer is None or outer.type != "binary_expression":
        return ""
    if text_of(outer.child_by_field_name("operator")) not in _ARITHMETIC:
        return ""
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    return next((_kind_of(file, side) for side in sides if side is not None and side != node), "")


def _written_type(wanted: Type) -> str:
    """The type that a place wants, as it is written, or of the field of a query."""
    if wanted.what is not What.VALUE:
        return ""
    listed = "[]" if wanted.is_list else ""
    return (text_of(wanted.place.node) if wanted.place is not None else wanted.primitive or wanted.field) + listed


def _check_written(file: FileContext, node: Node) -> None:
    """`{ field: value }` in a query or a record."""
    literal, name = node.parent, key_of(node)
    wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
    if wanted is None or wanted.what not in _WRITTEN or wanted.is_mock or not wanted.has(name):
        return
    values = list(_values(node))
    if (wanted.model, name) in file.facts.required_again:
        for value in (each for each in values if each.type == "null"):
            why = f"The `{name}` of {with_article(wanted.model)} is never null any more."
            file.hint(value, Kind.FLOW, file.sure_of_null, why)
    field = file.facts.retyped_of(wanted.model, name)
    if field is not None:
        _check_operators(file, node, field)
    for value in values if field is not None else ():
        kind = _kind_of(file, value)
        if field is not None and kind and not _takes(field.after, kind, is_column=wanted.what is not What.RECORD):
            file.hint(value, Kind.FLOW, Confidence.CERTAIN, f"{_told(field)} It does not take a {kind}.")


def _check_operators(file: FileContext, node: Node, field: RetypedField) -> None:
    """`{ field: { isEmpty: true } }` of what is no list any more, and the like."""
    lost = _OPERATORS.get(_family(field.before), frozenset[str]()) - _OPERATORS.get(_family(field.after), frozenset())
    if field.after == _JSON:
        lost -= _OPERATORS["string"]  # there they are called otherwise, and some of them the same
    for value in values_of(node.child_by_field_name("value") or node):
        for pair in value.named_children if value.type == "object" else ():
            if key_of(pair) in lost:
                file.hint(pair, Kind.FLOW, Confidence.CERTAIN, f"{_told(field)} It has no `{key_of(pair)}`.")


def _family(written: str) -> str:
    return _LIST if written.endswith("[]") else {"bigint": "number", "Prisma.Decimal": "number"}.get(written, written)


def _values(node: Node) -> Iterator[Node]:
    """What a property gives, also inside of `{ not: ... }` and the like."""
    value = node.child_by_field_name("value") or node
    for each in values_of(value) if unwrapped(value).type != "array" else (unwrapped(value),):
        if each.type == "object":
            yield from (inner for pair in each.named_children if key_of(pair) in _ASKED for inner in _values(pair))
        elif each.type == "binary_expression":
            yield from (unwrapped(side) for side in each.named_children)
        else:
            yield each


def _kind_of(file: FileContext, value: Node) -> str:
    """The primitive type of a value, or that it is a list; empty when it is not known."""
    value = unwrapped(value)
    if value.type == "number" and text_of(value).endswith("n"):
        return "bigint"
    if value.type in _LITERALS:
        return _LITERALS[value.type]
    if value.type == "new_expression" and text_of(value.child_by_field_name("constructor")) == "Date":
        return "Date"
    found = file.types.of(value)
    if found is None or found.what is not What.VALUE or found.is_list or found.is_nullable:
        return ""
    told = _written_type(found)
    return told if told in _PRIMITIVES else ""


def _takes(wanted: str, given: str, *, is_column: bool) -> bool:
    """Whether something takes values of a type."""
    if wanted == given or (given == _LIST and wanted.endswith("[]")) or (wanted == _JSON and given in _OF_JSON):
        return True
    return is_column and given in _TAKEN.get(wanted, frozenset())


def _told(field: RetypedField) -> str:
    return f"The `{field.field}` of {with_article(field.model)} is `{field.after}` now, and was `{field.before}`."
