"""The SQL between two schemas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel

# What stands for a database in which there is nothing yet.
EMPTY = "empty"
# Prisma takes both.
_SPELLINGS = {"postgres": "postgresql"}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--from", "source", required=True, metavar="SCHEMA|empty", help="What the database looks like now.")
@click.option("--to", "target", required=True, metavar="SCHEMA|empty", help="What it shall look like.")
@click.option("--down", is_flag=True, help="Print the way back instead.")
@click.option(
    "--rename",
    "renames",
    multiple=True,
    metavar="OLD=NEW",
    help="A table, Table.column, enum or Enum.value has a new name; repeatable.",
)
@click.option("--allow-loss", is_flag=True, help="Drop values also where a field may have been renamed.")
def diff_command(*, source: str, target: str, down: bool, renames: tuple[str, ...], allow_loss: bool) -> None:
    """Print the SQL that brings a PostgreSQL database from one schema to another.

    A SCHEMA is a file or a folder of .prisma files; `empty` is a database without tables.
    """
    from prisma_decouple.errors import PlanError  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.plan.migration import plan_difference  # noqa: PLC0415
    from prisma_decouple.render.sql import render_difference  # noqa: PLC0415

    before, after = _read(source), _read(target)
    providers = list(dict.fromkeys(_SPELLINGS.get(each, each) for each in (before.provider, after.provider) if each))
    if not providers:
        raise PlanError("neither schema has a datasource, so nothing says what the database is")
    if len(providers) > 1:
        raise PlanError(f"the schemas are for different databases: {' and '.join(providers)}")
    migration = plan_difference(before, after, allow_loss=allow_loss, renames=renames)
    click.echo(render_difference(migration, source=source, target=target, provider=providers[0], down=down), nl=False)
    for question in () if down else migration.questions:
        click.echo(f"question: {question}", err=True)
    for note in migration.notes:
        click.echo(f"note: {note}", err=True)


def _read(name: str) -> DataModel:
    from prisma_decouple.cli.accepted import read_accepted_schema  # noqa: PLC0415
    from prisma_decouple.model.reader import read_model  # noqa: PLC0415
    from prisma_decouple.syntax.nodes import Schema  # noqa: PLC0415

    return read_model(Schema(()) if name == EMPTY else read_accepted_schema(Path(name)))
