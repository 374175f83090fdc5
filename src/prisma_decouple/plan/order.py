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

    from prisma_decouple.plan.steps import Step

_ORDER: tuple[tuple[type[Step], ...], ...] = (
    (steps.RequireNoRows, steps.RequireNoValues),
    (steps.CreateNamespace,),
    (steps.CreateExtension, steps.ChangeExtension),
    (steps.RenameEnum,),
    (steps.CreateEnum,),
    (steps.AddEnumValues,),
    (steps.DropForeignKey,),
    (steps.DropIndex, steps.DropPrimaryKey),
    (steps.RenameIndex, steps.RenameForeignKey),
    (steps.CreateTable,),
    (steps.DropDefault, steps.DropSequence),
    (steps.RequireConvertible, steps.AlterColumnType, steps.ReplaceColumn),
    (steps.AlterSequenceType,),
    (steps.SetDefault, steps.AddSequence),
    (steps.AddColumn, steps.DropNotNull),
    (steps.FillColumns, steps.RequireValues, steps.RemoveRows),
    (steps.SetNotNull,),
    (steps.DropColumn,),
    (steps.RequireUnique, steps.AddPrimaryKey, steps.CreateIndex),
    (steps.AddForeignKey,),
    (steps.DropTable,),
    (steps.DropEnum,),
    (steps.DropExtension,),
)
_PHASES = {kind: phase for phase, kinds in enumerate(_ORDER) for kind in kinds}


def in_order(unordered: Iterable[Step]) -> tuple[Step, ...]:
    """The steps phase by phase; within a phase they stay in the order in which they come."""
    return tuple(sorted(unordered, key=_phase))


def reversed_in_order(up: Sequence[Step]) -> Iterator[Step]:
    """The reverse of all steps, last first; of one phase, columns that go come last, as they came first."""
    for _, phase in groupby(reversed(up), key=_phase):
        back = [step for forward in phase for step in forward.reverse()]
        yield from sorted(back, key=lambda step: isinstance(step, steps.DropColumn))


def _phase(step: Step) -> int:
    return next(_PHASES[kind] for kind in type(step).__mro__ if kind in _PHASES)
