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

    from prisma_decouple.typescript.context import FileContext

_CHOICES = frozenset({"binary_expression", "ternary_expression"})
_KEPT = frozenset({"return_statement", "variable_declarator"})
_KEY = re.compile(r"\w+(?:I[dD]|_id)")
# Of what a cache, a hook or a map is told by: all of it together is one key.
_WHOLE = re.compile(r"deps|dependencies|key", re.IGNORECASE)


def is_listed(file: FileContext, value: Node) -> bool:
    """Whether a key is an element of a list of nothing but keys, which is kept or given back as it is.

    Args:
        file: the file.
        value: the key.
    """
    listed = value.parent
    keys = {key for each in file.facts.relations for key in each.foreign_keys}
    names = map(last_name, children_of(listed)) if listed is not None and listed.type == "array" else iter(("",))
    if listed is None or not all(each in keys or _KEY.fullmatch(each) for each in names):
        return False
    place = parenthesized(listed)
    while place.parent is not None and place.parent.type in _CHOICES:
        place = parenthesized(place.parent)
    holder = place.parent
    if holder is None or holder.type not in _KEPT:
        return False
    return holder.type == "return_statement" or not (_WHOLE.search(_name(holder)) or _is_sifted(holder))


def _name(holder: Node) -> str:
    return text_of(holder.child_by_field_name("name"))


def _is_sifted(holder: Node) -> bool:
    """Whether a list in a variable is filtered where it is used: `ids.filter(Boolean)`."""
    reads = (use.parent for use in uses_of_variable(holder))
    return any(each is not None and last_name(each) == "filter" for each in reads)
