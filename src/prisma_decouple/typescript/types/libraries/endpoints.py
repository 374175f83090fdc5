"""What endpoints give back whose answers are written: `createRoute({ responses: { 200: ... } })`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import declared_value, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    is_function,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.libraries.fastify import answered
from prisma_decouple.typescript.types.libraries.validators import let_through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_MAKER = "createRoute"  # of @hono/zod-openapi
_REGISTERS = "openapi"
_ANSWERS = "json"
_NAMES = {"OK": "200", "CREATED": "201"}
_DEPTH = 6


class Answer(NamedTuple):
    """What a handler answers.

    Attributes:
        place: where the compiler complains of it: at the handler's name, or where it begins.
        file: the file with the handler.
        value: what is answered.
        wanted: what the route says that it answers.
    """

    place: Node
    file: FileContext
    value: Node
    wanted: Type


def answers(file: FileContext) -> Iterator[Answer]:
    """What the handlers of a file answer whose routes say what that has to be."""
    for declarator in file.source.nodes("variable_declarator"):
        annotation, handler = declarator.child_by_field_name("type"), declarator.child_by_field_name("value")
        if annotation is None or handler is None or not is_function(unwrapped(handler)):
            continue
        route = _told_route(file, annotation)
        if route is not None:
            name = declarator.child_by_field_name("name") or declarator
            yield from _answers(file, name, unwrapped(handler), route)
    for call in file.source.called(_REGISTERS):
        values = call_arguments(call)
        if len(values) > 1 and is_function(values[1]):
            route = _declared(Place(file, values[0]), _DEPTH)
            if route is not None:
                yield from _answers(file, values[1].child_by_field_name("parameters") or values[1], values[1], route)
    yield from (Answer(each.place, file, each.value, each.wanted) for each in answered(file))


def _answers(file: FileContext, place: Node, handler: Node, route: Place) -> Iterator[Answer]:
    for value in returned_values(handler):
        call = unwrapped(value)
        given = call_arguments(call) if call.type == "call_expression" and callee(call)[1] == _ANSWERS else []
        wanted = _answer_of(route, text_of(given[1]) if len(given) > 1 else "200") if given else None
        if wanted is not None:
            yield Answer(place, file, given[0], wanted)


def _told_route(file: FileContext, annotation: Node) -> Place | None:
    """The route in the type of a handler: `Handler<typeof route>`, `Handler<ShowBook>`."""
    written = annotation.named_children[0] if annotation.named_children else None
    given = written.child_by_field_name("type_arguments") if written is not None else None
    for each in given.named_children if given is not None else ():
        query = Place(file, each)
        if each.type == "type_identifier":
            found = file.project.lookup(file, each, text_of(each), is_type=True)
            value = found.node.child_by_field_name("value") if isinstance(found, Symbol) else None
            query = Place(found.file, value) if isinstance(found, Symbol) and value is not None else query
        if query.node.type == "type_query" and query.node.named_children:
            return _declared(Place(query.file, query.node.named_children[0]), _DEPTH)
    return None


def _declared(place: Place, depth: int) -> Place | None:
    """The options of the route that a name stands for, across files."""
    node, file = unwrapped(place.node), place.file
    if node.type == "call_expression":
        given = call_arguments(node)
        is_route = callee(node)[1] == _MAKER and bool(given) and given[0].type == "object"
        return Place(file, given[0]) if is_route else None
    if node.type == "member_expression":
        path = file.project.namespace(file, node.child_by_field_name("object"))
        found = file.project.exported(path, last_name(node)) if path is not None else None
    else:
        found = file.project.lookup(file, node, text_of(node))
    if not isinstance(found, Symbol) or not depth:
        return None
    value = declared_value(found.node, text_of(found.node.child_by_field_name("name")))
    return _declared(Place(found.file, value), depth - 1) if value is not None else None


def _answer_of(route: Place, status: str) -> Type | None:
    """What a route says that it answers with a status."""
    responses = property_value(route.node, "responses")
    for child in responses.named_children if responses is not None else ():
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is not None and value is not None and _status(_key(child)) == _status(status):
            schema = _schema_in(value)
            return let_through(route.file.types.of(schema)) if schema is not None else None
    return None


def _key(pair: Node) -> str:
    key = pair.child_by_field_name("key")
    is_computed = key is not None and key.type == "computed_property_name" and key.named_children
    return text_of(key.named_children[0]) if key is not None and is_computed else key_of(pair)


def _status(written: str) -> str:
    name = written.rpartition(".")[2]
    return _NAMES.get(name, name)


def _schema_in(response: Node) -> Node | None:
    """The schema in `{ content: { "application/json": { schema } } }`, or of the function that makes that of it."""
    response = unwrapped(response)
    if response.type == "call_expression":
        return next(iter(call_arguments(response)), None)
    content = property_value(response, "content") if response.type == "object" else None
    if content is None or content.type != "object":
        return None
    body = next((value for name, value in properties(content) if _ANSWERS in name), None)
    return property_value(body, "schema") if body is not None and body.type == "object" else None
