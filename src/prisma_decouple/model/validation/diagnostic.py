"""What the validator says of one problem."""

from __future__ import annotations

import msgspec


class Diagnostic(msgspec.Struct, frozen=True):
    """A problem at a place in one of the files.

    Attributes:
        severity: `error` or `warning`.
        code: stable; `V` and three digits, or that of the syntax error.
        message: one sentence.
        path: the file as it was named.
        line: from 1.
        column: from 1, in characters.
        span: the character offsets of the stretch in the file, the second one behind it.
    """

    severity: str
    code: str
    message: str
    path: str
    line: int
    column: int
    span: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity} {self.code} {self.message}"
