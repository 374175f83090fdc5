"""What statements do to tables and their columns, and to what is unique in them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from prisma_decouple.sql.changes import (
    AddColumn,
    AddUnique,
    ChangeType,
    Column,
    CreateTable,
    DropColumn,
    DropNotNull,
    DropTable,
    DropUnique,
    Fill,
    RenameColumn,
    RenameTable,
    SetNotNull,
)
from prisma_decouple.sql.reading import Reader, TableName, parted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.tokens import Token

_NO_COLUMN = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE", "LIKE"}
_BEHIND_TYPE = (
    "COLLATE",
    "NOT",
    "NULL",
    "DEFAULT",
    "PRIMARY",
    "UNIQUE",
    "REFERENCES",
    "CHECK",
    "CONSTRAINT",
    "GENERATED",
)
_SERIAL = {"smallserial", "serial", "bigserial", "serial2", "serial4", "serial8"}


def create(reader: Reader) -> Iterator[Change]:
    """CREATE TABLE, CREATE MATERIALIZED VIEW, which is one of rows that are computed, and CREATE UNIQUE INDEX."""
    reader.take("CREATE")
    if reader.take("UNIQUE", "INDEX"):
        yield from _unique_index(reader)
        return
    while reader.take_any("GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "UNLOGGED"):
        pass
    is_view = reader.take("MATERIALIZED", "VIEW")
    if not is_view and not reader.take("TABLE"):
        return
    if_missing = reader.take("IF", "NOT", "EXISTS")
    table = reader.table()
    if table is None:
        return
    parts = list(parted(reader.group()))
    columns = [_column(part) for part in parts if part[0].keyword not in _NO_COLUMN]
    keys = {name for part in parts for name in _key(part)}
    yield CreateTable(
        table,
        tuple(_keyed(column, keys) for column in columns if column is not None),
        has_rows=reader.skip_to("AS"),
        if_missing=if_missing,
    )
    for part in parts:
        yield from _unique_constraint(table, Reader(part))


def _unique_index(reader: Reader) -> Iterator[Change]:
    reader.take("CONCURRENTLY")
    reader.take("IF", "NOT", "EXISTS")
    name = reader.name() if reader.next is not None and reader.next.keyword != "ON" else None
    reader.take("ON")
    reader.take("ONLY")
    table = reader.table()
    if reader.take("USING"):
        reader.name()
    if table is not None and reader.next is not None:
        token = reader.next
        yield AddUnique(table, name.identifier if name else "", _plain_columns(reader.group()), token)


def _plain_columns(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The columns of an index; none when one of them is computed."""
    parts = [*parted(tokens)]
    if any(any(token.text == "(" for token in part) for part in parts):
        return ()
    return tuple(part[0].identifier for part in parts)


def _column(definition: Sequence[Token]) -> Column | None:
    reader = Reader(definition)
    token = reader.name()
    if token is None:
        return None
    rest = Reader(reader.rest)
    rest.skip_to(*_BEHIND_TYPE)
    type_tokens = reader.rest[: len(reader.rest) - len(rest.rest)]
    names = [each.identifier for each in type_tokens if each.identifier]
    type_name = names[-1] if names else ""
    words = _words(rest.rest)
    required = ("NOT", "NULL") in _pairs(words) or "PRIMARY" in words
    default = words.index("DEFAULT") if "DEFAULT" in words else None
    has_default = default is not None and words[default + 1 : default + 2] != ["NULL"]
    return Column(token, type_name, required, has_default or "GENERATED" in words or type_name in _SERIAL)


def _words(tokens: Sequence[Token]) -> list[str]:
    """The keywords that are not in parentheses; anything else is empty."""
    reader, words = Reader(tokens), []
    while reader.next is not None:
        words.append(reader.next.keyword)
        reader.skip()
    return words


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))


def _key(part: Sequence[Token]) -> Iterator[str]:
    """The columns of a primary key that is defined for the table."""
    reader = Reader(part)
    if reader.take("CONSTRAINT"):
        reader.name()
    if reader.take("PRIMARY", "KEY"):
        yield from (token.identifier for token in reader.group() if token.identifier)


def _keyed(column: Column, keys: set[str]) -> Column:
    return Column(column.token, column.type, column.is_required or column.name in keys, column.has_value)


def drop(reader: Reader) -> Iterator[Change]:
    """DROP TABLE, and DROP INDEX."""
    if reader.take("DROP", "TABLE"):
        reader.take("IF", "EXISTS")
        for part in parted(reader.rest):
            table = Reader(part).table()
            if table is not None:
                yield DropTable(table)
    elif reader.take("DROP", "INDEX"):
        reader.take("CONCURRENTLY")
        reader.take("IF", "EXISTS")
        for part in parted(reader.rest):
            index = Reader(part).table()
            if index is not None:
                yield DropUnique(index.name)


