"""Places that compile with `undefined` and must not get it unasked: what it means there is for a person to decide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.syntax import ancestors, callee, is_function, key_of, text_of
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ALIKE, _UNLIKE = frozenset({"==", "==="}), frozenset({"!=", "!=="})
_NOTHING = frozenset({"null", "undefined"})
_CHOOSING = frozenset({"every", "filter", "find", "findIndex", "findLast", "some"})
_CONDITIONS = frozenset({"binary_expression", "parenthesized_expression", "unary_expression"})


def is_decision(file: FileContext, place: Node) -> bool:
    """Whether nothing, where something was, would be more than nothing.

    Args:
        file: the file.
        place: an expression that becomes undefined for an absent record.

    Returns:
        True in the filter of a query, which undefined switches off; beside something that may be nothing as well, which
        it would equal; where a guard would let it pass; where a question would be answered with yes because of it.
    """
    return is_in_filter(file, place) or _may_equal_nothing(file, place) or _slips_through(place)


def is_in_filter(file: FileContext, place: Node) -> bool:
    """Whether an expression stands in the filter of a query: null selects what has none there, undefined everything."""
    for outer in ancestors(place):
        if is_function(outer) or outer.type.endswith("_statement"):
            return False
        if outer.type == "pair" and key_of(outer) in {"where", "having", "cursor"}:
            return True
        if outer.type in {"object", "assignment_expression"}:
            literal = outer.child_by_field_name("left") if outer.type == "assignment_expression" else outer
            owner = literal.child_by_field_name("object") if literal is not None and literal != outer else None
            wanted = file.types.of(owner) if owner is not None else expected(file, outer)
            if wanted is not None and wanted.what is What.FILTER:
                return True
    return False


def _may_equal_nothing(file: FileContext, place: Node) -> bool:
    """Whether a place is compared with something that may be undefined, or loosely with something that may be null."""
    outer = place.parent
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    if outer is None or operator not in _ALIKE | _UNLIKE:
        return False
    left, right = outer.child_by_field_name("left"), outer.child_by_field_name("right")
    other = right if left == place else left
    if other is None or text_of(other) in _NOTHING:
        return False
    found = file.types.of(other)
    is_loose = len(operator) == len("==")
    takes_undefined = found is not None and found.is_nullable and (is_loose or found.nothing != {"null"})
    return "?." in text_of(other) or (takes_undefined and (found is None or found.what is not What.KEY or is_loose))


def _slips_through(place: Node) -> bool:
    """Whether code goes on behind a guard, or a question has the answer yes, because an absent record has nothing."""
    holds, inner = False, place
    for outer in ancestors(place):
        operator = text_of(outer.child_by_field_name("operator"))
        if outer.type == "arrow_function":
            call = outer.parent.parent if outer.parent is not None else None
            is_handed = call is not None and call.type == "call_expression"
            return holds and (not is_handed or (call is not None and callee(call)[1] in _CHOOSING))
        if outer.type == "return_statement":
            return holds
        if outer.type == "if_statement" and inner == outer.child_by_field_name("condition"):
            return not holds and leaves(outer.child_by_field_name("consequence"))
        if outer.type not in _CONDITIONS:
            return False
        if operator in _UNLIKE or operator == "!":
            holds = not holds
        left = outer.child_by_field_name("left")
        if operator == "&&" and left is not None and left != inner and _links(left)[:2] == _links(place)[:2]:
            return False  # it has been asked for before
        inner = outer
    return False


def _links(chain: Node) -> list[str]:
    return re.split(r"[?!]*\.", text_of(chain))
