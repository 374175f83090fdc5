"""What looks like a rename. A comparison cannot know, so it asks; while a question is open, no value is dropped."""

from __future__ import annotations

import difflib
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.model.datamodel import NativeType
from prisma_decouple.plan.steps import (
    AddColumn,
    CreateEnum,
    CreateTable,
    DropColumn,
    DropTable,
    RenameEnum,
    RequireNoRows,
    RequireNoValues,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.plan.steps import Step

# Names that are as much alike as `userName` and `name`.
_SIMILAR = 0.6
# Tables that have this share of their columns in common.
_COMMON = 0.5


@dataclass(frozen=True)
class Question:
    """What may be a rename.

    Attributes:
        text: for a person, with the option that says yes.
        guard: the step that stops the migration when there is something to lose, unless another one does.
    """

    text: str
    guard: Step | None = None


def questions(steps: Sequence[Step]) -> Iterator[Question]:
    """Look for something that goes beside something like it that comes."""
    yield from _about_tables(steps)
    yield from _about_columns(steps)
    yield from _about_enum_values(steps)


def _about_tables(steps: Sequence[Step]) -> Iterator[Question]:
    made = [step for step in steps if isinstance(step, CreateTable)]
    for gone in steps:
        if not isinstance(gone, DropTable):
            continue
        alike = [new for new in made if _share(gone, new) >= _COMMON]
        if alike:
            new = max(alike, key=lambda each: _share(gone, each))
            yield Question(
                f"the table {gone.table} is gone and {new.table} is new, with its columns: was it renamed?"
                + _option(str(gone.table), new.table.name),
                RequireNoRows(gone.table),
            )


def _share(gone: DropTable, new: CreateTable) -> float:
    old, other = ({(column.name, column.type) for column in each.columns} for each in (gone, new))
    return len(old & other) / max(len(old | other), 1)


def _about_columns(steps: Sequence[Step]) -> Iterator[Question]:
    made = [step for step in steps if isinstance(step, AddColumn)]
    gone = [step for step in steps if isinstance(step, DropColumn)]
    for old in gone:
        here = [new for new in made if new.table == old.table and _is_like(old, new)]
        alone = sum(each.table == old.table for each in gone) == 1 and len(here) == 1
        likely = [new for new in here if alone or _likeness(old, new) >= _SIMILAR]
        if likely:
            new = max(likely, key=lambda each: _likeness(old, each))
            yield Question(
                f"{old.table}.{old.column.name} is gone and {new.column.name} is new, with the same type: "
                "was it renamed?" + _option(f"{old.table}.{old.column.name}", new.column.name),
                RequireNoValues(old.table, old.column.name, new.column.name),
            )


def _about_enum_values(steps: Sequence[Step]) -> Iterator[Question]:
    """A value that is in use stops the conversion of its column anyway."""
    made = {step.enum.name: step.enum for step in steps if isinstance(step, CreateEnum)}
    for step in steps:
        if not isinstance(step, RenameEnum) or (new := made.get(step.enum.name)) is None:
            continue
        gone = [value for value in step.enum.values if value not in new.values]
        come = [value for value in new.values if value not in step.enum.values]
        if len(gone) == len(come) == 1:
            yield Question(
                f"{gone[0]} is gone from the enum {new.name} and {come[0]} is new: was it renamed?"
                + _option(f"{new.name}.{gone[0]}", come[0])
            )


def _option(old: str, new: str) -> str:
    """What to say on the command line when it was."""
    return f" Then say --rename {shlex.quote(f'{old}={new}')}."


def _is_like(old: DropColumn, new: AddColumn) -> bool:
    """The same type, whatever its length."""
    one, other = (
        replace(column.type, native=NativeType(column.type.native.name) if column.type.native else None)
        for column in (old.column, new.column)
    )
    return one == other


def _likeness(old: DropColumn, new: AddColumn) -> float:
    return difflib.SequenceMatcher(None, old.column.name.casefold(), new.column.name.casefold()).ratio()
