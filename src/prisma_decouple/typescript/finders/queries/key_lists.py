"""Queries that find records by the keys of others, all of one owner, to which they need not belong any more.

`{ where: { shelfId: { in: shelves.map((shelf) => shelf.id) } } }`, when those are the shelves of one library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.queries.detours import Way, asks_for, ways_back
from prisma_decouple.typescript.finders.queries.filter_places import Part, assigned_place, place_of, reads_only
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.scopes import binding_of, declared_value
from prisma_decouple.typescript.source.syntax import READS, callee, key_of, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import MAPS
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_IN = "in"


def find_key_lists(file: FileContext) -> None:
    """Note such queries, where the records themselves say now to what they belong, and those that may miss some.

    Args:
        file: the file; its findings are filled.
    """
    if file.facts.optional_keys.isdisjoint(file.source.words):
        return
    for node, name, condition in _conditions(file):
        place = assigned_place(file, node) if node.type in READS else place_of(file, node)
        relations = [each for each in file.facts.optional_by_key(name) if place == Part("where", each.model)]
        records = _asked_by(file, condition) if relations and not file.is_told(node, Kind.FILTER) else None
        if records is None or relations[0].target != records.found.model:
            continue
        way = next((each for each in ways_back(file.facts) if _leads_over(each, relations[0])), None)
        if way is not None and _are_of_end(file, records, way):
            _note(file, node, way)
        elif reads_only(node):
            one = with_article(relations[0].model, "A")
            why = f"{one} without `{relations[0].field}` is found by none of these keys. Look whether it should be."
            file.hint(node, Kind.FILTER, Confidence.UNSURE, why)


def _conditions(file: FileContext) -> Iterator[tuple[Node, str, Node]]:
    """The keys of which a filter says what they have to be, `authorId: { … }` and `where.authorId = { … }`."""
    for node in file.source.nodes("pair"):
        value = node.child_by_field_name("value")
        if value is not None and value.type == "object" and key_of(node) in file.facts.optional_keys:
            yield node, key_of(node), value
    for node in file.source.nodes("assignment_expression"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        is_key = left is not None and left.type in READS and last_name(left) in file.facts.optional_keys
        if left is not None and right is not None and is_key and right.type == "object":
            yield left, last_name(left), right


def _leads_over(way: Way, relation: OptionalRelation) -> bool:
    return (way.model, way.through) == (relation.model, relation.target)


def _note(file: FileContext, pair: Node, way: Way) -> None:
    own = next(each for each in file.facts.required_of(way.model) if each.target == way.end)
    one, others, end = with_article(way.model, "A"), with_article(way.through), with_article(way.end)
    why = f"{one} without {others} is found by none of these keys, though it belongs to {end} as well."
    why += f" Its own {name_list(own.foreign_keys)} says to which: ask for that."
    file.hint(pair, Kind.FILTER, Confidence.LIKELY, why)


class _Records(NamedTuple):
    """The expression that gives the records whose keys are asked for, and what it is."""

    node: Node
    found: Type


def _asked_by(file: FileContext, condition: Node) -> _Records | None:
    """The records by whose keys a condition asks: the shelves of `{ in: shelves.map((shelf) => shelf.id) }`."""
    listed = next((each for each in condition.named_children if key_of(each) == _IN), None)
    value = listed.child_by_field_name("value") if listed is not None else None
    binding = binding_of(value)
    given = declared_value(binding, text_of(value)) if binding is not None else value
    call = unwrapped(given) if given is not None else None
    records, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    found = file.types.of(records) if records is not None and method in MAPS else None
    is_record = found is not None and found.what is What.RECORD
    return _Records(records, found) if records is not None and found is not None and is_record else None


def _are_of_end(file: FileContext, records: _Records, way: Way) -> bool:
    """Whether the records are those that belong to one record, for which the way is a detour."""
    node, found = records
    owner = node.child_by_field_name("object") if node.type == "member_expression" else None
    above = file.types.of(owner) if owner is not None else None
    if above is not None and above.what is What.RECORD and above.model == way.end:
        return True
    return found.place is not None and asks_for(found.place.file, found.place.node, way)
