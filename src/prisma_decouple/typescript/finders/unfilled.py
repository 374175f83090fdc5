"""Creates without a key that may be left out, but that the migration gives to every record that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from prisma_decouple.typescript.context import FileContext


def find_unfilled(file: FileContext) -> None:
    """Note the records that are made without what old ones have.

    Args:
        file: the file; its findings are filled.
    """
    filled = [relation for relation in file.facts.added if relation.is_filled]
    for literal in file.source.nodes("object") if filled else ():
        wanted = expected(file, literal)
        if wanted is None or wanted.what is not What.INPUT:
            continue
        given = given_by(literal)
        for relation in (each for each in filled if each.model == wanted.model):
            names = {relation.field, *relation.foreign_keys}
            if given.opaque or names & given.values.keys():
                file.fine()
                continue
            keys, model = name_list(relation.foreign_keys), with_article(relation.model, "A")
            why = (
                f"{model} that is there gets {keys} from the migration, and this one is made without: give it as well."
            )
            file.hint(literal, Kind.CREATE, Confidence.UNSURE, why)
