"""The member for a new key that the type of an input has already, beside the key that its neighbour comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.supply import owners_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.types.annotations import shape_members
from prisma_decouple.typescript.types.typed import What, fits
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import RequiredRelation

_DEPTH = 8
_WRITTEN = frozenset({What.CLASS, What.SHAPE})


def note_neighbours(file: FileContext, given: Mapping[str, Node], relation: RequiredRelation) -> None:
    """Note that what a type lets in, and lets be missing, is what a record needs now.

    Args:
        file: the file of the call; the findings are filled.
        given: what the call gives, by name.
        relation: what the record needs.
    """
    keys = {key for each in file.facts.optional_of(relation.model) for key in each.foreign_keys}
    kinds = dict(zip(relation.foreign_keys, relation.scalar_types, strict=True))
    for owner in (each for key in sorted(keys & given.keys()) for each in owners_of(given[key])):
        found = file.types.of(owner)
        shape = found.place if found is not None and found.what in _WRITTEN else None
        for name, kind in kinds.items() if shape is not None else ():
            for member in shape_members(shape.file, shape.node, name, _DEPTH) if shape is not None else ():
                if fits(member.file.types.of_member(member.node), kind) is False:
                    needed = f"{with_article(relation.model, 'A')} needs a `{name}` now, a {kind}."
                    why = f"{needed} If this is it, nobody may leave it out."
                    member.file.hint(member.node, Kind.TYPE, Confidence.UNSURE, why)
