"""The type and the default of a column that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.database import Autoincrement
from prisma_decouple.plan.casts import conversion
from prisma_decouple.plan.steps import (
    AddSequence,
    AlterSequenceType,
    DropDefault,
    DropSequence,
    ReplaceColumn,
    RequireNoRows,
    RequireNoValues,
    SetDefault,
)
from prisma_decouple.plan.steps.tables import altered_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prisma_decouple.model.database import Column, EnumType, QualifiedName, Table
    from prisma_decouple.plan.steps import Step

    Enums = Mapping[QualifiedName, EnumType]


def retyped(table: Table, old: Column, new: Column, enums: Enums) -> Iterator[Step]:
    """Bring a column to its new type and its new default.

    A default of the old type may mean nothing in the new one, so it goes before and comes after.
    """
    there = conversion(old.type, new.type, enums)
    if there is None or (back := conversion(new.type, old.type, enums)) is None:
        yield from _replaced(table, old, new)
        return
    keeps_default = old.type == new.type or (there.is_implicit and isinstance(old.default, Autoincrement))
    yield from _defaults(table, old, new, keeps=keeps_default)
    if old.type != new.type:
        yield from altered_type(table.name, old, new, there, back)
        if isinstance(old.default, Autoincrement) and old.default == new.default and keeps_default:
            yield AlterSequenceType(table.name, old, new)


def is_replaced(old: Column, new: Column, enums: Enums) -> bool:
    """Whether the values of the old column cannot come into the new one, or not back."""
    return conversion(old.type, new.type, enums) is None or conversion(new.type, old.type, enums) is None


def _replaced(table: Table, old: Column, new: Column) -> Iterator[Step]:
    yield RequireNoValues(table.name, old.name, new.name)
    if new.needs_value:
        yield RequireNoRows(table.name, (new.name,))
    yield ReplaceColumn(table.name, old, new)


def _defaults(table: Table, old: Column, new: Column, *, keeps: bool) -> Iterator[Step]:
    """The default and the sequence, before and after a change of the type."""
    if keeps and old.default == new.default:
        return
    numbered, numbers = isinstance(old.default, Autoincrement), isinstance(new.default, Autoincrement)
    if numbered:
        yield DropSequence(table.name, old)
    elif old.default is not None and (new.default is None or numbers or not keeps):
        yield DropDefault(table.name, old)
    if numbers:
        yield AddSequence(table.name, new)
    elif new.default is not None:
        replaces = keeps and old.default is not None and not numbered
        yield SetDefault(table.name, new, old if replaces else None)
