"""Functions that are given the elements of a list, or what was waited for, by their names, or say what they are given.

`rows.map(toTitle)`, `load().then(setRows)`, `rows.map((row: Row) => row.title)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function
from prisma_decouple.typescript.source.vocabulary import ELEMENT_PARAMETERS
from prisma_decouple.typescript.types.contexts import given_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_THEN = "then"
_DEPTH = 4


def handed_elements(file: FileContext) -> Iterator[tuple[Node, Type, Type]]:
    """The functions that are given to a list's method, or to `then`, by name, what they get, and what they take."""
    for call in file.source.called(*ELEMENT_PARAMETERS, _THEN):
        receiver, method = callee(call)
        callback = next(iter(call_arguments(call)), None)
        if receiver is None or callback is None:
            continue
        if is_function(callback):
            yield from _written_element(file, receiver, method, callback) if method != _THEN else ()
            continue
        owner, function = file.types.of(receiver), file.types.of(callback)
        wanted = given_to(function, _place_of(method), _DEPTH)
        if owner is not None and wanted is not None and (owner.is_list or method == _THEN):
            yield callback, owner, wanted


def _place_of(method: str) -> int:
    """Which parameter of a callback gets an element, or what was waited for."""
    return min(ELEMENT_PARAMETERS.get(method, (0,)))


def _written_element(
    file: FileContext, receiver: Node, method: str, callback: Node
) -> Iterator[tuple[Node, Type, Type]]:
    """The same for a function that is written there, and says what it is given: `rows.map((row: Row) => ...)`."""
    place, taken = _place_of(method), parameters(callback)
    written = taken[place].child_by_field_name("type") if place < len(taken) else None
    wanted = file.types.read(written) if written is not None else None
    owner = file.types.of(receiver) if wanted is not None else None
    if owner is not None and owner.is_list and wanted is not None:
        yield callback.child_by_field_name("parameters") or callback, owner, wanted
