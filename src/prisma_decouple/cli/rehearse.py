"""A migration proved on a real database before anybody runs it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import FrameType

_FINDINGS = 1


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("schema", required=False, type=click.Path(path_type=Path))
@click.option(
    "--rules", metavar="FILE", help="A rule file, or the name of a built-in one.  [default: decouple-integration]"
)
@click.option("--enable", multiple=True, metavar="OPTION", help="Turn on an optional group of rules; repeatable.")
@click.option(
    "--migration",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Rehearse the migration.sql and down.sql in this folder instead of those of the rules.",
)
@click.option("--salvage", is_flag=True, help="Rehearse the way back that sets rows aside.")
@click.option(
    "--max-wait",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a writer may wait for the migration.",
)
@click.option(
    "--skip",
    type=click.Choice(["rollback", "crash", "writers", "versions", "killer"]),
    multiple=True,
    help="Leave out a part; repeatable.",
)
@click.option("--rows", type=click.IntRange(min=0), default=100_000, show_default=True, help="How many rows are made.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same rows for the same number.")
@click.option(
    "--database-url", metavar="URL", help="Make scratch databases on this server.  [default: start an embedded one]"
)
@click.option(
    "--from-dump",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Apply the migration to a copy of your data, from pg_dump.",
)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rehearse_command(
    *,
    schema: Path | None,
    rules: str | None,
    enable: tuple[str, ...],
    migration: Path | None,
    salvage: bool,
    max_wait: float,
    skip: tuple[str, ...],
    rows: int,
    seed: int,
    database_url: str | None,
    from_dump: Path | None,
    output_format: str,
) -> int:
    """Prove a migration on a real PostgreSQL database before anybody runs it.

    SCHEMA is a file or a folder of .prisma files; without it, it is looked for where Prisma looks. No database is
    touched that the rehearsal did not make itself. Exit status: 0 all is proved, 1 something is not, 2 bad input.
    """
    from prisma_decouple.cli.accepted import read_accepted_schema  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.cli.locate import locate_schema  # noqa: PLC0415
    from prisma_decouple.rehearse.errors import require  # noqa: PLC0415
    from prisma_decouple.rules.rulefile import DEFAULT_RULES, load_rules  # noqa: PLC0415

    require("psycopg")
    from prisma_decouple.rehearse.rehearsal import Settings, rehearse  # noqa: PLC0415 - psycopg is there only now
    from prisma_decouple.rehearse.subject import subject_of  # noqa: PLC0415

    tree = read_accepted_schema(schema or locate_schema(Path()))
    subject = subject_of(tree, load_rules(rules or DEFAULT_RULES, enable=enable), migration, salvage=salvage)
    settings = Settings(rows=rows, seed=seed, dump=from_dump, limit=max_wait, skip=frozenset(skip))
    # Whoever ends us gets the same clean end as Ctrl-C.
    kept = signal.signal(signal.SIGTERM, _interrupt)
    try:
        result = rehearse(subject, settings, database_url=database_url, progress=_progress)
    finally:
        signal.signal(signal.SIGTERM, kept)
        _progress("")
    click.echo(result.as_json() if output_format == "json" else result.as_text(), nl=False)
    return 0 if result.proved else _FINDINGS


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _progress(text: str) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)
