"""Whether code asks for a value before it relies on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import ancestors, is_function, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_EXITS = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})


def is_checked(node: Node, value: str) -> bool:
    """Whether a node is only reached when a value is there.

    As TypeScript does, only the function around the node is considered: what was asked before a callback was made may
    have changed when it runs.

    Args:
        node: the place.
        value: the text of the value, a name or a property chain.

    Returns:
        True inside `if (value)`, behind `value &&` or `value ?`, behind `!value ||`, and below `if (!value) return`.
    """
    inner = node
    for outer in ancestors(node):
        if is_function(outer):
            break
        if _is_guard(outer, inner, value):
            return True
        inner = outer
    return _is_guard_in_body(node, value)


def _is_guard(outer: Node, inner: Node, value: str) -> bool:
    if outer.type in {"if_statement", "ternary_expression"}:
        condition = text_of(outer.child_by_field_name("condition"))
        if inner == outer.child_by_field_name("consequence"):
            return _asks(condition, value, is_absent=False)
        return inner == outer.child_by_field_name("alternative") and _asks(condition, value, is_absent=True)
    if outer.type == "binary_expression" and inner == outer.child_by_field_name("right"):
        left, operator = text_of(outer.child_by_field_name("left")), text_of(outer.child_by_field_name("operator"))
        return operator in {"&&", "||"} and _asks(left, value, is_absent=operator == "||")
    return False


def _is_guard_in_body(node: Node, value: str) -> bool:
    """Whether a statement above the node leaves when the value is absent."""
    current = node
    for outer in ancestors(node):
        if outer.type in {"statement_block", "program"}:
            above = (statement for statement in outer.named_children if statement.end_byte <= current.start_byte)
            if any(_leaves(statement, value) for statement in above):
                return True
        if is_function(outer):
            return False
        current = outer
    return False


def _leaves(statement: Node, value: str) -> bool:
    if statement.type == "expression_statement" and statement.named_children:
        assignment = statement.named_children[0]
        is_filled = text_of(assignment.child_by_field_name("operator")) in {"??=", "||="}
        return is_filled and text_of(assignment.child_by_field_name("left")) == value
    if statement.type != "if_statement":
        return False
    consequence = statement.child_by_field_name("consequence")
    if consequence is None:
        return False
    last = (
        consequence.named_children[-1]
        if consequence.type == "statement_block" and consequence.named_children
        else consequence
    )
    return last.type in _EXITS and _asks(text_of(statement.child_by_field_name("condition")), value, is_absent=True)


def _asks(condition: str, value: str, *, is_absent: bool) -> bool:
    """Whether a condition asks that a value is there, or that it is absent.

    What reads on from the value without `?.` relies on it and does not ask.
    """
    steps = r"(?:[?!]?\.)".join(map(re.escape, re.split(r"[?!]?\.", value)))
    name = rf"(?<![\w$.]){steps}(?![\w$])(?!!?[.\[])"
    absent = re.search(rf"!\s*{name}|{name}[\w$.?]*\s*===?\s*(null|undefined)\b", condition) is not None
    return absent if is_absent else not absent and re.search(name, condition) is not None
