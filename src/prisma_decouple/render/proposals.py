"""What hints propose, as differences: those for the same lines in one."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prisma_decouple.typescript.hints import Hint

_CONTEXT_LINES = 3


class Proposal(NamedTuple):
    """Lines of a file, from one of them on, before and after what hints propose."""

    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def difference(proposal: Proposal) -> str:
    """What a proposal takes away and adds, with what stands around it."""
    lines = difflib.unified_diff(proposal.before, proposal.after, lineterm="", n=_CONTEXT_LINES)
    return "\n".join(line.rstrip() for line in list(lines)[3:])  # behind its head


def joined(hints: Iterable[Hint]) -> list[Proposal]:
    """The proposals of hints of one file; those for the same lines are one, unless they are about the same words."""
    proposals: list[Proposal] = []
    for hint in hints:
        new = Proposal(hint.line or 0, hint.before, hint.after or ())
        both = _both(proposals[-1], new) if proposals else None
        if both is None:
            proposals.append(new)
        else:
            proposals[-1] = both
    return proposals


def _both(one: Proposal, other: Proposal) -> Proposal | None:
    """Two proposals for the same lines as one; None when they are for others, or do not go together."""
    if (one.line, one.before) != (other.line, other.before):
        return None
    text = "\n".join(one.before)
    edits = sorted(_edit(text, "\n".join(each.after)) for each in (one, other))
    if edits[0][1] > edits[1][0]:
        return None
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return Proposal(one.line, one.before, tuple(text.split("\n")))


def _edit(before: str, after: str) -> tuple[int, int, str]:
    """Where two texts begin and cease to differ in the first, and what is there in the second."""
    start = _length_in_common(before, after)
    behind = _length_in_common(before[start:][::-1], after[start:][::-1])
    return start, len(before) - behind, after[start : len(after) - behind]


def _length_in_common(one: str, other: str) -> int:
    """How much two texts begin with in common."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
