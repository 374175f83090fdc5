"""How PostgreSQL spells names, values and types."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError, PlanError
from prisma_decouple.model import names
from prisma_decouple.model.database import Autoincrement, Expression, ListValue, Now, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prisma_decouple.model.database import Column, ColumnType, Condition, IndexColumn, IndexKey, QualifiedName
    from prisma_decouple.model.datamodel import NativeType
    from prisma_decouple.plan.casts import Conversion
    from prisma_decouple.plan.steps import AddSequence, AlterColumnType, Cast, RequireConvertible, Store

# The native types whose name is not simply in capitals (Prisma's reference, "PostgreSQL: type mapping").
_NATIVE = {"DoublePrecision": "DOUBLE PRECISION"}
_SERIALS = {"SmallInt": "SMALLSERIAL", "Integer": "SERIAL", "BigInt": "BIGSERIAL"}
_CUT_BY_CASTS = {"VarChar", "Char", "Bit", "VarBit"}
_TEXTS = {"Text", "VarChar", "Char", "Citext"}
_MOMENTS = {"Timestamp", "Timestamptz", "Date", "Time", "Timetz"}
# What a session may say about how values are read and written, and what has to hold instead.
_SETTINGS = (
    (_MOMENTS, ("TimeZone", "UTC")),
    (_MOMENTS, ("DateStyle", "ISO, YMD")),
    ({"ByteA"}, ("bytea_output", "hex")),
    ({"Real", "DoublePrecision"}, ("extra_float_digits", "1")),
)
# What Prisma calls text, for PostgreSQL to read as something else.
_QUOTED = {"String", "DateTime", "Json"}
_MILLISECONDS = {"ms": 1, "s": 1000, "min": 60_000, "m": 60_000, "h": 3_600_000}
_DURATION = re.compile(rf"([0-9]+)(\.[0-9]+)? ?({'|'.join(_MILLISECONDS)})")
_LONGEST = 2**31 - 1


def identifier(name: str) -> str:
    """A name in double quotes, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def cut(name: str) -> str:
    """A name of our own making, cut at a character to what PostgreSQL keeps."""
    return name.encode()[: names.MAX_BYTES].decode(errors="ignore")


def position(items: Sequence[object], item: object) -> int:
    """Where an item is in a list, from 1: a short name that is its alone."""
    return items.index(item) + 1


def table(name: QualifiedName) -> str:
    """A table's or type's name, with its namespace when it has one."""
    return ".".join(identifier(part) for part in (name.namespace, name.name) if part)


def kept_in(store: Store, home: str) -> str:
    """The namespace in which rows are kept that have left their tables, as an expression.

    Where the schema names no namespaces, a database may have its tables several times, as one for each tenant of an
    application. Then each namespace but `public` has one of its own for such rows, with its name behind.

    Args:
        store: whose name it has.
        home: a variable: the namespace of the tables.
    """
    if store.tables[0].table.namespace:
        return literal(store.namespace)
    stem = f"{store.namespace}_"
    # A name that is too long is told by its MD5, which is 32 characters.
    short = names.cut(store.namespace, "_" + 32 * "0")[:-32]
    return (
        f"CASE WHEN {home} = 'public' THEN {literal(store.namespace)}"
        f" WHEN octet_length({literal(stem)} || {home}) <= {names.MAX_BYTES} THEN {literal(stem)} || {home}"
        f" ELSE {literal(short)} || md5({home}) END"
    )


def literal(value: str | float) -> str:
    """A string, a number or a truth value; strings for `standard_conforming_strings`, the default since 9.1."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def duration(text: str) -> str:
    """A time as the settings of a server take it, such as `500ms`, `5s` or `2min`, for one that a person has written.

    https://www.postgresql.org/docs/current/config-setting.html: it has no `m`, and takes fractions from version 12 on.

    Raises:
        InputError: it is none, it is nothing, which would mean for ever, or more than the 2,147,483,647 ms that fit.
    """
    found = _DURATION.fullmatch(text)
    time = float(found[1] + (found[2] or "")) * _MILLISECONDS[found[3]] if found else 0
    if found is None or not 1 <= time <= _LONGEST:
        raise InputError(f"`{text}` is not a duration", hint="write a number and its unit: 500ms, 5s, 2min or 1h")
    if found[2]:
        return f"{round(time)}ms"
    return found[1] + ("min" if found[3] == "m" else found[3])


def column_type(kind: ColumnType) -> str:
    """The type of a column, as Prisma Migrate would write it."""
    suffix = "[]" if kind.is_list else ""
    if kind.enum is not None:
        return table(kind.enum) + suffix
    if kind.native is not None:
        return native_type(kind.native) + suffix
    return str(json.loads(kind.scalar[len("Unsupported(") : -1])) + suffix


def native_type(native: NativeType) -> str:
    """A type by Prisma's name of it."""
    arguments = f"({','.join(native.arguments)})" if native.arguments else ""
    return _NATIVE.get(native.name, native.name.upper()) + arguments


