"""Places that take no null but may be left out, and mean the same by it: `undefined` is handed over for null there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.decisions import is_in_filter
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, find_binding, parameters, uses_in
from prisma_decouple.typescript.source.syntax import ancestors, descendants, is_function, key_of, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.tolerance import is_asked_for, is_exact, is_read_on, takes
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.uses import readers, uses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 4
_TAKING = frozenset({What.CLASS, What.RECORD, What.SHAPE, What.VALUE})
_MEMBERS = frozenset({"property_signature", "public_field_definition"})
_SHAPES = frozenset({"class_declaration", "interface_declaration", "object_type"})
_SAME = frozenset({"await_expression", "parenthesized_expression"})
_VARIABLES = {"assignment_expression": "left", "variable_declarator": "name"}
_CONTROLLED = frozenset({"checked", "value"})  # without them React lets an input go its own way
_SHOWN = frozenset({"jsx_expression", "template_substitution"})


def left_out(file: FileContext, value: Node, wanted: Type) -> list[Edit] | None:
    """Hand over `undefined` for null: `id={book.authorId ?? undefined}`.

    Args:
        file: the file.
        value: what may be null now.
        wanted: what its place takes.

    Returns:
        None where `undefined` is not taken, or would be more than nothing: a query takes it for no condition at all,
        and so may a function of the code base that asks for it.
    """
    is_column = wanted.what not in _TAKING or bool(wanted.field) or wanted.is_mock
    is_taken = takes(wanted, "undefined") and not is_exact(file, value)
    if is_column or takes(wanted, "null") or not is_taken:
        return None
    place = _whole(value)
    if place is None or place.parent is None or _means_more(file, place, wanted):
        return None
    is_short = value.type == "shorthand_property_identifier"
    return [Edit(value.end_byte, value.end_byte, f"{f': {text_of(value)}' if is_short else ''} ?? undefined")]


def _whole(value: Node) -> Node | None:
    """The expression of which a value is one side; None beside `||`, which may not be mixed with `??`."""
    outer = value.parent
    while outer is not None:
        if outer.type == "binary_expression":
            if text_of(outer.child_by_field_name("operator")) != "??":
                return None
        elif outer.type not in _SAME and outer.type != "ternary_expression":
            break
        value, outer = outer, outer.parent
    return value


def _means_more(file: FileContext, place: Node, wanted: Type) -> bool:
    """Whether what takes a value may do something else when it has none, for all that can be seen."""
    holder = place.parent
    if holder is None:
        return True
    if holder.type == "jsx_expression":
        attribute = holder.parent
        return attribute is None or not attribute.named_children or text_of(attribute.named_children[0]) in _CONTROLLED
    if holder.type == "pair" or place.type == "shorthand_property_identifier":
        return _member_means_more(wanted, key_of(holder if holder.type == "pair" else place), _DEPTH)
    target = holder.child_by_field_name(_VARIABLES.get(holder.type, "")) if holder.type in _VARIABLES else None
    if target is None or target.type != "identifier":
        return True
    return any(_asks(each, text_of(target), _DEPTH) for each in _uses_of_variable(file, target))


def _member_means_more(wanted: Type, name: str, depth: int) -> bool:
    written = wanted.place
    annotation = written.node.parent if written is not None else None
    member = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    if written is None or member is None or member.type not in {*_MEMBERS, *PARAMETERS}:
        return False
    own = Place(written.file, member)
    return _has_default(own, name) or any(_asks(use, name, depth) for use in uses_of(own.file, own.node, name))


def _asks(use: Place, name: str, depth: int) -> bool:
    """Whether the use of a value, or of what it is handed on to, does something of its own when there is none."""
    outer = use.node.parent
    if is_in_filter(use.file, use.node) or (is_read_on(use.node) and outer is not None):
        return True
    if is_asked_for(use.node):
        return outer is None or outer.type not in _SHOWN
    wanted = expected(use.file, use.node) if depth else None
    return wanted is not None and _member_means_more(wanted, name, depth - 1)


def _has_default(member: Place, name: str) -> bool:
    """Whether a function that takes a value has another one for the case that there is none."""
    if member.node.type in PARAMETERS:
        return member.node.child_by_field_name("value") is not None
    shape = next((each for each in ancestors(member.node) if each.type in _SHAPES), None)
    taken = readers(Place(member.file, shape)) if shape is not None else ()
    return any(name in _defaults(parameter) for _, parameter in taken)


def _defaults(parameter: Node) -> Iterable[str]:
    for node in descendants(parameter, "object_assignment_pattern"):
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
