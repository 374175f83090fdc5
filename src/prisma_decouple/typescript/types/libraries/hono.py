"""The client that Hono makes of a server's routes: `hc<AppType>(url).books.$get()` gives what the route answers.

A server is known by the chain of calls that makes it, as for TypeScript: what is added to it in other statements is not
in its type (Hono, "RPC").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    is_function,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_HONO = "hono"
_SERVERS = frozenset({"Hono", "OpenAPIHono"})
_MODULES = frozenset({"@hono/zod-openapi", "hono"})
_METHODS = frozenset({"delete", "get", "patch", "post", "put"})
_CHAINED = _METHODS | {"all", "basePath", "on", "onError", "notFound", "route", "use"}
_ROOT = "index"  # what a client calls the path `/`
_FIRST_ERROR = 400
_DEPTH = 24


class _Route(NamedTuple):
    """A route: its path, its method, and the function that answers."""

    path: str
    method: str
    handler: Place


def server(types: Types, made: Node) -> Type | None:
    """The server that `new Hono()` makes; None for anything else."""
    name = text_of(made.child_by_field_name("constructor"))
    found = types.file.imported.get(name)
    is_server = isinstance(found, Foreign) and found.name in _SERVERS and found.module in _MODULES
    return Type(What.BOX, field=_HONO, place=Place(types.file, made)) if is_server else None


def chained(types: Types, owner: Type | None, call: Node, method: str) -> Type | None:
    """The server with one route more, `app.get("/books", …)`; None for what is no server."""
    is_chained = _place(owner) is not None and method in _CHAINED
    return Type(What.BOX, field=_HONO, place=Place(types.file, call)) if is_chained else None


def hono_client(app: Type | None) -> Type | None:
    """The client of a server, by the server's type; None for what is no server."""
    place = _place(app)
    if place is None:
        return None
    found: dict[tuple[str, ...], dict[str, Type]] = {}
    for route in _routes(place, _DEPTH):
        answer = _answer(route.handler)
        if answer is not None:
            steps = tuple(each for each in route.path.split("/") if each) or (_ROOT,)
            found.setdefault(steps, {})[f"${route.method}"] = _asked(answer)
    return _box(found, ())


def answered_to_client(method: Type | None) -> Type | None:
    """What a method of a client gives: `InferResponseType<typeof client.books.$get>`."""
    response = bound_to(method, RESULT) if method is not None and method.what is What.TAKER else None
    body = bound_to(response, "json") if response is not None else None
    return bound_to(body, RESULT) if body is not None else None


def _box(found: dict[tuple[str, ...], dict[str, Type]], before: tuple[str, ...]) -> Type:
    """What a client has below a path: its methods, and the paths that begin so."""
    inner = {steps[len(before)] for steps in found if len(steps) > len(before) and steps[: len(before)] == before}
    methods = found.get(before, {})
    return Type(What.BOX, bound=(*methods.items(), *((name, _box(found, (*before, name))) for name in sorted(inner))))


def _asked(answer: Type) -> Type:
    body = Type(What.TAKER, bound=((RESULT, answer),))
    return Type(What.TAKER, bound=((RESULT, Type(What.BOX, bound=(("json", body),))),))


def _routes(server: Place, depth: int) -> Iterator[_Route]:
    """The routes of a server, with the paths that stand before them."""
    prefix = ""
    for link in reversed(list(_chain(server, _DEPTH))):
        method, values = callee(link.node)[1], call_arguments(link.node)
        path = string_value(values[0]) if values else ""
        if method == "basePath":
            prefix += path
        elif method == "route" and len(values) > 1:
            inner = _place(link.file.types.of(values[1]))
            for route in _routes(inner, depth - 1) if inner is not None and depth else ():
                yield route._replace(path=f"{prefix}/{path}/{route.path}")
        elif method in _METHODS and values and is_function(values[-1]):
            yield _Route(f"{prefix}/{path}", method, Place(link.file, values[-1]))


def _chain(server: Place, steps: int) -> Iterator[Place]:
    """The calls of a chain, from the last one back, also through the names that parts of it are kept under."""
    node = unwrapped(server.node)
    if node.type == "call_expression" and steps:
        yield Place(server.file, node)
        receiver = callee(node)[0]
        if receiver is not None:
            yield from _chain(Place(server.file, receiver), steps - 1)
    elif node.type == "identifier" and steps:
        kept = _place(server.file.types.of(node))
        yield from _chain(kept, steps - 1) if kept is not None else ()


def _place(found: Type | None) -> Place | None:
    """Where a server is made; None for what is none."""
    return found.place if found is not None and found.what is What.BOX and found.field == _HONO else None


def _answer(handler: Place) -> Type | None:
    """What a handler answers when nothing is wrong: `return c.json(books)`."""
    bodies = (_body(unwrapped(value)) for value in returned_values(handler.node))
    found: Iterable[Type | None] = (handler.file.types.of(body) for body in bodies if body is not None)
    return next(filter(None, found), None)


def _body(value: Node) -> Node | None:
    values = call_arguments(value) if value.type == "call_expression" and callee(value)[1] == "json" else []
    status = text_of(values[1]) if len(values) > 1 else ""
    return values[0] if values and not (status.isdigit() and int(status) >= _FIRST_ERROR) else None
