"""Changed texts as a patch for `git apply`."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from prisma_decouple.typescript.hints import FileChange

_CONTEXT_LINES = 3
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')


def render_patch(changes: Iterable[FileChange]) -> str:
    """The patch.

    Args:
        changes: the files, with paths relative to the folder in which the patch will be applied.

    Returns:
        A unified difference as git writes it; empty when nothing changes.
    """
    return "".join(file_patch(change.path, change.before, change.after) for change in changes)


def file_patch(path: str, old: str | None, new: str) -> str:
    """The patch of one file.

    Args:
        path: with slashes, relative to the folder in which the patch will be applied.
        old: the text before; None for a file that is new.
        new: the text behind.

    Returns:
        As `render_patch`.
    """
    lines = _compared(_lines(old or ""), _lines(new))
    body = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    if not body:
        return ""
    before, after = _quoted(f"a/{path}"), _quoted(f"b/{path}")
    # A name with a space ends where the tab begins.
    end = "\t" if " " in path else ""
    source = "new file mode 100644\n--- /dev/null\n" if old is None else f"--- {before}{end}\n"
    return f"diff --git {before} {after}\n{source}+++ {after}{end}\n{body}"


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The lines of a unified difference, behind its head.

    That of the library takes lines that are frequent for junk, and what moved to the right between them for moved away.
    """
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(_CONTEXT_LINES):
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n"
        for tag, start, end, start_after, end_after in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[start:end])
                continue
            yield from (f"-{line}" for line in before[start:end])
            yield from (f"+{line}" for line in after[start_after:end_after])


def _range(start: int, end: int) -> str:
    """Lines as a unified difference has them: what is empty is named by the line before it."""
    count = end - start
    return str(start + 1) if count == 1 else f"{start + 1 if count else start},{count}"


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
