"""The way from a value to a name that a pattern takes out of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.scopes import binding_of, bound_names
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    children_of,
    key_of,
    last_name,
    owner_of_read,
    text_of,
    without_parentheses,
)

if TYPE_CHECKING:
    from tree_sitter import Node


_ANY = ("name", "pattern", "left")
WITH_FALLBACK = frozenset({"assignment_pattern", "object_assignment_pattern"})
# A node looks through its children for each field.
_LEFT = {
    "for_in_statement": ("left",),
    "identifier": (),
    "optional_parameter": ("pattern", "name"),
    "required_parameter": ("pattern", "name"),
}


def path_to(binding: Node, name: str) -> list[str] | None:
    """The properties to follow from a bound value to a name; a number stands for an element of a list or tuple.

    Args:
        binding: a declarator, a parameter, a `for` statement, or a bare name.
        name: a name that it binds.

    Returns:
        An empty list when the name is the value itself; None when it is the rest of something.
    """
    target = pattern_of(binding)
    path: list[str] = []
    while target.type not in {"identifier", "shorthand_property_identifier_pattern"}:
        inner = next((child for child in target.named_children if name in bound_names(child)), None)
        if inner is None or inner.type == "rest_pattern":
            return None
        if target.type == "array_pattern":
            path.append(str(sum(child.type == "," for child in target.children if child.end_byte <= inner.start_byte)))
        elif target.type == "object_pattern":
            path.append(key_in_pattern(inner))
        target = _value(inner)
    return path


class Read(NamedTuple):
    """What an expression reads of a variable.

    Attributes:
        binding: what gives the variable its value.
        path: the properties that are followed from that value; none where the expression is the value itself.
    """

    binding: Node
    path: list[str]


def read_at(node: Node) -> Read | None:
    """What an expression reads: `book.authorId`, or `id` in `({ authorId: id }) => id`, the `authorId` of a book.

    Args:
        node: the expression.

    Returns:
        None when it is neither a name nor read of one, or the name is not bound in the file.
    """
    start, names = without_parentheses(node), list[str]()
    while start.type == "member_expression" and (owner := owner_of_read(start)) is not None:
        names.append(last_name(start))
        start = owner
    binding = binding_of(start)
    path = path_to(binding, text_of(start)) if binding is not None else None
    return Read(binding, [*path, *reversed(names)]) if binding is not None and path is not None else None


def taken_before_rest(binding: Node, name: str) -> frozenset[str] | None:
    """The properties that `const { id, ...rest } = value` takes out of a value before the rest of it gets that name.

    Returns:
        None when the name is not the rest of the bound value.
    """
    target = pattern_of(binding)
    rest = next((child for child in target.named_children if child.type == "rest_pattern"), None)
    if target.type not in {"array_pattern", "object_pattern"} or rest is None or name not in bound_names(rest):
        return None
    others = (child for child in children_of(target) if child != rest)
    return frozenset(map(key_in_pattern, others)) if target.type == "object_pattern" else frozenset()


def pattern_of(binding: Node) -> Node:
    """What stands on the left of a binding."""
    fields = _LEFT.get(binding.type, _ANY)
    return next((found for field in fields if (found := binding.child_by_field_name(field)) is not None), binding)


def key_in_pattern(inner: Node) -> str:
    """The property that a part of an object pattern takes out."""
    if inner.type == "object_assignment_pattern":
        inner = inner.child_by_field_name("left") or inner
    return key_of(inner) if inner.type == "pair_pattern" else text_of(inner)


def step_of(binding: Node, inner: Node) -> int | None:
    """How many properties and elements a pattern follows before it takes out a part of itself.

    Args:
        binding: what gives the pattern its value.
        inner: the part.

    Returns:
        None where it is no part of the pattern, but stands in a fallback in it, or behind it.
    """
    step = 0
    for node, outer in pairwise((inner, *ancestors(inner))):
        if outer.type in {"object_pattern", "array_pattern"}:
            step += 1
        if outer == binding:
            return step - 1 if pattern_of(binding) == node else None
        if outer.type in WITH_FALLBACK and node != outer.child_by_field_name("left"):
            return None
    return None


def _value(inner: Node) -> Node:
    if inner.type == "pair_pattern":
        inner = inner.child_by_field_name("value") or inner
    if inner.type in WITH_FALLBACK:
        inner = inner.child_by_field_name("left") or inner
    return inner


def type_of_name(node: Node) -> Node | None:
    """The type that is written where a name is declared; None for what is taken out of a larger value."""
    binding = binding_of(node)
    is_whole = binding is not None and pattern_of(binding).type == "identifier"
    return binding.child_by_field_name("type") if binding is not None and is_whole else None
