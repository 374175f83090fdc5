"""A way back that does not stop at rows which the old schema cannot hold, but sets them aside until the next way up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.model.database import describe_database, table_name
from prisma_decouple.plan.removal import locks_for_removal, refuse_nameless_links, removals
from prisma_decouple.plan.steps import (
    Blocked,
    Dependent,
    DropColumn,
    DropEnum,
    RemoveRows,
    RequireNoRows,
    RequireValues,
    RestoreRows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.model.database import QualifiedName
    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.plan.migration import Migration
    from prisma_decouple.plan.steps import Step, Store


@dataclass(frozen=True)
class SalvageRows(RemoveRows):
    """Move rows that the old schema cannot hold into tables beside, with everything that hangs on them."""


@dataclass(frozen=True)
class ReturnRows(RestoreRows):
    """Move them home and drop those tables; do nothing when there are none."""


def with_salvage(migration: Migration, after: DataModel, *, name: str, owner: str) -> Migration:
    """The same migration with a way back that sets rows aside where the other one stops.

    Args:
        migration: with a way back that stops.
        after: the new schema, in which the rows were written.
        name: the migration's name; the rows go to a namespace of that name.
        owner: what tells it from another migration of the same name: the name of its folder.

    Returns:
        A migration of which both ways differ; the same one when the old schema can hold every row of the new one.

    Raises:
        PlanError: rows cannot be set aside and brought home.
    """
    demands: dict[QualifiedName, tuple[str, ...]] = {}
    # What is demanded when moved rows are back stays: before, nobody can tell which rows it concerns.
    back = next((at for at, step in enumerate(migration.down) if isinstance(step, RestoreRows)), len(migration.down))
    early, late = migration.down[:back], migration.down[back:]
    for step in early:
        if isinstance(step, RequireValues) and step.undoing:
            demands[step.table] = (*demands.get(step.table, ()), *step.columns)
    roots = [model for model in after.models.values() if not model.is_view and table_name(model) in demands]
    if not roots:
        return migration
    dropped = [step.enum.name for step in migration.down if isinstance(step, DropEnum)]
    removed = removals(after, roots, namespace=f"{name}_salvage", owner=owner, passing=dropped)
    for dependents, _ in removed.values():
        refuse_nameless_links(dependents)
    salvage = [SalvageRows(table_name(root), demands[table_name(root)], *removed[root.name]) for root in roots]
    store = salvage[0].store
    # What still stops it looks before anything is moved.
    guards = [step for step in early if isinstance(step, RequireNoRows)]
    others = [step for step in early if not isinstance(step, RequireValues | RequireNoRows)]
    restored = [
        replace(step, blocked=_blocked(step, store, after, migration.down)) if isinstance(step, RestoreRows) else step
        for step in late
    ]
    down = (*guards, *salvage, *others, *restored)
    return replace(migration, up=(*migration.up, ReturnRows(store)), down=(*locks_for_removal(down), *down))


def _blocked(step: RestoreRows, salvage: Store, after: DataModel, down: Sequence[Step]) -> Blocked:
    """The foreign keys of moved rows that outlast the way back and lead to such rows, or to rows that are set aside."""
    dropped = {(each.table, each.column.name) for each in down if isinstance(each, DropColumn)}
    tables = describe_database(after).tables
    away = {each.table for each in (*step.store.tables, *salvage.tables)}
    return Blocked(
        salvage,
        tuple(
            Dependent(each.table, key.columns, key.target, key.references, follows=True, key=each.key)
            for each in step.store.tables
            for key in tables[each.table].foreign_keys.values()
            if key.target in away and not any((each.table, column) in dropped for column in key.columns)
        ),
    )
