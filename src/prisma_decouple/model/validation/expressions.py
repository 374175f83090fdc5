"""Questions about values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.syntax.nodes import (
    Arguments,
    Array,
    Atom,
    BlockAttribute,
    Call,
    EnumValue,
    Field,
    Object,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.syntax.nodes import Argument, Attribute, Expression, Schema


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
    return "number" if text[:1] == "-" or (text[:1].isdigit() and text.replace(".", "", 1).isdigit()) else "constant"


def elements(value: Expression) -> list[Expression]:
    """The elements of an array; any other value counts as an array of one, as in Prisma."""
    return [item.value for item in value.items] if isinstance(value, Array) else [value]


def items_of(attribute: Attribute) -> tuple[Argument, ...]:
    """The arguments of an attribute."""
    return attribute.arguments.items if attribute.arguments else ()


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
        pending += [item.value for item in items_of(attribute)]
    for block in schema.blocks("datasource", "generator"):
        pending += [value for value in block.properties.values() if value is not None]
    while pending:
        value = pending.pop()
        yield value
        inner = value.arguments if isinstance(value, Call) else value
        if isinstance(inner, Arguments):
            pending += [item.value for item in inner.items]


def objects_in(schema: Schema) -> Iterator[Object]:
    """Every object literal of a schema."""
    return (value for value in values_in(schema) if isinstance(value, Object))
