"""What a value stands beside: another branch, element or result of the same form that may be nothing already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.operators import ARITHMETIC, FALLBACKS
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    call_arguments,
    call_given,
    callee,
    children_of,
    function_around,
    is_function,
    key_of,
    last_name,
    nearest,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import is_const

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MADE_OF_EACH = frozenset({"flatMap", "map"})
_SIDES = ("consequence", "alternative")
_PROPERTIES = frozenset({"pair", "shorthand_property_identifier"})


def stands_beside(file: FileContext, node: Node, nothing: str) -> bool:
    """Whether who takes a value gets nothing at times already, from what is written beside it.

    `{ name: loan ? loan.book.title : undefined }`, and the elements of `[{ name: book.title }, { name: undefined }]`.

    Args:
        file: the file.
        node: the value, in a place that does not say what it wants.
        nothing: `null` or `undefined`.
    """
    name, value = "", node
    for outer in ancestors(node):
        if value.type in _PROPERTIES:
            if name:
                return False  # what is in what is written beside it would have to be compared as a whole
            name = key_of(value)
        others = _beside(outer, value)
        if others is None:
            return False
        if any(text_of(each) == nothing for other in others for each in _values(other, name)):
            return not name or not _is_told_apart(file, node, name)
        value = outer
    return False


def _beside(outer: Node, value: Node) -> list[Node] | None:
    """What may be taken in place of a value, by what is around it; None where this makes something else of it."""
    if outer.type in {"pair", "object", "parenthesized_expression", "spread_element", "await_expression"}:
        return [] if outer.type != "pair" or outer.child_by_field_name("value") == value else None
    if outer.type in {"statement_block", "if_statement", "else_clause"}:
        return []
    if outer.type == "ternary_expression":
        sides = [outer.child_by_field_name(side) for side in _SIDES]
        return [each for each in sides if each is not None and each != value] if value in sides else None
    if outer.type == "array":
        return [each for each in children_of(outer) if each != value]
    if outer.type == "return_statement":
        function = function_around(outer)
        return [each for each in returned_values(function) if each != value] if function is not None else None
    return [] if _is_passed_through(outer, value) else None


def _is_passed_through(outer: Node, value: Node) -> bool:
    """Whether what is around a value gives a list of such values: `books.map((book) => value)`, `Promise.all(…)`."""
    if is_function(outer):
        call = call_given(outer)
        return call is not None and callee(call)[1] in _MADE_OF_EACH
    if outer.type == "arguments":
        call = outer.parent
        return call is not None and (is_function(value) or _is_all(call))
    return outer.type == "call_expression" and value.type == "arguments"


def _is_all(call: Node) -> bool:
    return text_of(call.child_by_field_name("function")) == "Promise.all"


def _values(written: Node, name: str) -> Iterator[Node]:
    """The values that something may be; with a name, the property of that name in each of them."""
    node = unwrapped(written)
    if node.type == "spread_element":
        inner: list[Node] = _elements(unwrapped(children_of(node)[0]))
    elif node.type == "ternary_expression":
        inner = [each for side in _SIDES if (each := node.child_by_field_name(side)) is not None]
    elif node.type == "binary_expression" and text_of(node.child_by_field_name("operator")) in FALLBACKS:
        inner = [each] if (each := node.child_by_field_name("right")) is not None else []
    elif node.type == "object" and name:
        inner, name = [each] if (each := property_value(node, name)) is not None else [], ""
    else:
        yield from [node] if not name else ()
        return
    for each in inner:
        yield from _values(each, name)


def _elements(listed: Node) -> list[Node]:
    """What the elements of a list are made by, where it is written: `[first]`, `books.map((book) => made)`."""
    if listed.type == "array":
        return children_of(listed)
    given = call_arguments(listed) if listed.type == "call_expression" else []
    if given and _is_all(listed):
        return _elements(unwrapped(given[0]))
    is_made = given and callee(listed)[1] in _MADE_OF_EACH and is_function(given[0])
    return list(returned_values(given[0])) if is_made else []


def _is_told_apart(file: FileContext, node: Node, name: str) -> bool:
    """Whether what a literal is can be told by a constant or key in it, and somebody reads on from what it has then."""
    literal = nearest(node, "object")
    given = list(properties(literal)) if literal is not None else []
    is_constant, keys = any(is_const(value) for _, value in given), {key for key, _ in given}
    speaking = file.project.speaking_of(name)
    return any((is_constant or _asks_for_key(there, keys)) and _is_relied_on(there, name) for there in speaking)


def _asks_for_key(file: FileContext, keys: Container[str]) -> bool:
    """Whether a file asks for one of some keys: `"pages" in book`."""
    compared = file.source.nodes("binary_expression")
    asked = (each for each in compared if text_of(each.child_by_field_name("operator")) == "in")
    return any(string_value(each.child_by_field_name("left")) in keys for each in asked)


def _is_relied_on(file: FileContext, name: str) -> bool:
    """Whether a property is read on from in a file, or taken out there, where nobody asks whether it is there."""
    if any(text_of(each) == name for each in file.source.nodes("shorthand_property_identifier_pattern")):
        return True
    reads = (each for each in file.source.nodes("member_expression") if last_name(each) == name)
    return any(_is_bare(each) and not is_narrowed(file, each) for each in reads)


def _is_bare(read: Node) -> bool:
    """Whether something is read on from a read itself, or made of it in a call or a calculation."""
    outer = read.parent
    if outer is None or outer.type == "arguments":
        return outer is not None
    if outer.type in READS:
        return outer.child_by_field_name("object") == read and outer.child_by_field_name("optional_chain") is None
    return text_of(outer.child_by_field_name("operator")) in ARITHMETIC
