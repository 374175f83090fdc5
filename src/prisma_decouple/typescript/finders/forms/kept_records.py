"""What a page keeps until it sends the key: `interface Line { author: Author }`, `{ authorId: line.author.id }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import READS, key_of, last_name, owner_of_read, unwrapped
from prisma_decouple.typescript.types.places.uses import members_read
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from prisma_decouple.typescript.source.place import Place


def note_kept_record(value: Place, meant: tuple[str, str]) -> None:
    """Note the member of a written type that always has the record whose key is sent.

    Args:
        value: the key that is sent.
        meant: the model that may be made without it now, and the key that is.
    """
    file, read = value.file, unwrapped(held_by(value.node) or value.node)
    relation = next((each for each in file.facts.optional_by_key(meant[1]) if each.model == meant[0]), None)
    owner = owner_of_read(read) if read.type in READS else None
    if relation is None or owner is None or owner.type not in READS or last_name(read) not in relation.references:
        return
    found = file.types.of(owner)
    is_record = found is not None and found.what is What.RECORD and found.model == relation.target
    is_like = found is not None and found.what is What.SHAPE and last_name(owner) == relation.field
    if found is None or found.is_nullable or found.is_list or not (is_record or is_like):
        return
    for member in members_read(file, owner):
        if not member.file.is_told(member.node):
            why = (
                f"What is kept here always has `{key_of(member.node)}`, whose key becomes the `{meant[1]}` of "
                f"{with_article(meant[0])}, which may be without one now. Look whether it should."
            )
            member.file.hint(member.node, Kind.TYPE, Confidence.UNSURE, why)
