"""What a value is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import COMPARISONS
from prisma_decouple.typescript.source.syntax import nearest, text_of, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node


def compared_with(node: Node) -> Node | None:
    """The other side of a comparison, or what a `switch` asks for; None when a node is compared with nothing.

    Args:
        node: one side, or the value of a case.
    """
    outer = node.parent
    if outer is not None and outer.type == "switch_case" and outer.child_by_field_name("value") == node:
        statement = nearest(outer, "switch_statement")
        value = statement.child_by_field_name("value") if statement is not None else None
        return unwrapped(value) if value is not None else None
    if outer is None or outer.type != "binary_expression":
        return None
    if text_of(outer.child_by_field_name("operator")) not in COMPARISONS:
        return None
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    return next((unwrapped(side) for side in sides if side is not None and side != node), None)
