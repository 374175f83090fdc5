"""Columns with their types and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.database.naming import enum_name
from prisma_decouple.model.database.objects import (
    Autoincrement,
    Column,
    ColumnType,
    Default,
    Expression,
    ListValue,
    Now,
    Value,
)
from prisma_decouple.model.datamodel import NativeType
from prisma_decouple.model.spelling import string
from prisma_decouple.syntax.nodes import Array, Call

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel, ScalarField
    from prisma_decouple.syntax.nodes import Expression as SyntaxExpression

# What Prisma takes when the schema does not say (Prisma's reference, "PostgreSQL: type mapping").
_DEFAULT_TYPES = {
    "String": NativeType("Text"),
    "Boolean": NativeType("Boolean"),
    "Int": NativeType("Integer"),
    "BigInt": NativeType("BigInt"),
    "Float": NativeType("DoublePrecision"),
    "Decimal": NativeType("Decimal", ("65", "30")),
    "DateTime": NativeType("Timestamp", ("3",)),
    "Json": NativeType("JsonB"),
    "Bytes": NativeType("ByteA"),
}

_FUNCTIONS: dict[str, Default] = {"autoincrement": Autoincrement(), "now": Now()}


def column_of(data: DataModel, field: ScalarField) -> Column:
    """The column of a field.

    Prisma makes the column of a list nullable, and writes an empty list instead of a null itself.
    """
    return Column(field.column, column_type(data, field), not field.is_required, _default(data, field))


def column_type(data: DataModel, field: ScalarField) -> ColumnType:
    """The type of a field's column."""
    enum = enum_name(data.enums[field.type]) if field.is_enum else None
    return ColumnType(field.type, field.native_type or _DEFAULT_TYPES.get(field.type), enum, field.is_list)


def value_of(data: DataModel, field: ScalarField, expression: SyntaxExpression) -> Value:
    """A literal as the database sees it: a string without its quotes, an enum's value by its name there."""
    text = string(expression)
    if text is None:
        text = str(expression).strip()
    return Value(dict(data.enums[field.type].values).get(text, text) if field.is_enum else text)


def _default(data: DataModel, field: ScalarField) -> Default | None:
    """What the database fills in; None also where only Prisma Client does, as for `uuid()` and `cuid()`.

    Source: Prisma's reference, "Attribute functions".
    """
    expression = field.default
    if isinstance(expression, Array):
        return ListValue(tuple(value_of(data, field, item.value) for item in expression.items))
    if isinstance(expression, Call):
        if expression.name == "dbgenerated":
            generated = string(expression.arguments.get("value", 0))
            return Expression(generated) if generated else None
        return _FUNCTIONS.get(expression.name)
    return value_of(data, field, expression) if expression is not None else None
