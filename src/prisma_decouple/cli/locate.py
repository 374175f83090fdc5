"""Finding the schema as Prisma finds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

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


def _elsewhere(folder: Path) -> str:
    """In a monorepo, the packages that have one."""
    found = [
        path
        for pattern in ("*/", "*/*/")
        for usual in _USUAL
        for path in sorted(folder.glob(f"{pattern}{usual}"))
        if "node_modules" not in path.parts
    ]
    if found:
        return f"name it; there is {', '.join(f'`{path.as_posix()}`' for path in found[:5])}"
    return f"name it, or run this where one of these is: {', '.join(_USUAL)}"


def _named_in_config(folder: Path) -> tuple[Path, Path] | None:
    """What a configuration file says, and the file."""
    for stem in _CONFIG_STEMS:
        for file in sorted((folder / stem).parent.glob(f"{(folder / stem).name}.*")):
            if file.suffix not in {".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"}:
                continue
            # tree-sitter is imported only when there is something to parse.
            from prisma_decouple.cli.prisma_config import schema_in_config  # noqa: PLC0415

            schema = schema_in_config(file)
            return (file.parent / schema, file) if schema is not None else None
    return None


def _named_in_package(file: Path) -> tuple[Path, Path] | None:
    try:
        settings = json.loads(file.read_text(encoding="utf-8")).get("prisma")
    except (OSError, ValueError, AttributeError):
        return None  # no package, or none of ours to complain about
    schema = settings.get("schema") if isinstance(settings, dict) else None
    return (file.parent / schema, file) if isinstance(schema, str) else None
