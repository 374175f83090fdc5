"""Whether a condition holds for null: `typeof book.author === "object"` does, and `book.author !== undefined`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import COMPARISONS, EQUAL, STRICT
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import READS, string_value, text_of, without_parentheses

if TYPE_CHECKING:
    from tree_sitter import Node

_BOTH = frozenset({"&&", "||"})


def holds_for_null(condition: Node | None, value: str) -> bool | None:
    """Whether a condition holds where a value is null; None where that cannot be told.

    Args:
        condition: the condition.
        value: the value, as in `plain`.
    """
    if condition is None:
        return None
    node = without_parentheses(condition)
    operator = text_of(node.child_by_field_name("operator"))
    if node.type == "unary_expression" and operator == "!":
        inner = holds_for_null(node.child_by_field_name("argument"), value)
        return not inner if inner is not None else None
    if node.type != "binary_expression":
        return False if is_read_of(node, value) else None
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if operator in _BOTH:
        return _of_both({holds_for_null(left, value), holds_for_null(right, value)}, decides=operator == "||")
    return _compared(left, right, operator, value) if left is not None and right is not None else None


def _of_both(sides: set[bool | None], *, decides: bool) -> bool | None:
    """Whether two conditions hold, of which one that holds, or one that does not, decides."""
    if decides in sides:
        return decides
    return not decides if sides == {not decides} else None


def is_read_of(node: Node, value: str) -> bool:
    """Whether an expression is a value, or is read of it."""
    chain = plain(text_of(node)) if node.type in {"identifier", *READS} else ""
    return chain == value or chain.startswith(f"{value}.")


def _compared(left: Node, right: Node, operator: str, value: str) -> bool | None:
    if operator == "in":
        return True if f"{plain(text_of(right))}.{string_value(left)}" == value else None
    if operator == "instanceof":
        return False if is_read_of(left, value) else None
    for side, other in ((left, right), (right, left)):
        is_type = text_of(side.child_by_field_name("operator")) == "typeof"
        asked = side.child_by_field_name("argument") if is_type else side
        if operator not in COMPARISONS or asked is None or plain(text_of(asked)) != value:
            continue
        said = string_value(other) if is_type else text_of(other)
        is_same = said == "object" if is_type else said == "null" or (said == "undefined" and operator not in STRICT)
        return is_same is (operator in EQUAL) if is_type or said in {"null", "undefined"} else None
    return None
