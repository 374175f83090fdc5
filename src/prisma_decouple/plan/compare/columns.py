"""Columns: added, dropped, and allowed or forbidden to be null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.plan.steps import AddColumn, DropColumn, DropNotNull, SetNotNull

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Column, Table
    from prisma_decouple.plan.steps import Step


def compare_columns(before: Table, after: Table) -> Iterator[Step]:
    """A new required column without a default is added nullable and closed later, when its values are there."""
    for column in after.columns.values():
        old = before.columns.get(column.name)
        if old is not None:
            yield from _altered(before, old, column)
            continue
        later = not column.nullable and column.default is None
        yield AddColumn(after.name, column, later_required=later)
        if later:
            yield SetNotNull(after.name, column.name)
    for name, column in before.columns.items():
        if name not in after.columns:
            yield DropColumn(after.name, column)


def _altered(table: Table, old: Column, new: Column) -> Iterator[Step]:
    if old.type != new.type or old.default != new.default:
        what = "type" if old.type != new.type else "default"
        raise PlanError(f"the {what} of the column {table.name.name}.{new.name} differs in the two schemas")
    if new.nullable and not old.nullable:
        yield DropNotNull(table.name, new.name, table.primary_key or ("ctid",))
    if old.nullable and not new.nullable:
        yield SetNotNull(table.name, new.name)
