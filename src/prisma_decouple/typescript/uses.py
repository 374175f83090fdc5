"""Where the value of a parameter, or of a member of a written type, is used by the functions that receive it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.expectations import expected
from prisma_decouple.typescript.guards import is_checked
from prisma_decouple.typescript.patterns import pattern_of
from prisma_decouple.typescript.scopes import bound_names, find_binding, parameters
from prisma_decouple.typescript.syntax import FUNCTIONS, ancestors, callee, descendants, is_function, key_of, text_of
from prisma_decouple.typescript.typed import Place, What
from prisma_decouple.typescript.vocabulary import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_TYPES = frozenset({"interface_declaration", "object_type", "class_declaration"})
_NAMES = ("identifier", "shorthand_property_identifier")


def uses_that_refuse_null(file: FileContext, node: Node, name: str) -> list[Place]:
    """The uses of a key that would not compile, or not work, if it were null.

    Args:
        file: the file.
        node: the parameter, or the member of a written type, that has the key.
        name: the key.
    """
    return [
        use for use in _uses(file, node, name) if not is_checked(use.node, text_of(use.node)) and refuses(use, name)
    ]


def refuses(use: Place, name: str) -> bool:
    """Whether the place of a key wants something that is never null."""
    if selects_target(use.file, use.node, name):
        return True
    wanted = expected(use.file, use.node)
    return wanted is not None and wanted.what is What.VALUE and not wanted.is_nullable and wanted.place is not None


def selects_target(file: FileContext, value: Node, key: str) -> bool:
    """Whether a key selects the record that it points to: `where: { id: key }`."""
    relations = [each for each in file.facts.optional if key in each.foreign_keys]
    holder = value if value.type == "shorthand_property_identifier" else value.parent
    if holder is None or not any(key_of(holder) in each.references for each in relations):
        return False
    where = next((each for each in ancestors(holder) if each.type == "pair"), None)
    call = next((each for each in ancestors(holder) if each.type == "call_expression"), None)
    if where is None or call is None or key_of(where) != "where":
        return False
    receiver, method = callee(call)
    model = file.delegates.model_of(receiver) if receiver is not None and method in METHODS else None
    return any(model == each.target for each in relations)


def _uses(file: FileContext, node: Node, name: str) -> Iterator[Place]:
    function = next((each for each in ancestors(node) if is_function(each)), None)
    if function is not None and node in parameters(function):
        yield from _names_in(file, function, node, name)
        return
    shape = next((each for each in ancestors(node) if each.type in _TYPES), None)
    if shape is not None:
        for reader, parameter in _readers(Place(file, shape)):
            yield from _uses_in(reader, parameter, name)


def _readers(shape: Place) -> Iterator[tuple[Place, Node]]:
    """The functions that receive a written type, with the parameter."""
    called = key_of(shape.node) or key_of(shape.node.parent or shape.node)
    is_inline = shape.node.type == "object_type" and (shape.node.parent is None or not called)
    files = (
        [shape.file]
        if is_inline
        else [each for each in shape.file.project.files.values() if called in each.source.words]
    )
    for file in files:
        for function in file.source.nodes(*FUNCTIONS):
            for parameter in parameters(function):
                found = file.types.read(parameter.child_by_field_name("type"))
                if found is not None and found.place is not None and found.place.node == shape.node:
                    yield Place(file, function), parameter


def _uses_in(function: Place, parameter: Node, name: str) -> Iterator[Place]:
    pattern = pattern_of(parameter)
    if pattern.type == "object_pattern":
        if name in bound_names(pattern):
            yield from _names_in(function.file, function.node, parameter, name)
        return
    owner = text_of(pattern)
    for node in descendants(function.node, "member_expression"):
        if text_of(node).replace("?.", ".") == f"{owner}.{name}":
            yield Place(function.file, node)


def _names_in(file: FileContext, function: Node, parameter: Node, name: str) -> Iterator[Place]:
    body = function.child_by_field_name("body")
    for kind in _NAMES:
        for node in descendants(body, kind) if body is not None else ():
            if text_of(node) == name and find_binding(node, name) == parameter:
                yield Place(file, node)
