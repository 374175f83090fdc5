"""Functions that are given the elements of a list by their names, or say themselves what they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function
from prisma_decouple.typescript.source.vocabulary import ELEMENT_PARAMETERS
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def handed_elements(file: FileContext) -> Iterator[tuple[Node, Type, Type]]:
    """The functions that are given to a list's method by their names, what they get, and what they take."""
    for call in file.source.called(*ELEMENT_PARAMETERS):
        receiver, method = callee(call)
        callback = next(iter(call_arguments(call)), None)
        if receiver is None or callback is None:
            continue
        if is_function(callback):
            yield from _written_element(file, receiver, method, callback)
            continue
        owner, function = file.types.of(receiver), file.types.of(callback)
        place = function.place if function is not None and function.what is What.FUNCTION else None
        taken = parameters(place.node) if place is not None else []
        index = min(ELEMENT_PARAMETERS[method])
        written = taken[index].child_by_field_name("type") if index < len(taken) else None
        wanted = place.file.types.read(written) if place is not None and written is not None else None
        if owner is not None and owner.is_list and wanted is not None:
            yield callback, owner, wanted


def _written_element(
    file: FileContext, receiver: Node, method: str, callback: Node
) -> Iterator[tuple[Node, Type, Type]]:
    """The same for a function that is written there, and says what it is given: `rows.map((row: Row) => ...)`."""
    place, taken = min(ELEMENT_PARAMETERS[method]), parameters(callback)
    written = taken[place].child_by_field_name("type") if place < len(taken) else None
    wanted = file.types.read(written) if written is not None else None
    owner = file.types.of(receiver) if wanted is not None else None
    if owner is not None and owner.is_list and wanted is not None:
        yield callback.child_by_field_name("parameters") or callback, owner, wanted
