"""A script of SQL as its statements, as a deployment that sends them one by one sees it."""

from __future__ import annotations

import re

import msgspec

from prisma_decouple.sql.tokens import Token, tokens

_CONTROL = re.compile(
    r"\s*(begin|start\s+transaction|commit(?!\s+prepared)|end|rollback(?!\s+(?:to|prepared))|abort)\b", re.IGNORECASE
)
_TITLE = 78


class Statement(msgspec.Struct, frozen=True):
    """One statement.

    Attributes:
        text: without the comments before it and without its semicolon.
        line: where it begins, from 1.
        tokens: of the text, without white space and comments; their places are those in the script.
    """

    text: str
    line: int
    tokens: tuple[Token, ...] = ()

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

    @property
    def start(self) -> int:
        """Where it begins in the script."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the script, before its semicolon."""
        return self.start + len(self.text)


def statements(script: str) -> list[Statement]:
    """The statements of a script; what is only a comment is none."""
    found: list[Statement] = []
    pending: list[Token] = []
    parentheses = blocks = end = 0
    line, counted = 1, 0
    for token in (*tokens(script), Token("other", ";", len(script))):
        ends = token.text == ";" and parentheses <= 0 and blocks == 0
        if (ends or token.start == len(script)) and pending:
            start = pending[0].start
            line, counted = line + script.count("\n", counted, start), start
            found.append(Statement(script[start:end].rstrip(), line, tuple(pending)))
        if ends:
            pending, parentheses = [], 0
        elif token.kind == "space":
            continue
        elif token.kind != "comment":
            pending.append(token)
            parentheses += (token.text == "(") - (token.text == ")")
            blocks = _depth(pending, blocks) if token.kind == "word" else blocks
        # A comment behind the last word belongs to the statement, as PostgreSQL reports it.
        end = token.start + len(token.text)
    return found


def _depth(statement: list[Token], blocks: int) -> int:
    """How deep in `BEGIN ATOMIC … END` of a routine, where semicolons end nothing."""
    word = statement[-1].keyword
    if word not in {"BEGIN", "CASE", "END"} or not _is_routine(statement):
        return blocks
    if word == "END":
        return max(blocks - 1, 0)
    return blocks + 1 if word == "BEGIN" or blocks else blocks


def _is_routine(statement: list[Token]) -> bool:
    words = [token.keyword for token in statement[:4]]
    kind = words[3:4] if words[1:3] == ["OR", "REPLACE"] else words[1:2]
    return words[0] == "CREATE" and kind in (["FUNCTION"], ["PROCEDURE"])
