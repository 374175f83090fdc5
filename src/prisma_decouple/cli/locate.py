"""Finding the schema as Prisma finds it."""

from __future__ import annotations

import json
import os
import re
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

DATASOURCE = re.compile(r"^[ \t]*datasource\b", re.MULTILINE)

# Where Prisma looks when nothing says otherwise (Prisma's reference, "Prisma schema location").
_USUAL = ("schema.prisma", "prisma/schema.prisma", "prisma/schema")
_CONFIG_STEMS = ("prisma.config", ".config/prisma")


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
    named = _named_in_config(folder) or _named_in_package(folder / "package.json")
    if named is not None:
        where, source = named
        if not where.exists():
            raise InputError(f"there is no schema at `{where}`, which `{source}` names")
        return where
    for place in _USUAL:
        if (folder / place).exists():
            return folder / place
    raise InputError("there is no schema here", hint=_elsewhere(folder))


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
    folder = (path if path.is_dir() else path.parent).resolve()
    if not folder.is_relative_to(here):
        return [Path()]
    relative = folder.relative_to(here)
    return [relative, *relative.parents] if relative.parts else [Path()]


def locate_migrations(schema: Path, files: Sequence[tuple[str, str]]) -> Path | None:
    """The folder of a schema's migrations, as Prisma finds it.

    Args:
        schema: its file or folder.
        files: pairs of path and text, all files of it.

    Returns:
        What the nearest prisma.config.ts says, else `migrations` beside the file with the datasource; None when there
        is no such folder.

    Raises:
        InputError: the configuration file computes the place.
    """
    config = next((file for folder in folders_above(schema) if (file := _config_in(folder)) is not None), None)
    # Parsing it takes longer than the check: what does not have the word does not say the place.
    if config is not None and "migrations" in config.read_text(encoding="utf-8", errors="replace"):
        from prisma_decouple.cli.prisma_config import path_in_config  # noqa: PLC0415 - as above

        named = path_in_config(config, "migrations", "path")
        if named is not None:
            return Path(os.path.normpath(named)) if named.is_dir() else None
    home = next((path for path, text in files if DATASOURCE.search(text)), files[0][0])
    beside = Path(home).parent / "migrations"
    return beside if beside.is_dir() else None


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


def _config_in(folder: Path) -> Path | None:
    """The configuration file of Prisma in a folder."""
    for stem in _CONFIG_STEMS:
        for file in sorted((folder / stem).parent.glob(f"{(folder / stem).name}.*")):
            if file.suffix in {".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"}:
                return file
    return None


def _named_in_config(folder: Path) -> tuple[Path, Path] | None:
    """What a configuration file says, and the file."""
    file = _config_in(folder)
    if file is None:
        return None
    # tree-sitter is imported only when there is something to parse.
    from prisma_decouple.cli.prisma_config import path_in_config  # noqa: PLC0415

    schema = path_in_config(file, "schema")
    return (schema, file) if schema is not None else None


def _named_in_package(file: Path) -> tuple[Path, Path] | None:
    try:
        settings = json.loads(file.read_text(encoding="utf-8")).get("prisma")
    except (OSError, ValueError, AttributeError):
        return None  # no package, or none of ours to complain about
    schema = settings.get("schema") if isinstance(settings, dict) else None
    return (file.parent / schema, file) if isinstance(schema, str) else None
