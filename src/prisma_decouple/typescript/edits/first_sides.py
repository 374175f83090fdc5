"""Choices whose first side was asked for: of `const id = input.id ?? book.authorId`, `if (input.id)` means that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import text_of, unwrapped
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.narrowing import is_narrowed

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

ASKED = " What it is here was asked for, and is never null: take that."
"""How the reason goes on where the first side is taken."""


def first_side(file: FileContext, name: Node) -> list[Edit] | None:
    """The first side of the choice that a variable holds, in its place, where that side is there for certain.

    Args:
        file: the file.
        name: the variable.

    Returns:
        None where it holds no choice, or where nobody has asked for its first side.
    """
    held = held_by(name)
    choice = unwrapped(held) if held is not None else None
    side = choice.child_by_field_name("left") if choice is not None else None
    if choice is None or side is None or text_of(choice.child_by_field_name("operator")) not in FALLBACKS:
        return None
    if not is_reference(side) or not is_narrowed(file, name, text_of(side)):
        return None
    key = f"{text_of(name)}: " if name.type == "shorthand_property_identifier" else ""
    return [Edit(name.start_byte, name.end_byte, f"{key}{text_of(side)}")]
