"""Where names are given another value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import descendants, first_name

if TYPE_CHECKING:
    from collections.abc import Container

    from tree_sitter import Node

_CHANGES = ("assignment_expression", "augmented_assignment_expression", "update_expression")


def is_assigned(around: Node, names: Container[str], start: int, end: int, *, is_whole: bool = False) -> bool:
    """Whether one of some names, or something that belongs to it, is given another value between two places.

    Args:
        around: a node around both.
        names: the names.
        start: the first place, in bytes.
        end: the second one.
        is_whole: whether it is about the names alone.
    """
    for kind in _CHANGES:
        for change in descendants(around, kind):
            left = change.child_by_field_name("left") or change.child_by_field_name("argument")
            if left is None or not start <= change.start_byte < end or (is_whole and left.type != "identifier"):
                continue
            if first_name(left) in names:
                return True
    return False
