"""Values as PostgreSQL reads them in COPY. A cell is a value with COPY's escapes already in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NULL = r"\N"

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\b": r"\b", "\f": r"\f", "\v": r"\v"})
_UNESCAPES = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}


def cell(value: str | None) -> str:
    """A value, given as PostgreSQL would print it, as a cell."""
    return NULL if value is None else value.translate(_ESCAPES)


def value_of(a_cell: str) -> str | None:
    """The value in a cell."""
    if a_cell == NULL:
        return None
    return re.sub(r"\\(.)", lambda match: _UNESCAPES[match[1]], a_cell) if "\\" in a_cell else a_cell


def array(values: Iterable[str]) -> str:
    """Values as an array of one dimension, each in quotes."""
    quoted = ('"' + value.replace("\\", r"\\").replace('"', r"\"") + '"' for value in values)
    return "{" + ",".join(quoted) + "}"
