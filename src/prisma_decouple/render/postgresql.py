"""How PostgreSQL spells names, values and types."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.model.names import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.model.database import Column, ColumnType, QualifiedName

# Prisma's reference, "PostgreSQL: type mapping".
_SCALARS = {
    "String": "TEXT",
    "Boolean": "BOOLEAN",
    "Int": "INTEGER",
    "BigInt": "BIGINT",
    "Float": "DOUBLE PRECISION",
    "Decimal": "DECIMAL(65,30)",
    "DateTime": "TIMESTAMP(3)",
    "Json": "JSONB",
    "Bytes": "BYTEA",
}
_NATIVE = {"DoublePrecision": "DOUBLE PRECISION", "Integer": "INTEGER", "ByteA": "BYTEA", "JsonB": "JSONB"}

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DBGENERATED = re.compile(r'dbgenerated\(\s*("(?:[^"\\]|\\.)*")\s*\)')


def identifier(name: str) -> str:
    """A name in double quotes, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def cut(name: str) -> str:
    """A name of our own making, cut at a character to what PostgreSQL keeps."""
    return name.encode()[:MAX_BYTES].decode(errors="ignore")


def position(items: Sequence[object], item: object) -> int:
    """Where an item is in a list, from 1: a short name that is its alone."""
    return items.index(item) + 1


def table(name: QualifiedName) -> str:
    """A table's or type's name, with its namespace when it has one."""
    return ".".join(identifier(part) for part in (name.namespace, name.name) if part)


def literal(value: str | float) -> str:
    """A string, a number or a truth value; strings for `standard_conforming_strings`, the default since 9.1."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def column_type(kind: ColumnType) -> str:
    """The type of a column, as Prisma Migrate would write it."""
    suffix = "[]" if kind.is_list else ""
    if kind.enum is not None:
        return table(kind.enum) + suffix
    if kind.native is not None:
        arguments = f"({','.join(kind.native.arguments)})" if kind.native.arguments else ""
        return _NATIVE.get(kind.native.name, kind.native.name.upper()) + arguments + suffix
    if kind.scalar.startswith("Unsupported("):
        return str(json.loads(kind.scalar[len("Unsupported(") : -1])) + suffix
    return _SCALARS[kind.scalar] + suffix


def typed_literal(value: str | float, kind: ColumnType) -> str:
    """A literal that is of a column's type wherever it stands; PostgreSQL takes a bare string for text."""
    return f"{literal(value)}::{column_type(kind)}" if isinstance(value, str) else literal(value)


def default(column: Column) -> str:
    """The expression behind DEFAULT.

    Raises:
        PlanError: the default cannot be written for a column that is added.
    """
    text = column.default or ""
    if text == "now()":
        return "CURRENT_TIMESTAMP"
    if text in {"true", "false"} or _NUMBER.fullmatch(text):
        return text
    if text.startswith('"'):
        return literal(str(json.loads(text)))
    if generated := _DBGENERATED.fullmatch(text):
        return str(json.loads(generated.group(1)))
    raise PlanError(f"the default `{text}` of the new column {column.name} cannot be written as SQL")


def in_comment(text: str) -> str:
    """A text for the rest of a `--` line, whatever names are in it."""
    return " ".join(text.split())


def in_dollars(body: str) -> str:
    """A body for DO between dollar quotes whose tag does not occur in it."""
    tag = "migration"
    while f"${tag}$" in body:
        tag += "_"
    return f"${tag}$\n{body.strip(chr(10))}\n${tag}$"
