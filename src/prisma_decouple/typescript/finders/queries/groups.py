"""Groups by a field that may be null now, in queries and in code: all that have none are one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_likelier_of_others
from prisma_decouple.typescript.source.kept_literals import options_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    is_function,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import MADE_OF_ENTRIES
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.prisma.queries import asked_to_be
from prisma_decouple.typescript.types.typed import What, element
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Collection

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# Under which option a method of the client is told the fields of which each value is there once in its result.
_OPTIONS = {"groupBy": "by", "findMany": "distinct", "findFirst": "distinct"}
# Functions of JavaScript and of lodash and its like that do the same with a list and a field, or what gives its value.
_FUNCTIONS = frozenset({"countBy", "groupBy", "indexBy", "keyBy", "sortedUniqBy", "uniqBy"})
# Those that put a list in the order of what a function gives.
_SORTS = frozenset({"orderBy", "sortBy"})
_ONE_END = "all of those are at one end here"
_LIST_AND_FIELD = 2
_ONE_GROUP = "all of those are one group here"


def find_groups(file: FileContext) -> None:
    """Note where the records of a changed model are put into groups, or where one of each group is kept.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called(*_OPTIONS, *_FUNCTIONS, *_SORTS):
        method, arguments = callee(call)[1], call_arguments(call)
        if method in _OPTIONS and len(arguments) == 1:
            _check_query(file, call, _OPTIONS[method])
        elif method in _FUNCTIONS and len(arguments) == _LIST_AND_FIELD:
            _check_function(file, *arguments)
        elif method in _SORTS and len(arguments) >= _LIST_AND_FIELD and is_function(arguments[1]):
            _check_given(file, arguments[1], _ONE_END)
    for each in file.forwarded:
        if each.method in _OPTIONS and (given := each.option(_OPTIONS[each.method])) is not None:
            _check_fields(given.file, given.node, each.model)
    for call in (*file.source.nodes("new_expression"), *file.source.called("fromEntries")):
        called = call.child_by_field_name("constructor") or call.child_by_field_name("function")
        if text_of(called) in MADE_OF_ENTRIES:
            _check_entries(file, call)


def _check_entries(file: FileContext, call: Node) -> None:
    """`new Map(books.map((book) => [book.authorId, book]))`: of those that have none the last one is kept."""
    made = call_arguments(call)[:1]
    callbacks = call_arguments(made[0]) if made and made[0].type == "call_expression" else []
    entries = returned_values(callbacks[0]) if callbacks and is_function(callbacks[0]) else ()
    for entry in map(unwrapped, entries):
        if entry.type == "array" and entry.named_children and not file.is_told(entry.named_children[0]):
            _check_value(file, entry.named_children[0], "all of those are one entry here, the last")


def _check_query(file: FileContext, call: Node, name: str) -> None:
    """`groupBy({ by: ["authorId"] })` and `distinct: ["authorId"]`."""
    options = options_of(call)
    written = property_value(options, name) if options is not None else None
    model = (file.delegates.model_of(callee(call)[0]) or _model_with(file, _texts(written))) if written else None
    if written is not None and model is not None and not asked_to_be(call).intersection(_texts(written)):
        _check_fields(file, written, model)


def _texts(written: Node) -> list[str]:
    return [string_value(each) for each in (written, *written.named_children)]


def _check_fields(file: FileContext, written: Node, model: str) -> None:
    field = next((each for each in file.facts.nullable_names(model) if each in _texts(written)), None)
    if field is not None and not file.is_told(written):
        _note(file, written, model, field, _ONE_GROUP)


def _model_with(file: FileContext, names: Collection[str]) -> str | None:
    """The model whose key is one of some names, where a repository hides of which model it is: `books.groupBy(…)`."""
    for key in sorted(file.facts.optional_keys.intersection(names)):
        models = {each.model for each in file.facts.optional_by_key(key)}
        if len(models) == 1 and not is_likelier_of_others(file.facts, key, file.source.words):
            return next(iter(models))
    return None


def _check_function(file: FileContext, records: Node, chosen: Node) -> None:
    """`groupBy(books, "authorId")` and `Object.groupBy(books, (book) => book.authorId)`."""
    if is_function(chosen):
        _check_given(file, chosen, _ONE_GROUP)
        return
    found = file.types.of(records) if string_value(chosen) else None
    key = file.types.property(element(found), string_value(chosen)) if found is not None else None
    if key is not None and key.what is What.KEY and key.is_nullable and not key.is_list:
        _note(file, chosen, key.model, key.field, _ONE_GROUP)


def _check_given(file: FileContext, function: Node, what: str) -> None:
    """What a function gives of each record: `sortBy(books, (book) => book.authorId)`."""
    for value in returned_values(function):
        _check_value(file, value, what)


def _check_value(file: FileContext, value: Node, what: str) -> None:
    """What gives the groups, or what is kept under each, its name."""
    key = file.types.of(value)
    if key is not None and key.what is What.KEY and key.is_nullable and not key.is_list and not is_there(file, value):
        _note(file, value, key.model, key.field, what)


def _note(file: FileContext, place: Node, model: str, field: str, what: str) -> None:
    why = f"{with_article(model, 'A')} may have no `{field}` now, and {what}. Look whether they should be."
    file.hint(place, Kind.FILTER, Confidence.UNSURE, why)
