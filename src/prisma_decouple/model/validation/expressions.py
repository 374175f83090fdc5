"""Questions about values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.syntax.nodes import Arguments, Array, Atom, BlockAttribute, Call, EnumValue, Field, Object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.syntax.nodes import Argument, Attribute, Expression, Schema

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NUMBER_STARTS = frozenset("-0123456789")
_WHOLE_NUMBER = re.compile(r"-?[0-9]+")
# Python refuses to read thousands of digits; this many are too large for everything already.
_ENOUGH_DIGITS = 100
_LARGEST = 2**63 - 1


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables that people read."""
    return frozenset(text.split())


def kind_of(value: Expression | None) -> str:
    """`string`, `number`, `constant`, `call`, `array`, `object`, or `nothing`."""
    if isinstance(value, Atom):
        return _kind_of_text(value.text)
    if isinstance(value, Call):
        return "call"
    if isinstance(value, Array):
        return "array"
    return "nothing" if value is None else "object"


def _kind_of_text(text: str) -> str:
    if text.startswith('"'):
        return "string"
    return "number" if text[:1] in _NUMBER_STARTS and _NUMBER.fullmatch(text) else "constant"


def spelled(value: Expression) -> str:
    """A value as it is written, without the white space in front of it."""
    return value.text if isinstance(value, Atom) else str(value).strip()


def whole_number(value: Expression) -> int | None:
    """The number that a literal stands for; None for anything but ASCII digits, with or without a sign."""
    if not isinstance(value, Atom) or not _WHOLE_NUMBER.fullmatch(value.text):
        return None
    return int(value.text[:_ENOUGH_DIGITS])


def index_length(value: Expression) -> int | None:
    """The `length` of a field in an index; None for anything but a whole number of at most 64 bits."""
    number = whole_number(value)
    return number if number is not None and -_LARGEST <= number <= _LARGEST else None


def elements(value: Expression) -> list[Expression]:
    """The elements of an array; any other value counts as an array of one, as in Prisma."""
    return [item.value for item in value.items] if isinstance(value, Array) else [value]


def items_of(node: Attribute | Call) -> tuple[Argument, ...]:
    """The arguments of an attribute or a function; a name without a value is none."""
    return tuple(item for item in node.arguments.items if not item.is_empty) if node.arguments else ()


def attributes_in(schema: Schema) -> Iterator[Attribute]:
    """Every attribute of a schema."""
    for block in schema.blocks():
        for member in block.members:
            if isinstance(member, Field | EnumValue):
                yield from member.attributes
            elif isinstance(member, BlockAttribute):
                yield member.attribute


def values_in(schema: Schema) -> Iterator[Expression]:
    """Every value of a schema: arguments, settings, and what is inside them."""
    pending: list[Expression] = []
    for attribute in attributes_in(schema):
        if attribute.arguments is not None:
            pending += [item.value for item in attribute.arguments.items if not item.is_empty]
    for block in schema.blocks("datasource", "generator"):
        pending += [value for value in block.properties.values() if value is not None]
    while pending:
        value = pending.pop()
        yield value
        if not isinstance(value, Atom):
            pending += _inside(value)


def _inside(value: Expression) -> list[Expression]:
    inner = value.arguments if isinstance(value, Call) else value
    return [item.value for item in inner.items] if isinstance(inner, Arguments) else []


def objects_among(values: Iterable[Expression]) -> Iterator[Object]:
    """The object literals among the values of a schema that are not a part of another one."""
    inner: set[int] = set()
    for value in values:
        if isinstance(value, Object) and id(value) not in inner:
            yield value
        if isinstance(value, Object) or id(value) in inner:
            inner.update(map(id, _inside(value)))
