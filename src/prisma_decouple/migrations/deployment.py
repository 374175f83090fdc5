"""How the project's own Prisma deploys a migration."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from prisma_decouple.migrations.findings import Deployment

# From this version on the schema engine sends a script statement by statement (prisma-engines, pull request 5767).
_SPLIT_SINCE = (7, 4)
_VERSION = re.compile(r"([\^~]|>=?|=|v)?\s*(\d+)(?:\.(\d+))?")


def deployment_of(folders: Iterable[Path]) -> Deployment | None:
    """What the Prisma does that is installed, or asked for in package.json, in the nearest of these folders.

    Returns:
        None when nothing says for certain which version it is.
    """
    for folder in folders:
        for version in (_installed(folder), _wanted(folder)):
            if version:
                return _deployment(version)
    return None


def _deployment(version: str) -> Deployment | None:
    match = _VERSION.match(version)
    if match is None:
        return None
    prefix, major, minor = match[1] or "", int(match[2]), match[3]
    if (major, int(minor or 0)) >= _SPLIT_SINCE:
        return "split"
    # A range that begins lower may reach it.
    reaches = prefix in {">", ">="} or (major == _SPLIT_SINCE[0] and (prefix == "^" or minor is None))
    return None if reaches else "batch"


def _installed(folder: Path) -> str:
    return _text(_json(folder / "node_modules" / "prisma" / "package.json").get("version"))


def _wanted(folder: Path) -> str:
    package = _json(folder / "package.json")
    groups = [package.get(name) for name in ("devDependencies", "dependencies")]
    return next((_text(group["prisma"]) for group in groups if isinstance(group, dict) and "prisma" in group), "")


def _json(file: Path) -> dict[str, object]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
