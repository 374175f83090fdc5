"""A script of SQL as its statements, as a deployment that sends them one by one sees it.

A splitter of our own, as the libraries do not fit: `pglast` is PostgreSQL's own parser, but GPL and without wheels for
all systems; `sqlparse` knows no nested comments. It follows the rules of psql (src/fe_utils/psqlscan.l).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What begins at a place; the first that fits. A body in quotes is taken whole.
_TOKEN = re.compile(
    r"""
    (?P<line>--[^\n]*)
  | (?P<block>/\*)
  | (?P<escaped>(?<![\w$])[eE]'(?:[^'\\]|\\.|'')*')
  | (?P<string>'(?:[^']|'')*')
  | (?P<name>"(?:[^"]|"")*")
  | (?P<dollar>(?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<semicolon>;)
  | (?P<open>\()
  | (?P<close>\))
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK = re.compile(r"/\*|\*/")
_ROUTINE = re.compile(r"\s*create\s+(?:or\s+replace\s+)?(?:function|procedure)\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"\s*(begin|start\s+transaction|commit(?!\s+prepared)|end|rollback(?!\s+(?:to|prepared))|abort)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Statement:
    """One statement.

    Attributes:
        text: without the comments before it and without its semicolon.
        line: where it begins, from 1.
    """

    text: str
    line: int

    @property
    def control(self) -> str:
        """`begin`, `commit` or `rollback` when that is what it is; otherwise empty."""
        match = _CONTROL.match(self.text)
        word = match[1].split()[0].lower() if match else ""
        return {"start": "begin", "end": "commit", "abort": "rollback"}.get(word, word)

    @property
    def title(self) -> str:
        """Its first words, for a line of a report."""
        words = " ".join(self.text.split())
        return words if len(words) <= _TITLE else f"{words[: _TITLE - 1]}…"


_TITLE = 78


def statements(script: str) -> list[Statement]:
    """The statements of a script; what is only a comment is none.

    A quote that does not end takes everything behind it, as it does for PostgreSQL.
    """
    found: list[Statement] = []
    start: int | None = None
    position = parentheses = blocks = 0
    while position < len(script):
        match = _TOKEN.match(script, position)
        assert match is not None, "the last alternative takes any character"  # noqa: S101
        kind = match.lastgroup if match.lastgroup != "tag" else "dollar"
        end = _end(script, match)
        if kind == "semicolon" and parentheses <= 0 and blocks == 0:
            if start is not None:
                found.append(_statement(script, start, position))
            start, parentheses = None, 0
        elif kind not in {"line", "block"} and (start is not None or not match[0].isspace()):
            start = position if start is None else start
            parentheses += (kind == "open") - (kind == "close")
            blocks = _depth(script, start, match, blocks) if kind == "word" else blocks
        position = end
    if start is not None:
        found.append(_statement(script, start, len(script)))
    return found


def _statement(script: str, start: int, end: int) -> Statement:
    return Statement(script[start:end].rstrip(), script.count("\n", 0, start) + 1)


def _end(script: str, match: re.Match[str]) -> int:
    """Where the token ends."""
    if match.lastgroup in {"dollar", "tag"} or match["dollar"]:
        closing = script.find(match[0], match.end())
        return len(script) if closing < 0 else closing + len(match[0])
    if match["block"]:
        return _end_of_comment(script, match.end())
    if match["other"] in {"'", '"'}:
        return len(script)
    return match.end()


def _end_of_comment(script: str, position: int) -> int:
    """Comments of PostgreSQL nest."""
    depth = 1
    while depth and (edge := _BLOCK.search(script, position)):
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return len(script) if depth else position


def _depth(script: str, start: int, match: re.Match[str], blocks: int) -> int:
    """How deep in `BEGIN ATOMIC … END` of a routine, where semicolons end nothing."""
    word = match[0].lower()
    if word not in {"begin", "case", "end"} or not _ROUTINE.match(script, start):
        return blocks
    if word == "end":
        return max(blocks - 1, 0)
    return blocks + 1 if word == "begin" or blocks else blocks
