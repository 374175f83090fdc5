"""Records that no list shows: where every query for several books asks for an author, nobody sees those without one.

The same holds where books are only ever loaded with their authors: `db.author.findMany({ include: { books: true } })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.queries.detours import steps_back
from prisma_decouple.typescript.finders.queries.filter_choices import is_deliberate
from prisma_decouple.typescript.finders.queries.filter_places import place_of
from prisma_decouple.typescript.finders.queries.sums import sums_of, with_sums
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import present_unless
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.kept_literals import literal_of, options_of, part_of
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    call_arguments,
    callee,
    descendants,
    function_around,
    key_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.prisma.queries import LOADING
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_FIRST = ("findFirst", "findFirstOrThrow")
_LISTS = "findMany"
_ONE = frozenset({"1", "-1"})
_QUERIES = (_LISTS, "count", "aggregate", "groupBy", "updateMany", "deleteMany")


class _Query(NamedTuple):
    """A query for several records of a model.

    Attributes:
        file: in which it is.
        is_list: whether it gives the records back.
        demand: the condition that leaves out what belongs to none; None when it finds such as well.
    """

    file: FileContext
    is_list: bool
    demand: Node | None


def find_unlisted(files: Iterable[FileContext]) -> None:
    """Note the queries for several records of a model, when each list of them leaves out what belongs to none.

    Args:
        files: all files that have to do with the change; their findings are filled.
    """
    read = [file for file in files if not is_test(file.source.path)]
    for relation in read[0].facts.optional if read else ():
        queries = [query for file in read for query in (*_called(file, relation), *_loaded(file, relation))]
        lists = [query for query in queries if query.is_list]
        if any(query.demand is None for query in lists):
            continue
        _note_below(read, relation)
        if not lists:
            continue
        why = (
            f"Every list of {relation.model} records leaves out those without `{relation.field}`. "
            "Look where they should be found."
        )
        for file, is_list, demand in queries:
            if demand is None or not _is_plain(demand):
                continue
            for place in (demand, *(_guards(demand) if is_list else ())):
                if not file.is_told(place):
                    file.hint(place, Kind.FILTER, Confidence.UNSURE, why)


def _note_below(files: Iterable[FileContext], relation: OptionalRelation) -> None:
    """Note the lists that are loaded with what such records may do without, when there are no others."""
    one = with_article(relation.model, "A")
    why = (
        f"{one} without `{relation.field}` is in none of these, and no other query lists it. "
        "Look whether it should be seen here."
    )
    for file in files:
        for place in _below(file, relation):
            holder = place.node.parent if place.node.parent is not None else place.node
            told = holder if holder.type == "pair" else place.node
            if not any(place.file.is_told(each, Kind.FILTER) for each in (told, place.node)):
                sums = sums_of(place, key_of(told)) if told.type == "pair" else []
                place.file.hint(told, Kind.FILTER, Confidence.UNSURE, with_sums(why, sums), waiting=sums)


def _below(file: FileContext, relation: OptionalRelation) -> Iterator[Place]:
    """The lists of such records that are loaded with several of those that they may do without."""
    ends = [file.facts.relation_of(relation.target, name) for name in steps_back(file.facts, relation)]
    names = {each.name for each in ends if each is not None and not each.is_single}
    if not names & file.source.words or len(ends) != 1:
        return
    (name,) = names
    for options in _of_several(file, relation):
        listed = loaded_options(options, name)
        if listed is not None and not _is_partial(listed.node):
            yield listed


def _of_several(file: FileContext, relation: OptionalRelation) -> Iterator[Place]:
    """The options of queries for what such records may do without, when they go for more than one by its key.

    A list of these may also be loaded with others; what is found by its key is only asked for what is its own.
    """
    for call in file.source.called(_LISTS, *_FIRST):
        receiver, method = callee(call)
        given = call_arguments(call)[:1]
        if not given or receiver is None or file.delegates.model_of(receiver) != relation.target:
            continue
        options = options_of(call)
        where = property_value(options, "where") if options is not None else None
        literal = literal_of(where)
        asked = {key for key, _ in properties(literal)} if literal is not None else set()
        is_any = where is None if method in _FIRST else not asked & set(relation.references)
        if is_any:
            yield Place(file, given[0])
    outer = {each.name for each in file.facts.relations if each.target == relation.target and not each.is_single}
    for pair in file.source.nodes("pair") if outer & file.source.words else ():
        value, place = pair.child_by_field_name("value"), place_of(file, pair) if key_of(pair) in outer else None
        listed = file.facts.relation_of(place.model, key_of(pair)) if place is not None else None
        is_list = listed is not None and listed.target == relation.target and not listed.foreign_keys
        if value is not None and is_list and place is not None and place.root in LOADING:
            yield Place(file, value)


def _is_partial(options: Node) -> bool:
    """Whether only one of the records is loaded, or no more than a key, as to count them."""
    literal = literal_of(options)
    chosen, taken = part_of(literal, "select"), property_value(literal, "take") if literal is not None else None
    is_key = chosen is not None and [name for name, _ in properties(chosen)] == [ID]
    return text_of(taken) in _ONE or is_key


def _called(file: FileContext, relation: OptionalRelation) -> Iterator[_Query]:
    """The calls of a model's methods that go for several records."""
    for call in file.source.called(*_QUERIES):
        receiver, method = callee(call)
        if receiver is not None and file.delegates.model_of(receiver) == relation.model:
            yield _Query(file, method == _LISTS, _demand(file, call, relation))


