"""What the handler of a route answers: `res.json(book)`, `return NextResponse.json({ book })`, `return book`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.in_call import InCall
from prisma_decouple.typescript.routes.served import ANY
from prisma_decouple.typescript.source.kept_literals import literal_of
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, parameters, returned_values, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    call_given,
    callee,
    descendants,
    is_function,
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
# Under which Koa has what is answered with.
_BODY = re.compile(r"(?:c|ctx|context)\.(?:response\.)?body")
# Responses of the standard, and of Next.js, are made of a text.
_RESPONSES = frozenset({"NextResponse", "Response"})
_MAKES_TEXT = "JSON.stringify"
_REFUSES = re.compile(r"\bstatus\(\s*[45]\d\d\b|\bstatus:\s*[45]\d\d\b|,\s*[45]\d\d\s*\)$")
_GIVES_BACK = frozenset({"arrow_function", "return_statement"})
_DEPTH = 4


def answered_by(call: Node) -> list[Node]:
    """What a call answers with, if it does: of what a variable holds for that, the literal."""
    is_answer = callee(call)[0] is not None and _ANSWERS.search(text_of(call.child_by_field_name("function")))
    return [_held(each) for each in call_arguments(call)[:1]] if is_answer else []


def _held(value: Node) -> Node:
    """The literal that a variable holds which says no type of its own; any other value itself."""
    binding = binding_of(value)
    is_said = binding is not None and binding.child_by_field_name("type") is not None
    return value if is_said else literal_of(value) or value


def is_given_back(call: Node) -> bool:
    """Whether a call is what a function gives back: `return succeed(book)`, also by way of a variable."""
    outer = parenthesized(call).parent
    if outer is not None and outer.type == "await_expression":
        outer = outer.parent
    if outer is not None and outer.type == "variable_declarator":
        return any(use.parent is not None and use.parent.type in _GIVES_BACK for use in uses_of_variable(outer))
    return outer is not None and outer.type in _GIVES_BACK


def answer_of(route: Route, method: str) -> Type | None:
    """What of a changed model a route answers; None when it answers nothing of one.

    Args:
        route: the route.
        method: with which it is asked.
    """
    handler, asked = route.handler, method if route.method == ANY else ANY
    ways = (_sent(InCall(handler.file, {}), handler, asked, _DEPTH), _sent_around(handler, asked), _given_back(handler))
    sent = next(filter(None, ([*filter(None, each)] for each in ways)), [])
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
    yield from (inside.of(each) for each in _set(function.node, method))
    for call in descendants(function.node, "call_expression"):
        if not _is_for(call, function.node, method) or _REFUSES.search(text_of(call)):
            continue
        if values := answered_by(call):
            yield inside.of(values[0])
            continue
        is_helper = is_given_back(call) or any(ANSWER.fullmatch(text_of(each)) for each in call_arguments(call))
        found = function.file.types.function_of(call) if is_helper and depth else None
        helper = found.place if found is not None else _added(Place(function.file, call)) if depth else None
        if helper is not None:
            yield from _sent(inside.at(call, helper), helper, method, depth - 1)


def _sent_around(handler: Place, method: str) -> Iterator[Type | None]:
    """What a function sends that is put around a handler: `handled(async () => books)`, of what the handler gives."""
    call = call_given(handler.node)
    found = handler.file.types.function_of(call) if call is not None else None
    around = found.place if found is not None else None
    if call is None or around is None:
        return
    pairs = zip(parameters(around.node), call_arguments(call), strict=False)
    given = {taken.id: Type(What.FUNCTION, place=handler) for taken, each in pairs if each == handler.node}
    yield from _sent(InCall(around.file, given), around, method, _DEPTH)


def _set(function: Node, method: str) -> Iterator[Node]:
    """What is answered with without a call: `ctx.body = books`, `new Response(JSON.stringify(books))`."""
    for assignment in descendants(function, "assignment_expression"):
        right = assignment.child_by_field_name("right")
        is_body = _BODY.fullmatch(text_of(assignment.child_by_field_name("left")))
        if right is not None and is_body and _is_for(assignment, function, method):
            yield right
    for new in descendants(function, "new_expression"):
        made = call_arguments(new)[:1] if text_of(new.child_by_field_name("constructor")) in _RESPONSES else []
        is_text = bool(made) and text_of(made[0].child_by_field_name("function")) == _MAKES_TEXT
        if is_text and _is_for(new, function, method) and not _REFUSES.search(text_of(new)):
            yield from call_arguments(made[0])[:1]


def _added(call: Place) -> Place | None:
    """The function that a method is which the code base adds to responses: `res.succeed = (data) => res.json(…)`."""
    receiver, name = callee(call.node)
    if receiver is None or not ANSWER.fullmatch(text_of(receiver)):
        return None
    for file in call.file.project.speaking_of(name):
        for assignment in file.source.nodes("assignment_expression"):
            owner, added = text_of(assignment.child_by_field_name("left")).rpartition(".")[::2]
            right = assignment.child_by_field_name("right")
            if right is not None and added == name and ANSWER.fullmatch(owner) and is_function(right):
                return Place(file, right)
    return None


def _given_back(handler: Place) -> Iterator[Type | None]:
    """What a function gives back, which NestJS and Fastify answer with."""
    inside = InCall(handler.file, {})
    yield from (inside.of(value) for value in returned_values(handler.node))


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
