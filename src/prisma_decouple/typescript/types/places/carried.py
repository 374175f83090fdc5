"""Where the value of an expression turns up again: by the name of a variable, or where a function is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import function_name, uses_of_variable
from prisma_decouple.typescript.source.syntax import call_given, callee, function_around, text_of
from prisma_decouple.typescript.types.places.slots import is_component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_GIVING_BACK = frozenset({"arrow_function", "return_statement"})
# Callbacks of arrays that may give anything back.
_JUDGES = frozenset({"every", "filter", "find", "findIndex", "findLast", "forEach", "some"})
# What their callback gives back is an order, and no part of what they give.
_SORTS = frozenset({"sort", "toSorted"})
_SPECIFIERS = frozenset({"export_specifier", "import_clause", "import_specifier"})


def carried(file: FileContext, node: Node) -> list[Place] | None:
    """The expressions that have the value of another one because of where this stands.

    Args:
        file: the file.
        node: the expression.

    Returns:
        The uses of the variable that is given it, or the calls of the function that gives it back; None when it is
        neither, or when not all of them can be seen.
    """
    outer = node.parent
    if outer is None:
        return None
    if outer.type == "variable_declarator":
        return _by_name(file, outer)
    if outer.type in _GIVING_BACK:
        function = function_around(node)
        return _by_call(file, function) if function is not None else None
    return None


def calls_of(file: FileContext, function: Node) -> Iterator[Place]:
    """The calls of a function, in whatever file; not those of another one with the same name.

    Args:
        file: the file with the function.
        function: the function.
    """
    name = function_name(function)
    for there, call in file.project.calls_of(name) if name else ():
        found = there.types.function_of(call)
        if found is not None and found.place is not None and found.place.node == function:
            yield Place(there, call)


def mentions_of(file: FileContext, function: Node) -> Iterator[Place]:
    """Where a function is handed on by its name, in whatever file: `books.map(toTitle)`, `action={save}`.

    Args:
        file: the file with the function.
        function: the function.
    """
    name = function_name(function)
    return _mentions(file, function, name) if name else iter(())


def _by_name(file: FileContext, declarator: Node) -> list[Place] | None:
    target = declarator.child_by_field_name("name")
    if target is None or target.type != "identifier":
        return None
    return [Place(file, use) for use in uses_of_variable(declarator)]


def _by_call(file: FileContext, function: Node) -> list[Place] | None:
    if function.parent is not None and function.parent.type == "arguments":
        return _handed(Place(file, function))
    if is_component(file, function):
        return []  # of null it shows nothing
    name = function_name(function)
    calls = file.project.calls_of(name) if name else []
    handed = [_handed(each) for each in _mentions(file, function, name)] if calls else []
    if not calls or None in handed:
        return None
    return [*(Place(*each) for each in calls), *(place for each in handed for place in each or ())]


def _handed(callback: Place) -> list[Place] | None:
    """The call that a function is handed to, if it makes something of what that gives back."""
    arguments = callback.node.parent
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    if call is None:
        return None
    is_elsewhere = is_judged(callback.file, call) or callee(call)[1] in _SORTS
    return [] if is_elsewhere else [Place(callback.file, call)]


def is_order(node: Node) -> bool:
    """Whether an expression is what the callback of a sort gives back: a number, always."""
    outer = node.parent
    function = function_around(node) if outer is not None and outer.type in _GIVING_BACK else None
    call = call_given(function) if function is not None else None
    return call is not None and callee(call)[1] in _SORTS


def is_judged(file: FileContext, call: Node) -> bool:
    """Whether a method of a list only asks what its callback gives; functions of libraries may want a boolean."""
    receiver, method = callee(call)
    return method in _JUDGES and receiver is not None and text_of(receiver) not in file.imported


def _mentions(home: FileContext, function: Node, name: str) -> Iterator[Place]:
    """Where a function is handed on by its name: `books.map(toTitle)`."""
    declared = {function, function.parent}
    for file in home.project.speaking_of(name):
        for node in file.source.nodes("identifier"):
            outer = node.parent
            if text_of(node) != name or outer is None or outer.type in _SPECIFIERS:
                continue
            is_called = node == outer.child_by_field_name("function") or node == outer.child_by_field_name("name")
            found = file.project.lookup(file, node, name) if not is_called else None
            if isinstance(found, Symbol) and found.node in declared:
                yield Place(file, node)
