"""Relations that are asked for as methods of a query: `prisma.book.findUnique(...).author(...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments, callee
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types


def fluent_target(file: FileContext, call: Node) -> str | None:
    """The model to which a call leads that asks for a relation of what a query gives; None when it does not.

    Args:
        file: the file.
        call: the call.
    """
    receiver, method = callee(call)
    owner = file.types.of(receiver) if receiver is not None else None
    is_single = owner is not None and owner.what is What.RECORD and not owner.is_list
    return file.facts.target_of(owner.model, method) if owner is not None and is_single else None


def fluent_result(types: Types, call: Node, owner: Type, method: str, depth: int) -> Type | None:
    """What such a call gives back: the record behind the relation, of which its own options say what is loaded.

    Args:
        types: of the file of the call.
        call: the call.
        owner: what the query gives.
        method: the relation.
        depth: how far declarations are followed.
    """
    found = types.property(owner, method, depth)
    options = next(iter(call_arguments(call)), None)
    place = Place(types.file, options) if options is not None and options.type == "object" else None
    return replace(found, place=place) if found is not None else None
