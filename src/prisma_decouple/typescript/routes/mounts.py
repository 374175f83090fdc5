"""Under which paths routers are mounted: `app.use("/api/books", booksRouter)`, `app.register(books, { prefix })`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.urls import path_segments
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import PARAMETERS, find_binding
from prisma_decouple.typescript.source.syntax import call_arguments, callee, function_around, string_value, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MOUNTS = ("register", "route", "use")
_MAY_MOUNT = re.compile(r"\.(?:register|route|use)\(")
_DEPTH = 5


class Mounts:
    """What is mounted where in a code base."""

    def __init__(self) -> None:
        self._mounted: dict[int, list[tuple[Place, tuple[str, ...]]]] = {}

    def paths_of(self, router: Place, depth: int = _DEPTH) -> list[tuple[str, ...]]:
        """The segments that stand before the routes of a router; one empty path when nothing is known of it."""
        declared = _declared(router)
        mounted = self._mounts_of(declared.node) if declared is not None and depth else ()
        return [(*before, *own) for receiver, own in mounted for before in self.paths_of(receiver, depth - 1)] or [()]

    def _mounts_of(self, declared: Node) -> list[tuple[Place, tuple[str, ...]]]:
        """Where a router is mounted, or what a function gives back that makes it."""
        makers = (each for each in (declared, function_around(declared)) if each is not None)
        return next((self._mounted[each.id] for each in makers if each.id in self._mounted), [])

    def note(self, file: FileContext) -> None:
        """Note what a file mounts."""
        for call in file.source.called(*_MOUNTS) if _MAY_MOUNT.search(file.source.text) else ():
            receiver, _ = callee(call)
            values = call_arguments(call)
            if receiver is None or not values:
                continue
            path = _path(file, values)
            for value in values:
                mounted = _declared(Place(file, value))
                if mounted is not None and path:
                    self._mounted.setdefault(mounted.node.id, []).append((Place(file, receiver), path))


def _path(file: FileContext, values: list[Node]) -> tuple[str, ...]:
    """The path of a mount: the first argument, or the prefix in its options."""
    written = values[0] if values[0].type in {"string", "template_string"} else None
    if written is None and values[-1].type == "object":
        written = property_value(values[-1], "prefix")
    return path_segments(Place(file, written)) if written is not None else ()


def _declared(place: Place) -> Place | None:
    """What declares a router: a variable, or the function that it is a parameter of; of a call the function called."""
    node, file = place.node, place.file
    if node.type == "call_expression":
        receiver, name = callee(node)
        if name == "routes" and receiver is not None:  # of Koa's router
            return _declared(Place(file, receiver))
        function = file.types.function_of(node)
        return function.place if function is not None else None
    if node.type not in {"identifier", "member_expression"} or string_value(node):
        return None
    binding = find_binding(node, text_of(node)) if node.type == "identifier" else None
    if binding is not None and (binding.type in PARAMETERS or binding.type == "identifier"):
        function_node = function_around(binding)
        return Place(file, function_node) if function_node is not None else None
    if node.type == "member_expression":
        found = file.types.of(node)
        return found.place if found is not None else None
    symbol = file.project.lookup(file, node, text_of(node))
    return Place(*symbol) if isinstance(symbol, Symbol) else None
