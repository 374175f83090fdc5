"""The order in which steps can run.

Constraints go before what they would hinder and come after what they demand; values come before they are required; what
values may still be taken from goes last.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from prisma_decouple.plan import steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from prisma_decouple.model.database import QualifiedName
    from prisma_decouple.plan.steps import Step

PHASES: tuple[tuple[type[Step], ...], ...] = (
    (steps.LockTables,),
    (steps.RenameTable, steps.RenameColumn),
    (steps.RequireNoRows, steps.RequireNoValues),
    (steps.CreateNamespace,),
    (steps.CreateExtension, steps.ChangeExtension),
    (steps.RenameEnum, steps.RenameEnumValue),
    (steps.CreateEnum,),
    (steps.AddEnumValues,),
    (steps.DropForeignKey,),
    (steps.DropIndex, steps.DropPrimaryKey, steps.DropJoinKey),
    (steps.RenameIndex, steps.RenameForeignKey),
    (steps.CreateTable,),
    (steps.DropDefault, steps.DropSequence),
    (steps.RequireConvertible, steps.AlterColumnType, steps.ReplaceColumn),
    (steps.AlterSequenceType,),
    (steps.SetDefault, steps.AddSequence),
    (steps.AddColumn, steps.DropNotNull),
    (steps.FillColumns, steps.RequireValues, steps.RemoveRows, steps.RestoreRows),
    (steps.SetNotNull,),
    (steps.DropColumn,),
    (steps.RequireUnique, steps.AddPrimaryKey, steps.CreateIndex),
    (steps.RequireReferences, steps.AddForeignKey),
    (steps.DropTable,),
    (steps.DropEnum,),
    (steps.DropExtension,),
)
_PLACES = {kind: phase for phase, kinds in enumerate(PHASES) for kind in kinds}


def in_order(unordered: Iterable[Step]) -> tuple[Step, ...]:
    """The steps phase by phase; within a phase they stay in the order in which they come."""
    return tuple(sorted(unordered, key=_phase))


def reversed_in_order(up: Sequence[Step]) -> Iterator[Step]:
    """The reverse of all steps, last phase first; where the reverse of one phase is several, those are in order."""
    for _, phase in groupby(reversed(up), key=_phase):
        yield from in_order(step for forward in phase for step in forward.reverse())


def merged(unmerged: Sequence[Step]) -> Iterator[Step]:
    """The steps with one look at the rows of a table where there would be several."""
    looks = [step for step in unmerged if isinstance(step, steps.RequireNoRows)]
    demands: dict[tuple[QualifiedName, bool], dict[str, None]] = {}
    for look in looks:
        demands.setdefault((look.table, look.undoing), {}).update(dict.fromkeys(look.columns))
    for (table, undoing), columns in demands.items():
        yield steps.RequireNoRows(table, tuple(columns), undoing)
    empty = {look.table for look in looks}
    for step in unmerged:
        is_implied = isinstance(step, steps.RequireNoValues) and step.table in empty
        if not (is_implied or isinstance(step, steps.RequireNoRows)):
            yield step


def _phase(step: Step) -> int:
    return next(_PLACES[kind] for kind in type(step).__mro__ if kind in _PLACES)
