"""Places that take no null but may be left out, `title?: string`: the patch hands over `value ?? undefined` there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.decisions import GIVEN_TO_QUERIES, is_change, is_in_filter
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.source.literals import with_default
from prisma_decouple.typescript.source.operators import FALLBACKS, STRICT
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, find_binding, parameters, uses_in
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    MEMBERS,
    NOTHING,
    WAITS,
    ancestors,
    descendants,
    has_safe_read,
    is_function,
    key_of,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.tolerance import is_asked_for, is_exact, is_read_on, takes
from prisma_decouple.typescript.types.places.uses import readers, uses_of
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.text import Edit
    from prisma_decouple.typescript.types.typed import Type

    _Asking: TypeAlias = Callable[[Place], bool]

_DEPTH = 4
_TAKING = frozenset({What.CLASS, What.RECORD, What.SHAPE, What.VALUE})
_SHAPES = DECLARED_CLASSES | {"interface_declaration", "object_type"}
_VARIABLES = {"assignment_expression": "left", "variable_declarator": "name"}
_CONTROLLED = frozenset({"checked", "value"})  # without them React lets an input go its own way
_SHOWN = frozenset({"jsx_expression", "template_substitution"})


def edits_to_omit(file: FileContext, value: Node, wanted: Type) -> list[Edit] | None:
    """Hand over `undefined` for null: `id={book.authorId ?? undefined}`.

    Args:
        file: the file.
        value: what may be null now.
        wanted: what its place takes.

    Returns:
        None where `undefined` is not taken, or would be more than nothing: a query takes it for no condition at all,
        and so may a function of the code base that asks for it, unless it was given that before.
    """
    is_column = wanted.what not in _TAKING or bool(wanted.field) or wanted.is_mock
    is_taken = takes(wanted, "undefined") and not is_exact(file, value)
    if is_column or takes(wanted, "null") or not is_taken:
        return None
    place = _whole(value)
    was_left_out = has_safe_read(value)  # `book?.authorId`
    if place is None or place.parent is None or not (was_left_out or not _means_more(file, place, wanted)):
        return None
    return [with_default(value, "undefined")]


def _whole(value: Node) -> Node | None:
    """The expression of which a value is one side; None beside `||`, which may not be mixed with `??`."""
    outer = value.parent
    while outer is not None:
        if outer.type == "binary_expression":
            if text_of(outer.child_by_field_name("operator")) != "??":
                return None
        elif outer.type not in WAITS and outer.type != "ternary_expression":
            break
        value, outer = outer, outer.parent
    return value


def _means_more(file: FileContext, place: Node, wanted: Type) -> bool:
    """Whether what takes a value may do something else when it has none, for all that can be seen."""
    holder = place.parent
    if holder is None:
        return True
    if holder.type == "jsx_expression":
        return replaces_nothing(place, wanted)
    if holder.type == "pair" or place.type == "shorthand_property_identifier":
        return _member_means_more(wanted, key_of(holder if holder.type == "pair" else place), _asks, _DEPTH)
    if holder.type == "arguments":
        return _taker(wanted) is None or _given_means_more(wanted, _asks)
    target = holder.child_by_field_name(_VARIABLES.get(holder.type, "")) if holder.type in _VARIABLES else None
    if target is None or target.type != "identifier":
        return True
    return any(_is_asked(each, text_of(target), _asks, _DEPTH) for each in _uses_of_variable(file, target))


def replaces_nothing(place: Node, wanted: Type) -> bool:
    """Whether what takes a value puts another one in its place when it has none, or tells that none was given.

    Args:
        place: the value, with what is around it that may have its value.
        wanted: what its place takes.
    """
    holder = place.parent
    attribute = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    if attribute is not None and attribute.named_children:
        return text_of(attribute.named_children[0]) in _CONTROLLED or _given_means_more(wanted, _fills_in)
    if holder is not None and holder.type == "pair":
        return _member_means_more(wanted, key_of(holder), _fills_in, _DEPTH)
    return holder is not None and holder.type == "arguments" and _given_means_more(wanted, _fills_in)


def _given_means_more(wanted: Type, asks: _Asking) -> bool:
    taker = _taker(wanted)
    if taker is None:
        return False
    return _member_means_more(wanted, key_of(taker) or text_of(pattern_of(taker)), asks, _DEPTH)


def _member_means_more(wanted: Type, name: str, asks: _Asking, depth: int) -> bool:
    written, taker = wanted.place, _taker(wanted)
    if written is None or taker is None:
        return False
    uses = uses_of(written.file, taker, name)
    return _has_default(Place(written.file, taker), name) or any(_is_asked(use, name, asks, depth) for use in uses)


def _taker(wanted: Type) -> Node | None:
    """The member or parameter whose type, or a part of it, is what is wanted."""
    outer = wanted.place.node.parent if wanted.place is not None else None
    while outer is not None and outer.type in {"parenthesized_type", "union_type"}:
        outer = outer.parent
    taker = outer.parent if outer is not None and outer.type == "type_annotation" else None
    return taker if taker is not None and taker.type in {*MEMBERS, *PARAMETERS} else None


def _is_asked(use: Place, name: str, asks: _Asking, depth: int) -> bool:
    """Whether something of its own is done where a value is used, or where that hands it on, when there is none."""
    if is_in_filter(use.file, use.node) or is_change(use.file, use.node) or asks(use):
        return True
    if is_asked_for(use.node):
        return False
    wanted = expected(use.file, use.node) if depth else None
    return wanted is not None and _member_means_more(wanted, name, asks, depth - 1)


def _asks(use: Place) -> bool:
    """Whether code asks for a value, or reads on from it, except to show it."""
    outer = use.node.parent
    return outer is None or is_read_on(use.node) or (is_asked_for(use.node) and outer.type not in _SHOWN)


def _fills_in(use: Place) -> bool:
    """Whether there is something else for a value that is not there: `subtitle ?? "none"`, `subtitle === undefined`.

    A text that is made of it has a word for nothing.
    """
    node, outer = use.node, use.node.parent
    if outer is not None and outer.type == "ternary_expression" and outer.child_by_field_name("condition") == node:
        return text_of(outer.child_by_field_name("consequence")) == text_of(node)
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    right = outer.child_by_field_name("right") if outer is not None else None
    if operator in FALLBACKS:
        return right is not None and right != node and right.type not in NOTHING
    is_told = operator in STRICT and right is not None and right.type == "undefined"
    return is_told or use_of(use.file, node) is Use.SHOWN


def _has_default(member: Place, name: str) -> bool:
    """Whether a function that takes a value has another one for the case that there is none."""
    if member.node.type in PARAMETERS:
        return member.node.child_by_field_name("value") is not None
    shape = nearest(member.node, *_SHAPES)
    taken = readers(Place(member.file, shape)) if shape is not None else ()
    return any(
        name in _defaults(reader.node, parameter) or _is_given_to_query(reader, parameter)
        for reader, parameter in taken
    )


def _is_given_to_query(function: Place, parameter: Node) -> bool:
    """Whether a function gives all that it is given to a query, as data or as a filter: `update({ data: book })`."""
    pattern, body = pattern_of(parameter), function.node.child_by_field_name("body")
    uses = uses_in(body, text_of(pattern), parameter) if body is not None and pattern.type == "identifier" else ()
    for use in uses:
        is_spread = use.parent is not None and use.parent.type == "spread_element"
        given = use.parent.parent if is_spread and use.parent is not None else use
        wanted = expected(function.file, given) if given is not None else None
        if wanted is not None and wanted.what in GIVEN_TO_QUERIES:
            return True
    return False


def _defaults(function: Node, parameter: Node) -> Iterator[str]:
    """The members of what a function is given for which it has other values: `({ title = "" }) => title`."""
    pattern = pattern_of(parameter)
    taken_apart = [pattern]
    for node in descendants(function, "variable_declarator") if pattern.type == "identifier" else ():
        target = node.child_by_field_name("name")
        if target is not None and text_of(node.child_by_field_name("value")) == text_of(pattern):
            taken_apart.append(target)
    for node in (each for part in taken_apart for each in descendants(part, "object_assignment_pattern")):
        yield text_of(node.child_by_field_name("left"))


def _uses_of_variable(file: FileContext, target: Node) -> Iterator[Place]:
    name, binding = text_of(target), find_binding(target, text_of(target))
    around = (each for each in ancestors(target) if is_function(each) or each.type == "program")
    function = next(around, None)
    if binding is None or function is None or binding in parameters(function):
        return
    for node in uses_in(function, name, binding):
        outer = node.parent
        is_target = outer is not None and node in {outer.child_by_field_name(each) for each in ("left", "name")}
        if not (is_target and outer is not None and outer.type in _VARIABLES):
            yield Place(file, node)
