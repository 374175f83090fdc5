"""Lists of which a value is an element, and whether it is asked if anything is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import EQUAL
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import BINDINGS, PARAMETERS, binding_of, held_by, parameters
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    call_given,
    callee,
    children_of,
    function_around,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CALLBACKS, SAME_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Container

    from tree_sitter import Node

LISTS_OF = frozenset({"Array.from", "Set"})
COUNTS = frozenset({"length", "size"})
# How it is asked whether nothing is in a list.
_NONE_IN = frozenset({*((each, "0") for each in (*EQUAL, "<=")), ("<", "1")})


def lists_of(value: Node) -> frozenset[str]:
    """The lists of which a key is an element, or is itself: `ids` of `ids.map((id) => …)`, and what they are made of.

    Args:
        value: the key, or a list of keys.
    """
    return made_of(_gone_through(unwrapped(value)) or value)


def made_of(listed: Node) -> frozenset[str]:
    """A list, and the lists that it is made of element by element, as they are called."""
    found = set[str]()
    inner: Node | None = listed
    while inner is not None and text_of(inner) not in found:
        node = unwrapped(inner)
        found.add(text_of(node))
        inner = held_by(node) or of_same_elements(node)
    return frozenset(found)


def _gone_through(name: Node) -> Node | None:
    """The list that a name is an element of, in a callback or a loop."""
    binding = binding_of(name)
    function = function_around(binding) if binding is not None and binding.type not in BINDINGS - PARAMETERS else None
    if binding is not None and binding.type == "for_in_statement":
        return binding.child_by_field_name("right")
    call = call_given(function) if function is not None else None
    if call is None or text_of(pattern_of(binding or name)) != text_of(name):
        return None
    receiver, method = callee(call)
    return receiver if method in CALLBACKS and parameters(function or call)[:1] == [binding] else None


def of_same_elements(node: Node) -> Node | None:
    """What a list is made of, element by element: `Array.from(new Set(ids))`, `[...ids]`, `ids.filter(Boolean)`."""
    if node.type == "array":
        only = children_of(node)
        return only[0].named_children[-1] if [each.type for each in only] == ["spread_element"] else None
    receiver, method = callee(node) if node.type == "call_expression" else (None, "")
    if text_of(node.child_by_field_name("function") or node.child_by_field_name("constructor")) in LISTS_OF:
        return next(iter(call_arguments(node)), None)
    return receiver if method in SAME_ELEMENTS else None


def lacks_any(condition: Node, lists: Container[str]) -> bool:
    """Whether a condition asks whether one of some lists has nothing in it: `ids.length === 0`, `!ids.length`.

    Args:
        condition: the condition.
        lists: the lists.
    """
    if condition.type == "unary_expression":
        asked, is_none = condition.child_by_field_name("argument"), text_of(condition).startswith("!")
    else:
        asked, limit = (condition.child_by_field_name(each) for each in ("left", "right"))
        is_none = (text_of(condition.child_by_field_name("operator")), text_of(limit)) in _NONE_IN
    counted = unwrapped(asked) if asked is not None and is_none else None
    is_count = counted is not None and counted.type == "member_expression" and last_name(counted) in COUNTS
    owner = counted.child_by_field_name("object") if counted is not None and is_count else None
    return owner is not None and text_of(owner) in lists
