"""Creates without a new optional key that old records get from the migration, or may get for all that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from prisma_decouple.typescript.changes import NewOptionalRelation
    from prisma_decouple.typescript.context import FileContext


def find_unfilled(file: FileContext) -> None:
    """Note the records that are made without what old ones have.

    Args:
        file: the file; its findings are filled.
    """
    filled = [relation for relation in file.facts.added if _is_to_be_given(file, relation)]
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
            file.hint(literal, Kind.CREATE, Confidence.UNSURE, _told(relation))


def _is_to_be_given(file: FileContext, relation: NewOptionalRelation) -> bool:
    """Whether new records should have what old ones have; a test makes what it needs."""
    return relation.is_filled or (relation.is_filled is None and not is_test(file.source.path))


def _told(relation: NewOptionalRelation) -> str:
    keys, model = name_list(relation.foreign_keys), with_article(relation.model, "A")
    if relation.is_filled:
        return f"{model} that is there gets {keys} from the migration, and this one is made without: give it as well."
    return f"{model} can have {keys} now, and this one is made without: give it where there is one."
