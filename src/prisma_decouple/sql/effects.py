"""Reads what a statement does to tables.

What cannot be read for certain is said to be so (`Unclear`), and what
has nothing to do with the columns of tables is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.sql import rows, tables
from prisma_decouple.sql.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.script import Statement


def changes(statement: Statement) -> list[Change]:
    """What a statement does to tables, in its order."""
    first = statement.tokens[0].keyword
    read = _READERS.get(first)
    return list(read(Reader(statement.tokens))) if read is not None else []


_READERS: dict[str, Callable[[Reader], Iterator[Change]]] = {
    "CREATE": tables.create,
    "DROP": tables.drop,
    "ALTER": tables.alter,
    "UPDATE": rows.write,
    "INSERT": rows.write,
    "DELETE": rows.write,
    "MERGE": rows.write,
    "WITH": rows.write,
    "TRUNCATE": rows.truncate,
    "COPY": rows.copy,
    "DO": rows.do,
    "SELECT": rows.select,
    "CALL": rows.call,
    "EXECUTE": rows.call,
}
