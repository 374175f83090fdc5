"""Which key an expression is about, by the names in it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

CONVERSIONS = frozenset({"Number", "parseInt", "Number.parseInt"})
"""What makes a number of a key."""
PASSED_THROUGH = frozenset({"parenthesized_expression", "ternary_expression"})
"""Around the value of a key."""
_MADE_OF_IT = CONVERSIONS | {"BigInt", "Number.parseFloat", "String", "parseFloat"}
_HOLDERS = frozenset({"pair", "variable_declarator", "assignment_expression"})


def key_in(expression: Node, keys: frozenset[str]) -> str:
    """The key that an expression ends in: itself, a property of that name, or what a call asks for: `get("key")`.

    What a call gives for a key, `names.get(authorId)`, is no key; what it makes of one, `Number(authorId)`, is.
    """
    node = unwrapped(expression)
    if node.type == "call_expression" and (arguments := call_arguments(node)):
        is_made_of_it = text_of(node.child_by_field_name("function")) in _MADE_OF_IT
        name = last_name(arguments[0]) if is_made_of_it else ""
        name = name or string_value(arguments[0])
    else:
        name = last_name(node) or string_value(node)
    return name if name in keys else ""


def holder_key(node: Node, keys: frozenset[str]) -> str:
    """The key whose value an expression is."""
    holder = next((each for each in ancestors(node) if each.type not in PASSED_THROUGH), None)
    if holder is None or holder.type not in _HOLDERS:
        return ""
    name = key_of(holder) or last_name(holder.child_by_field_name("left"))
    return name if name in keys else ""
