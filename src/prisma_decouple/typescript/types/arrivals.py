"""The values that are handed to something, and the written types in which those of another written type arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import ancestors, call_arguments
from prisma_decouple.typescript.types.annotations import shape_members
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.source.project import Project

_DEPTH = 8
_VALUES = frozenset(
    {
        *("identifier", "member_expression", "non_null_expression", "shorthand_property_identifier"),
        *("await_expression", "call_expression"),
    }
)
_SHAPES = frozenset({What.SHAPE, What.CLASS})
_DECLARED = frozenset({"class_declaration", "interface_declaration", "object_type"})


def handed_values(file: FileContext) -> Iterator[Node]:
    """The expressions that are handed to something."""
    for call in file.source.nodes("call_expression", "new_expression"):
        yield from (each for each in call_arguments(call) if each.type in _VALUES)
    for node in file.source.nodes("pair", "variable_declarator", "public_field_definition", "assignment_expression"):
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        if value is not None and value.type in _VALUES:
            yield value
    yield from file.source.nodes("shorthand_property_identifier")
    for spread in file.source.nodes("spread_element"):
        yield from (child for child in spread.named_children if child.type in _VALUES)
    for array in file.source.nodes("array"):
        yield from (child for child in array.named_children if child.type in _VALUES)
    for expression in file.source.nodes("jsx_expression"):
        yield from (child for child in expression.named_children if child.type in _VALUES)
    for function in file.source.nodes("arrow_function"):
        body = function.child_by_field_name("body")
        if body is not None and body.type in _VALUES:
            yield body
    for statement in file.source.nodes("return_statement"):
        yield from (child for child in statement.named_children if child.type in _VALUES)


def receivers_of(member: Place, name: str) -> Iterator[Place]:
    """The members of that name in other written types to which values of a member's type are handed."""
    shape = next((each for each in ancestors(member.node) if each.type in _DECLARED), None)
    seen = {member.node.id}
    for wanted in _arrivals(member.file.project).get(shape.id, ()) if shape is not None else ():
        for found in shape_members(wanted.file, wanted.node, name, _DEPTH):
            if found.node.id not in seen:
                seen.add(found.node.id)
                yield found


def bases_of(member: Place, name: str) -> Iterator[Place]:
    """The members of that name in the classes and interfaces that a member's class extends or implements."""
    owner = next((each for each in ancestors(member.node) if each.type in _DECLARED), None)
    heritage = (child for child in owner.named_children if child.type == "class_heritage") if owner is not None else ()
    for base in (each for child in heritage for clause in child.named_children for each in clause.named_children):
        found = member.file.types.read(base)
        if found is not None and found.what in _SHAPES and found.place is not None:
            yield from shape_members(found.place.file, found.place.node, name, _DEPTH)


def _arrivals(project: Project) -> dict[int, list[Place]]:
    """The written types that are wanted where a value of a written type is handed over, by the node of the latter."""
    if project.arrivals is None:
        project.arrivals = {}
        for file in project.files.values():
            for value in handed_values(file):
                _note_arrival(project.arrivals, file, value)
    return project.arrivals


def _note_arrival(arrivals: dict[int, list[Place]], file: FileContext, value: Node) -> None:
    found = file.types.of(value)
    if found is None or found.what not in _SHAPES or found.place is None or found.place.node.type not in _DECLARED:
        return
    wanted = expected(file, value)
    if wanted is None or wanted.what not in _SHAPES or wanted.place is None or wanted.place.node == found.place.node:
        return
    arrivals.setdefault(found.place.node.id, []).append(wanted.place)
