"""`check`: what Prisma would not accept, and what the project itself wants of its schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from prisma_decouple.checking import Settings
    from prisma_decouple.cli.schemas import Target
    from prisma_decouple.render.problems import Problem
    from prisma_decouple.syntax.nodes import Schema

FOUND = 1


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("schemas", nargs=-1, type=click.Path(path_type=Path))
@click.option("--rules", multiple=True, metavar="FILE", help="A rule file whose promises are kept; repeatable.")
@click.option("--enable", multiple=True, metavar="CODE", help="Turn on a ready-made invariant; repeatable.")
@click.option("--fix", is_flag=True, help="Mend what can be mended for certain.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
@click.option("--prisma", type=click.Choice(["6", "7"]), help="The version of Prisma.  [default: by the schema]")
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="Read this file from stdin; for editors.")
def check_command(
    *,
    schemas: tuple[Path, ...],
    rules: tuple[str, ...],
    enable: tuple[str, ...],
    fix: bool,
    output_format: str,
    prisma: Literal["6", "7"] | None,
    stdin_filename: Path | None,
) -> int:
    """Check schemas, without Node and without a database.

    SCHEMAS are files or folders; without any, the schema is looked for where Prisma looks. Exit status: 0 clean, 1
    something was found, 2 bad input.
    """
    from prisma_decouple.cli.locate import locate_schema  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.cli.schemas import group_by_schema  # noqa: PLC0415
    from prisma_decouple.render.problems import render_problems  # noqa: PLC0415

    if stdin_filename is not None and (schemas or fix):
        raise click.UsageError("--stdin-filename stands alone: there is no file to fix and no other to check")
    settings = _settings(rules, enable)
    named = schemas or ((stdin_filename,) if stdin_filename else (locate_schema(Path()),))
    problems: list[Problem] = []
    for target in group_by_schema(named):
        problems += _check(target, settings, stdin_filename, fix=fix, version=prisma)
    click.echo(render_problems(problems, output_format, colour=_may_colour()), nl=False)
    return FOUND if problems else 0


def _settings(rules: tuple[str, ...], enable: tuple[str, ...]) -> Settings:
    """The project's own, and what the command line adds."""
    from prisma_decouple.checking import extended, load_settings  # noqa: PLC0415

    return extended(load_settings(Path()), rules=rules, enable=enable)


def _check(
    target: Target, settings: Settings, stdin: Path | None, *, fix: bool, version: Literal["6", "7"] | None
) -> list[Problem]:
    from prisma_decouple.checking import check_invariants, check_language  # noqa: PLC0415
    from prisma_decouple.render.problems import Problem  # noqa: PLC0415
    from prisma_decouple.syntax.parser import parse_files, read_files  # noqa: PLC0415

    files = read_files(target.root)
    if stdin is not None:
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
        files = [(path, text if Path(path).resolve() == stdin.resolve() else old) for path, old in files]
    told = check_language(files, version=version)
    problems = [Problem(each.severity, each.code, each.message, each.place, each.hint) for each in told]
    if all(problem.severity == "warning" for problem in problems):
        schema = parse_files(files)
        if fix:
            schema = _fixed(schema, settings, target)
        reports = check_invariants(schema, settings, Path())
        problems += [Problem("warning", each.code, each.message, each.place, each.finding.because) for each in reports]
    return [problem for problem in problems if target.concerns(problem.place.path)]


def _fixed(schema: Schema, settings: Settings, target: Target) -> Schema:
    """Mend what can be mended in the files that were named, and write those that changed."""
    from prisma_decouple.checking import check_invariants  # noqa: PLC0415
    from prisma_decouple.cli.output import write_files  # noqa: PLC0415
    from prisma_decouple.invariants.fixes import apply_fixes  # noqa: PLC0415

    reports = check_invariants(schema, settings, Path())
    new, count = apply_fixes(schema, [each.finding for each in reports if target.concerns(each.place.path)])
    changed = [file for file, old in zip(new.files, schema.files, strict=True) if file is not old]
    write_files({Path(file.path): str(file) for file in changed}, force=True)
    if count:
        click.echo(f"{count} mended in {', '.join(file.path for file in changed)}", err=True)
    return new


def _may_colour() -> bool:
    import os  # noqa: PLC0415

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
