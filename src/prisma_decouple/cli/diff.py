"""The SQL between two schemas, and what their difference means for the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.plan.migration import Migration
    from prisma_decouple.syntax.nodes import Schema
    from prisma_decouple.typescript.hints import ScanResult

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
@click.option("--lock-timeout", metavar="DURATION", help="Give up when it waits longer for a lock: 5s.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write files instead: the way there and back."
)
@click.option(
    "--code", type=click.Path(path_type=Path), metavar="DIR", help="With --out: the TypeScript written for --from."
)
@click.option("--tsc", is_flag=True, help="With --code: ask its own TypeScript compiler as well, in a temporary copy.")
@click.option("--force", is_flag=True, help="With --out: replace files that are there.")
def diff_command(
    *,
    source: str,
    target: str,
    down: bool,
    renames: tuple[str, ...],
    allow_loss: bool,
    lock_timeout: str | None,
    out: Path | None,
    code: Path | None,
    tsc: bool,
    force: bool,
) -> None:
    """Print the SQL that brings a PostgreSQL database from one schema to another.

    A SCHEMA is a file or a folder of .prisma files; `empty` is a database without tables.

    With --code, DIR/code tells what the TypeScript has to do. That works for every database; where it is no
    PostgreSQL, there is no SQL beside it.
    """
    _check_usage(out, code, down=down, force=force, has_empty=EMPTY in {source, target})
    if tsc and code is None:
        raise click.UsageError("--tsc asks the compiler of the code that --code names")
    from prisma_decouple.cli.code_result import say_scan  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.model.reader import read_model  # noqa: PLC0415
    from prisma_decouple.render.sql import render_difference, speaks  # noqa: PLC0415

    schemas = _read(source), _read(target)
    before, after = map(read_model, schemas)
    provider = _provider(before, after)
    files: dict[str, str] = {}
    if code is None or speaks(provider):
        migration = _migration(before, after, renames, allow_loss=allow_loss, is_asked=not down)
        ways = {"migration.sql": False, "down.sql": True} if out is not None else {"migration.sql": down}
        texts = {"source": source, "target": target, "provider": provider}
        for name, is_back in ways.items():
            files[name] = render_difference(migration, **texts, down=is_back, lock_timeout=lock_timeout)
    else:
        click.echo(f"note: there is no SQL here for {provider}, only for PostgreSQL", err=True)
    if out is None:
        click.echo(files["migration.sql"], nl=False)
    elif code is None:
        _write(files, out, force=force)
    else:
        scan, told = _examined(before, after, code, renames, schemas if tsc else None)
        _write(files | told, out, force=force)
        say_scan(scan, code)


def _write(files: dict[str, str], out: Path, *, force: bool) -> None:
    from prisma_decouple.cli.output import write_files  # noqa: PLC0415

    write_files({out / name: text for name, text in files.items()}, force=force)
    for name in files:
        click.echo(out / name, err=True)


def _check_usage(out: Path | None, code: Path | None, *, down: bool, force: bool, has_empty: bool) -> None:
    if out is None and (code is not None or force):
        raise click.UsageError("--code and --force are for what --out DIR writes")
    if out is not None and down:
        raise click.UsageError("--out writes both ways; --down is for the one that is printed")
    if code is not None and has_empty:
        raise click.UsageError(
            "--code needs two schemas: the one that the code was written for, and the one that it meets"
        )


def _provider(before: DataModel, after: DataModel) -> str:
    from prisma_decouple.errors import PlanError  # noqa: PLC0415

    providers = list(dict.fromkeys(_SPELLINGS.get(each, each) for each in (before.provider, after.provider) if each))
    if not providers:
        raise PlanError("neither schema has a datasource, so nothing says what the database is")
    if len(providers) > 1:
        raise PlanError(f"the schemas are for different databases: {' and '.join(providers)}")
    return providers[0]


def _migration(
    before: DataModel, after: DataModel, renames: tuple[str, ...], *, allow_loss: bool, is_asked: bool
) -> Migration:
    """The steps; what is to be asked and said of them goes to stderr."""
    from prisma_decouple.plan.migration import plan_difference  # noqa: PLC0415

    migration = plan_difference(before, after, allow_loss=allow_loss, renames=renames)
    for question in migration.questions if is_asked else ():
        click.echo(f"question: {question}", err=True)
    for note in migration.notes:
        click.echo(f"note: {note}", err=True)
    return migration


def _examined(
    before: DataModel, after: DataModel, code: Path, renames: tuple[str, ...], compiled: tuple[Schema, Schema] | None
) -> tuple[ScanResult, dict[str, str]]:
    """What the change means for the code, and the files that tell it."""
    from prisma_decouple.refactoring import examine  # noqa: PLC0415
    from prisma_decouple.render.code import code_files  # noqa: PLC0415
    from prisma_decouple.rules.code import CodeRules  # noqa: PLC0415
    from prisma_decouple.typescript.derive import facts_of  # noqa: PLC0415

    facts = facts_of(before, after, CodeRules(), filled=None, renames=renames)
    scan = examine(facts, code, compiled)
    return scan, code_files(facts, scan)


def _read(name: str) -> Schema:
    from prisma_decouple.cli.accepted import read_accepted_schema  # noqa: PLC0415
    from prisma_decouple.syntax.nodes import Schema  # noqa: PLC0415

    return Schema(()) if name == EMPTY else read_accepted_schema(Path(name))
