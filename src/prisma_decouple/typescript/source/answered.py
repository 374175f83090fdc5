"""Functions that say what they give back, and end without giving it where nothing else is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import is_function, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_TAKING_NOTHING = frozenset({"any", "undefined", "unknown", "void"})


def answer_of(statement: Node) -> Node | None:
    """The type of what a function gives back in which a statement is the last one, and has to give it.

    Args:
        statement: the statement, such as a `switch`.

    Returns:
        None when something comes behind it, when the function does not say what it gives, or may give nothing.
    """
    block = statement.parent
    function = block.parent if block is not None and block.type == "statement_block" else None
    if block is None or function is None or not is_function(function) or block.named_children[-1] != statement:
        return None
    written = function.child_by_field_name("return_type")
    words = set(text_of(written).replace("|", " ").replace(">", " ").replace("<", " ").lstrip(":").split())
    return written if written is not None and not words & _TAKING_NOTHING else None


def is_last_word(statement: Node) -> bool:
    """Whether a function gives back nothing that it says it does when a statement does not."""
    return answer_of(statement) is not None
