"""Columns: added, dropped, retyped, and allowed or forbidden to be null."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.plan.compare.column_types import is_replaced, retyped
from prisma_decouple.plan.steps import AddColumn, DropColumn, DropNotNull, SetNotNull

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prisma_decouple.model.database import Column, EnumType, QualifiedName, Table
    from prisma_decouple.plan.steps import Step

    Enums = Mapping[QualifiedName, EnumType]


@dataclass(frozen=True)
class ChangedColumns:
    """The columns of a table whose type changes.

    Attributes:
        retyped: those that keep their values.
        replaced: those that are dropped and added.
    """

    retyped: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.retyped | self.replaced


def changed_columns(before: Table, after: Table, enums: Enums) -> ChangedColumns:
    """Which columns of a table change their type, as indexes and foreign keys have to know."""
    pairs = [(before.columns[name], column) for name, column in after.columns.items() if name in before.columns]
    changed = {new.name for old, new in pairs if old.type != new.type}
    replaced = frozenset(new.name for old, new in pairs if new.name in changed and is_replaced(old, new, enums))
    return ChangedColumns(frozenset(changed - replaced), replaced)


def compare_columns(before: Table, after: Table, enums: Enums) -> Iterator[Step]:
    """A new required column without a default is added nullable and closed later, when its values are there."""
    for column in after.columns.values():
        if (old := before.columns.get(column.name)) is not None:
            yield from _altered(after, old, column, enums)
            continue
        yield AddColumn(after.name, column, later_required=column.needs_value)
        if column.needs_value:
            yield SetNotNull(after.name, column.name)
    for name, column in before.columns.items():
        if name not in after.columns:
            yield DropColumn(after.name, column)


def _altered(table: Table, old: Column, new: Column, enums: Enums) -> Iterator[Step]:
    if old.type != new.type or old.default != new.default:
        yield from retyped(table, old, new, enums)
        if old.type != new.type and is_replaced(old, new, enums):
            return
    if new.nullable and not old.nullable:
        # The key is for the way back, which begins with the new table.
        yield DropNotNull(table.name, new.name, table.primary_key or ("ctid",))
    if old.nullable and not new.nullable:
        yield SetNotNull(table.name, new.name)
