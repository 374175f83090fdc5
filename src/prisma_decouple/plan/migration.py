"""The whole migration: all steps in the order in which they can run, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.model.database import describe_database
from prisma_decouple.plan.backfill import backfill_steps
from prisma_decouple.plan.compare import compare
from prisma_decouple.plan.steps import (
    AddColumn,
    AddForeignKey,
    CreateEnum,
    CreateIndex,
    DropColumn,
    DropEnum,
    DropForeignKey,
    DropIndex,
    DropNotNull,
    FillColumns,
    RemoveRows,
    RequireValues,
    RestoreRows,
    SetNotNull,
    Step,
    TableStep,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.rules.intents import Backfill

# Constraints go before what they would hinder and come after what they demand; values come before they are required.
_ORDER: tuple[tuple[type[Step], ...], ...] = (
    (CreateEnum,),
    (DropForeignKey, DropIndex),
    (AddColumn, DropNotNull),
    (FillColumns, RequireValues, RemoveRows),
    (SetNotNull,),
    (DropColumn,),
    (CreateIndex,),
    (AddForeignKey,),
    (DropEnum,),
)


@dataclass(frozen=True)
class Migration:
    """Steps forward and back."""

    up: tuple[Step, ...]
    down: tuple[Step, ...]


def plan_migration(before: DataModel, after: DataModel, intents: Sequence[Backfill] = (), *, name: str) -> Migration:
    """Plan the way from one schema to the other.

    Args:
        before: what the database looks like now.
        after: what it shall look like.
        intents: where the values of new columns come from.
        name: the migration's name; rows that are moved aside go to a namespace of that name.

    Returns:
        The steps there and the steps back.

    Raises:
        PlanError: a difference has no steps, or a new required column has no source of values.
    """
    changes = list(compare(describe_database(before), describe_database(after)))
    data = backfill_steps(before, after, intents, store=f"{name}_quarantine")
    _refuse_columns_without_values(changes, data)
    up = tuple(sorted([*changes, *data], key=_phase))
    return Migration(up, way_back(up))


def way_back(up: Sequence[Step]) -> tuple[Step, ...]:
    """The reverse of all steps, last first.

    Looks for rows in the way come before everything, and nothing is done to columns that are about to be dropped.
    """
    back = [step for forward in reversed(up) for step in forward.reverse()]
    dropped = {(step.table, step.column.name) for step in back if isinstance(step, DropColumn)}
    back = [step for step in back if not (isinstance(step, DropNotNull) and (step.table, step.column) in dropped)]
    guards = [step for step in back if isinstance(step, RequireValues)]
    # Steps that moved rows share one store, which is emptied once.
    restored = dict.fromkeys(step for step in back if isinstance(step, RestoreRows))
    others = [step for step in back if not isinstance(step, RequireValues | RestoreRows)]
    return (*guards, *sorted(others, key=_phase), *restored)


def _phase(step: Step) -> int:
    return next(at for at, kinds in enumerate(_ORDER) if isinstance(step, kinds))


def _refuse_columns_without_values(changes: Sequence[Step], data: Sequence[Step]) -> None:
    """A column must not become required on a table with rows unless somebody has said what to do about the rows."""
    seen_to = {
        (step.table, column) for step in data if isinstance(step, RequireValues | RemoveRows) for column in step.columns
    }
    for step in changes:
        if isinstance(step, SetNotNull) and (step.table, step.column) not in seen_to:
            raise PlanError(
                f"the column {step.table.name}.{step.column} becomes required; nothing says where its values come from",
                hint="give the rule a `backfill`",
            )


def tables_of(steps: Sequence[Step]) -> list[str]:
    """The names of the tables that steps touch, each once, in order."""
    return list(dict.fromkeys(step.table.name for step in steps if isinstance(step, TableStep)))


def locked_exclusively(steps: Sequence[Step]) -> list[str]:
    """The names of the tables that nobody else can even read until the end, each once, in order."""
    locks = [lock for step in steps for lock in step.locks]
    return list(dict.fromkeys(table.name for table, mode in locks if mode == "ACCESS EXCLUSIVE"))
