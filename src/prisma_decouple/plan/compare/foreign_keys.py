"""Foreign keys: added, dropped, and replaced when their action differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.plan.steps import AddForeignKey, DropForeignKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Table
    from prisma_decouple.plan.steps import Step


def compare_foreign_keys(before: Table, after: Table) -> Iterator[Step]:
    """A constraint cannot be altered in what it does, so one that differs is dropped and added."""
    for key in before.foreign_keys.values():
        if after.foreign_keys.get(key.name) != key:
            yield DropForeignKey(before.name, key)
    for key in after.foreign_keys.values():
        if before.foreign_keys.get(key.name) != key:
            yield AddForeignKey(after.name, key)
