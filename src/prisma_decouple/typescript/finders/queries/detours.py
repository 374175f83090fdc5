"""Queries that reach records by way of others to which these need not belong any more.

A library that asks for its books with `shelf: { where: { libraryId }, include: { books: true } }` misses the book that
stands on no shelf, when a book may be without one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.queries.sums import sums_of, with_sums
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import ancestors, callee, key_of
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.queries import PARTS, TRANSPARENT
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_OF_MANY = re.compile(r"find(?:Many|First)|count|groupBy|aggregate")
_COUNT = "_count"
# The keys between the options of a query and a relation in them.
_BETWEEN = TRANSPARENT | {_COUNT, "include", "select", "where"}


class Way(NamedTuple):
    """A way to the records of a model that does not reach all of them any more.

    Attributes:
        model: the model: the book. through: what a record need not belong to any more: the shelf. step: the relation
        from there to the records: `books` of the shelf. end: what they belong to now: the library. own: the relation
        from that to them: `books` of the library. there: the names of the relation from `through` to `end`, and of its
        keys: `library` and `libraryId` of the shelf.
    """

    model: str
    through: str
    step: str
    end: str
    own: str
    there: frozenset[str]


def find_detours(file: FileContext) -> None:
    """Note the queries that look for the records of one by way of others: they miss what belongs to none of these.

    Args:
        file: the file; its findings are filled.
    """
    ways = list(ways_back(file.facts))
    steps = {way.step for way in ways}
    for pair in file.source.nodes("pair") if ways else ():
        wanted = expected(file, pair.parent) if key_of(pair) in steps and pair.parent is not None else None
        if wanted is None or wanted.what not in PARTS:
            continue
        for way in ways:
            is_step = (wanted.model, key_of(pair)) == (way.through, way.step) and not _is_counted_beside(pair)
            if is_step and _comes_from(file, pair, way):
                _note(file, pair, way)


def find_parents(file: FileContext) -> None:
    """Note the filters that look for what one record belongs to, which may be nothing: `books: { some: { id } }`.

    Args:
        file: the file; its findings are filled.
    """
    steps = [(relation, frozenset(steps_back(file.facts, relation))) for relation in file.facts.optional]
    names = frozenset[str]().union(*(lists for _, lists in steps))
    for pair in file.source.nodes("pair"):
        name = key_of(pair)
        for relation, lists in steps if name in names and not file.is_told(pair, Kind.FILTER) else ():
            if name in lists and _is_about_one(file, pair, relation):
                one, none = with_article(relation.model, "A"), with_article(relation.target)
                why = f"{one} may be without {none} now, and then nothing is found here. Look whether that is meant."
                file.hint(pair, Kind.FILTER, Confidence.UNSURE, why)
                break


def _is_about_one(file: FileContext, pair: Node, relation: OptionalRelation) -> bool:
    """Whether it is `books: { some: { id } }` in a filter of what the records belong to."""
    wanted = expected(file, pair.parent) if pair.parent is not None else None
    if wanted is not None and (wanted.what is not What.FILTER or wanted.model != relation.target):
        return False
    value = pair.child_by_field_name("value")
    some = property_value(value, "some") if value is not None and value.type == "object" else None
    return some is not None and some.type == "object" and any(name == ID for name, _ in properties(some))


def steps_back(facts: SchemaFacts, relation: OptionalRelation) -> Iterator[str]:
    """The relation fields that lead back over a relation, to a list of records."""
    for each in facts.relations:
        if (each.model, each.target) == (relation.target, relation.model) and not each.foreign_keys:
            yield each.name


def _note(file: FileContext, pair: Node, way: Way) -> None:
    why = (
        f"This comes to {with_article(way.model)} by way of {with_article(way.through)}, and misses those without one. "
        f"{with_article(way.end, 'A')} has all of its own in `{way.own}`."
    )
    value = pair.child_by_field_name("value")
    sums = sums_of(Place(file, value), way.step) if value is not None else []
    file.hint(pair, Kind.FILTER, Confidence.LIKELY, with_sums(why, sums), waiting=sums)


def ways_back(facts: SchemaFacts) -> Iterator[Way]:
    """The ways back over relations that became optional, where something else has all records of its own now."""
    for relation in facts.optional:
        found = facts.succession(relation)
        if found is None or not found.new.target_list:
            continue
        for step in steps_back(facts, relation):
            yield Way(
                relation.model, relation.target, step, found.new.target, found.new.target_list, frozenset(found.own)
            )


def _is_counted_beside(pair: Node) -> bool:
    """Whether records are only counted, for each of those that are loaded with it: `{ title: true, _count: ... }`."""
    around = [each for each in ancestors(pair) if each.type == "pair"][:2]
    count = next((each for each in around if key_of(each) == _COUNT), None)
    loads = count.parent if count is not None else None
    if loads is None or loads.parent is None:
        return False
    return key_of(loads.parent) == "include" or len([each for each in loads.named_children if each.type == "pair"]) > 1


def _comes_from(file: FileContext, pair: Node, way: Way) -> bool:
    """Whether a query wants the records of what they belong to now: it starts there, or filters by its key."""
    for outer in ancestors(pair):
        if outer.type == "pair" and key_of(outer) not in _BETWEEN:
            wanted = expected(file, outer.parent) if outer.parent is not None else None
            return wanted is not None and wanted.what in PARTS and wanted.model == way.end
        if outer.type == "arguments":
            return False
        if outer.type == "object" and asks_for(file, outer, way):
            return not _is_of_one(outer)
    return False


def _is_of_one(options: Node) -> bool:
    """Whether a query is about a single record of the way, so that only what belongs to that one is wanted."""
    call = call_around(options)
    where = property_value(options, "where")
    is_by_key = where is not None and any(name == ID for name, _ in properties(where))
    return is_by_key or (call is not None and not _OF_MANY.match(callee(call)[1]))


def asks_for(file: FileContext, options: Node, way: Way) -> bool:
    """Whether the options of a query filter by what the records belong to now, as by `where: { libraryId }`."""
    where = property_value(options, "where")
    if where is None or where.type != "object":
        return False
    wanted = expected(file, where)
    is_theirs = wanted is not None and wanted.what is What.FILTER and wanted.model == way.through
    return is_theirs and any(name in way.there for name, _ in properties(where))
