"""Lists that `reduce` puts together: `lists.reduce((all, each) => all.concat(each), [])`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    children_of,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import Type, flattened

if TYPE_CHECKING:
    from tree_sitter import Node


def joined(owner: Type, call: Node) -> Type | None:
    """What a `reduce` makes of a list that begins with an empty one and adds each element, or the elements of each.

    Args:
        owner: the list.
        call: the call of `reduce`.

    Returns:
        None when its callback does anything else.
    """
    match call_arguments(call):
        case [callback, first] if owner.is_list and is_function(callback) and text_of(unwrapped(first)) == "[]":
            return _made_by(callback, owner)
    return None


def _made_by(callback: Node, owner: Type) -> Type | None:
    match parameters(callback), returned_values(callback):
        case [whole, each, *_], (given,):
            added = _added(unwrapped(given), text_of(pattern_of(whole)))
            name = text_of(pattern_of(each))
            return flattened(owner) if added == f"...{name}" else owner if added == name else None
    return None


def _added(value: Node, whole: str) -> str:
    """What a list gets more of: `...each` of `whole.concat(each)` and of `[...whole, ...each]`, or a single `each`."""
    if value.type == "call_expression":
        receiver, method = callee(value)
        match call_arguments(value):
            case [given] if method == "concat" and text_of(receiver) == whole:
                return f"...{text_of(given)}"
    match children_of(value):
        case [before, added] if value.type == "array" and text_of(before) == f"...{whole}":
            return text_of(added)
    return ""
