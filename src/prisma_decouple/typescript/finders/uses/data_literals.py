"""The literals that become the data of a record without standing in its create: `create({ data: bookOf(draft) })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.elements import is_element
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import unwrapped
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def literals_of_data(file: FileContext, data: Node) -> list[Place]:
    """The literals of which the code base makes the data of a record, in this file or in another one.

    Args:
        file: the file.
        data: the data, where it is no literal.

    Returns:
        Nothing when anything else may become the data; for the element of a list, `create({ data: each })`, all its
        literals.
    """
    found = file.types.of(data)
    place = found.place if found is not None and found.what in {What.CLASS, What.SHAPE} else None
    if place is None:
        return []
    if place.node.type != "object":
        return _given_back(file, data)
    listed = place.node.parent
    if listed is None or listed.type != "array" or not is_element(unwrapped(data)):
        return [place]
    return [Place(place.file, each) for each in listed.named_children if each.type == "object"]


def _given_back(file: FileContext, data: Node) -> list[Place]:
    """The literals that a function gives back whose type is written, when it gives back nothing else."""
    call = unwrapped(data)
    function = file.types.function_of(call) if call.type == "call_expression" else None
    place = function.place if function is not None else None
    values = [unwrapped(each) for each in returned_values(place.node)] if place is not None else []
    is_seen = all(each.type == "object" for each in values)
    return [Place(place.file, each) for each in values] if place is not None and is_seen else []
