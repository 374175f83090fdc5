"""Primary keys, indexes and unique indexes: created, dropped and renamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.model.names import cut
from prisma_decouple.plan.steps import (
    AddPrimaryKey,
    CreateIndex,
    DropIndex,
    DropJoinKey,
    DropPrimaryKey,
    RenameIndex,
    RequireUnique,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import IndexKey, Table
    from prisma_decouple.plan.compare.columns import ChangedColumns
    from prisma_decouple.plan.steps import Step


def compare_indexes(before: Table, after: Table, changed: ChangedColumns) -> Iterator[Step]:
    """An index that differs in its name is renamed; one that differs in anything else is dropped and created."""
    gone = [index for index in before.indexes.values() if _differs(index, after, changed)]
    new = [index for index in after.indexes.values() if _differs(index, before, changed)]
    for index in gone:
        successor = next((each for each in new if _is_renamed(index, each, before, changed)), None)
        if successor is not None:
            new.remove(successor)
            yield RenameIndex(before.name, index, successor.name)
        else:
            yield dropped(before, index)
    for index in new:
        if index.kind != "index" and _may_have_repeated(index, before, changed):
            yield RequireUnique(after.name, index)
        yield AddPrimaryKey(after.name, index) if index.kind == "id" else CreateIndex(after.name, index)


def dropped(table: Table, index: IndexKey) -> Step:
    """The step that removes an index of any kind."""
    if index.kind == "id" and table.is_join:
        # After the key, which has its name from when the table was made: a table that was renamed has another one.
        return DropJoinKey(table.name, index, cut(index.name.removesuffix("_AB_pkey"), "_AB_unique"))
    return DropPrimaryKey(table.name, index) if index.kind == "id" else DropIndex(table.name, index)


def _differs(index: IndexKey, other: Table, changed: ChangedColumns) -> bool:
    return other.indexes.get(index.name) != index or _must_be_rebuilt(index, changed)


def _is_renamed(index: IndexKey, other: IndexKey, before: Table, changed: ChangedColumns) -> bool:
    same = replace(index, name=other.name) == other and not (before.is_join and index.kind == "id")
    return same and other.name not in before.indexes and not _must_be_rebuilt(index, changed)


def _may_have_repeated(index: IndexKey, before: Table, changed: ChangedColumns) -> bool:
    """Whether rows may agree in the columns: they were there, and nothing has kept them apart so far."""
    columns = {*index.column_names}
    keys = [key for key in before.indexes.values() if key.kind != "index" and key.where is None]
    were_unique = not columns & changed.retyped and any({*key.column_names} <= columns for key in keys)
    return columns <= before.columns.keys() - changed.replaced and not were_unique


def _must_be_rebuilt(index: IndexKey, changed: ChangedColumns) -> bool:
    """Whether it goes with a column, or is one that PostgreSQL cannot carry over to a column's new type."""
    if changed.replaced & {*index.column_names}:
        return True
    special = index.method is not None or any(column.operator_class for column in index.columns)
    return (special and bool(changed.retyped & {*index.column_names})) or (
        index.where is not None and bool(changed.all)
    )
