"""Places that undefined makes throw, or ask for anything: what may be taken instead of what `?.` does not find.

`for (const book of author?.books)` throws like `author.books`, and `where: { id: author?.id }` finds anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    call_given,
    is_function,
    key_of,
    spread_of,
    text_of,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_NO_LIST, _NO_OBJECT = "[]", "{}"
_TAKEN = {
    **dict.fromkeys(("Array.from", "Promise.all", "Promise.allSettled", "Promise.any", "Promise.race"), _NO_LIST),
    **dict.fromkeys(("Object.entries", "Object.keys", "Object.values"), _NO_OBJECT),
}
_THROWS = frozenset({"Date", "JSON.parse"})  # of no date nobody makes a text
_WHERE = "where"


def instead_of_nothing(file: FileContext, value: Node) -> list[Edit] | None:
    """The edits that give a place something else where there is nothing: `author?.books ?? []`.

    Args:
        file: the file.
        value: all that is read, and called, safely.

    Returns:
        No edits where nothing is as good as anything, or is told by the compiler; None where nothing will do.
    """
    outer, spread, call = value.parent, spread_of(value), call_given(value)
    if outer is None or _is_asked_for(file, value):
        return None
    if spread is not None and spread.parent is not None and spread.parent.type in {"arguments", "array"}:
        return [Edit(value.start_byte, value.start_byte, "("), *_behind(value, _NO_LIST, ")")]
    if outer.type == "for_in_statement" and outer.child_by_field_name("right") == value:
        return _behind(value, _NO_LIST) if text_of(outer.child_by_field_name("operator")) == "of" else []
    if outer.type == "variable_declarator":
        pattern = pattern_of(outer).type
        return _behind(value, _NO_LIST) if pattern == "array_pattern" else None if pattern == "object_pattern" else []
    if call is not None and call_arguments(call)[0] == value:
        called = text_of(call.child_by_field_name("function") or call.child_by_field_name("constructor"))
        other = _TAKEN.get(called)
        return _behind(value, other) if other else None if called in _THROWS else []
    is_looked_into = text_of(outer.child_by_field_name("operator")) == "in"
    return None if is_looked_into or outer.type == "yield_expression" else []


def _behind(value: Node, other: str, end: str = "") -> list[Edit]:
    return [Edit(value.end_byte, value.end_byte, f" ?? {other}{end}")]


def _is_asked_for(file: FileContext, value: Node) -> bool:
    """Whether a query looks for a value, and for nothing else in its stead."""
    for outer in ancestors(value):
        is_replaced = text_of(outer.child_by_field_name("operator")) in FALLBACKS
        if is_replaced or is_function(outer) or outer.type.endswith("_statement"):
            return False
        wanted = expected(file, outer) if outer.type == "object" else None
        is_filter = wanted is not None and wanted.what is What.FILTER
        if is_filter or (outer.type == "pair" and key_of(outer) == _WHERE):
            return True
    return False
