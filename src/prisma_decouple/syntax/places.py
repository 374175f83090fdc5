"""Where a node stands in its file. Looked up when a message needs it, so that edits need not keep positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import Place
from prisma_decouple.syntax.nodes import Argument, Arguments, Attribute, Field, Node

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Schema


def place_of(schema: Schema, node: Node) -> Place | None:
    """Find a node by identity.

    Args:
        schema: the tree that the node is a part of.
        node: a block, a member of a block, an attribute or an expression.

    Returns:
        The place of its text without the white space in front and behind, None when the node is not in the tree.
    """
    for file in schema.files:
        offset = 0
        for item in file.items:
            found = _find(item, node, offset)
            if found is not None:
                text = str(node)
                lead = len(text) - len(text.lstrip())
                return Place.of_offset(file.path, str(file), found + lead, _visible_length(node, text))
            offset += len(str(item))
    return None


def _visible_length(node: Node, text: str) -> int:
    """How much of a node to underline: the name alone when the node is a whole line or more."""
    if isinstance(node, Field):
        return len(node.name)
    if isinstance(node, Attribute | Argument | Arguments):
        return len(text.strip())
    return len(text.split("{", 1)[0].strip())


def _find(parent: object, node: Node, offset: int) -> int | None:
    if parent is node:
        return offset
    children = parent if isinstance(parent, tuple) else _children(parent)
    for child in children:
        found = _find(child, node, offset)
        if found is not None:
            return found
        offset += _length(child)
    return None


def _children(parent: object) -> tuple[object, ...]:
    return tuple(getattr(parent, name) for name in parent.__struct_fields__) if isinstance(parent, Node) else ()


def _length(child: object) -> int:
    if child is None:
        return 0
    return sum(map(_length, child)) if isinstance(child, tuple) else len(str(child))
