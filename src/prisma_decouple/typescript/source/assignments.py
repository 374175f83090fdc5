"""Where names are given another value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import ancestors, descendants, first_name, is_function, text_of

if TYPE_CHECKING:
    from collections.abc import Container

    from tree_sitter import Node

_TOLD = ("type", "value")
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


def assigned_above(use: Node, declarator: Node) -> Node | None:
    """What a variable without a type and a first value is sure to have been given last where its name stands.

    Args:
        use: the name.
        declarator: where it is declared.

    Returns:
        The value; None where it may be one of several, and for all other variables.
    """
    if declarator.type != "variable_declarator" or any(declarator.child_by_field_name(each) for each in _TOLD):
        return None
    name, inner = text_of(use), use
    for outer in ancestors(use):
        before = inner.prev_named_sibling
        while before is not None and before.end_byte > declarator.end_byte:
            if (value := _assigned(before, name)) is not None:
                return value
            if is_assigned(before, {name}, before.start_byte, before.end_byte):
                return None  # in a branch, or only a part of it
            before = before.prev_named_sibling
        if is_function(outer) or outer.start_byte <= declarator.start_byte:
            return None
        inner = outer
    return None


def _assigned(statement: Node, name: str) -> Node | None:
    """What a statement gives to a name, if that is what it does."""
    change = next(iter(statement.named_children), None) if statement.type == "expression_statement" else None
    is_plain = change is not None and change.type == _CHANGES[0]
    left = change.child_by_field_name("left") if change is not None and is_plain else None
    is_name = left is not None and left.type == "identifier" and text_of(left) == name
    return change.child_by_field_name("right") if change is not None and is_name else None
