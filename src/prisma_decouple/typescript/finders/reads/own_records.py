"""Reads of what another record belongs to, where a record belongs to something of its own now: `book.shelf.library`.

The migration fills `libraryId` of a book from its shelf, and from then on the two may differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.syntax import READS, ancestors, last_name, owner_of_read
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.types.typed import Type


_WHOLE = ("declaration", "jsx_element", "pair", "statement")


class _Detour(NamedTuple):
    """A way over another record, the end of which a record has itself now.

    Attributes:
        model: the model that has it: the book.
        over: its relation on the way: `shelf`.
        ends: what is read there: `library` and `libraryId` of the shelf.
        own: the relation that it has itself now: `library` of the book.
    """

    model: str
    over: str
    ends: frozenset[str]
    own: str


def find_own_records(file: FileContext) -> None:
    """Note such reads, in each statement the first; where the way over another record may end, others tell of it.

    Args:
        file: the file; its findings are filled.
    """
    detours = list(_detours(file.facts))
    ends = frozenset[str]().union(*(each.ends for each in detours))
    for node in file.source.nodes(*READS) if ends & file.source.words else ():
        over = owner_of_read(node) if last_name(node) in ends else None
        record = owner_of_read(over) if over is not None and over.type in READS else None
        model = _model_of(file.types.of(record)) if record is not None else ""
        for each in detours if over is not None and model else ():
            is_meant = model == each.model and last_name(over) == each.over
            if is_meant and last_name(node) in each.ends and _is_first(file, node):
                own = f"{with_article(each.model, 'A')} has its own `{each.own}` now"
                why = f"{own}, and this is that of its `{each.over}`. Look which of them is meant."
                file.hint(node, Kind.READ, Confidence.UNSURE, why)


def _detours(facts: SchemaFacts) -> Iterator[_Detour]:
    """The ways by which the migration comes to the keys of new relations, over records that are always there."""
    optional = {(each.model, each.field) for each in facts.optional}
    for required in facts.required:
        steps = required.backfill.relations if required.backfill is not None else ()
        if required.backfill is None or len(steps) != 1 or steps[0] in optional:
            continue
        target = facts.target_of(*steps[0])
        keys = required.backfill.fields
        beyond = (each.name for each in facts.relations if each.model == target and each.foreign_keys == keys)
        yield _Detour(required.model, steps[0][1], frozenset({*keys, *beyond}), required.field)


def _model_of(found: Type | None) -> str:
    """The model of a record, or of one that an object was made of: `{ ...book, at: book.at.toISOString() }`."""
    literal = found.literal if found is not None else None
    spread = next(spreads_in(literal.node), None) if literal is not None else None
    made_of = literal.file.types.of(spread.named_children[-1]) if literal is not None and spread is not None else found
    return made_of.model if made_of is not None and made_of.what is What.RECORD else ""


def _is_first(file: FileContext, node: Node) -> bool:
    """Whether nothing of the kind was told in the statement, or the element of a list of them, before."""
    around = (each for each in ancestors(node) if each.type.endswith(_WHOLE))
    mark = (next(around, node).id, "own")
    is_new = mark not in file.checked
    file.checked.add(mark)
    return is_new
