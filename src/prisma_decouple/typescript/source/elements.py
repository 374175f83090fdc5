"""Lists that code goes through, and the names that their elements have there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import find_binding, parameters, uses_in
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function, text_of
from prisma_decouple.typescript.source.vocabulary import CALLBACKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

# Methods of a list that give some of its elements, or all of them in another order.
KEEPING = frozenset({"filter", "reverse", "slice", "sort", "toReversed", "toSorted"})


def iterated(binding: Node) -> Node | None:
    """The list whose elements a callback's first parameter receives.

    Args:
        binding: the parameter.
    """
    function = next((node for node in (binding.parent, _grandparent(binding)) if node and is_function(node)), None)
    if function is None or function.parent is None or parameters(function)[:1] != [binding]:
        return None
    call = function.parent.parent
    if call is None or call.type != "call_expression":
        return None
    receiver, method = callee(call)
    return receiver if method in CALLBACKS else None


def gone_through(binding: Node) -> Node | None:
    """The list whose elements a name stands for in a loop or a callback: `for (const book of books)`.

    Args:
        binding: what binds the name, and no pattern.
    """
    return list_behind(binding) if pattern_of(binding).type == "identifier" else None


def list_behind(binding: Node) -> Node | None:
    """The list whose elements a loop or a callback gives to a name or takes apart: `for (const { title } of books)`.

    Args:
        binding: the loop, or the parameter of the callback.
    """
    return binding.child_by_field_name("right") if binding.type == "for_in_statement" else iterated(binding)


def is_element(name: Node) -> bool:
    """Whether a name stands for the elements of a list, one after the other."""
    binding = find_binding(name, text_of(name)) if name.type == "identifier" else None
    return binding is not None and (binding.type == "for_in_statement" or iterated(binding) is not None)


def element_uses(listed: Node) -> Iterator[Node]:
    """Where the elements of a list are used that is gone through: `for (const order of orders)`, `orders.map(...)`."""
    outer = listed.parent
    if outer is not None and outer.type == "for_in_statement" and outer.child_by_field_name("right") == listed:
        left = outer.child_by_field_name("left")
        if left is not None and left.type == "identifier":
            yield from uses_in(outer, text_of(left), outer)
        return
    call = outer.parent if outer is not None and outer.type == "member_expression" else None
    if call is None or call.type != "call_expression" or callee(call)[0] != listed or callee(call)[1] not in CALLBACKS:
        return
    callback = next((each for each in call_arguments(call) if is_function(each)), None)
    element = next(iter(parameters(callback)), None) if callback is not None else None
    if callback is not None and element is not None:
        yield from uses_in(callback, text_of(pattern_of(element)), element)


def elements_kept(listed: Node) -> Node:
    """What has the elements of a list: the list, or what is made of it: `orders.filter(…).slice(0, 3)`."""
    outer = listed.parent
    call = outer.parent if outer is not None and outer.type == "member_expression" else None
    if call is None or call.type != "call_expression" or callee(call)[0] != listed or callee(call)[1] not in KEEPING:
        return listed
    return elements_kept(call)


def _grandparent(node: Node) -> Node | None:
    return node.parent.parent if node.parent is not None else None
