"""What is left out when there is nothing to give: `{ authorId: id || undefined }`, `{ ...(id && { id }) }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.syntax import parenthesized, text_of, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

_UNDEFINED = "undefined"


def is_undefined_without(value: Node) -> bool:
    """Whether a value is undefined when there is none, in whatever way that is written; null would be something."""
    value = unwrapped(value)
    if value.type == "ternary_expression":
        return text_of(value.child_by_field_name("alternative")) == _UNDEFINED
    is_fallback = text_of(value.child_by_field_name("operator")) in FALLBACKS
    return is_fallback and text_of(value.child_by_field_name("right")) == _UNDEFINED


def added_under(pair: Node) -> Node | None:
    """The condition under which alone a property is spread into a literal: the `id` of `...(id ? { authorId } : {})`.

    Args:
        pair: the property.

    Returns:
        None for a property that is always there.
    """
    literal = parenthesized(pair.parent) if pair.parent is not None else None
    choice = literal.parent if literal is not None else None
    outer = parenthesized(choice).parent if choice is not None else None
    if choice is None or outer is None or outer.type != "spread_element":
        return None
    if choice.type == "ternary_expression" and choice.child_by_field_name("consequence") == literal:
        return choice.child_by_field_name("condition")
    is_added = text_of(choice.child_by_field_name("operator")) == "&&"
    return choice.child_by_field_name("left") if is_added and choice.child_by_field_name("right") == literal else None
