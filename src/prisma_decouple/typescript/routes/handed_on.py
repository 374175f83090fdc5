"""Who gets what a function asks a route for: `async function books() { return (await api.get("/books")).data; }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.spent import outermost, uses_spent
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import function_name
from prisma_decouple.typescript.source.syntax import function_around, is_function, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_FAR = 4
_NAMES = ("identifier", "shorthand_property_identifier")
_OF_MODULES = frozenset({"export_specifier", "import_clause", "import_specifier", "namespace_import"})


def receivers(call: Place, depth: int = _FAR) -> list[Place]:
    """The calls that get what a call gets, by way of functions that give it back.

    Args:
        call: that asks a route, or a function that does.
        depth: how many functions are followed.

    Returns:
        The call itself where something else becomes of it, or nobody is seen who gets it; functions that are handed
        on by their names.
    """
    ends = list(_ends(call.node))
    callers = [each for end in ends if end is not None and depth for each in _uses(Place(call.file, end))]
    found = {}
    for caller in callers:
        further = receivers(caller, depth - 1) if caller.node.type == "call_expression" else [caller]
        found.update({(each.file.source.path, each.node.id): each for each in further})
    return [*found.values(), *([call] if None in ends or not callers else [])]


def _ends(value: Node) -> Iterator[Node | None]:
    """The functions that give back a value, or what it holds; None for each place where it goes elsewhere."""
    for use in uses_spent(value):
        node = outermost(use)
        outer = node.parent
        if outer is not None and outer.type == "return_statement":
            yield function_around(outer)
        elif outer is not None and is_function(outer) and outer.child_by_field_name("body") == node:
            yield outer
        else:
            yield None


def _uses(function: Place) -> Iterator[Place]:
    """The calls of a function, and where it is handed on by its name; not those of tests."""
    name, path = function_name(function.node), function.file.source.path
    project = function.file.project
    users = [each for each in project.speaking_of(name) if each.source.path in project.users_of(path)] if name else []
    for file in (each for each in users if not is_test(each.source.path)):
        for call in file.source.calls.get(name, ()):
            found = file.types.function_of(call)
            if found is None or found.place is None or found.place.node == function.node:
                yield Place(file, call)
        yield from (Place(file, each) for each in file.source.nodes(*_NAMES) if _is_handed(each, name))


def _is_handed(node: Node, name: str) -> bool:
    """Whether a function is handed on by its name, neither called, declared nor imported."""
    outer = node.parent
    if text_of(node) != name or outer is None or outer.type in _OF_MODULES or is_function(outer):
        return False
    is_declared = outer.type == "variable_declarator" and outer.child_by_field_name("name") == node
    return not is_declared and outer.child_by_field_name("function") != node
