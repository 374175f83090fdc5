"""`check`: what Prisma would not accept, and what the project itself wants of its schema and its migrations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.checking.settings import Settings
    from prisma_decouple.cli.migrations import MigrationTarget
    from prisma_decouple.cli.schemas import Target
    from prisma_decouple.render.problems import Problem
    from prisma_decouple.syntax.nodes import Schema

FOUND = 1


class _Options(NamedTuple):
    """What was asked for; as the command's options.

    Attributes:
        known: the settings that have been read so far, by folder.
    """

    rules: tuple[str, ...]
    enable: tuple[str, ...]
    fix: bool
    migrations: bool
    deleted: bool
    database_url: str | None
    prisma: Literal["6", "7"] | None
    stdin_filename: Path | None
    known: dict[Path, Settings | None]


@click.command("check", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", metavar="[SCHEMAS]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--schema", "more", multiple=True, type=click.Path(path_type=Path), help="A schema, as Prisma's commands name it."
)
@click.option("--rules", multiple=True, metavar="FILE", help="A rule file whose promises are kept; repeatable.")
@click.option("--enable", multiple=True, metavar="CODE", help="Turn on a ready-made invariant; repeatable.")
@click.option("--fix", is_flag=True, help="Mend what can be mended for certain.")
@click.option("--migrations/--no-migrations", default=True, show_default=True, help="Check the migrations too.")
@click.option(
    "--deleted", is_flag=True, help="Check the schemas of files that this commit deletes too, or only those; for hooks."
)
@click.option(
    "--database-url",
    metavar="URL",
    help="Compare the migrations with those that this database knows; it is only read.",
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
@click.option("--prisma", type=click.Choice(["6", "7"]), help="The version of Prisma.  [default: by the schema]")
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="Read this file from stdin; for editors.")
def check_command(*, paths: tuple[Path, ...], more: tuple[Path, ...], output_format: str, **given: object) -> int:
    """Check schemas and their migrations, without Node and without a database.

    SCHEMAS are files or folders of schemas, `migration.sql` files or folders of migrations; without any, the schemas in
    the settings, else the one where Prisma looks. A schema is checked with its last migration, or with those that come
    after `since` in the settings, unless some are named. Exit status: 0 clean, 1 something was found, 2 bad input.
    """
    from prisma_decouple.render.problems import render_problems  # noqa: PLC0415 - --help needs none of it

    paths += more
    options = _Options(**given, known={})  # type: ignore[arg-type]  # click has checked them
    if options.stdin_filename is not None and (paths or options.fix):
        raise click.UsageError("--stdin-filename stands alone: there is no file to fix and no other to check")
    problems = _problems(paths, options)
    click.echo(render_problems(problems, output_format, colour=_may_colour()), nl=False)
    return FOUND if problems else 0


def _problems(paths: Sequence[Path], options: _Options) -> list[Problem]:
    from prisma_decouple.cli.locate import locate_schemas  # noqa: PLC0415 - as above
    from prisma_decouple.cli.migrations import migrations_of, named_migrations  # noqa: PLC0415
    from prisma_decouple.cli.schemas import deleted_files, group_by_schema  # noqa: PLC0415
    from prisma_decouple.syntax.parser import read_files  # noqa: PLC0415

    stdin = options.stdin_filename
    schemas, migrations = named_migrations([stdin] if stdin is not None else paths)
    alone = bool(migrations) or stdin is not None or not options.migrations
    if not schemas and not migrations and not options.deleted:
        schemas = locate_schemas(Path(), _settings(Path(), options)[0].schemas)
    problems: list[Problem] = []
    for target in group_by_schema(schemas, deleted_files() if options.deleted else ()):
        files = read_files(target.root) if stdin is None else _with_stdin(target.root, stdin)
        problems += _check_schema(target, files, options)
        # Who names a part of a schema means that part.
        if not alone and target.files is None and (found := migrations_of(target.root, files)) is not None:
            migrations.append(found)
    return [*problems, *_check_migrations(migrations, options)]


def _settings(path: Path, options: _Options) -> tuple[Settings, Path]:
    """Those nearest to a path with what the command line adds, and the folder that they are in."""
    from prisma_decouple.checking.settings import extended, nearest_settings  # noqa: PLC0415
    from prisma_decouple.cli.locate import folders_above  # noqa: PLC0415

    settings, folder = nearest_settings(folders_above(path), options.known)
    # Rule files of the command line are where it was typed, those of settings beside them.
    rules = [str(Path(name).resolve()) if folder != Path() and Path(name).exists() else name for name in options.rules]
    return extended(settings, rules=rules, enable=options.enable), folder


def _with_stdin(root: Path, stdin: Path) -> list[tuple[str, str]]:
    """The files of a schema, one of them with the text from stdin, whether it is on the disk yet or not."""
    from prisma_decouple.cli.paths import resolved  # noqa: PLC0415
    from prisma_decouple.syntax.parser import read_files  # noqa: PLC0415

    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    others = read_files(root) if root.exists() and resolved(root) != resolved(stdin) else []
    files = {resolved(Path(path)): (path, other) for path, other in others}
    name = files.get(resolved(stdin), (stdin.as_posix(), ""))[0]
    return sorted([*(each for key, each in files.items() if key != resolved(stdin)), (name, text)])


def _check_schema(target: Target, files: Sequence[tuple[str, str]], options: _Options) -> list[Problem]:
    from prisma_decouple.checking.language import check_language  # noqa: PLC0415
    from prisma_decouple.checking.schema import check_invariants  # noqa: PLC0415
    from prisma_decouple.render.problems import Problem  # noqa: PLC0415
    from prisma_decouple.syntax.parser import parse_files  # noqa: PLC0415

    settings, folder = _settings(target.root, options)
    told = check_language(files, version=options.prisma)
    problems = [Problem(each.severity, each.code, each.message, each.place, each.hint) for each in told]
    if all(problem.severity == "warning" for problem in problems):
        schema = parse_files(files)
        if options.fix:
            schema = _fixed(schema, settings, folder, target)
        reports = check_invariants(schema, settings, folder)
        problems += [Problem("warning", each.code, each.message, each.place, each.because) for each in reports]
    # Only what was named is judged, but a change in one file may break what is in another.
    return [problem for problem in problems if problem.severity == "error" or target.concerns(problem.place.path)]


def _fixed(schema: Schema, settings: Settings, folder: Path, target: Target) -> Schema:
    """Mend what can be mended in the files that were named, and write those that changed."""
    from prisma_decouple.checking.schema import check_invariants  # noqa: PLC0415
    from prisma_decouple.cli.output import write_files  # noqa: PLC0415
    from prisma_decouple.invariants.fixes import apply_fixes  # noqa: PLC0415

    reports = check_invariants(schema, settings, folder)
    findings = [each.finding for each in reports if each.finding and target.concerns(each.place.path)]
    new, count = apply_fixes(schema, findings)
    changed = [file for file, old in zip(new.files, schema.files, strict=True) if file is not old]
    write_files({Path(file.path): str(file) for file in changed}, force=True)
    if count:
        click.echo(f"{count} mended in {', '.join(file.path for file in changed)}", err=True)
    return new


def _check_migrations(targets: Sequence[MigrationTarget], options: _Options) -> list[Problem]:
    from prisma_decouple.cli.migrations import check  # noqa: PLC0415
    from prisma_decouple.render.problems import Problem  # noqa: PLC0415

    targets = [each for each in targets if each.is_postgresql]
    if options.database_url is not None and len(targets) != 1:
        raise click.UsageError(
            f"--database-url is for the migrations of one schema, and here are those of {len(targets)}"
        )
    problems: list[Problem] = []
    for target in targets:
        settings, _ = _settings(target.folder.path, options)
        if options.stdin_filename is not None:
            target.read_script(sys.stdin.buffer.read())
        report = check(target, settings, options.database_url, prisma=options.prisma)
        problems += [Problem("warning", each.code, each.message, each.place, each.hint) for each in report.verdicts]
        if report.earlier:
            click.echo(_EARLIER.format(count=report.earlier, folder=target.folder.path), err=True)
    return problems


_EARLIER = (
    "{count} more in earlier migrations of {folder}; the last one is judged, unless prisma-decouple.yaml says"
    " which are applied: migrations: {{ since: NAME }}"
)


def _may_colour() -> bool:
    import os  # noqa: PLC0415

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
