"""What is kept under keys in an object, or a map, that is empty at first: `byName[book.title] = book`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.names import BLOCKS
from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import call_arguments, callee, descendants, nearest, text_of, unwrapped
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_EMPTY = re.compile(r"\{\}|new Map(?:<\w+, any>)?\(\)")
_PUTS = "set"


def kept_by_key(types: Types, declarator: Node, name: str, depth: int) -> Type | None:
    """A map of what is put into a variable, where the compiler is told nothing of it.

    Args:
        types: of the file.
        declarator: what declares the variable.
        name: its name.
        depth: how far declarations are followed.

    Returns:
        None where nothing is put into it, or nothing is known of that.
    """
    value = declarator.child_by_field_name("value")
    if value is None or _EMPTY.fullmatch(text_of(unwrapped(value))) is None:
        return None
    found = (types.kept(each, depth) for each in _put(declarator, name))
    first = next((each for each in found if each is not None and not each.is_any), None)
    return Type(What.MAP, bound=(("1", first),)) if first is not None else None


def _put(declarator: Node, name: str) -> Iterator[Node]:
    """The values that are put into a variable: `byName[title] = book`, `byName.set(title, book)`."""
    block = nearest(declarator, *BLOCKS)
    for assignment in descendants(block, "assignment_expression") if block is not None else ():
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        owner = left.child_by_field_name("object") if left is not None and left.type == "subscript_expression" else None
        if right is not None and owner is not None and _is(owner, declarator, name):
            yield right
    for call in descendants(block, "call_expression") if block is not None else ():
        receiver, method = callee(call)
        if method == _PUTS and receiver is not None and _is(receiver, declarator, name):
            yield from call_arguments(call)[1:2]


def _is(node: Node, declarator: Node, name: str) -> bool:
    return node.type == "identifier" and text_of(node) == name and find_binding(node, name) == declarator
