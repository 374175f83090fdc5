"""The comparison of two databases, one module for each kind of object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.plan.compare.columns import changed_columns, compare_columns
from prisma_decouple.plan.compare.enums import compare_enums
from prisma_decouple.plan.compare.foreign_keys import compare_foreign_keys
from prisma_decouple.plan.compare.indexes import compare_indexes
from prisma_decouple.plan.compare.namespaces import compare_extensions, compare_namespaces
from prisma_decouple.plan.compare.renaming import one_way_of_naming
from prisma_decouple.plan.compare.tables import created, index_names, make_way, removed
from prisma_decouple.plan.steps import DropIndex, DropJoinKey, DropPrimaryKey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from prisma_decouple.model.database import Database, QualifiedName
    from prisma_decouple.plan.steps import Step


def compare(before: Database, after: Database, written: Collection[tuple[QualifiedName, str]] = ()) -> list[Step]:
    """The steps from one database to the other.

    Args:
        before: the old database.
        after: the new one.
        written: the values of enumerated types that the migration writes into rows.

    Returns:
        Steps without those on rows, in no particular order.
    """
    before, after = one_way_of_naming(before, after)
    renamed, before = make_way(before, after)
    types, before = compare_enums(before, after, written)
    steps = [*compare_namespaces(before, after), *compare_extensions(before, after), *renamed, *types]
    for name, table in after.tables.items():
        if name not in before.tables:
            steps += created(table)
    steps += _compare_tables(before, after)
    needed = index_names(steps)
    for name, table in before.tables.items():
        if name not in after.tables:
            steps += removed(table, needed)
    return steps


def _compare_tables(before: Database, after: Database) -> Iterator[Step]:
    """The tables that are in both; a foreign key rests on what another table has."""
    both = [(table, after.tables[name]) for name, table in before.tables.items() if name in after.tables]
    enums = {**before.enums, **after.enums}
    changed = {new.name: changed_columns(old, new, enums) for old, new in both}
    steps: list[Step] = []
    for old, new in both:
        steps += compare_columns(old, new, enums)
        steps += compare_indexes(old, new, changed[new.name])
    dropped = {
        (step.table, frozenset(step.index.column_names))
        for step in steps
        if isinstance(step, DropIndex | DropJoinKey | DropPrimaryKey) and step.index.kind != "index"
    }
    yield from steps
    for old, new in both:
        yield from compare_foreign_keys(old, new, changed, dropped)
