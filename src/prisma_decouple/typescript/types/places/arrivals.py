"""The values that are handed to something, and the written types in which those of another written type arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    MEMBERS,
    ancestors,
    call_arguments,
    key_of,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.classes import bases_of_class
from prisma_decouple.typescript.types.elements import handed_elements
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import WRITTEN
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 8
_VALUES = frozenset(
    {
        *("identifier", "member_expression", "non_null_expression", "shorthand_property_identifier"),
        *("await_expression", "call_expression", "new_expression", "subscript_expression"),
    }
)
_SIDES = {"binary_expression": ("left", "right"), "ternary_expression": ("consequence", "alternative")}
_FALLBACKS = FALLBACKS | {""}  # parentheses have none
# What is around the type of the elements of a list: `Array<{ … }>`, `({ … } | null)[]`.
_AROUND_ELEMENTS = frozenset({"array_type", "generic_type", "parenthesized_type", "type_arguments", "union_type"})
_DECLARED = DECLARED_CLASSES | {"interface_declaration", "object_type"}


def handed_values(file: FileContext) -> Iterator[Node]:
    """The expressions that are handed to something, what is handed to a call before the call itself."""
    for node in _handed(file):
        yield from _values_in(node)


def with_fallback(value: Node) -> Node:
    """A value with what is taken instead of nothing: `value ?? other`."""
    outer = value.parent
    while outer is not None and outer.type in {"binary_expression", "parenthesized_expression"}:
        operator = text_of(outer.child_by_field_name("operator"))
        if operator not in _FALLBACKS or (operator and value != outer.child_by_field_name("left")):
            break
        value, outer = outer, outer.parent
    return value


def named_in_line(value: Node) -> Node:
    """Where the compiler complains of what a property is given: at the value, or at its name in a line above."""
    outer = with_fallback(value).parent
    key = outer.child_by_field_name("key") if outer is not None and outer.type == "pair" else None
    return key if key is not None and key.start_point.row < value.start_point.row else value


def _handed(file: FileContext) -> Iterator[Node]:
    for call in sorted(file.source.nodes("call_expression", "new_expression"), key=lambda each: each.end_byte):
        yield from call_arguments(call)
    for node in file.source.nodes("pair", "variable_declarator", "public_field_definition", "assignment_expression"):
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        if value is not None:
            yield value
    yield from file.source.nodes("shorthand_property_identifier")
    for node in file.source.nodes("spread_element", "array", "jsx_expression", "return_statement", "yield_expression"):
        yield from node.named_children
    for function in file.source.nodes("arrow_function"):
        if (body := function.child_by_field_name("body")) is not None:
            yield body


def _values_in(node: Node) -> Iterator[Node]:
    """The expressions whose value another one can have: itself, or the sides of a condition or fallback."""
    if node.type in _VALUES:
        yield node
    elif node.type == "parenthesized_expression":
        yield from (value for child in node.named_children for value in _values_in(child))
    elif node.type in _SIDES and text_of(node.child_by_field_name("operator")) in _FALLBACKS:
        sides = (node.child_by_field_name(name) for name in _SIDES[node.type])
        yield from (value for side in sides if side is not None for value in _values_in(side))


def receivers_of(member: Place, name: str, *, is_whole: bool = False) -> Iterator[Place]:
    """The members of that name in other written types to which values of a member's type are handed.

    Args:
        member: the member.
        name: its name.
        is_whole: whether also of those to which a value gets as a member of another one, with the whole.
    """
    shape = nearest(member.node, *_DECLARED)
    seen = {member.node.id}
    wanted_by = list(_arrivals(member.file, shape)) if shape is not None else []
    wanted_by += _arrivals_around(member.file, shape) if shape is not None and is_whole else []
    for wanted in wanted_by:
        for found in shape_members(wanted.file, wanted.node, name, _DEPTH):
            if found.node.id not in seen:
                seen.add(found.node.id)
                yield found


def bases_of(member: Place, name: str) -> Iterator[Place]:
    """The members of that name in the classes and interfaces that a member's class extends or implements."""
    owner = _owner_of(member)
    for base in _bases(owner) if owner is not None else ():
        yield from shape_members(base.file, base.node, name, _DEPTH)


def is_promised(member: Place, promise: Node) -> bool:
    """Whether the class of a member is a declared class or interface, or extends or implements it by way of others.

    What is in no class may be anything.
    """
    owner = _owner_of(member)
    if owner is None or promise.type not in _DECLARED:
        return True
    waiting, seen = [owner], set[int]()
    while waiting:
        place = waiting.pop()
        if place.node == promise:
            return True
        if place.node.id not in seen:
            seen.add(place.node.id)
            waiting += _bases(place)
    return False


def _owner_of(member: Place) -> Place | None:
    """The class that a member is in."""
    owner = nearest(member.node, *_DECLARED)
    return Place(member.file, owner) if owner is not None else None


def _bases(declaration: Place) -> list[Place]:
    """The classes and interfaces that a class or interface itself says that it extends or implements."""
    parts = declaration.node.named_children
    clauses = [clause for part in parts if part.type == "class_heritage" for clause in part.named_children]
    clauses += [part for part in parts if part.type == "extends_type_clause"]
    found = [_declared(declaration.file, base) for clause in clauses for base in clause.named_children]
    found += [each.place for each in bases_of_class(declaration)]
    return [place for place in found if place is not None]


def _declared(file: FileContext, base: Node) -> Place | None:
    """The type behind `implements`, or behind the `extends` of an interface."""
    found = file.types.read(base)
    return found.place if found is not None and found.what in WRITTEN else None


def _arrivals(home: FileContext, shape: Node) -> Iterator[Place]:
    """The written types that are wanted where a value of a written type is handed over."""
    project = home.project
    for path in sorted(project.users_of(home.source.path)):
        file = project.files[path]
        if file.arrivals is None:
            file.arrivals = {}
            for value in (*handed_values(file), *file.source.nodes("as_expression")):
                own = _declared_in(file.types.of(value))
                _note_arrival(file.arrivals, own, expected(file, value) if own else None)
            for _, given, wanted in handed_elements(file):
                _note_arrival(file.arrivals, _declared_in(given), wanted)
        yield from file.arrivals.get(shape.id, ())


def _arrivals_around(home: FileContext, shape: Node) -> Iterator[Place]:
    """The same for the value of a member, or its elements: the types of the members that it gets to with the whole."""
    annotation = next((each for each in ancestors(shape) if each.type not in _AROUND_ELEMENTS), None)
    holder = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    if holder is None or holder.type not in MEMBERS:
        return
    for other in receivers_of(Place(home, holder), key_of(holder), is_whole=True):
        yield from _written_in(other.file.types.of_member(other.node))


def _note_arrival(arrivals: dict[int, list[Place]], own: Iterable[Place], wanted: Type | None) -> None:
    for place in own if wanted is not None else ():
        given = arrivals.setdefault(place.node.id, [])
        given += (each for each in _written_in(wanted) if each.node != place.node)


def _declared_in(found: Type | None) -> list[Place]:
    """The object types, classes and interfaces that a type is made of."""
    return [each for each in _written_in(found) if each.node.type in _DECLARED]


def _written_in(found: Type | None) -> list[Place]:
    """The written types that a type is made of: it, or what an intersection adds to a record."""
    if found is None:
        return []
    own = [found.place] if found.place is not None and found.what in WRITTEN else []
    return [*own, *found.extras]
