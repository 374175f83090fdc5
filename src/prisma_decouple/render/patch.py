"""Changed texts as a patch for `git apply`."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prisma_decouple.typescript.hints import FileChange

_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')


def render_patch(changes: Iterable[FileChange]) -> str:
    """The patch.

    Args:
        changes: the files, with paths relative to the folder in which the patch will be applied.

    Returns:
        A unified difference as git writes it; empty when nothing changes.
    """
    return "".join(map(_file_patch, changes))


def _file_patch(change: FileChange) -> str:
    lines = difflib.unified_diff(_lines(change.before), _lines(change.after))
    next(lines, None)
    next(lines, None)
    body = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    old, new = _quoted(f"a/{change.path}"), _quoted(f"b/{change.path}")
    # A name with a space ends where the tab begins.
    end = "\t" if " " in change.path else ""
    return f"diff --git {old} {new}\n--- {old}{end}\n+++ {new}{end}\n{body}" if body else ""


def _quoted(name: str) -> str:
    """A name as git quotes it, when it has to be quoted."""
    if not _SPECIAL.search(name):
        return name
    return '"' + _SPECIAL.sub(lambda found: _escaped(found[0]), name) + '"'


def _escaped(character: str) -> str:
    return f"\\{character}" if character in '"\\' else f"\\{ord(character):03o}"


def _lines(text: str) -> list[str]:
    """Lines with their ends; git knows no line end but LF."""
    *complete, rest = text.split("\n")
    return [f"{line}\n" for line in complete] + ([rest] if rest else [])
