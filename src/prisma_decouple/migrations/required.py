"""Columns that become required while there may be rows without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.migrations.findings import REQUIRED_COLUMN, UNFILLED_COLUMN, Finding
from prisma_decouple.sql.changes import AddColumn, SetNotNull

if TYPE_CHECKING:
    from prisma_decouple.migrations.history import History
    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.script import Statement


def required_column(change: Change, statement: Statement, history: History) -> Finding | None:
    """What is wrong with a change that makes a column required, before it happens."""
    if isinstance(change, AddColumn):
        return _added(change, statement, history)
    if isinstance(change, SetNotNull):
        return _made_required(change, statement, history)
    return None


def _added(change: AddColumn, statement: Statement, history: History) -> Finding | None:
    table, column = history.table(change.table), change.column
    is_there = change.if_missing and column.name in table.columns
    if not column.is_required or column.has_value or is_there or table.is_empty or not history.is_clear(change.table):
        return None
    message = f"the required column `{column.name}` has no value for the rows that `{change.table}` may have"
    return Finding.of(REQUIRED_COLUMN, message, statement, column.token)


def _made_required(change: SetNotNull, statement: Statement, history: History) -> Finding | None:
    table, name = history.table(change.table), change.token.identifier
    column = history.column(change.table, name)
    is_safe = column.is_required or column.is_filled or table.is_new or table.is_empty
    if is_safe or not history.is_clear(change.table):
        return None
    message = f"`{name}` of `{change.table}` becomes required, but nothing has filled it where it is NULL"
    return Finding.of(UNFILLED_COLUMN, message, statement, change.token)
