"""Functions that are kept under a name or an address: `app.post("/books", save)`, `{ save: () => … }`.

One function may register many of them. What one does is no business of the others.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import (
    FUNCTIONS,
    ancestors,
    call_arguments,
    call_given,
    descendants,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_REMEMBERED = 256
_TEXTS = frozenset({"string", "template_string"})


def others_in(function: Node, node: Node) -> list[Node]:
    """The registered functions in a function that a node does not belong to, where it belongs to one of them.

    Args:
        function: the outermost function around the node.
        node: the node.
    """
    registered = _registered_in(function)
    around = {each.id for each in ancestors(node)} if registered else set[int]()
    is_inside = any(each.id in around for each in registered)
    return [each for each in registered if each.id not in around] if is_inside else []


@lru_cache(maxsize=_REMEMBERED)
def _registered_in(function: Node) -> list[Node]:
    return [each for kind in FUNCTIONS for each in descendants(function, kind) if _is_registered(each)]


def _is_registered(function: Node) -> bool:
    """Whether a function is a property, or is given to a call behind a text."""
    call = call_given(function)
    given = call_arguments(call)[:1] if call is not None else []
    is_kept = function.type == "method_definition" or (function.parent is not None and function.parent.type == "pair")
    return is_kept or any(each.type in _TEXTS for each in given)
