"""Reads of what another record belongs to, where a record belongs to something of its own now: `book.shelf.library`.

The migration fills `libraryId` of a book from its shelf, and from then on the two may differ. So it is where books are
chosen or put in order that way: `where: { shelf: { libraryId } }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import properties, property_value, spreads_in
from prisma_decouple.typescript.source.syntax import READS, ancestors, key_of, last_name, owner_of_read
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.types.typed import Type


_ASKS = frozenset({What.FILTER, What.ORDER})
_WHOLE = ("declaration", "jsx_element", "pair", "statement")


class _Detour(NamedTuple):
    """A way over another record, the end of which a record has itself now.

    Attributes:
        model: the model that has it: the book.
        over: the relations on the way: `shelf`.
        ends: what is read there: `library` and `libraryId` of the shelf.
        own: the relation that it has itself now: `library` of the book.
    """

    model: str
    over: tuple[str, ...]
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
        for each in detours if last_name(node) in ends else ():
            record = _start_of(node, each)
            if record is not None and _model_of(file.types.of(record)) == each.model and _is_first(file, node):
                _note(file, node, each)
    for pair in file.source.nodes("pair") if ends & file.source.words else ():
        for each in detours:
            if key_of(pair) == each.over[0] and _is_asked_by_way(file, pair, each) and _is_first(file, pair):
                _note(file, pair, each)


def _note(file: FileContext, node: Node, detour: _Detour) -> None:
    own = f"{with_article(detour.model, 'A')} has its own `{detour.own}` now"
    why = f"{own}, and this is that of its `{'.'.join(detour.over)}`. Look which of them is meant."
    file.hint(node, Kind.READ, Confidence.UNSURE, why)


def _start_of(read: Node, detour: _Detour) -> Node | None:
    """What the way begins with that a read goes: `book` of `book.shelf.library`; None where it goes another one."""
    node = owner_of_read(read) if last_name(read) in detour.ends else None
    for name in reversed(detour.over):
        if node is None or node.type not in READS or last_name(node) != name:
            return None
        node = owner_of_read(node)
    return node


def _is_asked_by_way(file: FileContext, pair: Node, detour: _Detour) -> bool:
    """Whether a condition, or an order, goes the way: `shelf: { libraryId }` of a book."""
    wanted = expected(file, pair.parent) if pair.parent is not None else None
    if wanted is None or wanted.what not in _ASKS or wanted.model != detour.model:
        return False
    inner = pair.child_by_field_name("value")
    for name in detour.over[1:]:
        inner = property_value(inner, name) if inner is not None and inner.type == "object" else None
    return inner is not None and inner.type == "object" and any(name in detour.ends for name, _ in properties(inner))


def _detours(facts: SchemaFacts) -> Iterator[_Detour]:
    """The ways by which the migration comes to the keys of new relations, over records that are always there."""
    optional = {(each.model, each.field) for each in facts.optional}
    for required in facts.required:
        steps = required.backfill.relations if required.backfill is not None else ()
        if required.backfill is None or not steps or optional.intersection(steps):
            continue
        target = facts.target_of(*steps[-1])
        keys = required.backfill.fields
        beyond = (each.name for each in facts.relations if each.model == target and each.foreign_keys == keys)
        over = tuple(relation for _, relation in steps)
        yield _Detour(required.model, over, frozenset({*keys, *beyond}), required.field)


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
