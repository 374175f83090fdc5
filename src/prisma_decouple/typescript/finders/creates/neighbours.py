"""Types and schemas that a record's old key comes from, where they have the new key only optionally, or not at all.

`create({ data: { authorId: input.authorId } })`: the new `shelfId` belongs beside `authorId` in the type of `input`,
and if that has a `shelfId?: number` already, nobody may leave it out any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import Lacking
from prisma_decouple.typescript.edits.supply import owners_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.types.libraries.validators import OBJECT
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import WRITTEN, fits
from prisma_decouple.typescript.types.written.members import shape_members
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 8


def note_neighbours(
    file: FileContext,
    given: Mapping[str, Node],
    relation: RequiredRelation,
    sent: Confidence | None = Confidence.LIKELY,
    wholes: Iterable[Node] = (),
) -> None:
    """Note the members for the new key that may be missing beside the old key, and the schemas that lack it.

    Args:
        file: the file of the call; the findings are filled.
        given: what the call gives, by name.
        relation: what the record needs.
        sent: how sure it is that who sends what a schema lets in has to give it; None when there is something else.
        wholes: what is spread into the data.
    """
    keys = {key for each in file.facts.optional_of(relation.model) for key in each.foreign_keys}
    kinds = dict(zip(relation.foreign_keys, relation.scalar_types, strict=True))
    beside = sorted(keys & given.keys())
    owners = [each for key in beside or given for each in owners_of(given[key])]
    for owner in dict.fromkeys(owners if beside else [*owners, *wholes]):
        found = file.types.of(owner)
        if found is not None and found.said_by is not None and sent is not None:
            _note_schema(found, relation, sent)
        shape = found.place if found is not None and found.what in WRITTEN else None
        for name, kind in kinds.items() if shape is not None else ():
            for member in shape_members(shape.file, shape.node, name, _DEPTH) if shape is not None else ():
                if fits(member.file.types.of_member(member.node), kind) is False:
                    needed = f"{with_article(relation.model, 'A')} needs a `{name}` now, a {kind}."
                    why = f"{needed} If this is meant to be it, it must always be given."
                    member.file.hint(member.node, Kind.TYPE, Confidence.UNSURE, why)


def _note_schema(checked: Type, relation: RequiredRelation, sent: Confidence) -> None:
    """Note that a schema of a validator lets in what a record is made of, and not the new key."""
    schema, names = checked.said_by, dict(checked.bound)
    is_lacking = checked.field == OBJECT and not names.keys() & {relation.field, *relation.foreign_keys}
    if schema is None or not is_lacking or schema.file.is_told(schema.node, Kind.TYPE):
        return
    keys, made = name_list(relation.foreign_keys), with_article(relation.model)
    why = f"What this lets in becomes {made}, which needs {keys} now: let it in, unless it comes from elsewhere."
    schema.file.hint(schema.node, Kind.TYPE, Confidence.UNSURE, why)
    lacking = Lacking(relation.model, relation.foreign_keys, sent)
    schema.file.findings.lacking_schemas.setdefault(place_key(schema), lacking)
