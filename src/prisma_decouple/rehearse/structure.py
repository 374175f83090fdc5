"""The structure of a schema in a database: tables first, and what checks their rows when the rows are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.model.database import describe_database
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan.migration import plan_difference
from prisma_decouple.plan.steps import AddForeignKey, CreateIndex
from prisma_decouple.rehearse.errors import RehearsalError
from prisma_decouple.render.sql import render_step
from prisma_decouple.syntax.nodes import Schema, replace

if TYPE_CHECKING:
    from prisma_decouple.model.database import Database
    from prisma_decouple.model.datamodel import DataModel


@dataclass(frozen=True)
class Structure:
    """A schema as SQL.

    Attributes:
        database: what it describes; with the relations of `relationMode = "prisma"`, which rows should obey too.
        tables: the SQL that makes tables and types.
        constraints: the SQL that makes indexes and foreign keys.
    """

    database: Database
    tables: str
    constraints: str

    @property
    def whole(self) -> str:
        """All of it."""
        return self.tables + self.constraints


def structure_of(data: DataModel) -> Structure:
    """The structure of a schema.

    Raises:
        RehearsalError: the schema is not for PostgreSQL.
    """
    if data.provider not in {"postgresql", "postgres"}:
        raise RehearsalError(f"a rehearsal is for PostgreSQL, and this schema's provider is {data.provider}")
    empty = read_model(Schema(()))
    steps = plan_difference(empty, data).up
    late = [step for step in steps if isinstance(step, CreateIndex | AddForeignKey)]
    early = [step for step in steps if not isinstance(step, CreateIndex | AddForeignKey)]
    related = describe_database(replace(data, has_foreign_keys=True))
    return Structure(related, *("".join(map(render_step, group)) for group in (early, late)))
