"""Creates without a new optional key that old records get from the migration, or may get for all that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.given_data import data_of_create
from prisma_decouple.typescript.finders.creates.nested import nested_data
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import given_by, values_of
from prisma_decouple.typescript.source.syntax import call_arguments, callee, spread_around
from prisma_decouple.typescript.source.vocabulary import CREATES
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import NewOptionalRelation
    from prisma_decouple.typescript.context import FileContext


def find_unfilled(file: FileContext) -> None:
    """Note the records that are made without what old ones have.

    Args:
        file: the file; its findings are filled.
    """
    filled = [relation for relation in file.facts.added if _is_to_be_given(file, relation)]
    told: set[int] = set()
    for literal, model, owner in _made(file) if filled else ():
        if literal.id in told:
            continue
        told.add(literal.id)
        given = given_by(literal)
        for relation in (each for each in filled if each.model == model and each.target != owner):
            names = {relation.field, *relation.foreign_keys}
            if given.opaque or names & given.values.keys():
                file.fine()
                continue
            file.hint(literal, Kind.CREATE, Confidence.UNSURE, _reason(relation))


def _made(file: FileContext) -> Iterator[tuple[Node, str, str]]:
    """The literals that records are made of, with their model and that of the record by way of which they are made.

    What is spread into such a literal is a part of it, and no record of its own.
    """
    for nested in nested_data(file):
        if nested.data.type == "object" and len(nested.targets) == 1:
            yield nested.data, next(iter(nested.targets)) or "", nested.owner
    for call in file.source.called(*CREATES):
        receiver, method = callee(call)
        argument = next(iter(call_arguments(call)), None)
        model = file.delegates.model_of(receiver) if receiver is not None and argument is not None else None
        for data in data_of_create(argument, method) if argument is not None and model is not None else ():
            for literal in (each for each in values_of(data) if each.type == "object"):
                yield literal, model or "", ""
    for literal in file.source.nodes("object"):
        wanted = expected(file, literal) if spread_around(literal) is None else None
        if wanted is not None and wanted.what is What.INPUT:
            yield literal, wanted.model, ""


def _is_to_be_given(file: FileContext, relation: NewOptionalRelation) -> bool:
    """Whether new records should have what old ones have; a test makes what it needs."""
    return relation.is_filled or (relation.is_filled is None and not is_test(file.source.path))


def _reason(relation: NewOptionalRelation) -> str:
    keys, model = name_list(relation.foreign_keys), with_article(relation.model, "A")
    if relation.is_filled:
        return f"{model} that is there gets {keys} from the migration, and this one is made without: give it as well."
    return f"{model} can have {keys} now, and this one is made without: give it where there is one."