def _loaded(file: FileContext, relation: OptionalRelation) -> Iterator[_Query]:
    """The lists of such records that are loaded with others than those that they may do without."""
    names = {each.name for each in file.facts.relations if each.target == relation.model and not each.foreign_keys}
    for node in file.source.nodes(*PROPERTIES) if names & file.source.words else ():
        place = place_of(file, node) if key_of(node) in names else None
        if place is None or place.root not in LOADING or place.model == relation.target:
            continue
        yield _Query(file, is_list=True, demand=None)


def _demand(file: FileContext, call: Node, relation: OptionalRelation) -> Node | None:
    """The condition of a call by which it finds nothing that belongs to none, as far as it is written there."""
    given = call_arguments(call)[:1]
    options = _literal(given[0]) if given else None
    where = property_value(options, "where") if options is not None else None
    literal = _literal(where) if where is not None else None
    if literal is None:
        return None
    names = {relation.field, *relation.foreign_keys}
    for key, value in properties(literal):
        if key in names and not is_deliberate(value) and not _may_be_left_out(file, value):
            return value.parent if value.type not in PROPERTIES else value
    return None


def _is_plain(condition: Node) -> bool:
    """Whether a condition asks for one record by its key; what more it may ask for, others tell."""
    value = condition.child_by_field_name("value")
    return value is None or unwrapped(value).type != "object"


def _guards(condition: Node) -> Iterator[Node]:
    """What is asked before a query, so that nothing is looked for without the key: `if (!authorId) return []`."""
    key, function = text_of(condition.child_by_field_name("value") or condition), function_around(condition)
    for statement in descendants(function, "if_statement") if function is not None else ():
        asked, consequence = (statement.child_by_field_name(name) for name in ("condition", "consequence"))
        if asked is None or statement.end_byte > condition.start_byte or not leaves(consequence):
            continue
        if any(text_of(each) == key for each in present_unless(asked)):
            yield asked


def _literal(value: Node) -> Node | None:
    """The literal that an expression is, or that its variable is declared with."""
    found = unwrapped(held_by(unwrapped(value)) or value)
    return found if found.type == "object" else None


def _may_be_left_out(file: FileContext, value: Node) -> bool:
    """Whether a condition is none at times, or asks for what belongs to none."""
    value = unwrapped(value)
    if value.type in {"ternary_expression", "binary_expression"}:
        return True
    found = file.types.of(value)
    return found is not None and found.is_nullable and not is_narrowed(file, value)
