"""String literals: what may stand behind a backslash.

Each escape was asked of Prisma 6.19.3: those of JSON are known, and no others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.model.validation.registry import check
from prisma_decouple.syntax.nodes import Atom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table

_ESCAPES = r"""(?:[^\\]
    | \\["\\/bfnrt]
    | \\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}
    | \\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}
    )*"""


@check("V116", "settings")
def unknown_escapes(table: Table) -> Iterator[Problem]:
    """A backslash in a string stands before something that it does not go with."""
    for value in table.values:
        if isinstance(value, Atom) and "\\" in value.text and not _is_escaped(value.text):
            yield value, "a backslash in a string is written `\\\\`"
    for block in table.schema.blocks("model", "view", "type"):
        for field in block.fields:
            if "\\" in field.type and not _is_escaped(field.type):
                yield field, "a backslash in a string is written `\\\\`"


def _is_escaped(text: str) -> bool:
    return re.fullmatch(_ESCAPES, text, re.VERBOSE) is not None
