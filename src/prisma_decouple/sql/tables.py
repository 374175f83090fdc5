"""Reads what a statement does to tables.

What cannot be read for certain is said to be so (`Unclear`), and what
has nothing to do with the columns of tables is left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from prisma_decouple.sql.changes import (
    AddColumn,
    ChangeType,
    Column,
    CreateTable,
    DropColumn,
    DropNotNull,
    DropTable,
    Empty,
    Fill,
    Insert,
    RenameColumn,
    RenameTable,
    SetNotNull,
    Unclear,
)
from prisma_decouple.sql.reading import Reader, TableName, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.script import Statement
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
# Functions that settings are made with; any other may do anything.
_HARMLESS = {"set_config", "setval", "pg_sleep", "pg_advisory_lock", "pg_advisory_xact_lock", "version", "now", "count"}


def changes(statement: Statement) -> list[Change]:
    """What a statement does to tables, in its order."""
    first = statement.tokens[0].keyword
    read = _READERS.get(first)
    return list(read(Reader(statement.tokens))) if read is not None else []


def _create(reader: Reader) -> Iterator[Change]:
    reader.take("CREATE")
    while reader.take_any("GLOBAL", "LOCAL", "TEMPORARY", "TEMP", "UNLOGGED"):
        pass
    if not reader.take("TABLE"):
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


def _drop(reader: Reader) -> Iterator[Change]:
    if reader.take("DROP", "TABLE"):
        reader.take("IF", "EXISTS")
        for part in parted(reader.rest):
            table = Reader(part).table()
            if table is not None:
                yield DropTable(table)


def _alter(reader: Reader) -> Iterator[Change]:
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
        yield from (Fill(table, name) for name in (*_refused_nulls(reader.rest), *_key(reader.rest)))
        return
    column = _column(reader.rest)
    if column is not None:
        yield AddColumn(table, column, if_missing)


def _refused_nulls(constraint: Sequence[Token]) -> Iterator[str]:
    """The columns of a table's constraint that say `IS NOT NULL`; when it is valid, there are no such rows."""
    words = [token.keyword for token in constraint]
    if "CHECK" in words:
        for at, token in enumerate(constraint):
            if token.identifier and words[at + 1 : at + 4] == ["IS", "NOT", "NULL"]:
                yield token.identifier


def _drop_column(table: TableName, reader: Reader) -> Iterator[Change]:
    is_column = reader.take("COLUMN")
    reader.take("IF", "EXISTS")
    token = reader.name()
    if token is not None and (is_column or token.keyword != "CONSTRAINT"):
        yield DropColumn(table, token.identifier)


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


def _write(reader: Reader) -> Iterator[Change]:
    """UPDATE, INSERT, DELETE and MERGE, which may stand in a WITH, or in one another (`ON CONFLICT DO UPDATE`)."""
    tokens = reader.rest
    target: TableName | None = None
    for at, token in enumerate(tokens):
        if token.keyword not in {"UPDATE", "INSERT", "DELETE", "MERGE"}:
            continue
        inner = Reader(tokens[at + 1 :])
        if token.keyword == "UPDATE":
            inner.take("ONLY")
            table = target if inner.next is not None and inner.next.keyword == "SET" else inner.table()
            if table is not None and inner.skip_to("SET"):
                yield from (Fill(table, name) for name in _assigned(inner.rest[1:]))
        elif inner.take("INTO"):
            inner.take("ONLY")
            target = inner.table()
            if target is not None:
                yield Insert(target)
        elif inner.take("FROM"):
            inner.take("ONLY")
            yield from _delete(inner)


def _assigned(tokens: Sequence[Token]) -> Iterator[str]:
    """The columns that `SET a = 1, (b, c) = (…)` assigns, but not those that become NULL."""
    reader = Reader(tokens)
    reader.skip_to("WHERE", "FROM", "RETURNING")
    for part in parted(tokens[: len(tokens) - len(reader.rest)]):
        assignment = Reader(part)
        names = assignment.group() or [token for token in (assignment.name(),) if token is not None]
        is_null = assignment.symbol("=") and [token.keyword for token in assignment.rest] == ["NULL"]
        if not is_null:
            yield from (token.identifier for token in names if token.identifier)


def _delete(reader: Reader) -> Iterator[Change]:
    table = reader.table()
    if table is None:
        return
    if not reader.skip_to("WHERE", "USING"):
        yield Empty(table)
        return
    words = [token.keyword for token in reader.rest]
    for at, token in enumerate(reader.rest):
        if token.identifier and words[at + 1 : at + 3] == ["IS", "NULL"]:
            yield Fill(table, token.identifier)


def _truncate(reader: Reader) -> Iterator[Change]:
    reader.take("TRUNCATE")
    reader.take("TABLE")
    cascades = any(token.keyword == "CASCADE" for token in reader.rest)
    for part in parted(reader.rest):
        inner = Reader(part)
        inner.take("ONLY")
        table = inner.table()
        if table is not None:
            yield Empty(table, cascades)


def _copy(reader: Reader) -> Iterator[Change]:
    reader.take("COPY")
    table = reader.table()
    if table is not None and reader.skip_to("FROM"):
        yield Insert(table)


def _do(reader: Reader) -> Iterator[Change]:
    text = " ".join(token.text for token in reader.rest)
    # SQL that is put together while it runs may be about any table.
    yield Unclear(None if "execute" in text.lower() else text)


def _select(reader: Reader) -> Iterator[Change]:
    """A query that calls a function of somebody's may do anything."""
    tokens = reader.rest
    if any(token.keyword == "INTO" for token in tokens):
        yield Unclear(None)
    for token, behind in pairwise(tokens):
        if token.identifier and behind.text == "(" and token.identifier not in _HARMLESS:
            yield Unclear(None)
            return


def _call(_: Reader) -> Iterator[Change]:
    yield Unclear(None)


_READERS: dict[str, Callable[[Reader], Iterator[Change]]] = {
    "CREATE": _create,
    "DROP": _drop,
    "ALTER": _alter,
    "UPDATE": _write,
    "INSERT": _write,
    "DELETE": _write,
    "MERGE": _write,
    "WITH": _write,
    "TRUNCATE": _truncate,
    "COPY": _copy,
    "DO": _do,
    "SELECT": _select,
    "CALL": _call,
    "EXECUTE": _call,
}
