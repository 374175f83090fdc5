"""Copies of records that bring a new key into data where Prisma takes no key.

Prisma takes either `{ author: { connect: … } }` or `{ authorId }`, for all relations of a record alike. So
`{ ...book, author: { connect: … } }` does not compile any more once a book has a `shelfId`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import named_above, properties
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, name_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import NewOptionalRelation, RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_KINDS = {What.INPUT: Kind.CREATE, What.UPDATE: Kind.FLOW}


def find_copied_keys(file: FileContext) -> None:
    """Note where a copy of a record brings a new key along that cannot be given there.

    Args:
        file: the file; its findings are filled.
    """
    if not file.facts.needed and not file.facts.added:
        return
    for spread in file.source.nodes("spread_element"):
        literal = spread.parent
        wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
        if literal is None or wanted is None or wanted.what not in _KINDS:
            continue
        keys, beside = list(_brought(file, spread, literal, wanted.model)), _connected(file, literal, wanted.model)
        if keys and beside:
            why = (
                f"`{excerpt(text_of(spread))}` brings {name_list(keys)} along now, which cannot be given beside "
                f"`{beside}`: leave it out of the copy, and give its relation in the same way."
            )
            file.hint(named_above(literal), _KINDS[wanted.what], Confidence.CERTAIN, why)


def _brought(file: FileContext, spread: Node, literal: Node, model: str) -> Iterator[str]:
    """The new keys that a spread record has and the literal does not give itself."""
    found = file.types.of(spread.named_children[-1])
    if found is None or found.what is not What.RECORD or found.model != model or found.is_partial:
        return
    written = {name for name, _ in properties(literal)}
    relations: list[RequiredRelation | NewOptionalRelation] = [*file.facts.needed, *file.facts.added]
    for relation in relations:
        if relation.model == model and relation.target and relation.field not in written:
            yield from (key for key in relation.foreign_keys if found.has(key) and key not in written)


def _connected(file: FileContext, literal: Node, model: str) -> str:
    """A relation with a key that a literal gives by its field, `author: { connect: … }`; empty when there is none."""
    own = {each.name for each in file.facts.relations if each.model == model and each.foreign_keys}
    return next((name for name, _ in properties(literal) if name in own), "")
