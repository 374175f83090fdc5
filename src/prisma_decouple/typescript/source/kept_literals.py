"""The literals that calls are given, also by way of a variable: `const options = { … }`, and then `find(options)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    call_arguments,
    is_inside,
    parenthesized,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_LITERALS = frozenset({"array", "object"})
_CHANGED_BY = ("assignment_expression", "augmented_assignment_expression")


def literal_of(value: Node | None) -> Node | None:
    """The object literal that an expression is, or that a variable holds which nothing changes; None for any other.

    Args:
        value: the expression.
    """
    node = unwrapped(value) if value is not None else None
    binding = binding_of(node)
    held = declared_value(binding, text_of(node)) if binding is not None else None
    if binding is not None and held is not None and not any(map(_is_changed, uses_of_variable(binding))):
        node = unwrapped(held)
    return node if node is not None and node.type == "object" else None


def literals_given(call: Node) -> Iterator[Node]:
    """The object literals among the arguments of a call.

    Args:
        call: the call.
    """
    yield from filter(None, map(literal_of, call_arguments(call)))


def parts_given(call: Node) -> Iterator[Node]:
    """What a call is given, and the literals that it has under a name for that: `const where = { id }`.

    Args:
        call: the call, or any other expression, which is given nothing.
    """
    for given in call_arguments(call):
        literal = literal_of(given) or given
        yield literal
        parts = (literal_of(value) for _, value in properties(literal)) if literal.type == "object" else ()
        yield from (each for each in parts if each is not None and not is_inside(literal, each))


def options_of(call: Node) -> Node | None:
    """The object literal that a call is given first; None when it is given anything else.

    Args:
        call: the call, or any other expression.
    """
    return literal_of(next(iter(call_arguments(call)), None))


def part_of(options: Node | None, name: str) -> Node | None:
    """The object literal that options have under a name: the filter of `{ where: { authorId } }`.

    Args:
        options: an object literal; None gives None.
        name: the name.
    """
    return literal_of(property_value(options, name)) if options is not None else None


def given_at(literal: Node) -> Node:
    """Where a literal is given to a call or to another literal: the name of its variable there, else where it stands.

    Args:
        literal: the literal.
    """
    declarator = parenthesized(literal).parent
    is_held = declarator is not None and declarator.type == "variable_declarator"
    uses = uses_of_variable(declarator) if declarator is not None and is_held else ()
    return next(filter(_is_given, uses), literal)


def around(node: Node) -> Iterator[Node]:
    """The nodes around a node, from the inside out, and from a literal in a variable on those around where it is given.

    Args:
        node: the node.
    """
    inner, outer = node, node.parent
    while outer is not None:
        use = given_at(inner) if inner.type in _LITERALS and outer.type == "variable_declarator" else inner
        if use.type == "shorthand_property_identifier" and use != inner:
            yield use
        inner, outer = use, use.parent
        if outer is not None:
            yield outer
            inner, outer = outer, outer.parent


def call_around(node: Node) -> Node | None:
    """The innermost call that a node is in, or that is given the literal in which it stands by way of a variable.

    Args:
        node: the node.
    """
    return next((each for each in around(node) if each.type == "call_expression"), None)


def property_of(literal: Node) -> Node | None:
    """The property whose value a literal is, also by way of a variable: the `where` of `{ where }`; None without one.

    Args:
        literal: the literal.
    """
    use = given_at(literal)
    holder = use if use.type == "shorthand_property_identifier" else use.parent
    return holder if holder is not None and holder.type in PROPERTIES else None


def _is_given(use: Node) -> bool:
    """Whether a variable is given as a whole, to a call or to another literal."""
    outer = use.parent
    return use.type == "shorthand_property_identifier" or (outer is not None and outer.type in {"arguments", "pair"})


def _is_changed(use: Node) -> bool:
    """Whether a variable, or something of what it holds, is given another value: `where.authorId = id`."""
    inner, outer = use, use.parent
    while outer is not None and outer.type in READS and outer.child_by_field_name("object") == inner:
        inner, outer = outer, outer.parent
    return outer is not None and outer.type in _CHANGED_BY and outer.child_by_field_name("left") == inner
