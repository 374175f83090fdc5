"""Comments that silence a finding in SQL: `-- prisma-decouple-ignore D302 there are no such rows`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.sql.script import Statement
from prisma_decouple.sql.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_CODE = r"[A-Za-z]\w*"
_IGNORE = re.compile(rf"^(?:--+|/\*+)[ \t]*prisma-decouple-ignore[ \t]+({_CODE}(?:[ \t]*,[ \t]*{_CODE})*)")


class Ignore(msgspec.Struct, frozen=True):
    """One code that a comment silences for one statement.

    Attributes:
        start: where the code stands in the script.
        statement: the one that the comment is in, or on whose last line it is, or that comes next; None at the end.
    """

    code: str
    start: int
    statement: Statement | None


def ignores_in(script: str, statements: Sequence[Statement]) -> Iterator[Ignore]:
    """All ignore comments of a script."""
    if "prisma-decouple-ignore" not in script:
        return
    for token in tokens(script):
        match = _IGNORE.match(token.text) if token.kind == "comment" else None
        if match is not None:
            statement = _owner(script, statements, token.start)
            for code in re.finditer(_CODE, match[1]):
                yield Ignore(code[0], token.start + match.start(1) + code.start(), statement)


def _owner(script: str, statements: Sequence[Statement], offset: int) -> Statement | None:
    before = [each for each in statements if each.start < offset]
    if before and (offset < before[-1].end or "\n" not in script[before[-1].end : offset]):
        return before[-1]
    return statements[len(before)] if len(before) < len(statements) else None
