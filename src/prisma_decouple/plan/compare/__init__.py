"""The comparison of two databases, one module for each kind of object.

What cannot be turned into steps is refused with its name; nothing is ever left out silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.plan.compare.columns import compare_columns
from prisma_decouple.plan.compare.enums import compare_enums
from prisma_decouple.plan.compare.foreign_keys import compare_foreign_keys
from prisma_decouple.plan.compare.indexes import compare_indexes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Database
    from prisma_decouple.plan.steps import Step


def compare(before: Database, after: Database) -> Iterator[Step]:
    """The steps from one database to the other, in no particular order.

    Raises:
        PlanError: a table was added or removed, or a column or key changed in a way that has no steps.
    """
    for names, what in (
        (after.tables.keys() - before.tables.keys(), "new"),
        (before.tables.keys() - after.tables.keys(), "gone"),
    ):
        if names:
            listed = ", ".join(sorted(name.name for name in names))
            raise PlanError(
                f"tables are {what} in the new schema: {listed}", hint="the rules change existing tables only"
            )
    if before.join_tables != after.join_tables:
        changed = ", ".join(sorted(name for name, _, _ in before.join_tables ^ after.join_tables))
        raise PlanError(f"implicit many-to-many relations differ: {changed}")
    yield from compare_enums(before, after)
    for name, table in after.tables.items():
        old = before.tables[name]
        yield from compare_columns(old, table)
        yield from compare_indexes(old, table)
        yield from compare_foreign_keys(old, table)
