"""Fields whose values are of another type now, or are never null any more, where the code relies on what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import values_of
from prisma_decouple.typescript.source.syntax import key_of, last_name, string_value, text_of, unwrapped
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.kinds import (
    JSON,
    LIST,
    PRIMITIVES,
    is_outdated,
    is_text,
    kinds_in,
    kinds_of,
    takes,
    written_type,
)
from prisma_decouple.typescript.types.retyped import retyped_field, retyped_values
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import now_and_before, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext

_WRITTEN = frozenset({What.FILTER, What.INPUT, What.RECORD, What.UPDATE})
_ASKED = frozenset({"equals", "gt", "gte", "in", "lt", "lte", "not", "notIn", "set"})
_LISTED = frozenset({"in", "notIn"})
# What only filters and updates of fields of a type have (Prisma's reference, "Filter conditions and operators").
_OPERATORS = {
    LIST: frozenset({"has", "hasEvery", "hasSome", "isEmpty", "push"}),
    "string": frozenset({"contains", "endsWith", "mode", "startsWith"}),
    "number": frozenset({"decrement", "divide", "increment", "multiply"}),
}
_EVERYTHINGS = frozenset({"constructor", "hasOwnProperty", "toLocaleString", "toString", "valueOf"})
_OF_TEXTS_ANDLISTS = frozenset({"at", "concat", "includes", "indexOf", "lastIndexOf", "length", "slice"})
_FILLED = frozenset({"array", "object"})
_COMPARISONS = frozenset({"==", "===", "!=", "!=="})
_FALLBACKS = frozenset({"??", "||"})
_ARITHMETIC = frozenset({"-", "*", "/", "%", "**", "+", "===", "!=="})


def find_retyped(file: FileContext) -> None:
    """Note the reads and writes of fields that do not fit what they hold now.

    Args:
        file: the file; its findings are filled.
    """
    retyped = frozenset(each.field for each in file.facts.retyped)
    again = frozenset(field for _, field in file.facts.required_again)
    if not (retyped | again) & file.source.words:
        return
    for node, field in retyped_values(file):
        _check_read(file, node, field)
    for node in file.source.nodes("pair", "shorthand_property_identifier"):
        if key_of(node) in retyped | again:
            _check_written(file, node)


def _check_read(file: FileContext, node: Node, field: RetypedField) -> None:
    reason = now_and_before(field)
    if (member := _read_on(node)) is not None:
        if _is_lost(field, last_name(member)):
            file.hint(member, Kind.READ, Confidence.CERTAIN, f"{reason} It has no `{last_name(member)}`.")
        return
    others = _calculated_with(file, node)
    if others and field.after not in others and others <= {field.before} <= PRIMITIVES and field.after in PRIMITIVES:
        why = f"{reason} It is not to be calculated or compared with a {field.before}."
        file.hint(node, Kind.FLOW, Confidence.CERTAIN, why)
        return
    if others is None and is_outdated(field.before, field.after, is_column=False):
        why = f"{reason} What it is compared with was fit to be compared with the old one."
        file.hint(node, Kind.FLOW, Confidence.LIKELY, why)
        return
    wanted = expected(file, _with_fallback(node))
    written = written_type(wanted) if wanted is not None else ""
    taken = {written} | (kinds_in(wanted) if wanted is not None else frozenset())
    is_column = wanted is not None and bool(wanted.field)
    if field.before in taken and not any(takes(each, field.after, is_column=is_column) for each in taken):
        file.hint(node, Kind.FLOW, Confidence.CERTAIN, f"{reason} What takes it here says `{written}`.")


def _with_fallback(node: Node) -> Node:
    """What a value goes on as, `page.words ?? ""`: it is there where the fallback is not needed."""
    outer = node.parent
    while outer is not None and text_of(outer.child_by_field_name("operator")) in _FALLBACKS:
        if outer.child_by_field_name("left") != node:
            break
        node, outer = outer, outer.parent
    return node


def _read_on(node: Node) -> Node | None:
    """The property that is read of a value."""
    while node.parent is not None and node.parent.type in {"parenthesized_expression", "non_null_expression"}:
        node = node.parent
    outer = node.parent
    is_read = outer is not None and outer.type == "member_expression" and outer.child_by_field_name("object") == node
    return outer if is_read else None


def _is_lost(field: RetypedField, member: str) -> bool:
    """Whether what was read of the old type cannot be read of the new one."""
    if member in _EVERYTHINGS or not member or (is_text(field.before) and is_text(field.after)):
        return False
    texts = {field.before, field.after} - {"string"}
    is_shared = len(texts) == 1 and field.before.endswith("[]") != field.after.endswith("[]")
    if is_shared and member in _OF_TEXTS_ANDLISTS:
        return False
    return not (field.before.endswith("[]") and field.after.endswith("[]"))


def _calculated_with(file: FileContext, node: Node) -> frozenset[str] | None:
    """The types of what a value is calculated or compared with; None when it is compared with something unknown."""
    outer = node.parent
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    if outer is None or outer.type != "binary_expression" or operator not in _ARITHMETIC | _COMPARISONS:
        return frozenset()
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    side = next((unwrapped(each) for each in sides if each is not None and each != node), outer)
    kinds = kinds_of(file.types, side) if operator in _ARITHMETIC else frozenset[str]()
    is_unknown = operator in _COMPARISONS and not kinds and not _is_nothing(side) and not _is_retyped(file, side)
    return None if is_unknown else kinds


def _is_nothing(value: Node) -> bool:
    return value.type in {"null", "undefined"} or text_of(value) == "undefined"


def _is_retyped(file: FileContext, value: Node) -> bool:
    """Whether a value is read from a record that has the new type as well, or is something else than a plain value."""
    if value.type == "member_expression":
        owner = file.types.of(value.child_by_field_name("object") or value)
        if owner is not None and owner.what is What.RECORD:
            return True
    if retyped_field(file, value) is not None:
        return True
    found = file.types.of(value)
    return found is not None and found.what is not What.VALUE


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
        if field is not None:
            _check_value(file, value, field, is_column=wanted.what is not What.RECORD)


def _check_value(file: FileContext, value: Node, field: RetypedField, *, is_column: bool) -> None:
    """A value that is given to a field; of one that is not known it is known what it was fit for."""
    if value.type == "string" and string_value(value) in field.values:
        return
    kinds = kinds_of(file.types, value)
    if is_column and value.type == "null" and field.after == JSON:
        why = f"{now_and_before(field)} It takes no null, but `Prisma.DbNull` or `Prisma.JsonNull`."
        file.hint(value, Kind.FLOW, Confidence.CERTAIN, why)
    if kinds and not fits(field, kinds, is_column=is_column):
        why = f"{now_and_before(field)} It does not take a {' or '.join(sorted(kinds))}."
        file.hint(value, Kind.FLOW, Confidence.CERTAIN, why)
    is_open = not kinds and value.type not in _FILLED and not _is_nothing(value) and not _is_retyped(file, value)
    if is_open and is_outdated(field.before, field.after, is_column=is_column):
        why = f"{now_and_before(field)} What is given here was fit for the old one."
        file.hint(value, Kind.FLOW, Confidence.LIKELY, why)


def fits(field: RetypedField, kinds: Iterable[str], *, is_column: bool) -> bool:
    """Whether a field takes values of all of these types."""
    return all(takes(field.after, kind, is_column=is_column) for kind in kinds)


def _check_operators(file: FileContext, node: Node, field: RetypedField) -> None:
    """`{ field: { isEmpty: true } }` of what is no list any more, and the like."""
    lost = _OPERATORS.get(_family(field.before), frozenset[str]()) - _OPERATORS.get(_family(field.after), frozenset())
    if field.after == JSON:
        lost -= {"mode"}  # what JSON has of its own is called otherwise: `string_contains`
    for value in values_of(node.child_by_field_name("value") or node):
        for pair in value.named_children if value.type == "object" else ():
            if key_of(pair) in lost:
                file.hint(pair, Kind.FLOW, Confidence.CERTAIN, f"{now_and_before(field)} It has no `{key_of(pair)}`.")


def _family(written: str) -> str:
    return LIST if written.endswith("[]") else {"bigint": "number", "Prisma.Decimal": "number"}.get(written, written)


def _values(node: Node) -> Iterator[Node]:
    """What a property gives, also inside of `{ not: ... }` and the like."""
    value = node.child_by_field_name("value") or node
    for each in values_of(value) if unwrapped(value).type != "array" else (unwrapped(value),):
        if each.type == "object":
            yield from (inner for pair in each.named_children if key_of(pair) in _ASKED for inner in _asked_by(pair))
        elif each.type == "binary_expression":
            yield from (unwrapped(side) for side in each.named_children)
        else:
            yield each


def _asked_by(pair: Node) -> Iterator[Node]:
    """What a condition asks for: of `in: [1, 2]` each of them."""
    value = unwrapped(pair.child_by_field_name("value") or pair)
    is_listed = key_of(pair) in _LISTED
    if not is_listed:
        yield from _values(pair)
    elif value.type == "array":
        yield from values_of(value)
