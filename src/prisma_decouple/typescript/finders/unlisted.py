"""Records that no list shows: where every query for several books asks for an author, nobody sees those without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.filter_choices import is_deliberate
from prisma_decouple.typescript.finders.filter_places import place_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.guards import leaves, present_unless
from prisma_decouple.typescript.source.literals import properties, property_value
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
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.queries import LOADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_LISTS = "findMany"
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
        if not lists or any(query.demand is None for query in lists):
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
