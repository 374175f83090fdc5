"""The types that the values of fields have in TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prisma_decouple.model import datamodel

# Prisma's reference, "Prisma schema: model field scalar types".
_TYPES = {
    "String": "string",
    "Boolean": "boolean",
    "Int": "number",
    "BigInt": "bigint",
    "Float": "number",
    "Decimal": "Prisma.Decimal",
    "DateTime": "Date",
    "Json": "Prisma.JsonValue",
    "Bytes": "Uint8Array",
}

# What any of them is; of an enum it is its name.
PLAIN_TYPES = frozenset(_TYPES.values())


def type_of(scalar: datamodel.ScalarField) -> str:
    """The type of a field's values, or of the elements of a list; of an enum its name."""
    return _TYPES.get(scalar.type, scalar.type)
