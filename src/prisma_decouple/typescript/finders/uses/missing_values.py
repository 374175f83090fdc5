"""Values that are missing in a file whose functions are known: `body.authorId`, also inside of what it is handed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.missing import Missing
from prisma_decouple.typescript.source.questions import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def missing_in(file: FileContext, values: Iterable[str], *, is_key: bool = True) -> Missing:
    """A value that is missing.

    Args:
        file: in which it is called so.
        values: what it is called, names and property chains.
        is_key: whether nothing is found by it that is looked up; else it is of something that is there.
    """
    return Missing(frozenset(map(plain, values)), _FunctionsOf(file), is_key=is_key)


class _FunctionsOf:
    """What is known of the functions that a file calls.

    Args:
        file: the file.
    """

    def __init__(self, file: FileContext) -> None:
        self._file = file

    def called(self, call: Node) -> tuple[Node, _FunctionsOf] | None:
        """The function that a call calls, and what is known of those that its file calls; None when it is not seen."""
        found = self._file.types.function_of(call)
        place = found.place if found is not None else None
        return (place.node, _FunctionsOf(place.file)) if place is not None else None
