"""Totals over all records, and lists of them, that are made by way of others to which these need not belong any more.

`(await db.author.findMany({ include: { books: true } })).map((each) => each.books.reduce(…))` adds up the books of all
authors, and so all books, as long as each has one; `db.house.findFirst({ include: { authors: { include: { books: true }
} } })` lists all books of a house.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.detours import steps_back
from prisma_decouple.typescript.finders.queries.filter_places import place_of
from prisma_decouple.typescript.finders.queries.shared_out import is_outer_element
from prisma_decouple.typescript.finders.queries.sums import is_added_up, sums_of, with_sums
from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.source.elements import list_behind
from prisma_decouple.typescript.source.kept_literals import call_around, options_of, part_of
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.patterns import read_at
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import held_by, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    callee,
    chain_around,
    descendants,
    function_around,
    key_of,
    last_name,
    owner_of_read,
    parenthesized,
    start_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.uses import named_reads, read_of
from prisma_decouple.typescript.types.prisma.queries import LOADING
from prisma_decouple.typescript.types.properties import literal_behind, loaded_options
from prisma_decouple.typescript.types.typed import What, element
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_COUNT = "_count"
_LISTING = frozenset({"aggregate", "count", "findMany"})
_HELD_AGAINST = frozenset({"-", "<", "<=", ">", ">="})
_INSIDE = frozenset({"as_expression", "binary_expression", "parenthesized_expression"})  # `sum(…) || 0`


def find_totals(file: FileContext) -> None:
    """Note the queries for all that records belong to, when what they load of these is added up.

    Args:
        file: the file; its findings, and those of the files in which the queries are, are filled.
    """
    for name, relation in _lists(file):
        if file.facts.successor(relation) is None:
            _note_nested(file, name, relation)
        for read in named_reads(file, name):
            is_meant = is_added_up(read) and not _is_held_against_own(read)
            query = _query_of(file, read, relation) if is_meant else None
            listed = loaded_options(query, name) or _counted_by(query, name)
            if query is None or listed is None:
                continue
            around = filter(None, (listed.node, listed.node.parent))
            if any(listed.file.is_told(each, Kind.FILTER) for each in around):
                continue
            one = with_article(relation.model, "A")
            why = f"{one} without `{relation.field}` is in none of these, and in no total that is made of them."
            sums = sums_of(listed, name) or [Line(file.source.path, file.source.position(read)[0])]
            why = with_sums(f"{why} Look whether it should be.", sums)
            listed.file.hint(listed.node, Kind.FILTER, Confidence.UNSURE, why, waiting=sums)


def _counted_by(query: Place | None, name: str) -> Place | None:
    """What in the options of a query has related records counted: `_count: { select: { books: true } }`."""
    counted = loaded_options(query, _COUNT)
    return loaded_options(counted, name) or counted


def find_asked_for_each(file: FileContext) -> None:
    """Note the queries that are made for one after the other: `shelves.map((each) => db.book.count({ where: … }))`.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called(*_LISTING) if file.facts.optional_keys & file.source.words else ():
        receiver = callee(call)[0]
        model = file.delegates.model_of(receiver) if receiver is not None else None
        where = part_of(options_of(call), "where") if model is not None else None
        for relation in file.facts.optional_of(model or "") if where is not None else ():
            key = property_value(where, relation.foreign_keys[0]) if where is not None else None
            if key is not None and not file.is_told(key.parent or key) and _is_of_all(file, key, call, relation):
                one = with_article(relation.model, "A")
                why = (
                    f"{one} without `{relation.field}` is found for none of these. Look whether it should be seen here."
                )
                file.hint(key.parent or key, Kind.FILTER, Confidence.UNSURE, why)


def _is_of_all(file: FileContext, key: Node, call: Node, relation: OptionalRelation) -> bool:
    """Whether a key is that of one after the other of all records to which others belong."""
    read = read_at(key)
    if read is None or len(read.path) != 1 or read.path[0] not in relation.references:
        return False
    if not is_outer_element(start_of(key), call):
        return False
    listed = list_behind(read.binding)
    found = element(whole) if listed is not None and (whole := file.types.of(listed)) is not None else None
    query = unwrapped(held_by(listed) or listed) if listed is not None else None
    is_target = found is not None and found.what is What.RECORD and found.model == relation.target
    return is_target and query is not None and callee(query)[1] == "findMany"


