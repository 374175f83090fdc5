"""Calls that take whatever they are given: those that log, print, compare or send it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import ancestors, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

# What takes anything, and says so by its name.
_INDIFFERENT = re.compile(
    r"^(?:console|log|logger|JSON|Object)\b|^Array\.isArray$"
    r"|(?:^|\.)(?:String|Boolean|expect|json|clsx?|cn|log|info|debug|warn|error|push)$"
    r"|^expect\(.*\.to(?:Be|Equal|StrictEqual|MatchObject|Contain|ContainEqual)$",
    re.DOTALL,
)
# Of these, what does something of its own with undefined: it refuses it, keeps it, or makes a text of it.
_PARTICULAR = re.compile(r"^(?:JSON|Object)\b|(?:^|\.)(?:String|json|push)$")
_SENDS = re.compile(r"^JSON\.stringify$|(?:^|\.)json$")  # a property that is undefined is left out
_LITERALS = frozenset({"array", "object", "pair", "parenthesized_expression", "spread_element"})


def takes_anything(call: Node) -> bool:
    """Whether a call, by the name of what is called, takes anything."""
    called = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return _INDIFFERENT.search(text_of(called)) is not None


def is_taken_by_any(node: Node, nothing: str = "null") -> bool:
    """Whether a value is handed to such a call, alone or in a literal: `logger.info({ authorId }, "done")`.

    Args:
        node: the value.
        nothing: what it may be, `null` or `undefined`.
    """
    around: list[Node] = []
    for outer in ancestors(node):
        if outer.type not in _LITERALS:
            break
        around.append(outer)
    else:
        return False
    call = outer.parent if outer.type == "arguments" else None
    if call is None or not takes_anything(call):
        return False
    return nothing == "null" or _takes_undefined(call, node, around)


def _takes_undefined(call: Node, node: Node, around: list[Node]) -> bool:
    """Whether such a call does with undefined what it does with everything."""
    called = text_of(call.child_by_field_name("function"))
    is_property = node.type == "shorthand_property_identifier" or any(each.type == "pair" for each in around)
    return _PARTICULAR.search(called) is None or (is_property and _SENDS.search(called) is not None)