def definition(column: Column, *, nullable: bool | None = None) -> str:
    """A column as it stands in CREATE TABLE, behind its name.

    Args:
        column: the column.
        nullable: whether it may be null, when not as the column says.
    """
    if isinstance(column.default, Autoincrement) and column.type.native is not None:
        kind, given = _SERIALS.get(column.type.native.name, "SERIAL"), ""
    else:
        kind, given = column_type(column.type), f" DEFAULT {default(column)}" if column.default else ""
    return kind + ("" if (column.nullable if nullable is None else nullable) else " NOT NULL") + given


def typed_literal(value: str | float, kind: ColumnType) -> str:
    """A literal that is of a column's type wherever it stands; PostgreSQL takes a bare string for text."""
    return f"{literal(value)}::{column_type(kind)}" if isinstance(value, str) else literal(value)


def default(column: Column) -> str:
    """The expression behind DEFAULT; a sequence of the column's own has none that could be written down."""
    if isinstance(column.default, Now):
        return "CURRENT_TIMESTAMP"
    if isinstance(column.default, Expression):
        return column.default.text
    if isinstance(column.default, ListValue):
        values = ", ".join(constant(value, column.type) for value in column.default.values)
        return f"ARRAY[{values}]::{column_type(column.type)}"
    return constant(column.default, column.type) if isinstance(column.default, Value) else "NULL"


def constant(value: Value, kind: ColumnType) -> str:
    """A fixed value, with quotes where it needs them."""
    if kind.scalar == "Bytes":
        return literal("\\x" + _decoded(value.text).hex())
    return literal(value.text) if kind.scalar in _QUOTED or kind.enum is not None else value.text


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        raise PlanError(f"the default `{text}` is not base64, as Prisma writes bytes") from None


def converted(step: AlterColumnType | RequireConvertible, expression: str) -> str:
    """The value of a column in its new type.

    Args:
        step: what is converted into what.
        expression: the value in its old type.
    """
    return _told_as(step.conversion, step.before.type, step.after.type, expression)


def settings_for(conversions: Iterable[AlterColumnType]) -> list[tuple[str, str]]:
    """The settings of a session that would decide what becomes of values, with what they have to be."""
    kinds: set[str] = set()
    for step in conversions:
        names = {kind.native.name for kind in (step.before.type, step.after.type) if kind.native is not None}
        # Single moments change between types in UTC by themselves; in a list they are cast.
        is_list = step.before.type.is_list or step.after.type.is_list
        if names & _TEXTS or (is_list and len(names) > 1):
            kinds |= names
    return [setting for concerned, setting in _SETTINGS if concerned & kinds]


def cast(how: Cast, expression: str) -> str:
    """The value of a source in the type of the column that it fills; arguments as for `converted`."""
    return _told_as(how.conversion, how.before, how.after, expression)


def _told_as(how: Conversion, before: ColumnType, kind: ColumnType, expression: str) -> str:
    suffix = "[]" if before.is_list else ""
    value = f"{expression}::{native_type(how.via)}{suffix}" if how.via else expression
    if how.in_utc:
        value = f"({value} AT TIME ZONE 'UTC')"
    # A cast would cut off what is too long; the assignment to the column refuses it.
    behind = "" if kind.native is not None and kind.native.name in _CUT_BY_CASTS else f"::{column_type(kind)}"
    if how.unwrap:
        return f"({value})[1]{behind}"
    if how.wrap:
        return f"CASE WHEN {expression} IS NOT NULL THEN ARRAY[{value}]{behind} END"
    return value + behind


def sequence_type(column: Column) -> str:
    """What the sequence of a column counts in; there are no other sequences than of whole numbers."""
    is_whole = column.type.native is not None and column.type.native.name in _SERIALS
    return column_type(column.type) if is_whole else "INTEGER"


def sequence_name(step: AddSequence) -> str:
    """The name of a new sequence, which is the one that SERIAL would have given it."""
    return table(replace(step.table, name=names.sequence_name(step.table.name, step.column.name)))


def index_column(column: IndexColumn) -> str:
    """A column as it stands in CREATE INDEX."""
    operators = f" {column.operator_class}" if column.operator_class else ""
    return identifier(column.name) + operators + (" DESC" if column.descending else "")


def predicate(index: IndexKey) -> str:
    """The predicate of a partial index."""
    if isinstance(index.where, str):
        return index.where
    return " AND ".join(_comparison(condition) for condition in index.where or ())


def _comparison(condition: Condition) -> str:
    name = identifier(condition.column)
    if condition.value is None:
        return f"{name} IS {'' if condition.is_equal else 'NOT '}NULL"
    return f"{name} {'=' if condition.is_equal else '!='} {constant(condition.value, condition.type)}"


def in_comment(text: str) -> str:
    """A text for the rest of a `--` line, whatever names are in it."""
    return " ".join(text.split())


def in_dollars(body: str) -> str:
    """A body for DO between dollar quotes whose tag does not occur in it."""
    tag = "migration"
    while f"${tag}$" in body:
        tag += "_"
    return f"${tag}$\n{body.strip(chr(10))}\n${tag}$"
