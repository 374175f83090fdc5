"""Null where something stood in for it, and in the comment beside it: `authorId: 0, // 0 for none`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

_WORDS = re.compile(rb"-?[\w.]+|\"\"|''")


def null_instead(stand_in: Node) -> list[Edit]:
    """Null in place of a stand-in; a comment beside it that speaks of it once is set right as well.

    Args:
        stand_in: the value, such as `0`.
    """
    mentions = mentions_beside(stand_in)
    places = [(stand_in.start_byte, stand_in.end_byte), *(mentions if len(mentions) == 1 else [])]
    return [Edit(start, end, "null") for start, end in places]


def mentions_beside(stand_in: Node) -> list[tuple[int, int]]:
    """Where the comment beside a stand-in speaks of it."""
    comment = _comment_beside(stand_in)
    if comment is None or comment.text is None:
        return []
    written = text_of(stand_in).encode()
    found = (match.span() for match in _WORDS.finditer(comment.text) if match[0] == written)
    return [(comment.start_byte + start, comment.start_byte + end) for start, end in found]


def _comment_beside(node: Node) -> Node | None:
    """The comment behind a node in its line."""
    current: Node | None = node
    while current is not None and current.next_sibling is None:
        current = current.parent
    follower = current.next_sibling if current is not None else None
    while follower is not None and follower.type in {",", ";"}:
        follower = follower.next_sibling
    is_beside = follower is not None and follower.start_point.row == node.end_point.row
    return follower if follower is not None and follower.type == "comment" and is_beside else None
