"""`format`: as `prisma format` does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prisma_decouple.cli.schemas import Target

WOULD_CHANGE = 1


@click.command("format", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("schemas", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--schema", "more", multiple=True, type=click.Path(path_type=Path), help="A schema, as Prisma's commands name it."
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print a patch.")
@click.option("--stdout", is_flag=True, help="Write nothing; print the formatted text.")
def format_command(*, schemas: tuple[Path, ...], more: tuple[Path, ...], check: bool, diff: bool, stdout: bool) -> int:
    """Format schemas as `prisma format` does, missing back-relations included.

    SCHEMAS are files or folders; without any, the schemas in the settings, else the one where Prisma looks. A file that
    is formatted already is not written.
    """
    from prisma_decouple.cli.output import patch_of, write_files  # noqa: PLC0415 - --help needs none of it
    from prisma_decouple.cli.schemas import group_by_schema  # noqa: PLC0415

    if check + diff + stdout > 1:
        raise click.UsageError("--check, --diff and --stdout exclude each other")
    texts = [each for target in group_by_schema(schemas + more or _all_schemas()) for each in _formatted(target)]
    changed = {path: (old, new) for path, old, new in texts if new != old}
    if stdout:
        click.echo("".join(new for _, _, new in texts), nl=False)
    elif diff:
        click.echo("".join(patch_of(path, old, new) for path, (old, new) in changed.items()), nl=False)
    elif check:
        for path in changed:
            click.echo(f"{path} would be formatted", err=True)
        return WOULD_CHANGE if changed else 0
    else:
        write_files({path: new for path, (_, new) in changed.items()}, force=True)
        for path in changed:
            click.echo(f"{path} formatted", err=True)
    return 0


def _all_schemas() -> list[Path]:
    from prisma_decouple.checking.settings import nearest_settings  # noqa: PLC0415 - only when none is named
    from prisma_decouple.cli.locate import locate_schemas  # noqa: PLC0415

    return locate_schemas(Path(), nearest_settings([Path()])[0].schemas)


def _formatted(target: Target) -> list[tuple[Path, str, str]]:
    """Path, old text and new text of each file that was named; the others are read for what relations need of them."""
    from prisma_decouple.formatting import format_files  # noqa: PLC0415
    from prisma_decouple.syntax.parser import read_files  # noqa: PLC0415

    files = read_files(target.root)
    pairs = zip(files, format_files(files), strict=True)
    return [(Path(path), old, new) for (path, old), (_, new) in pairs if target.concerns(path)]
