"""What stays the same from one line to the next, for all that TypeScript believes: what it narrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import ancestors, descendants, is_function, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_READS = frozenset({"member_expression", "non_null_expression", "parenthesized_expression", "subscript_expression"})
_NAMES = frozenset({"identifier", "meta_property", "shorthand_property_identifier", "super", "this"})
_LITERALS = frozenset({"number", "string"})
_CHANGES = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "update_expression": "argument",
}


def is_reference(node: Node) -> bool:
    """Whether an expression is a name, and what is read on from it, name by name: no call, and no index that moves.

    An element is narrowed where its index is a literal, or a name that never gets another value (TypeScript 5.5).
    """
    current: Node | None = node
    while current is not None and current.type in _READS:
        index = current.child_by_field_name("index")
        if index is not None and index.type not in _LITERALS and not _is_settled(index):
            return False
        current = current.child_by_field_name("object") or next(iter(current.named_children), None)
    return current is not None and current.type in _NAMES


def _is_settled(index: Node) -> bool:
    """Whether an index is a name that nothing gives another value."""
    if index.type != "identifier":
        return False
    binding, name = binding_of(index), text_of(index)
    scope = next((each for each in ancestors(index) if is_function(each) or each.type == "program"), None)
    if scope is None:
        return True
    changed = (node.child_by_field_name(field) for kind, field in _CHANGES.items() for node in descendants(scope, kind))
    return not any(each is not None and text_of(each) == name and binding_of(each) == binding for each in changed)