def alter(reader: Reader) -> Iterator[Change]:
    """ALTER TABLE, action by action."""
    if not reader.take("ALTER", "TABLE"):
        return
    reader.take("IF", "EXISTS")
    reader.take("ONLY")
    table = reader.table()
    reader.symbol("*")
    if table is not None:
        for action in parted(reader.rest):
            yield from _action(table, Reader(action))


def _action(table: TableName, reader: Reader) -> Iterator[Change]:
    if reader.take("ADD"):
        yield from _add(table, reader)
    elif reader.take("DROP"):
        yield from _drop_column(table, reader)
    elif reader.take("ALTER"):
        yield from _alter_column(table, reader)
    elif reader.take("RENAME"):
        yield from _rename(table, reader)
    elif reader.take("SET", "SCHEMA"):
        token = reader.name()
        if token is not None:
            namespace = "" if token.identifier == "public" else token.identifier
            yield RenameTable(table, TableName(namespace, table.name))


def _add(table: TableName, reader: Reader) -> Iterator[Change]:
    is_column = reader.take("COLUMN")
    if_missing = reader.take("IF", "NOT", "EXISTS")
    if not is_column and reader.next is not None and reader.next.keyword in _NO_COLUMN:
        filled = [Fill(table, name) for name in (*_refused_nulls(reader.rest), *_key(reader.rest))]
        yield from (*_unique_constraint(table, reader), *filled)
        return
    column = _column(reader.rest)
    if column is not None:
        yield AddColumn(table, column, if_missing)


def _unique_constraint(table: TableName, reader: Reader) -> Iterator[Change]:
    name = reader.name() if reader.take("CONSTRAINT") else None
    if reader.take("UNIQUE") or reader.take("PRIMARY", "KEY"):
        reader.take("NULLS", "NOT", "DISTINCT")
        token = reader.next
        # USING INDEX takes one that is there.
        if token is not None and token.text == "(":
            yield AddUnique(table, name.identifier if name else "", _plain_columns(reader.group()), token)


def _refused_nulls(constraint: Sequence[Token]) -> Iterator[str]:
    """The columns of a table's constraint that say `IS NOT NULL`; when it is valid, there are no such rows."""
    words = [token.keyword for token in constraint]
    if "CHECK" in words:
        for at, token in enumerate(constraint):
            if token.identifier and words[at + 1 : at + 4] == ["IS", "NOT", "NULL"]:
                yield token.identifier


def _drop_column(table: TableName, reader: Reader) -> Iterator[Change]:
    is_constraint = reader.take("CONSTRAINT")
    reader.take("COLUMN")
    reader.take("IF", "EXISTS")
    token = reader.name()
    if token is not None:
        yield DropUnique(token.identifier) if is_constraint else DropColumn(table, token.identifier)


def _alter_column(table: TableName, reader: Reader) -> Iterator[Change]:
    if reader.take("CONSTRAINT"):
        return
    reader.take("COLUMN")
    token = reader.name()
    if token is None:
        return
    if reader.take("SET", "NOT", "NULL"):
        yield SetNotNull(table, token)
    elif reader.take("DROP", "NOT", "NULL"):
        yield DropNotNull(table, token.identifier)
    elif reader.take("TYPE") or reader.take("SET", "DATA", "TYPE"):
        yield from _change_type(table, token.identifier, reader.rest)


def _change_type(table: TableName, name: str, rest: Sequence[Token]) -> Iterator[Change]:
    reader = Reader(rest)
    reader.skip_to("USING", "COLLATE")
    names = [token.identifier for token in rest[: len(rest) - len(reader.rest)] if token.identifier]
    yield ChangeType(table, name, names[-1] if names else "")
    # `USING coalesce("a", 0)` leaves no NULL, and neither does `USING "a" IS NOT NULL`.
    if any(token.keyword in {"COALESCE", "CASE", "IS"} for token in reader.rest):
        yield Fill(table, name)


def _rename(table: TableName, reader: Reader) -> Iterator[Change]:
    if reader.take("TO"):
        token = reader.name()
        if token is not None:
            yield RenameTable(table, TableName(table.namespace, token.identifier))
        return
    if reader.take("CONSTRAINT"):
        return
    reader.take("COLUMN")
    old = reader.name()
    new = reader.name() if reader.take("TO") else None
    if old is not None and new is not None:
        yield RenameColumn(table, old.identifier, new.identifier)
