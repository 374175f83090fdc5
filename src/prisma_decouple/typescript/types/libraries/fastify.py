"""What the handlers of Fastify's routes are asked and answer, where a type provider or the route's type tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function, key_of, text_of, unwrapped
from prisma_decouple.typescript.types.libraries.validators import let_through
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

_ROUTES = frozenset({"all", "delete", "get", "patch", "post", "put", "route"})
_FASTIFY = re.compile(r"(?:@fastify/|fastify(?:-|$))")
_PATHS = frozenset({"string", "template_string", "object"})  # `route` has it in its options
_PROVIDERS = re.compile(r"type-provider")
_STATUS = frozenset({"code", "status"})
# What the parts of a route's schema say of the request.
_REQUEST = {"body": "body", "headers": "headers", "params": "params", "querystring": "query"}
_SEND = "send"
_REPLY = 1


class Answered(NamedTuple):
    """What a handler answers: where the compiler complains of it, the value, and what it has to be."""

    place: Node
    value: Node
    wanted: Type


def answered(file: FileContext) -> Iterator[Answered]:
    """What the handlers of a file answer whose routes say what that has to be, so that the compiler knows it."""
    is_typed = any(_PROVIDERS.search(each) for each in file.modules)
    for call in file.source.called(*_ROUTES):
        values = call_arguments(call)
        if not values:
            continue
        options = next((each for each in values if each.type == "object"), None)
        handler = _handler(values, options)
        if handler is None:
            continue
        told = _told(file, call)
        responses = _responses(file, options) if is_typed and options is not None and told is None else None
        if told is not None or responses is not None:
            yield from _of_handler(file, handler, told, responses)


def plainly_answered(file: FileContext) -> Iterator[Node]:
    """What the handlers of a file give back, which Fastify answers with."""
    if not any(_FASTIFY.match(each) for each in file.modules):
        return
    for call in file.source.nodes("call_expression"):
        values = call_arguments(call)
        is_route = callee(call)[1] in _ROUTES and bool(values) and values[0].type in _PATHS
        handler = _handler(values, next((each for each in values if each.type == "object"), None)) if is_route else None
        if handler is not None:
            yield from (value for value in returned_values(handler) if not _is_sent(handler, value))


def handed_to_route(types: Types, call: Node, depth: int) -> Type | None:
    """The request that the handler of a route is given, by the route's own type, or by what its schemas let in.

    Args:
        types: the types of the file.
        call: the call that makes the route.
        depth: how far declarations are followed.
    """
    values = call_arguments(call)
    given = call.child_by_field_name("type_arguments") if callee(call)[1] in _ROUTES else None
    owner = types.read(given.named_children[0], depth) if given is not None and given.named_children else None
    body = types.property(owner, "Body", depth) if owner is not None and owner.what is What.SHAPE else None
    if body is not None:
        return Type(What.BOX, bound=(("body", body),))  # `app.post<{ Body: Draft }>(…)`
    is_typed = callee(call)[1] in _ROUTES and any(_PROVIDERS.search(each) for each in types.file.modules)
    options = next((each for each in values if each.type == "object"), None) if is_typed else None
    schema = property_value(options, "schema") if options is not None else None
    literal = literal_behind(Place(types.file, schema)) if schema is not None else None
    if literal is None:
        return None
    said = ((part, property_value(literal.node, name)) for name, part in _REQUEST.items())
    let = ((part, let_through(literal.file.types.of(each, depth))) for part, each in said if each is not None)
    return Type(What.BOX, bound=tuple((part, found) for part, found in let if found is not None))


def _handler(values: list[Node], options: Node | None) -> Node | None:
    """The function that answers: the last argument, or a property of the options."""
    if is_function(values[-1]):
        return values[-1]
    for member in options.named_children if options is not None else ():
        value = member if member.type == "method_definition" else member.child_by_field_name("value")
        if key_of(member) == "handler" and value is not None and is_function(value):
            return value
    return None


def _told(file: FileContext, call: Node) -> Type | None:
    """What `app.get<{ Reply: Book }>(...)` says that is answered."""
    given = call.child_by_field_name("type_arguments")
    owner = file.types.read(given.named_children[0]) if given is not None and given.named_children else None
    return file.types.property(owner, "Reply") if owner is not None and owner.what is What.SHAPE else None


def _responses(file: FileContext, options: Node) -> Place | None:
    """The schemas of a route's answers, by their status."""
    schema = property_value(options, "schema")
    literal = literal_behind(Place(file, schema)) if schema is not None else None
    response = property_value(literal.node, "response") if literal is not None else None
    return literal_behind(Place(literal.file, response)) if literal is not None and response is not None else None


def _of_handler(file: FileContext, handler: Node, told: Type | None, responses: Place | None) -> Iterator[Answered]:
    reply = _reply(handler)
    for value in returned_values(handler):
        wanted = told or _schema_of(responses, "200")
        if wanted is not None and not _is_sent(handler, value):
            yield Answered(handler.child_by_field_name("name") or handler, value, wanted)
    for call in file.source.calls.get(_SEND, ()) if reply else ():
        is_inside = handler.start_byte <= call.start_byte and call.end_byte <= handler.end_byte
        values = call_arguments(call)
        if is_inside and values and text_of(call).startswith(f"{reply}."):
            wanted = told or _schema_of(responses, _status(call))
            if wanted is not None:
                yield Answered(values[0], values[0], wanted)


def _reply(handler: Node) -> str:
    """What a handler calls the answer."""
    taken = parameters(handler)
    return text_of(taken[_REPLY].child_by_field_name("pattern") or taken[_REPLY]) if len(taken) > _REPLY else ""


def _is_sent(handler: Node, value: Node) -> bool:
    """Whether what a handler gives back is the answer itself: `reply.send(book)`."""
    reply, node = _reply(handler), unwrapped(value)
    return bool(reply) and node.type == "call_expression" and text_of(node).startswith(f"{reply}.")


def _status(call: Node) -> str:
    """The status of `reply.code(201).send(book)`."""
    link = callee(call)[0]
    is_told = link is not None and link.type == "call_expression" and callee(link)[1] in _STATUS
    given = call_arguments(link) if link is not None and is_told else []
    return text_of(given[0]) if given else "200"


def _schema_of(responses: Place | None, status: str) -> Type | None:
    """What the schema of an answer lets through."""
    if responses is None:
        return None
    names = (status, f"{status[:1]}xx")
    schema = next(filter(None, (property_value(responses.node, name) for name in names)), None)
    return let_through(responses.file.types.of(schema)) if schema is not None else None
