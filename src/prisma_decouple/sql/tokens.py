"""The tokens of SQL, as PostgreSQL reads them.

Of our own, as the libraries do not fit: `pglast` is PostgreSQL's own parser, but GPL and without wheels for all
systems; `sqlparse` knows no nested comments. It follows the rules of psql (src/fe_utils/psqlscan.l).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# What begins at a place; the first that fits. A body in quotes is taken whole.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<word>(?![eE]')[^\W\d][\w$]*)
  | (?P<comment>--[^\n]*|/\*)
  | (?P<string>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*')
  | (?P<name>"(?:[^"]|"")*")
  | (?P<dollar>\$(?:[^\W\d]\w*)?\$)
  | (?P<number>\d[\w.]*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK = re.compile(r"/\*|\*/")


class Token(NamedTuple):
    """A piece of SQL.

    Attributes:
        kind: `space`, `comment`, `word`, `name` (in double quotes), `string`, `dollar` (a string in dollar quotes),
            `number` or `other` (one character).
        text: as it is written.
        start: where it begins in the script.
    """

    kind: str
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for anything else."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def identifier(self) -> str:
        """The name that it is: as it is in quotes, else folded to lower case; empty when it is none."""
        if self.kind == "name":
            return self.text[1:-1].replace('""', '"')
        return self.text.lower() if self.kind == "word" else ""

    @property
    def literal(self) -> str | None:
        """The value of a string without escapes; None when it is no such string."""
        return self.text[1:-1].replace("''", "'") if self.kind == "string" and self.text[0] == "'" else None


def tokens(script: str) -> Iterator[Token]:
    """All tokens of a script, in which every character is in one of them.

    A quote or comment that does not end takes everything behind it, as it does for PostgreSQL.
    """
    position = 0
    while position < len(script):
        match = _TOKEN.match(script, position)
        assert match is not None, "the last alternative takes any character"  # noqa: S101
        kind = match.lastgroup or ""
        end = match.end()
        if kind in {"comment", "dollar", "other"}:
            end = _end(script, match)
        yield Token(_KINDS.get(match[0], kind) if end > match.end() else kind, script[position:end], position)
        position = end


# What a quote without an end is.
_KINDS = {"'": "string", '"': "name"}


def _end(script: str, match: re.Match[str]) -> int:
    """Where the token ends."""
    if match["dollar"]:
        closing = script.find(match[0], match.end())
        return len(script) if closing < 0 else closing + len(match[0])
    if match[0] == "/*":
        return _end_of_comment(script, match.end())
    if match[0] in _KINDS:
        return len(script)
    return match.end()


def _end_of_comment(script: str, position: int) -> int:
    """Comments of PostgreSQL nest."""
    depth = 1
    while depth and (edge := _BLOCK.search(script, position)):
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return len(script) if depth else position
