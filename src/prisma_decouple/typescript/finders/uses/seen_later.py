"""What TypeScript minds once something else is mended: `name: book.author.name` is a text for it until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.places.misfits import Misfit


def note_seen(file: FileContext, node: Node, value: Node, unfit: Iterable[Misfit]) -> None:
    """Keep that TypeScript knows of what a value is made, and minds what is absent in it once that is mended.

    Args:
        file: of a project that knows its routes, else nothing is kept; its findings are filled.
        node: the place of the hint.
        value: what does not fit.
        unfit: what may be absent in it.
    """
    unfit = list(unfit)
    requests = file.project.requests
    if requests is None:
        return
    read = [_read_for(Place(file, value), each.path) for each in unfit]
    if all(each is not None and not requests.is_untyped(each) for each in read):
        line, column = file.source.position(node)
        file.findings.seen.add((file.source.path, line, column, Kind.FLOW))
        file.findings.seen_in |= {each.member.file.source.path for each in unfit if each.member is not None}


def _read_for(value: Place, path: Sequence[str]) -> Place | None:
    """What a value of literals has something read from, where these properties lead in it: the author of a book."""
    types = value.file.types
    found = types.of(value.node)
    for name in path[:-1]:
        found = types.property(replace(found, is_list=False), name) if found is not None else None
    literal = found.literal if found is not None else None
    made = property_value(literal.node, path[-1]) if literal is not None else None
    owner = made.child_by_field_name("object") if made is not None else None
    return Place(literal.file, owner) if literal is not None and owner is not None else None
