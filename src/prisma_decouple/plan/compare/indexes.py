"""Indexes and unique indexes: created and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.plan.steps import CreateIndex, DropIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Table
    from prisma_decouple.plan.steps import Step


def compare_indexes(before: Table, after: Table) -> Iterator[Step]:
    """An index that differs in anything is dropped and created again."""
    for index in before.indexes.values():
        if after.indexes.get(index.name) != index:
            if index.kind == "id":
                raise PlanError(f"the primary key of {before.name.name} differs in the two schemas")
            yield DropIndex(before.name, index)
    for index in after.indexes.values():
        if before.indexes.get(index.name) != index:
            if index.options:
                raise PlanError(f"the index {index.name} has options ({', '.join(index.options)}) that have no steps")
            yield CreateIndex(after.name, index)
