"""Finding the schema as Prisma finds it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.cli.paths import absolute, as_named_in, resolved
from prisma_decouple.cli.prisma_config import config_in, path_in_config
from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

DATASOURCE = re.compile(r"^[ \t]*datasource\b", re.MULTILINE)

# Where Prisma looks when nothing says otherwise (Prisma's reference, "Prisma schema location").
_USUAL = ("schema.prisma", "prisma/schema.prisma", "prisma/schema")
# From this version on Prisma does not look into package.json, nor for the file with the datasource.
_VERSION_7 = (7, 0)


def locate_schema(folder: Path) -> Path:
    """The schema of the project in a folder.

    Args:
        folder: the project's root.

    Returns:
        What prisma.config.ts (or one of its other names) says, else `prisma.schema` in package.json, else the first of
        the usual places that is there.

    Raises:
        InputError: there is none, the place that is named has none, or a configuration file computes it.
    """
    named = named_schema(folder)
    if named is not None:
        where, source = named
        if not where.exists():
            raise InputError(f"there is no schema at `{where}`, which `{source}` names")
        return where
    for place in _USUAL:
        if (folder / place).exists():
            return folder / place
    raise InputError("there is no schema here", hint=_elsewhere(folder))


def named_schema(folder: Path) -> tuple[Path, Path] | None:
    """The schema that the project in a folder names, and the file that does.

    Raises:
        InputError: a configuration file computes it.
    """
    return _named_in_config(folder) or _named_in_package(folder)


def locate_schemas(folder: Path, patterns: Sequence[str]) -> list[Path]:
    """The schemas of a project, which may be a monorepo.

    Args:
        folder: the project's root.
        patterns: files, folders or patterns that the settings name; the one schema that Prisma would find when empty.

    Raises:
        InputError: as `locate_schema`, or nothing is where the settings say.
    """
    if not patterns:
        return [locate_schema(folder)]
    from glob import glob  # noqa: PLC0415 - most projects have one schema

    found: list[Path] = []
    for pattern in patterns:
        # Path.glob refuses a pattern that is absolute.
        names = sorted(glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207
        paths = [folder / name for name in names if "node_modules" not in Path(name).parts]
        if not paths:
            raise InputError(f"there is no schema at `{pattern}`, which `schemas` in the settings names")
        found += [path for path in paths if path not in found]
    return found


def folders_above(path: Path) -> list[Path]:
    """The folders from that of a path up to the current one, which is the project's; relative to it."""
    here = Path.cwd()
    folder = resolved(path if path.is_dir() else path.parent)
    if not folder.is_relative_to(here):
        return [Path()]
    relative = folder.relative_to(here)
    return [relative, *relative.parents] if relative.parts else [Path()]


def locate_migrations(schema: Path, files: Sequence[tuple[str, str]]) -> Path | None:
    """The folder of a schema's migrations; None when there is no such folder.

    Arguments and errors are those of `migrations_home`.
    """
    home = migrations_home(schema, files)
    return home if home.is_dir() else None


def migrations_home(schema: Path, files: Sequence[tuple[str, str]]) -> Path:
    """Where Prisma keeps a schema's migrations, whether there are any yet or not.

    Args:
        schema: its file or folder.
        files: pairs of path and text, all files of it.

    Returns:
        What the nearest prisma.config.ts says, else `migrations` beside the file with the datasource, or at the top of
        the schema's folder.

    Raises:
        InputError: the configuration file computes the place.
    """
    for folder in folders_above(schema):
        config = config_in(folder)
        if config is not None:
            named = path_in_config(config, "migrations", "path", folder=folder)
            if named is not None:
                return named
            break
    home = schema if schema.is_dir() else schema.parent
    source = next((path for path, text in files if DATASOURCE.search(text)), None)
    # Up to version 6 beside the file with the datasource, in 7 at the top of the folder.
    top, beside = home / "migrations", (Path(source).parent if source is not None else home) / "migrations"
    if top == beside or top.is_dir():
        return top
    return top if not beside.is_dir() and _is_7(home) else beside


def _is_7(folder: Path) -> bool:
    """Whether the project's Prisma is of version 7 or later, as far as anything says so."""
    from prisma_decouple.migrations.deployment import version_of  # noqa: PLC0415 - most schemas are named, or in their usual place

    version = version_of([as_named_in(folder, each) for each in (absolute(folder), *absolute(folder).parents)])
    return version is not None and version >= _VERSION_7


def _elsewhere(folder: Path) -> str:
    """In a monorepo, the packages that have one."""
    found = [
        path.relative_to(folder).as_posix()
        for pattern in ("*/", "*/*/")
        for usual in _USUAL
        for path in sorted(folder.glob(f"{pattern}{usual}"))
        if "node_modules" not in path.parts
    ]
    if found:
        named = ", ".join(found[:5])
        return f"name it, or list them in prisma-decouple.yaml, which `check` and `format` read: schemas: [{named}]"
    return f"name it, or run this where one of these is: {', '.join(_USUAL)}"


def _named_in_config(folder: Path) -> tuple[Path, Path] | None:
    """What a configuration file says, and the file."""
    file = config_in(folder)
    schema = path_in_config(file, "schema", folder=folder) if file is not None else None
    return (schema, file) if schema is not None and file is not None else None


def _named_in_package(folder: Path) -> tuple[Path, Path] | None:
    """What the nearest package.json says, for a Prisma that reads it, and the file."""
    import json  # noqa: PLC0415 - most schemas are named, or in their usual place

    if _is_7(folder):
        return None
    around = [as_named_in(folder, each) for each in (absolute(folder), *absolute(folder).parents)]
    file = next((package for each in around if (package := each / "package.json").is_file()), None)
    if file is None:
        return None
    try:
        settings = json.loads(file.read_text(encoding="utf-8")).get("prisma")
    except (OSError, ValueError, AttributeError):
        return None  # none of ours to complain about
    schema = settings.get("schema") if isinstance(settings, dict) else None
    return (file.parent / schema, file) if isinstance(schema, str) else None
