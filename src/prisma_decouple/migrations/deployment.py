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
_VERSION = r"([\^~]|>=?|=|v)?\s*(\d+)(?:\.(\d+))?"


def deployment_of(folders: Iterable[Path]) -> Deployment | None:
    """What the Prisma does that is installed, or asked for in package.json, in the nearest of these folders.

    Returns:
        None when nothing says for certain which version it is.
    """
    version = _version(folders)
    return _deployment(version) if version is not None else None


def version_of(folders: Iterable[Path]) -> tuple[int, int] | None:
    """The lowest version that it may be; None when nothing says it."""
    version = _version(folders)
    return (int(version[2]), int(version[3] or 0)) if version is not None else None


def _version(folders: Iterable[Path]) -> re.Match[str] | None:
    """The version that the nearest folder speaks of, when it is one."""
    written = (version for folder in folders for version in (_installed(folder), _wanted(folder)))
    return re.match(_VERSION, next((version for version in written if version), ""))


def _deployment(version: re.Match[str]) -> Deployment | None:
    prefix, major, minor = version[1] or "", int(version[2]), version[3]
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
