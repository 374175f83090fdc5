"""What the handler of a route answers: `res.json(book)`, `return NextResponse.json({ book })`, `return book`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.in_call import InCall
from prisma_decouple.typescript.routes.served import ANY
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    descendants,
    parenthesized,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.either import beside
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.routes.served import Route
    from prisma_decouple.typescript.source.place import Place

# What is answered with in Express, Fastify, Hono, Koa and Next.js, and the objects that the standard has for it.
_NAMES = "(?:c|ctx|context|rep|reply|res|response)"
ANSWER = re.compile(_NAMES)
"""What functions call that with which they answer."""
_ANSWERS = re.compile(
    rf"(?:(?:^|\.){_NAMES}(?:\.\w+\([^()]*\))*\.(?:json|jsonp|send)"
    r"|(?:^|\.)(?:Next)?Response\.json)$"
)
SENDS = ("json", "jsonp", "send")
"""How such an answer ends."""
_REFUSES = re.compile(r"\bstatus\(\s*[45]\d\d\b|\bstatus:\s*[45]\d\d\b|,\s*[45]\d\d\s*\)$")
_GIVES_BACK = frozenset({"arrow_function", "return_statement"})
_DEPTH = 4


def answered_by(call: Node) -> list[Node]:
    """What a call answers with, if it does."""
    is_answer = callee(call)[0] is not None and _ANSWERS.search(text_of(call.child_by_field_name("function")))
    return call_arguments(call)[:1] if is_answer else []


def is_given_back(call: Node) -> bool:
    """Whether a call is what a function gives back: `return succeed(book)`."""
    outer = parenthesized(call).parent
    if outer is not None and outer.type == "await_expression":
        outer = outer.parent
    return outer is not None and outer.type in _GIVES_BACK


def answer_of(route: Route, method: str) -> Type | None:
    """What of a changed model a route answers; None when it answers nothing of one.

    Args:
        route: the route.
        method: with which it is asked.
    """
    handler, asked = route.handler, method if route.method == ANY else ANY
    sent = [*filter(None, _sent(InCall(handler.file, {}), handler, asked, _DEPTH))] or [
        *filter(None, _given_back(handler))
    ]
    found = [each for each in sent if not each.is_any and says_of_change(each)]
    return beside(*found) if found else None


def says_of_change(found: Type, depth: int = _DEPTH) -> bool:
    """Whether there may be something of a changed model in an answer; with the others nothing changes for who asks.

    Args:
        found: the answer.
        depth: how deep in.
    """
    if found.became_null is not None:  # the author of a book, alone, is of a model that did not change
        return True
    if found.what is What.RECORD:
        return bool(depth) and _loads_change(found, depth)
    if found.what is What.KEY or (depth and any(says_of_change(each, depth - 1) for _, each in found.bound)):
        return True
    places = [each for each in (found.place, *found.also, *found.extras) if each is not None]
    return found.what is not What.BOX and any(_mentions_change(each, depth) for each in places)


def _loads_change(record: Type, depth: int) -> bool:
    """Whether a record is one of a changed model, or is loaded with one."""
    facts = record.place.file.facts if record.place is not None else None
    if facts is None:
        return True
    loaded = (each for each in facts.relations if each.model == record.model)
    ways = ((each.target, loaded_options(record.place, each.name)) for each in loaded)
    inner = (Type(What.RECORD, target, place) for target, place in ways if place is not None)
    is_changed = record.model in facts.models_that_matter
    return is_changed or any(says_of_change(each, depth - 1) for each in (*inner, *record.others))


def _mentions_change(place: Place, depth: int) -> bool:
    """Whether a literal has something of a changed model in it, or a written type has one of their names."""
    if place.node.type != "object":
        return bool(place.file.facts.names_that_matter & set(re.findall(r"[\w$]+", text_of(place.node))))
    inside = [value for _, value in properties(place.node)]
    inside += [each.named_children[-1] for each in spreads_in(place.node)]
    found = (place.file.types.of(unwrapped(value)) for value in inside if depth)
    return any(each is not None and says_of_change(each, depth - 1) for each in found)


def _sent(inside: InCall, function: Place, method: str, depth: int) -> Iterator[Type | None]:
    """What a function sends in one call of it, or those functions do that it hands its response to."""
    for call in descendants(function.node, "call_expression"):
        if not _is_for(call, function.node, method) or _REFUSES.search(text_of(call)):
            continue
        if values := answered_by(call):
            yield inside.of(values[0])
            continue
        is_helper = is_given_back(call) or any(ANSWER.fullmatch(text_of(each)) for each in call_arguments(call))
        helper = function.file.types.function_of(call) if is_helper and depth else None
        if helper is not None and helper.place is not None:
            yield from _sent(inside.at(call, helper.place), helper.place, method, depth - 1)


def _given_back(handler: Place) -> Iterator[Type | None]:
    """What a function gives back, which NestJS and Fastify answer with."""
    yield from (handler.file.types.kept(value) for value in returned_values(handler.node))


def _is_for(node: Node, handler: Node, method: str) -> bool:
    """Whether a part of a handler answers a method: it is in no `if (req.method === "POST")` of another one."""
    inner = node
    for outer in ancestors(node):
        if outer == handler or method == ANY:
            break
        tested = _tested(outer, inner)
        if tested and tested != method:
            return False
        inner = outer
    return True


def _tested(outer: Node, inner: Node) -> str:
    """The method for which a statement is done."""
    if outer.type == "switch_case":
        return string_value(outer.child_by_field_name("value")).lower()
    condition = outer.child_by_field_name("condition") if outer.type == "if_statement" else None
    if condition is None or inner != outer.child_by_field_name("consequence"):
        return ""
    found = re.search(r"method\s*={2,3}\s*[\"'](\w+)[\"']", text_of(condition))
    return found[1].lower() if found is not None else ""
