"""Columns that become unique while there may be rows with the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.migrations.findings import REPEATED_VALUES, Finding
from prisma_decouple.sql.changes import AddUnique

if TYPE_CHECKING:
    from prisma_decouple.migrations.history import History
    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.script import Statement


def repeated_values(change: Change, statement: Statement, history: History) -> Finding | None:
    """What is wrong with a change that makes columns unique, before it happens.

    Whoever deletes rows of the table, or writes or adds one of the columns, in the same migration has thought of it.
    """
    if not isinstance(change, AddUnique):
        return None
    table = history.table(change.table)
    columns = [history.column(change.table, name) for name in change.columns]
    is_safe = table.is_new or table.is_empty or table.is_thinned or not history.is_clear(change.table)
    is_thought_of = any(column.is_new or column.is_written for column in columns)
    is_unique = any(unique <= set(change.columns) for unique in table.uniques.values())
    if is_safe or is_thought_of or is_unique:
        return None
    named = f"({', '.join(change.columns)})" if change.columns else "what is computed"
    message = f"{named} of `{change.table}` becomes unique, and nothing has seen to rows that are the same there"
    return Finding.of(REPEATED_VALUES, message, statement, change.token)
