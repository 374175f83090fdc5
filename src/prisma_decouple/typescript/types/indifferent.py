"""Calls that take whatever they are given: those that log, print, compare or send it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import ancestors, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

# What takes anything, and says so by its name.
_INDIFFERENT = re.compile(
    r"^(?:console|log|logger|JSON|Object)\b"
    r"|(?:^|\.)(?:String|Boolean|expect|json|clsx?|cn|log|info|debug|warn|error|push)$"
    r"|^expect\(.*\.to(?:Be|Equal|StrictEqual|MatchObject|Contain|ContainEqual)$",
    re.DOTALL,
)
_LITERALS = frozenset({"array", "object", "pair", "parenthesized_expression", "spread_element"})


def takes_anything(call: Node) -> bool:
    """Whether a call, by the name of what is called, takes anything."""
    called = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    return _INDIFFERENT.search(text_of(called)) is not None


def is_taken_by_any(node: Node) -> bool:
    """Whether a value is handed to such a call, alone or in a literal: `logger.info({ authorId }, "done")`."""
    outer = next((each for each in ancestors(node) if each.type not in _LITERALS), None)
    return outer is not None and outer.type == "arguments" and outer.parent is not None and takes_anything(outer.parent)
