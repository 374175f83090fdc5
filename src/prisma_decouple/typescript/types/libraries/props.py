"""What components and pages are given, as the types of React and Next.js say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.types.contexts import told_parameter
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types


def props(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a component takes: `React.ComponentProps<typeof Row>`."""
    found = types.read(arguments[0], depth)
    if found is None or found.what is not What.FUNCTION or found.place is None:
        return None
    taken, own = parameters(found.place.node), found.place.file.types
    written = own.read(taken[0].child_by_field_name("type"), depth) if taken else None
    return written or told_parameter(own, found.place.node, 0, depth)


def page_props(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a page is given: `InferGetServerSidePropsType<typeof getServerSideProps>`."""
    found = types.read(arguments[0], depth)
    if found is not None and found.what is What.TAKER:
        made = bound_to(found, RESULT)
        return types.property(made, "props", depth) if made is not None else None
    place = found.place if found is not None and found.what is What.FUNCTION else None
    own = place.file.types if place is not None else types
    made_there = (own.of(value, depth) for value in (returned_values(place.node) if place is not None else ()))
    return next(filter(None, (own.property(each, "props", depth) for each in made_there if each is not None)), None)