def _note_nested(file: FileContext, name: str, relation: OptionalRelation) -> None:
    """The lists that a query of others loads with what records belong to: columns of a board, each with its cards."""
    for pair in (each for each in file.source.nodes("pair") if key_of(each) == name):
        wanted = expected(file, pair.parent) if pair.parent is not None else None
        is_list = wanted is not None and wanted.what is What.LOADS and wanted.model == relation.target
        if is_list and _is_of_others(file, pair) and not file.is_told(pair, Kind.FILTER):
            one = with_article(relation.model, "A")
            why = f"{one} without `{relation.field}` is in none of these. Look whether it should be seen here."
            value = pair.child_by_field_name("value")
            sums = sums_of(Place(file, value), name) if value is not None else []
            file.hint(pair, Kind.FILTER, Confidence.UNSURE, with_sums(why, sums), waiting=sums)


def _is_of_others(file: FileContext, pair: Node) -> bool:
    """Whether what is loaded belongs to several others that are loaded themselves, and is not counted.

    What belongs to the one author of a book, `book.author.books`, is that author's alone.
    """
    for outer in ancestors(pair):
        if outer.type == "pair" and key_of(outer) not in LOADING:
            place = place_of(file, outer)
            way = file.facts.relation_of(place.model, key_of(outer)) if place is not None else None
            return key_of(outer) != _COUNT and (way is None or not (way.foreign_keys or way.is_single))
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


def _is_held_against_own(read: Node) -> bool:
    """Whether what a list adds up to is held against something else of the same record: `author.limit - sold`."""
    owner, whole = read.child_by_field_name("object"), chain_around(read)
    scope = function_around(read) or [read, *ancestors(read)][-1]
    if owner is None:
        return False
    holder = next((each for each in ancestors(whole) if each.type not in _INSIDE), whole)
    is_held = holder.type == "variable_declarator"
    sums = [whole, *(uses_of_variable(holder) if is_held else ())]
    declared = [each for each in descendants(scope, "variable_declarator") if each != holder]
    others = (each for each in declared if not _is_of_list_alone(each, text_of(owner), last_name(read)))
    own = {text_of(each.child_by_field_name("name")) for each in others if _reads(each, {text_of(owner)})}
    return any(_reads(each, {text_of(owner), *own}) for each in map(_held_against, sums) if each is not None)


def _is_of_list_alone(declarator: Node, owner: str, name: str) -> bool:
    """Whether all that a variable is made of a record is a list of it, as another sum of the same list is."""
    reads = (each for each in descendants(declarator, "member_expression") if text_of(owner_of_read(each)) == owner)
    return all(last_name(each) == name for each in reads)


def _held_against(value: Node) -> Node | None:
    """What a value is subtracted from, or compared with, or that is from it."""
    node = parenthesized(value)
    outer = node.parent
    if outer is None or text_of(outer.child_by_field_name("operator")) not in _HELD_AGAINST:
        return None
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    return next((each for each in sides if each is not None and each != node), None)


def _reads(node: Node, names: set[str]) -> bool:
    """Whether a value is a variable, or made of what is read of it: `Number(author.limit)`."""
    node = node.child_by_field_name("value") or node
    return text_of(node) in names or any(text_of(each) in names for each in descendants(node, "identifier"))


def _query_of(file: FileContext, read: Node, relation: OptionalRelation) -> Place | None:
    """The options of the query that gave the record whose list is read, when it asks for more than certain ones."""
    owner = owner_of_read(read)
    counted = owner_of_read(owner) if owner is not None and last_name(owner) == _COUNT else None
    found = file.types.of(counted) if counted is not None else read_of(file, read)
    if found is None or found.what is not What.RECORD or found.model != relation.target or found.is_mock:
        return None
    options = literal_behind(found.place) if found.place is not None else None
    call = call_around(options.node) if options is not None else None
    where = part_of(options.node, "where") if options is not None else None
    asked = {key for key, _ in properties(where)} if where is not None else set()
    is_of_all = call is not None and callee(call)[1] == "findMany" and not asked & set(relation.references)
    return found.place if is_of_all else None
