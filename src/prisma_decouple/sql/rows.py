"""What statements do to rows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from prisma_decouple.sql.changes import Empty, Fill, Insert, Remove, Unclear
from prisma_decouple.sql.reading import Reader, TableName, parted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.tokens import Token

# Functions that settings are made with; any other may do anything.
_HARMLESS = {"set_config", "setval", "pg_sleep", "pg_advisory_lock", "pg_advisory_xact_lock", "version", "now", "count"}


def write(reader: Reader) -> Iterator[Change]:
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
    yield Remove(table)
    words = [token.keyword for token in reader.rest]
    for at, token in enumerate(reader.rest):
        if token.identifier and words[at + 1 : at + 3] == ["IS", "NULL"]:
            yield Fill(table, token.identifier)


def truncate(reader: Reader) -> Iterator[Change]:
    """TRUNCATE."""
    reader.take("TRUNCATE")
    reader.take("TABLE")
    cascades = any(token.keyword == "CASCADE" for token in reader.rest)
    for part in parted(reader.rest):
        inner = Reader(part)
        inner.take("ONLY")
        table = inner.table()
        if table is not None:
            yield Empty(table, cascades)


def copy(reader: Reader) -> Iterator[Change]:
    """COPY … FROM."""
    reader.take("COPY")
    table = reader.table()
    if table is not None and reader.skip_to("FROM"):
        yield Insert(table)


def do(reader: Reader) -> Iterator[Change]:
    """A block of code."""
    text = " ".join(token.text for token in reader.rest)
    # SQL that is put together while it runs may be about any table.
    yield Unclear(None if "execute" in text.lower() else text)


def select(reader: Reader) -> Iterator[Change]:
    """A query that calls a function of somebody's may do anything."""
    tokens = reader.rest
    if any(token.keyword == "INTO" for token in tokens):
        yield Unclear(None)
    for token, behind in pairwise(tokens):
        if token.identifier and behind.text == "(" and token.identifier not in _HARMLESS:
            yield Unclear(None)
            return


def call(_: Reader) -> Iterator[Change]:
    """A procedure, or a prepared statement."""
    yield Unclear(None)
