"""Where a node stands in its file. Looked up when a message needs it, so that edits need not keep positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import Place
from prisma_decouple.syntax.nodes import Argument, Arguments, Attribute, Field, walk

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Node, Schema, SourceFile


def place_of(schema: Schema, node: Node) -> Place | None:
    """Find a node by identity.

    Args:
        schema: the tree that the node is a part of.
        node: a block, a member of a block, an attribute or an expression.

    Returns:
        The place of its text without the white space in front and behind, None when the node is not in the tree.
    """
    for file in schema.files:
        offset = _offset(file, node)
        if offset is not None:
            text = str(node)
            lead = len(text) - len(text.lstrip())
            return Place.of_offset(file.path, str(file), offset + lead, _visible_length(node, text))
    return None


def _offset(file: SourceFile, node: Node) -> int | None:
    offset = 0
    for part in walk(*file.items):
        if part is node:
            return offset
        if isinstance(part, str):
            offset += len(part)
    return None


def _visible_length(node: Node, text: str) -> int:
    """How much of a node to underline: the name alone when the node is a whole line or more."""
    if isinstance(node, Field):
        return len(node.name)
    if isinstance(node, Attribute | Argument | Arguments):
        return len(text.strip())
    return len(text.split("{", 1)[0].strip())
