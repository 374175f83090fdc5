"""What the type parameter of a component or a function is where its callbacks are given, by what is given beside them.

`<Table rows={books} cell={(book) => book.title} />`, `table({ rows: books, cell: (book) => book.title })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, is_function, text_of
from prisma_decouple.typescript.types.places.declared import given_to_component, wanted_property
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What, element
from prisma_decouple.typescript.types.written.generics import type_parameters
from prisma_decouple.typescript.types.written.given_types import given_types
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ELEMENTS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})


def given_beside(file: FileContext, function: Node, parameter: str, depth: int) -> Type | None:
    """What a type parameter stands for where a callback is given.

    Args:
        file: the file.
        function: the callback.
        parameter: the type parameter, in the words of the function or component that is given it.
        depth: how far declarations are followed.
    """
    for outer in ancestors(function):
        if is_function(outer):
            return None
        generic = _generic(file, outer)
        if generic is None or generic.place is None or parameter not in type_parameters(generic.place.node):
            continue
        written = outer.child_by_field_name("type_arguments")
        if written is not None:
            index = type_parameters(generic.place.node).index(parameter)
            listed = written.named_children
            return file.types.read(listed[index], depth - 1) if index < len(listed) else None
        given = given_types(file.types, outer, generic, depth - 1) if outer.type == "call_expression" else ()
        if (found := next((each for name, each in given if name == parameter), None)) is not None:
            return found
        for owner, name, value in _given(file, outer):
            found = _stands_for(file, _wanted(file, owner, name, depth), parameter, value, depth)
            if found is not None:
                return found
    return None


def _stands_for(file: FileContext, wanted: Type | None, parameter: str, value: Node, depth: int) -> Type | None:
    """What a type parameter is where a value is given to what is of its type, a list of it, or makes it of nothing."""
    found = file.types.of(value, depth - 1) if wanted is not None else None
    if is_function(value):
        is_told = wanted is not None and wanted.what is What.FUNCTION and not parameters(value)
        wanted = file.types.returned(wanted, depth - 1) if wanted is not None and is_told else None
        found = file.types.returned(found, depth - 1) if wanted is not None and found is not None else None
    if wanted is None or found is None or wanted.parameter != parameter or (wanted.is_list and not found.is_list):
        return None
    return element(found) if wanted.is_list else found


def _wanted(file: FileContext, owner: Type, name: str, depth: int) -> Type | None:
    """What an object type says of a property, a bare type parameter as well."""
    found = wanted_property(file, owner, name)
    if found is not None or owner.what is not What.SHAPE or owner.place is None:
        return found
    member = next(shape_members(owner.place.file, owner.place.node, name, depth), None)
    return member.file.types.read(member.node.child_by_field_name("type"), depth) if member is not None else None


def _generic(file: FileContext, outer: Node) -> Type | None:
    """The function that is called, the class that is made, or the component of an element."""
    if outer.type == "call_expression":
        return file.types.function_of(outer)
    if outer.type == "new_expression":
        return file.types.of(outer)
    name = outer.child_by_field_name("name") if outer.type in _ELEMENTS else None
    found = file.types.of(name) if name is not None else None
    return found if found is not None and found.what is What.FUNCTION else None


def _given(file: FileContext, outer: Node) -> Iterator[tuple[Type, str, Node]]:
    """What is given to a component, or to a function in an object, by its names; with what is wanted as a whole."""
    if outer.type in _ELEMENTS:
        for attribute in (each for each in outer.named_children if each.type == "jsx_attribute"):
            owner, value = given_to_component(file, attribute), attribute.named_children[-1]
            if owner is not None and value.type == "jsx_expression" and value.named_children:
                yield owner, text_of(attribute.named_children[0]), value.named_children[0]
        return
    for literal in (each for each in call_arguments(outer) if each.type == "object"):
        owner = expected(file, literal)
        for name, value in properties(literal) if owner is not None else ():
            if owner is not None:
                yield owner, name, value
