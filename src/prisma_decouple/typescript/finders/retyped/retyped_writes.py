"""What fields are given, or compared with in filters, whose values are of another type now: `{ pages: "12" }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.unconverted import given_as_it_is
from prisma_decouple.typescript.finders.gone.remnants import members_behind
from prisma_decouple.typescript.finders.uses.held_literals import held_literals
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by, values_of, whole_values_of
from prisma_decouple.typescript.source.operators import ARITHMETIC
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    ancestors,
    cast_of,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.kinds import (
    JSON,
    LIST,
    NUMBERS,
    PRIMITIVES,
    is_outdated,
    is_text,
    kinds_in,
    kinds_of,
    takes,
)
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.prisma.queries import LISTED
from prisma_decouple.typescript.types.retyped import retyped_field
from prisma_decouple.typescript.types.typed import Type, What, element
from prisma_decouple.typescript.types.written.texts import texts_of_value
from prisma_decouple.typescript.wording import name_list, now_and_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.finders.uses.held_literals import HeldLiteral

_WRITTEN = frozenset({What.FILTER, What.INPUT, What.RECORD, What.UPDATE})
_ASKED = frozenset({"equals", "gt", "gte", "in", "lt", "lte", "not", "notIn", "set"})
# What a query has objects for, where a field is (Prisma's reference).
_OF_QUERIES = _ASKED | {
    *("contains", "decrement", "divide", "endsWith", "increment", "mode", "multiply", "path", "push", "startsWith"),
    *("array_contains", "string_contains", "string_ends_with", "string_starts_with", "sort", "nulls"),
}
# What only filters and updates of fields of a type have (Prisma's reference, "Filter conditions and operators").
_OPERATORS = {
    LIST: frozenset({"has", "hasEvery", "hasSome", "isEmpty", "push"}),
    JSON: frozenset({"array_contains", "path", "string_contains", "string_ends_with", "string_starts_with"}),
    "string": frozenset({"contains", "endsWith", "mode", "startsWith"}),
    "number": frozenset({"decrement", "divide", "increment", "multiply"}),
}
_CALCULATED = frozenset({"_avg", "_sum"})
_FILLED = frozenset({"array", "object"})


def find_retyped_writes(file: FileContext) -> None:
    """Note the values that such fields are given, and do not take.

    Args:
        file: the file; its findings are filled.
    """
    for wanted, name, node, given in written(file, frozenset(each.field for each in file.facts.retyped)):
        field = file.facts.retyped_of(wanted.model, name)
        if field is not None:
            _check_written(file, wanted, field, node, given)
    for held in held_literals(file) if file.facts.retyped else ():
        _check_held(held)
    for pair in file.source.nodes("pair") if file.facts.retyped else ():
        if key_of(pair) in _CALCULATED:
            _check_calculated(file, pair)


def _check_held(held: HeldLiteral) -> None:
    """What stands inside of a literal of which a query is made; that itself is told where the query takes it."""
    there, wanted = held.place.file, held.wanted
    if not held.is_inner or wanted.what not in _WRITTEN or expected(there, held.place.node) is not None:
        return
    for name, given in given_by(held.place.node).values.items():
        field, pair = there.facts.retyped_of(wanted.model, name), given.parent
        if field is not None and wanted.has(name) and pair is not None and not there.is_told(given):
            _check_written(there, wanted, field, pair if pair.type == "pair" else given, given)


def _check_calculated(file: FileContext, pair: Node) -> None:
    """`_sum: { pages: true }`, of what is no number any more."""
    literal = pair.child_by_field_name("value")
    wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
    for chosen in literal.named_children if literal is not None and wanted is not None else ():
        field = file.facts.retyped_of(wanted.model, key_of(chosen)) if wanted is not None else None
        if field is not None and field.before in NUMBERS and field.after not in NUMBERS:
            why = f"{now_and_before(field)} It has no sum and no average."
            file.hint(chosen, Kind.FLOW, Confidence.CERTAIN, why)


def written(file: FileContext, names: frozenset[str]) -> Iterator[tuple[Type, str, Node, Node]]:
    """What fields of some names are given: `{ field: value }` in a query or a record, or `data.field = value`.

    Args:
        file: the file.
        names: the names.

    Yields:
        What is written, the name, the property, and what it is given.
    """
    for owner, name, node, given in _given(file, names) if names & file.source.words else ():
        if owner is not None and owner.what in _WRITTEN and not owner.is_mock and owner.has(name):
            yield owner, name, node, given


def _given(file: FileContext, names: frozenset[str]) -> Iterator[tuple[Type | None, str, Node, Node]]:
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) in names and node.parent is not None and node.parent.type == "object":
            yield expected(file, node.parent), key_of(node), node, node.child_by_field_name("value") or node
    for node in file.source.nodes("assignment_expression"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        owner = left.child_by_field_name("object") if left is not None and last_name(left) in names else None
        if left is not None and right is not None and owner is not None:
            yield file.types.of(owner), last_name(left), left, right


def _check_written(file: FileContext, wanted: Type, field: RetypedField, node: Node, given: Node) -> None:
    is_column = wanted.what is not What.RECORD
    _check_operators(file, given, field)
    for value in values_given(given):
        _check_value(file, node, value, field, is_column=is_column)
    _check_objects(file, node, given, field, is_column=is_column)


def _check_value(file: FileContext, node: Node, value: Node, field: RetypedField, *, is_column: bool) -> None:
    """A value that a field is given; one of unknown type was fit for the old type and may not be for the new one."""
    if value.type == "string" and string_value(value) in field.values:
        return
    place = _place_of(node, value)
    kinds = _kinds_given(file, value)
    if is_column and value.type == "null" and field.after == JSON:
        why = f"{now_and_before(field)} It takes no null, but `Prisma.DbNull` or `Prisma.JsonNull`."
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)
    texts = texts_of_value(file, value) if field.values and value.type != "string" else frozenset[str]()
    if kinds and not texts and not fits(field, kinds, is_column=is_column):
        why = f"{now_and_before(field)} It does not take a {' or '.join(sorted(kinds))}."
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, why, given_as_it_is(file, value, field))
        _note_source(file, value, field)
    if not texts <= field.values:
        why = f"{now_and_before(field)} It does not take {name_list(sorted(texts - field.values))}."
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)
    is_open = not kinds and value.type not in _FILLED and value.type not in NOTHING and not is_retyped(file, value)
    if is_open and is_outdated(field.before, field.after, is_column=is_column):
        why = f"{now_and_before(field)} Look whether what is given here fits the new type."
        file.hint(place, Kind.FLOW, Confidence.LIKELY, why)


def _note_source(file: FileContext, value: Node, field: RetypedField) -> None:
    """What says of a value that it is of the old type, where it is called like the field: a payload, or its schema."""
    for member in members_behind(file, value):
        if key_of(member.node) == field.field and not member.file.is_told(member.node):
            why = f"{now_and_before(field)} What goes into it comes from here, and is said to be as it was."
            member.file.hint(member.node, Kind.TYPE, Confidence.LIKELY, why)


def _kinds_given(file: FileContext, value: Node) -> frozenset[str]:
    """The plain types of a value, or of the elements of the list that `{ in: ids }` asks for."""
    holder = place_of(value)[0]
    is_listed = value.type != "array" and holder is not None and holder.type == "pair" and key_of(holder) in LISTED
    found = file.types.of(value) if is_listed else None
    if found is not None and found.is_list:
        return kinds_in(element(found))
    return frozenset() if is_listed else kinds_of(file.types, value)


def _place_of(node: Node, value: Node) -> Node:
    """The value, or the property that is given it where it stands elsewhere: there the compiler complains."""
    if value == node or node not in (outer := list(ancestors(value))):
        return value if value == node else node.child_by_field_name("key") or node
    held = next(each for each in outer if each.type == "pair")
    return value if value.start_point.row == held.start_point.row else held.child_by_field_name("key") or held


def _check_objects(file: FileContext, node: Node, given: Node, field: RetypedField, *, is_column: bool) -> None:
    """`{ settings: { dark: true } }`, when settings are a text now; a query has objects of its own there."""
    if field.before != JSON or not (field.after in PRIMITIVES or is_text(field.after)):
        return
    for value in whole_values_of(given):
        keys = {key_of(each) for each in value.named_children} if value.type == "object" else set[str]()
        if value.type == "object" and not (is_column and (keys <= _OF_QUERIES)):
            place = _place_of(node, value)
            why = f"{now_and_before(field)} It does not take an object."
            file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)


def fits(field: RetypedField, kinds: Iterable[str], *, is_column: bool) -> bool:
    """Whether a field takes values of all of these types."""
    return all(takes(field.after, kind, is_column=is_column) for kind in kinds)


def _check_operators(file: FileContext, given: Node, field: RetypedField) -> None:
    """`{ field: { isEmpty: true } }` of what is no list any more, and the like."""
    lost = _OPERATORS.get(_family(field.before), frozenset[str]()) - _OPERATORS.get(_family(field.after), frozenset())
    if field.after == JSON:
        lost -= {"mode"}  # what JSON has of its own is called otherwise: `string_contains`
    for value in values_of(given):
        for pair in value.named_children if value.type == "object" else ():
            if key_of(pair) in lost:
                file.hint(pair, Kind.FLOW, Confidence.CERTAIN, f"{now_and_before(field)} It has no `{key_of(pair)}`.")


def _family(written: str) -> str:
    return LIST if written.endswith("[]") else {"bigint": "number", "Prisma.Decimal": "number"}.get(written, written)


def values_given(value: Node) -> Iterator[Node]:
    """What a property is given, also inside of `{ not: ... }` and the like."""
    for each in whole_values_of(value) if cast_of(value) is None else (value,):
        if each.type == "object":
            yield from (inner for pair in each.named_children if key_of(pair) in _ASKED for inner in _asked_by(pair))
        elif each.type == "binary_expression" and text_of(each.child_by_field_name("operator")) not in ARITHMETIC:
            yield from (unwrapped(side) for side in each.named_children)
        else:
            yield each


def _asked_by(pair: Node) -> Iterator[Node]:
    """What a condition asks for: of `in: [1, 2]` each of them."""
    value = unwrapped(pair.child_by_field_name("value") or pair)
    is_listed = key_of(pair) in LISTED
    if not is_listed:
        yield from values_given(pair.child_by_field_name("value") or pair)
    elif value.type == "array":
        yield from values_of(value)
    else:
        yield value


def is_retyped(file: FileContext, value: Node) -> bool:
    """Whether a value is read from a record that has the new type as well, or is something else than a plain value."""
    if value.type == "member_expression":
        owner = file.types.of(value.child_by_field_name("object") or value)
        if owner is not None and owner.what is What.RECORD:
            return True
    if retyped_field(file, value) is not None:
        return True
    found = file.types.of(value)
    return found is not None and found.what is not What.VALUE
