"""Where a mutation of TanStack Query is begun: what it is given, its function gets.

`const add = useMutation({ mutationFn: (book) => api.post("/books", book) })`, and then `add.mutate({ authorId })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names, function_name, uses_in
from prisma_decouple.typescript.source.syntax import (
    function_around,
    is_function,
    last_name,
    text_of,
)
from prisma_decouple.typescript.types.libraries.results import mutator_of
from prisma_decouple.typescript.types.libraries.routers import MUTATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_MUTATION = "useMutation"
_DEPTH = 2


def beginnings_of(function: Place) -> Iterator[Place]:
    """What begins the mutations whose function is this one: the `add.mutate` of a page, wherever it stands.

    Args:
        function: the function.
    """
    for file, call in function.file.project.calls_of(_MUTATION):
        found = mutator_of(file.types, call)
        if found is not None and found.node == function.node:
            yield from _begun(Place(file, call), _DEPTH)


def _begun(mutation: Place, depth: int) -> Iterator[Place]:
    """What begins a mutation that a variable holds, or that a hook gives back to those who call it."""
    file, outer = mutation.file, mutation.node.parent
    if outer is not None and outer.type == "variable_declarator":
        yield from (Place(file, each) for each in _named(outer))
        return
    hook = outer if outer is not None and is_function(outer) else None
    hook = hook or (function_around(outer) if outer is not None and outer.type == "return_statement" else None)
    for each, call in file.project.calls_of(function_name(hook)) if hook is not None and depth else ():
        found = each.types.function_of(call)
        if found is not None and found.place is not None and found.place.node == hook:
            yield from _begun(Place(each, call), depth - 1)


def _named(declarator: Node) -> Iterator[Node]:
    """The `add.mutate` of a variable, and the names of what a pattern takes out: `const { mutate: add } = …`."""
    pattern, scope = pattern_of(declarator), function_around(declarator)
    for name in bound_names(pattern) if scope is not None else ():
        is_taken = pattern.type == "object_pattern" and (path_to(declarator, name) or [""])[-1] in MUTATES
        for use in uses_in(scope, name, declarator) if scope is not None else ():
            read = use.parent
            if is_taken and text_of(read) != text_of(pattern):
                yield use
            elif pattern.type == "identifier" and read is not None and last_name(read) in MUTATES:
                yield read
