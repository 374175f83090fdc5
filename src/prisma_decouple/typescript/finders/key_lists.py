"""Queries that find records by the keys of others, all of one owner, to which they need not belong any more.

`{ where: { shelfId: { in: shelves.map((shelf) => shelf.id) } } }`, when those are the shelves of one library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.detours import Way, asks_for, ways_back
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.scopes import binding_of, declared_value
from prisma_decouple.typescript.source.syntax import callee, key_of, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import MAPS
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_IN = "in"


def find_key_lists(file: FileContext) -> None:
    """Note such queries, where the records themselves say now to what they belong.

    Args:
        file: the file; its findings are filled.
    """
    ways = [(way, _keys_of(file, way)) for way in ways_back(file.facts)]
    names = frozenset[str]().union(*(keys for _, keys in ways))
    for pair in file.source.nodes("pair") if names & file.source.words else ():
        value = pair.child_by_field_name("value")
        if key_of(pair) not in names or value is None or value.type != "object" or file.is_told(pair, Kind.FILTER):
            continue
        wanted = expected(file, pair.parent) if pair.parent is not None else None
        for way, keys in ways if wanted is not None and wanted.what is What.FILTER else ():
            is_meant = wanted is not None and wanted.model == way.model and key_of(pair) in keys
            if is_meant and _is_of_end(file, value, way):
                _note(file, pair, way)
                break


def _keys_of(file: FileContext, way: Way) -> frozenset[str]:
    """The keys over which a way goes that need not lead anywhere."""
    relations = (each for each in file.facts.optional_of(way.model) if each.target == way.through)
    return frozenset(key for each in relations for key in each.foreign_keys)


def _note(file: FileContext, pair: Node, way: Way) -> None:
    own = next(each for each in file.facts.required_of(way.model) if each.target == way.end)
    one, others, end = with_article(way.model, "A"), with_article(way.through), with_article(way.end)
    why = f"{one} without {others} is found by none of these keys, though it belongs to {end} as well."
    why += f" Its own {name_list(own.foreign_keys)} says to which: ask for that."
    file.hint(pair, Kind.FILTER, Confidence.LIKELY, why)


def _is_of_end(file: FileContext, condition: Node, way: Way) -> bool:
    """Whether a condition asks for the keys of the records that belong to one: `{ in: shelfIds }`."""
    listed = next((each for each in condition.named_children if key_of(each) == _IN), None)
    value = listed.child_by_field_name("value") if listed is not None else None
    binding = binding_of(value)
    given = declared_value(binding, text_of(value)) if binding is not None else value
    call = unwrapped(given) if given is not None else None
    records, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    found = file.types.of(records) if records is not None and method in MAPS else None
    if records is None or found is None or found.what is not What.RECORD or found.model != way.through:
        return False
    owner = records.child_by_field_name("object") if records.type == "member_expression" else None
    above = file.types.of(owner) if owner is not None else None
    if above is not None and above.what is What.RECORD and above.model == way.end:
        return True
    return found.place is not None and asks_for(found.place.file, found.place.node, way)
