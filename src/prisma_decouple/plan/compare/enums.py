"""Enumerated types: created and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.plan.steps import CreateEnum, DropEnum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Database
    from prisma_decouple.plan.steps import Step


def compare_enums(before: Database, after: Database) -> Iterator[Step]:
    """A type is new, gone, or the same."""
    for name, enum in after.enums.items():
        old = before.enums.get(name)
        if old is None:
            yield CreateEnum(enum)
        elif old.values != enum.values:
            raise PlanError(f"the values of the enum {name.name} differ in the two schemas")
    for name, enum in before.enums.items():
        if name not in after.enums:
            yield DropEnum(enum)
