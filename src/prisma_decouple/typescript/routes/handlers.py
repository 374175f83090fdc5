"""The function that answers for a route, behind a name or what is put around it: `wrap(show)`, `show.bind(books)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function, unwrapped
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

_DEPTH = 4


def handler_behind(place: Place, depth: int = _DEPTH) -> Place | None:
    """The function that an expression, or a declaration, gives as a handler; None when it gives none.

    Args:
        place: what a router is given, or a file exports.
        depth: how many names, and calls around it, are gone through.
    """
    node = unwrapped(place.node)
    if is_function(node):
        return Place(place.file, node)
    if not depth:
        return None
    if node.type == "variable_declarator":
        value = node.child_by_field_name("value")
        return handler_behind(Place(place.file, value), depth - 1) if value is not None else None
    if node.type == "call_expression":
        inner = (handler_behind(Place(place.file, each), depth - 1) for each in _inside(node))
        return next(filter(None, inner), None)
    found = place.file.types.of(node)
    there = found.place if found is not None and found.what is What.FUNCTION else None
    return handler_behind(there, depth - 1) if there is not None else None


def _inside(call: Node) -> list[Node]:
    """What a call puts something around; the last argument is a handler rather than the others."""
    receiver, method = callee(call)
    return [receiver] if method == "bind" and receiver is not None else call_arguments(call)[::-1]
