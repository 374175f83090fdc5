"""Totals over all records, and lists of them, that are made by way of others to which these need not belong any more.

`(await db.author.findMany({ include: { books: true } })).map((each) => each.books.reduce(…))` adds up the books of all
authors, and so all books, as long as each has one; `db.house.findFirst({ include: { authors: { include: { books: true }
} } })` lists all books of a house.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.detours import steps_back
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    callee,
    chain_around,
    descendants,
    key_of,
    last_name,
    nearest,
)
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.properties import literal_behind, loaded_options
from prisma_decouple.typescript.types.queries import LOADING
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_ADDS_UP = "reduce"
_COUNT = "_count"


def find_totals(file: FileContext) -> None:
    """Note the queries for all that records belong to, when what they load of these is added up.

    Args:
        file: the file; its findings, and those of the files in which the queries are, are filled.
    """
    for name, relation in _lists(file):
        if file.facts.successor(relation) is None:
            _note_nested(file, name, relation)
        for read in file.source.nodes("member_expression"):
            query = _query_of(file, read, relation) if last_name(read) == name and _is_added_up(read) else None
            listed = loaded_options(query, name)
            if query is None or listed is None or listed.file.is_told(listed.node, Kind.FILTER):
                continue
            one = with_article(relation.model, "A")
            why = f"{one} without `{relation.field}` is in none of these, and in no total that is made of them."
            listed.file.hint(listed.node, Kind.FILTER, Confidence.UNSURE, f"{why} Look whether it should be.")


def _note_nested(file: FileContext, name: str, relation: OptionalRelation) -> None:
    """The lists that a query of others loads with what records belong to: columns of a board, each with its cards."""
    for pair in (each for each in file.source.nodes("pair") if key_of(each) == name):
        wanted = expected(file, pair.parent) if pair.parent is not None else None
        is_list = wanted is not None and wanted.what is What.LOADS and wanted.model == relation.target
        if is_list and _is_of_others(pair) and not file.is_told(pair, Kind.FILTER):
            one = with_article(relation.model, "A")
            why = f"{one} without `{relation.field}` is in none of these. Look whether it should be seen here."
            file.hint(pair, Kind.FILTER, Confidence.UNSURE, why)


def _is_of_others(pair: Node) -> bool:
    """Whether what is loaded belongs to something that is loaded itself, and is not counted."""
    for outer in ancestors(pair):
        if outer.type == "pair" and key_of(outer) not in LOADING:
            return key_of(outer) != _COUNT
        if outer.type == "arguments":
            return False
    return False


def _lists(file: FileContext) -> Iterator[tuple[str, OptionalRelation]]:
    """The lists at the other end of what became optional, each with that, where they are told apart by their models."""
    for relation in file.facts.optional:
        ends = [file.facts.relation_of(relation.target, name) for name in steps_back(file.facts, relation)]
        yield from (
            (each.name, relation) for each in ends if each is not None and len(ends) == 1 and not each.is_single
        )


def _is_added_up(read: Node) -> bool:
    """Whether a list that is read is added up: `author.books.filter(…).reduce(…)`."""
    chain = chain_around(read)
    calls = (chain, *descendants(chain, "call_expression"))
    return any(each.type == "call_expression" and callee(each)[1] == _ADDS_UP for each in calls)


def _query_of(file: FileContext, read: Node, relation: OptionalRelation) -> Place | None:
    """The options of the query that gave the record whose list is read, when it asks for more than certain ones."""
    owner = read.child_by_field_name("object")
    found = file.types.of(owner) if owner is not None else None
    if found is None or found.what is not What.RECORD or found.model != relation.target or found.is_mock:
        return None
    options = literal_behind(found.place) if found.place is not None else None
    call = nearest(options.node, "call_expression") if options is not None else None
    where = property_value(options.node, "where") if options is not None else None
    asked = {key for key, _ in properties(where)} if where is not None and where.type == "object" else set()
    is_of_all = call is not None and callee(call)[1] == "findMany" and not asked & set(relation.references)
    return found.place if is_of_all else None
