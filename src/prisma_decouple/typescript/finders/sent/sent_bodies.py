"""What is sent to a route that makes a record of it: `fetch("/api/books", { method: "POST", body })`.

A page that sends no new key is seen by no compiler. The handler then has none to give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import RequiredRelation
from prisma_decouple.typescript.edits.supply import is_in_sight
from prisma_decouple.typescript.finders.creates.lacking_input import note_lacking
from prisma_decouple.typescript.finders.forms.read_forms import note_forms_of_route
from prisma_decouple.typescript.finders.inputs.refusals import check_data, check_sent
from prisma_decouple.typescript.finders.inputs.ways_in import find_ways_to_send
from prisma_decouple.typescript.finders.sent.handed_bodies import given_for, is_whole
from prisma_decouple.typescript.finders.uses.demands import is_made_at_times
from prisma_decouple.typescript.finders.uses.never_without import always_to
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CREATES
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_SENDS = frozenset({"patch", "post", "put"})
_BODIES = ("body", "data")
_OPTIONS = frozenset({"headers", "method"})
_DEPTH = 3
_STORES = CREATES | {"update", "updateMany"}


def find_sent_bodies(file: FileContext, lacking: Collection[tuple[str | None, int | None]]) -> None:
    """Note the literals that are sent to a route whose handler makes a record without a new key.

    Noted is also what refuses to send one without what a record need not have any more.

    Args:
        file: of a project that knows its routes; its findings are filled.
        lacking: the files and lines where a record is made, or a function is called that makes one, without the key.
    """
    requests = file.project.requests
    sent = list(requests.sent_from(file)) if requests is not None else []
    handlers = {handler.node.id: handler for _, method, handler in sent if method in _SENDS}
    known = {key: (_needed(each, lacking, _DEPTH), *_made_by(each)) for key, each in handlers.items()}
    for call, _, handler in (each for each in sent if each[1] in _SENDS):
        if requests is not None:
            note_forms_of_route(Place(file, call), handler, requests.known(handler.file))
        needed, made, always = known[handler.node.id]
        models = [
            each for each in sorted(made & file.facts.models_that_matter) if not _is_of_others(file, each, always)
        ]
        for body in _bodies(Place(file, call)) if made or needed else ():
            for model in models:
                find_ways_to_send(body, model)
            _check(body, needed)
            for model, given in ((model, each) for model in models for each in given_for(body)):
                if given.node.type == "object":
                    check_data(given.file, given.node, model, is_sent=True)
                else:
                    check_sent(given.file, given.node, model)


def _check(body: Place, needed: Collection[RequiredRelation]) -> None:
    for relation in sorted(needed, key=lambda each: each.model):
        note_lacking(body, relation, f"This is sent to a route that makes {with_article(relation.model)} of it")


def _needed(
    handler: Place, lacking: Collection[tuple[str | None, int | None]], depth: int
) -> frozenset[RequiredRelation]:
    """What the records need that a handler makes, itself or by what it calls."""
    requests, path = handler.file.project.requests, handler.file.source.path
    rows = range(handler.node.start_point.row + 1, handler.node.end_point.row + 2)
    if requests is not None and any((path, row) in lacking for row in rows):
        start, end, known = handler.node.start_byte, handler.node.end_byte, requests.known(handler.file)
        checked = ((place, each) for place, each in known.checked if isinstance(each, RequiredRelation))
        inside = ((place, each) for place, each in checked if start <= place < end)
        return frozenset(each for place, each in inside if not _is_in_sight(known, place, each))
    calls = descendants(handler.node, "call_expression") if depth else ()
    functions = (handler.file.types.function_of(call) for call in calls)
    found = (_needed(each.place, lacking, depth - 1) for each in functions if each is not None and each.place)
    return next(filter(None, found), frozenset())


def _is_of_others(file: FileContext, model: str, made: Collection[str]) -> bool:
    """Whether what the same handler always makes beside a record has the key that the record can do without."""
    keys = {
        key
        for relation in file.facts.optional_of(model)
        for other in made
        for each in always_to(file.facts, relation, other)
        for key in each.foreign_keys
    }
    return any(keys & set(relation.foreign_keys) for relation in file.facts.optional_of(model))


def _is_in_sight(file: FileContext, start: int, relation: RequiredRelation) -> bool:
    """Whether there is something for the key where a record is made: `session.shelfId`, beside `session.userId`."""
    found = file.source.root.descendant_for_byte_range(start, start + 1)
    data = found.parent if found is not None and found.type == "{" else found
    return data is not None and is_in_sight(file, data, relation)


def _made_by(handler: Place) -> tuple[frozenset[str], frozenset[str]]:
    """The models of the records that a handler makes or changes, and of those that it does whatever is sent."""
    return _made(handler, _DEPTH), _made(handler, _DEPTH, is_always=True)


def _made(handler: Place, depth: int, *, is_always: bool = False) -> frozenset[str]:
    """The models of the records that a handler makes or changes, itself or by what it calls."""
    found = set[str]()
    for call in descendants(handler.node, "call_expression"):
        if is_always and is_made_at_times(call, handler.node):
            continue
        receiver, method = callee(call)
        model = handler.file.delegates.model_of(receiver) if receiver is not None and method in _STORES else None
        if model is not None:
            found.add(model)
        elif depth and (function := handler.file.types.function_of(call)) is not None and function.place is not None:
            found |= _made(function.place, depth - 1, is_always=is_always)
    return frozenset(found)


def _bodies(call: Place) -> Iterator[Place]:
    """The literals or variables that a call sends: as the body in its options, or as an argument of its own."""
    given = call_arguments(call.node)
    for value in given[1:] or given:
        options = literal_behind(Place(call.file, value))
        if _is_kept(value, options) and given.index(value) == 1 and callee(call.node)[1] in _SENDS:
            yield Place(call.file, value)
        if options is None:
            continue
        sent = [each for name in _BODIES if (each := property_value(options.node, name)) is not None]
        if not sent and any(property_value(options.node, name) is not None for name in _OPTIONS):
            continue
        for each in sent or [options.node]:
            body = Place(options.file, _stringified(each))
            literal = literal_behind(body)
            yield from (literal,) if literal is not None else ()
            if _is_kept(body.node, literal):
                yield body


def _is_kept(value: Node, literal: Place | None) -> bool:
    """Whether a value is kept as a whole; what a class keeps may begin with a literal."""
    return is_whole(value) if literal is None else value.type == "member_expression"


def _stringified(value: Node) -> Node:
    """What a text is made of: `JSON.stringify(book)`."""
    node = unwrapped(value)
    is_text = node.type == "call_expression" and callee(node)[1] == "stringify" and call_arguments(node)
    return call_arguments(node)[0] if is_text else node
