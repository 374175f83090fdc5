"""What functions of libraries give that do something around a function and give back what it does.

`await step.run("load", async () => find(id))`, `await pRetry(() => find(id))`, `await cachified({ getFreshValue })`:
nobody lists them all: whoever is waited for, and is given one function that gives something, gives that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    call_given,
    callee,
    is_function,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.typed import Type, What, listed

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

# What makes something else of what its function gives: hooks, and what asks each element of a list.
_MAKES_MORE = re.compile(
    r"use[A-Z]|(?:all|any|each|every|filter|find|for|group|iter|max|min|sort|some|sum|then)", re.IGNORECASE
)
_MAPS = re.compile(r"map(?![a-z])", re.IGNORECASE)
# Under which options have the function, and the promises of which several are waited for.
_IN_OPTIONS = frozenset({"factory", "fn", "getFreshValue", "operation", "task"})
_WAITS = frozenset({"arrow_function", "await_expression", "return_statement"})
_GIVEN = frozenset({What.KEY, What.RECORD, What.SHAPE})


def of_handed_function(types: Types, call: Node, depth: int) -> Type | None:
    """What is waited for is that calls a function that is written where it is handed over.

    Args:
        types: of the file.
        call: the call of what is no function of the code base.
        depth: how far declarations are followed.
    """
    method = callee(call)[1] or text_of(call.child_by_field_name("function"))
    if _MAKES_MORE.match(method) or not _is_waited_for(call):
        return None
    given = call_arguments(call)
    functions = [each for each in given if is_function(each)] or [each for one in given for each in _in_options(one)]
    if len(functions) != 1:
        waited = [each for each in given if not functions and _is_query(types, each, depth)]
        return types.of(waited[0], depth - 1) if len(waited) == 1 else None
    function = functions[0]
    is_mapped = _MAPS.search(method) is not None
    is_asynchronous = text_of(function).startswith("async")
    if parameters(function) and not (is_mapped or is_asynchronous):
        return None
    found = types.returned(Type(What.FUNCTION, place=Place(types.file, function)), depth - 1)
    if found is None or found.what not in _GIVEN:
        return None
    return listed(found) if is_mapped else found


def _in_options(given: Node) -> list[Node]:
    """The function among the options that something is called with."""
    literal = unwrapped(given)
    values = properties(literal) if literal.type == "object" else ()
    return [value for name, value in values if name in _IN_OPTIONS and is_function(value)]


def _is_query(types: Types, given: Node, depth: int) -> bool:
    """Whether a promise is handed over that a query gives: `pTimeout(prisma.book.findMany(), options)`."""
    found = types.of(given, depth - 1) if callee(given)[1] in METHODS else None
    return found is not None and found.what is What.RECORD


def _is_waited_for(call: Node) -> bool:
    """Whether what a call gives is waited for, there or by whoever is given it back, or by `Promise.all`."""
    outer = parenthesized(call).parent
    if outer is not None and outer.type == "array":
        around = call_given(outer)
        return around is not None and text_of(callee(around)[0]) == "Promise"
    return outer is not None and outer.type in _WAITS
