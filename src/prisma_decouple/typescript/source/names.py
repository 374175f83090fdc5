"""Names looked up from the inside out, each only once for all that stands inside a scope."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import FUNCTIONS, ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default", "class_static_block"})
_SCOPES = BLOCKS | {"for_in_statement", *FUNCTIONS}
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
        passed: list[tuple[Node, str]] = []
        scope, found = _scope_around(node), None
        while scope is not None and found is None:
            if (scope, name) in self._known:
                found = self._known[scope, name]
                break
            passed.append((scope, name))
            found, scope = self._declared(scope).get(name), _outer_scope(scope)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._known.update(dict.fromkeys(passed, found))
        return found


def _scope_around(node: Node) -> Node | None:
    return next((each for each in ancestors(node) if each.type in _SCOPES), None)


@lru_cache(maxsize=_REMEMBERED)
def _outer_scope(scope: Node) -> Node | None:
    return _scope_around(scope)
