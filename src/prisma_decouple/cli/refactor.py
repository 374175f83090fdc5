"""The main job."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prisma_decouple.cli.layout import Layout
    from prisma_decouple.refactoring import Change


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("schema", required=False, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write everything into this folder.")
@click.option("--in-place", is_flag=True, help="Write into the folder of the schema, and replace the schema itself.")
@click.option("--diff", is_flag=True, help="Write nothing; print a patch of the schema and the migration.")
@click.option(
    "--rules", metavar="FILE", help="A rule file, or the name of a built-in one.  [default: decouple-integration]"
)
@click.option("--enable", multiple=True, metavar="OPTION", help="Turn on an optional group of rules; repeatable.")
@click.option("--code", type=click.Path(path_type=Path), metavar="DIR", help="The TypeScript that uses the schema.")
@click.option("--tsc", is_flag=True, help="Ask the code's own TypeScript compiler as well, in a temporary copy.")
@click.option("--name", help="The migration's name.  [default: the name of the rules]")
@click.option("--timestamp", metavar="14DIGITS", help="The migration's time, UTC.  [default: now]")
@click.option("--salvage", is_flag=True, help="Let down.sql set rows aside that the old schema cannot hold.")
@click.option(
    "--lock-timeout", metavar="DURATION", help="Let the migration give up when it waits longer for a lock: 5s."
)
@click.option(
    "--force", is_flag=True, help="Replace files that are there, never a migration from which this one goes on."
)
def refactor_command(
    *,
    schema: Path | None,
    out: Path | None,
    in_place: bool,
    diff: bool,
    rules: str | None,
    enable: tuple[str, ...],
    code: Path | None,
    tsc: bool,
    name: str | None,
    timestamp: str | None,
    salvage: bool,
    lock_timeout: str | None,
    force: bool,
) -> None:
    """Refactor a Prisma schema with its migration, its way back and its TypeScript.

    SCHEMA is a file or a folder of .prisma files; without it, it is looked for where Prisma looks.
    """
    _check_usage((out is not None) + in_place + diff, tsc=tsc, has_code=code is not None)
    from prisma_decouple.cli.accepted import read_accepted_schema  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.cli.layout import Layout  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.cli.locate import locate_schema  # noqa: PLC0415
    from prisma_decouple.refactoring import refactor  # noqa: PLC0415
    from prisma_decouple.rules.rulefile import DEFAULT_RULES, load_rules  # noqa: PLC0415

    path = schema or locate_schema(Path())
    tree = read_accepted_schema(path)
    rule_set = load_rules(rules or DEFAULT_RULES, enable=enable)
    layout = Layout.beside(path, tree) if out is None else Layout.into(out, path)
    job = partial(refactor, tree, rule_set, name=name, salvage=salvage, lock_timeout=lock_timeout)
    if timestamp is None:
        timestamp = layout.earlier_timestamp(name or rule_set.name, lambda time: job(timestamp=time), force=force)
    change = job(timestamp=timestamp, code=code, tsc=tsc)
    _say_notes(change)
    if not change.changed:
        click.echo("Nothing to do: the rules change nothing in this schema. Nothing was written.", err=True)
        return
    if last := layout.later_migration(change):
        click.echo(
            f"note: `{last}` is later than this migration by its timestamp, so Prisma runs it after it", err=True
        )
    if diff:
        click.echo(layout.as_patch(change), nl=False)
        return
    _write(change, layout, in_place=in_place, force=force)
    _say_result(change, layout, code)


def _check_usage(places: int, *, tsc: bool, has_code: bool) -> None:
    """The options have to go together; `places` is how many are named for the result."""
    if places != 1:
        wanted = "say where the result goes" if not places else "the result goes to one place"
        raise click.UsageError(f"{wanted}: --out DIR, --in-place or --diff")
    if tsc and not has_code:
        raise click.UsageError("--tsc asks the compiler of the code that --code names")


def _write(change: Change, layout: Layout, *, in_place: bool, force: bool) -> None:
    """Write everything or nothing, and say what an earlier run had left to tell of itself."""
    from prisma_decouple.cli.output import write_files  # noqa: PLC0415 - --help needs none of it

    layout.refuse_second_migration(change, force=force)
    given_way = layout.given_way(change) if in_place else []
    left_over = layout.left_over(change) if in_place or force else []
    replaceable = layout.replaceable(change, in_place=in_place)
    write_files(layout.files(change), replace=replaceable, remove=left_over, force=force)
    if given_way:
        click.echo(f"note: {', '.join(given_way)} told of an earlier run, and tell of this one now", err=True)
    for path in left_over:
        click.echo(f"note: `{path}` was of an earlier run, and is removed: this one has none", err=True)


def _say_notes(change: Change) -> None:
    for note in change.notes:
        click.echo(f"note: {note}", err=True)


def _say_result(change: Change, layout: Layout, code: Path | None) -> None:
    """One line for each thing written."""
    from prisma_decouple.cli.code_result import say_scan  # noqa: PLC0415 - --help needs none of it

    click.echo(f"schema      {layout.schema_target}", err=True)
    if change.migration is not None:
        steps = len(change.migration.plan.up)
        click.echo(f"migration   {layout.migrations / change.migration.folder}: {steps} steps", err=True)
    else:
        click.echo(f"migration   none. {change.why_no_migration}", err=True)
    say_scan(change.scan, code, guide=layout.folder / "code" / f"{change.rules.code.guide}.md")
