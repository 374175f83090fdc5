"""Finding the schema when the user does not name it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

# Where Prisma looks by itself (Prisma's reference, "Prisma schema location").
_USUAL = ("schema.prisma", "prisma/schema.prisma", "prisma/schema")


def locate_schema(folder: Path) -> Path:
    """The schema of the project in a folder.

    Args:
        folder: the project's root.

    Returns:
        What `prisma.schema` in package.json names, else the first of the usual places that is there.

    Raises:
        InputError: none of them is.
    """
    named = _named_in_package(folder / "package.json")
    if named is not None:
        return folder / named
    for place in _USUAL:
        if (folder / place).exists():
            return folder / place
    raise InputError("there is no schema here", hint=f"name it, or run this where one of these is: {', '.join(_USUAL)}")


def _named_in_package(file: Path) -> str | None:
    try:
        settings = json.loads(file.read_text(encoding="utf-8")).get("prisma")
    except (OSError, ValueError, AttributeError):
        return None  # no package, or none of ours to complain about
    schema = settings.get("schema") if isinstance(settings, dict) else None
    return schema if isinstance(schema, str) else None
