"""Paths as somebody would name them, and as Node would."""

from __future__ import annotations

import os.path
from pathlib import Path


def absolute(path: Path) -> Path:
    """A path from the root, without looking where links lead, as Node's `path.resolve`."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would look


def as_named_in(folder: Path, path: Path) -> Path:
    """A path as somebody in a folder would name it."""
    try:
        return folder / os.path.relpath(absolute(path), absolute(folder))
    except ValueError:  # on another drive
        return path


def resolved(path: Path) -> Path:
    """A path with its links followed, as far as they lead somewhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link to itself
        return absolute(path)
