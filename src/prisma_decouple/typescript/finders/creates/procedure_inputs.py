"""Literals that are sent to a procedure, `trpc.books.save.mutate({ title })`, whose schema is to let the new key in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from prisma_decouple.typescript.context import FileContext


def find_procedure_inputs(file: FileContext) -> None:
    """Note the literals that are checked with a schema which lacks what a record needs now.

    Where it is open whether the schema has to let it in, the first one stands for all: they wait for the same decision.

    Args:
        file: the file, when all such schemas are known; its findings are filled.
    """
    lacking = file.findings.lacking_schemas
    for literal in file.source.nodes("object") if lacking else ():
        wanted = expected(file, literal)
        if wanted is None or wanted.said_by is None or (told := lacking.get(place_key(wanted.said_by))) is None:
            continue
        given = given_by(literal)
        if not file.is_told(literal) and not given.opaque and not given.values.keys() >= set(told.keys):
            keys, is_open = name_list(told.keys), told.confidence is Confidence.UNSURE
            where = "here, and wherever else it is sent" if is_open else "here"
            why = f"This becomes {with_article(told.model)}: once its schema lets {keys} in, give it {where}."
            file.hint(literal, Kind.CALL, told.confidence, why)
            if is_open:
                del lacking[place_key(wanted.said_by)]
