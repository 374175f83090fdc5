"""A migration as SQL: one template for each kind of step, put together in one transaction."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.plan.migration import locked_exclusively, tables_of
from prisma_decouple.plan.steps import (
    AddForeignKey,
    CreateEnum,
    CreateIndex,
    DropColumn,
    DropEnum,
    DropForeignKey,
    DropIndex,
    FillColumns,
    QuarantineRows,
    RemoveRows,
    RequireValues,
    RestoreRows,
    SetNotNull,
    Step,
    TableStep,
)
from prisma_decouple.render import postgresql
from prisma_decouple.render.environment import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from prisma_decouple.plan.migration import Migration

# What a person reads above the steps of one kind; the first that fits.
_HEADINGS: tuple[tuple[tuple[type[Step], ...], str], ...] = (
    ((CreateEnum,), "New types"),
    ((DropForeignKey, DropIndex), "Constraints and indexes that are replaced or not needed any more"),
    ((FillColumns, RequireValues, RemoveRows), "Data"),
    ((SetNotNull,), "Columns that every row has a value in"),
    ((CreateIndex,), "Indexes"),
    ((AddForeignKey,), "Foreign keys"),
    ((RestoreRows,), "Rows that were moved aside"),
    ((DropEnum,), "Types that nothing uses any more"),
    ((Step,), "Columns"),
)


def render_up(migration: Migration, *, name: str, description: str, provider: str) -> str:
    """The text of migration.sql.

    Args:
        migration: the steps.
        name: the migration's name.
        description: what it is for.
        provider: of the datasource.

    Returns:
        One transaction, with a head that says what it does and what to expect.

    Raises:
        PlanError: there is no way to write it for this database.
    """
    return _script("up", migration.up, name=name, description=description, provider=provider)


def render_down(migration: Migration, *, name: str, description: str, provider: str) -> str:
    """The text of down.sql; arguments and errors as for `render_up`."""
    return _script("down", migration.down, name=name, description=description, provider=provider)


def render_step(step: Step) -> str:
    """The SQL of one step, without a comment and with a final newline."""
    return (
        _environment().get_template(f"sql/postgresql/{_file_name(step)}.sql.jinja").render(step=step).strip("\n") + "\n"
    )


def _script(direction: str, steps: Sequence[Step], *, name: str, description: str, provider: str) -> str:
    if provider not in {"postgresql", "postgres"}:
        raise PlanError(f"migrations can be written for PostgreSQL only so far, not for {provider}")
    sections = [
        (heading, [render_step(step) for step in group]) for heading, group in groupby(_readable(steps), key=_heading)
    ]
    return (
        _environment()
        .get_template(f"sql/postgresql/{direction}.sql.jinja")
        .render(
            name=name,
            description=description,
            sections=sections,
            locked=locked_exclusively(steps),
            filled=tables_of([step for step in steps if isinstance(step, FillColumns)]),
            indexed=tables_of([step for step in steps if isinstance(step, CreateIndex)]),
            store=next(
                (step.store.namespace for step in steps if isinstance(step, QuarantineRows | RestoreRows)), None
            ),
            loses=[step.loses for step in steps if step.loses],
            dropped=[step for step in steps if isinstance(step, DropColumn)],
        )
    )


def _readable(steps: Sequence[Step]) -> list[Step]:
    """The steps with those of one heading together where they follow each other, table by table."""
    result: list[Step] = []
    for heading, group in groupby(steps, key=_heading):
        run = list(group)
        if heading != "Data":  # there the order is the order of the rules
            tables = tables_of(run)
            run.sort(key=lambda step: tables.index(step.table.name) if isinstance(step, TableStep) else -1)
        result += run
    return result


def _heading(step: Step) -> str:
    if isinstance(step, RequireValues) and step.undoing:
        return "Rows that the old schema cannot hold"
    return next(heading for kinds, heading in _HEADINGS if isinstance(step, kinds))


def _file_name(step: Step) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(step).__name__).lower()


def _environment() -> Environment:
    shared = environment()
    if "identifier" not in shared.filters:
        for function in (
            postgresql.identifier,
            postgresql.table,
            postgresql.literal,
            postgresql.column_type,
            postgresql.typed_literal,
            postgresql.default,
            postgresql.in_dollars,
            postgresql.cut,
            postgresql.position,
            postgresql.in_comment,
        ):
            shared.filters[function.__name__] = function
    return shared
