"""What a query is sure to give, said to TypeScript, which does not know: `book.authorId!`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import has_safe_read, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.prisma.given_keys import is_given

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

GIVEN = " The query that gives it is sure to: `!` says so."
"""How the reason goes on where a value is asserted."""


def asserted(file: FileContext, value: Node) -> list[Edit] | None:
    """The assertion that a value is there, where the query that gave its record is sure to give it one.

    Args:
        file: the file.
        value: the value.

    Returns:
        None where it may be null for all that is known.
    """
    if has_safe_read(value) or not is_given(file, value, is_proved=True):
        return None
    name = f": {text_of(value)}" if value.type == "shorthand_property_identifier" else ""
    return [Edit(value.end_byte, value.end_byte, f"{name}!")]
