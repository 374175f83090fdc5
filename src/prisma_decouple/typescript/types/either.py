"""One of several types: what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Sequence


def either(found: Sequence[Type | None]) -> Type | None:
    """The record that something is, whichever of several types it has; None when they are not all records of one model.

    Args:
        found: the types, None for what cannot be told.
    """
    known = [each for each in found if each is not None and each.what is What.RECORD and not each.parameter]
    if not known or len(known) < len(found) or len({(each.model, each.is_list) for each in known}) > 1:
        return None
    extras = tuple(extra for each in known for extra in each.extras)
    nothing = frozenset[str]().union(*(each.nothing for each in known))
    return replace(known[0], extras=extras, is_nullable=any(each.is_nullable for each in known), nothing=nothing)
