"""Names looked up from the inside out, each only once for all that stands inside a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import FUNCTIONS, parent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default", "class_static_block"})
_SCOPES = BLOCKS | {"for_in_statement", "for_statement", *FUNCTIONS}
_REMEMBERED = 1 << 16


class Names:
    """What names stand for where they are used.

    Code that is nested a thousand times asks a thousand scopes for every name; what one has found holds for all.
    """

    def __init__(self, declared: Callable[[Node], Mapping[str, Node]]) -> None:
        """`declared` tells what a scope itself declares; of a name that is there twice, the first."""
        self._declared = declared
        self._known: dict[tuple[Node, str], Node | None] = {}

    def find(self, node: Node, name: str) -> Node | None:
        """What the nearest scope around a node that declares a name has under it."""
        scope = _scope_around(node)
        if scope is None:
            return None
        key = (scope, name)
        return self._known[key] if key in self._known else self._search(scope, name)

    def _search(self, scope: Node | None, name: str) -> Node | None:
        passed: list[tuple[Node, str]] = []
        found: Node | None = None
        while scope is not None and found is None:
            if (scope, name) in self._known:
                found = self._known[scope, name]
                break
            passed.append((scope, name))
            found, scope = self._declared(scope).get(name), _scope_around(scope)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(dict.fromkeys(passed, found))
        return found


# The scope around every node that was passed on the way to one.
_SCOPES_AROUND: dict[Node, Node | None] = {}


def _scope_around(node: Node) -> Node | None:
    if node in _SCOPES_AROUND:
        return _SCOPES_AROUND[node]
    passed = [node]
    while (scope := parent_of(passed[-1])) is not None and scope.type not in _SCOPES:
        if scope in _SCOPES_AROUND:
            scope = _SCOPES_AROUND[scope]
            break
        passed.append(scope)
    if len(_SCOPES_AROUND) > _REMEMBERED:
        _SCOPES_AROUND.clear()
    _SCOPES_AROUND.update(dict.fromkeys(passed, scope))
    return scope
