"""Tables: created with everything that hangs on them, and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.plan.compare.indexes import dropped
from prisma_decouple.plan.compare.renaming import free_name, with_renamed_table
from prisma_decouple.plan.steps import (
    AddForeignKey,
    AddPrimaryKey,
    CreateIndex,
    CreateTable,
    DropForeignKey,
    DropTable,
    RenameIndex,
    RenameTable,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from prisma_decouple.model.database import Database, Table
    from prisma_decouple.plan.steps import Step


def make_way(before: Database, after: Database) -> tuple[list[Step], Database]:
    """Tables that go step aside where a type of their name comes.

    Returns:
        The steps, and the old database as it is after them.
    """
    steps: list[Step] = []
    for name in before.tables.keys() & after.enums.keys():
        aside = free_name(name, before, after)
        steps.append(RenameTable(name, aside))
        before = with_renamed_table(before, name, aside)
    return steps, before


def created(table: Table) -> Iterator[Step]:
    """Foreign keys are steps of their own, so that tables can point at each other."""
    yield CreateTable(table.name, tuple(table.columns.values()), table.primary_index)
    for index in table.secondary_indexes:
        yield CreateIndex(table.name, index)
    for key in table.foreign_keys.values():
        yield AddForeignKey(table.name, key)


def removed(table: Table, needed: Collection[tuple[str | None, str]]) -> Iterator[Step]:
    """The table's foreign keys go before anything else, and so do indexes whose names are needed.

    Args:
        table: the table that goes.
        needed: the names of indexes that the migration makes, with their namespaces.
    """
    for key in table.foreign_keys.values():
        yield DropForeignKey(table.name, key)
    in_the_way = [index for index in table.indexes.values() if (table.name.namespace, index.name) in needed]
    for index in in_the_way:
        yield dropped(table, index)
    stay = [index for index in table.indexes.values() if index not in in_the_way]
    primary = next((index for index in stay if index.kind == "id"), None)
    yield DropTable(
        table.name, tuple(table.columns.values()), primary, tuple(index for index in stay if index.kind != "id")
    )


def index_names(steps: Sequence[Step]) -> set[tuple[str | None, str]]:
    """The names of the indexes that steps make, which are names in a namespace and not in a table."""
    names: set[tuple[str | None, str]] = set()
    for step in steps:
        if isinstance(step, CreateTable) and step.primary_key is not None:
            names.add((step.table.namespace, step.primary_key.name))
        elif isinstance(step, CreateIndex | AddPrimaryKey):
            names.add((step.table.namespace, step.index.name))
        elif isinstance(step, RenameIndex):
            names.add((step.table.namespace, step.name))
    return names
