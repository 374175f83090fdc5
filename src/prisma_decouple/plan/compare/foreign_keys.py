"""Foreign keys: added, dropped, renamed, and replaced when they or what they rest on differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.plan.compare.columns import ChangedColumns
from prisma_decouple.plan.steps import AddForeignKey, DropForeignKey, RenameForeignKey, RequireReferences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from prisma_decouple.model.database import ForeignKey, QualifiedName, Table
    from prisma_decouple.plan.steps import Step


def compare_foreign_keys(
    before: Table,
    after: Table,
    changed: Mapping[QualifiedName, ChangedColumns],
    dropped: Collection[tuple[QualifiedName, frozenset[str]]],
) -> Iterator[Step]:
    """A constraint cannot be altered in what it does, so one that differs is dropped and added.

    Args:
        before: the old table.
        after: the new one.
        changed: the columns whose type changes, by table.
        dropped: the columns of indexes that go, with their table; a foreign key rests on one of them.
    """

    def is_forced(key: ForeignKey) -> bool:
        columns = changed.get(before.name, ChangedColumns()).all & {*key.columns}
        references = changed.get(key.target, ChangedColumns()).all & {*key.references}
        return bool(columns or references) or (key.target, frozenset(key.references)) in dropped

    gone = [key for key in before.foreign_keys.values() if is_forced(key) or after.foreign_keys.get(key.name) != key]
    new = [key for key in after.foreign_keys.values() if is_forced(key) or before.foreign_keys.get(key.name) != key]
    for key in gone:
        successor = None if is_forced(key) else next((each for each in new if _is_renamed(key, each, before)), None)
        if successor is not None:
            new.remove(successor)
            yield RenameForeignKey(before.name, key, successor.name)
        else:
            yield DropForeignKey(before.name, key)
    for key in new:
        if _may_point_at_nothing(key, before, changed.get(before.name, ChangedColumns())):
            yield RequireReferences(after.name, key)
        yield AddForeignKey(after.name, key)


def _may_point_at_nothing(key: ForeignKey, before: Table, changed: ChangedColumns) -> bool:
    """Whether rows have had values in its columns without a foreign key that leads to the same place."""
    were_there = {*key.columns} <= before.columns.keys() - changed.replaced
    return were_there and not any(key.demands_as(each) for each in before.foreign_keys.values())


def _is_renamed(key: ForeignKey, other: ForeignKey, before: Table) -> bool:
    return replace(key, name=other.name) == other and other.name not in before.foreign_keys
