"""Lists that are written with a key in them which may be null now: `[book.authorId, book.translatorId]`.

They have as many elements as before: null is counted as one, and looked up like one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import children_of, last_name, parenthesized, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_CHOICES = frozenset({"binary_expression", "ternary_expression"})
_KEPT = frozenset({"return_statement", "variable_declarator"})
_KEY = re.compile(r"\w+I[dD]")
# Of what a cache, a hook or a map is told by: all of it together is one key.
_WHOLE = re.compile(r"deps|dependencies|key", re.IGNORECASE)


def is_listed(value: Node) -> bool:
    """Whether a key is an element of a list of nothing but keys, which is kept or given back as it is.

    Args:
        value: the key.
    """
    listed = value.parent
    if listed is None or listed.type != "array" or not all(map(_is_key, children_of(listed))):
        return False
    place = parenthesized(listed)
    while place.parent is not None and place.parent.type in _CHOICES:
        place = parenthesized(place.parent)
    holder = place.parent
    if holder is None or holder.type not in _KEPT:
        return False
    return holder.type == "return_statement" or not (_WHOLE.search(_name(holder)) or _is_sifted(holder))


def _is_key(element: Node) -> bool:
    return _KEY.fullmatch(last_name(element)) is not None


def _name(holder: Node) -> str:
    return text_of(holder.child_by_field_name("name"))


def _is_sifted(holder: Node) -> bool:
    """Whether a list in a variable is filtered where it is used: `ids.filter(Boolean)`."""
    reads = (use.parent for use in uses_of_variable(holder))
    return any(each is not None and last_name(each) == "filter" for each in reads)
