"""The alternatives of a written type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import children_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_AROUND = frozenset({"parenthesized_type", "union_type"})


def alternatives(written: Node) -> Iterator[Node]:
    """The parts of a union, or the type itself.

    Args:
        written: the type.
    """
    waiting = [written]
    while waiting:
        node = waiting.pop()
        if node.type in _AROUND:
            waiting += reversed(children_of(node))
        else:
            yield node
