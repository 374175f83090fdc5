"""The routes that a code base serves, and which of them an address leads to.

Next.js serves the files `app/**/route.ts` and `pages/api/**`, Nuxt `server/api/**`, SvelteKit `+server.ts`; Express,
Fastify, Hono and Koa what is given to `get` and the like; NestJS the methods of its controllers.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.routes.handlers import handler_behind
from prisma_decouple.typescript.routes.urls import PARAMETER, path_segments, url_of
from prisma_decouple.typescript.source.decorators import decorators
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_inside, last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.routes.mounts import Mounts
    from prisma_decouple.typescript.routes.urls import Url

METHODS = frozenset({"delete", "get", "patch", "post", "put"})
"""The methods of HTTP as libraries call their functions for them."""

ANY = ""
"""Instead of a method: whatever method it is asked with."""

_REST = "*"
_APP = re.compile(r"(?:^|/)app/(?P<path>.*?)/?route\.[jt]sx?$")
_PAGES = re.compile(r"(?:^|/)pages/(?P<path>api/.+?)(?:/index)?\.[jt]sx?$")
_NITRO = re.compile(r"(?:^|/)server/(?:routes/)?(?P<path>.+?)(?:/index)?(?:\.(?P<method>[a-z]+))?\.[jt]s$")
_HANDLES = "EventHandler("
_KIT = re.compile(r"(?:^|/)routes/(?P<path>.*?)/?\+server\.[jt]s$")
_IN_URL = re.compile(r"^[^(@]")  # `(group)` and `@slot` are no part of it
_MAY_SERVE = re.compile(r"\.(?:delete|get|patch|post|put|all|route)\(\s*[\"'`]")
_CONTROLLER = "Controller"
_DEFAULT = "default"
_ROUTE = "route"


class Route(NamedTuple):
    """A route.

    Attributes:
        method: such as `get`; ANY when its handler asks for it.
        segments: of its path; one that begins with `:` stands for any, `*` for all that follow.
        is_whole: whether nothing can stand before them.
        handler: the function that answers.
        maker: the call that makes the route, where one does.
    """

    method: str
    segments: tuple[str, ...]
    is_whole: bool
    handler: Place
    maker: Node | None = None

    def answers_with(self, value: Place) -> bool:
        """Whether a value stands in the handler."""
        return self.handler.file is value.file and is_inside(self.handler.node, value.node)

    @property
    def is_of_nest(self) -> bool:
        """Whether its handler is a method of a controller of NestJS, and answers with what it gives back."""
        taken = text_of(self.handler.node.child_by_field_name("parameters"))
        return self.handler.node.type == "method_definition" and self.maker is None and "@Res(" not in taken

    def says(self) -> str:
        """The route, as people write it: `GET /api/books/:id`."""
        start = "/" if self.is_whole else "…/"
        return f"{self.method.upper()} {start}{'/'.join(self.segments)}".lstrip()


class Served:
    """The routes of a code base.

    Args:
        routes: all of them.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._by_segment: dict[str, list[Route]] = {}
        self._makers = set[int]()
        for route in routes:
            self._makers |= {route.maker.id} if route.maker is not None else set()
            for segment in route.segments:
                self._by_segment.setdefault(segment, []).append(route)

    def is_route(self, call: Node) -> bool:
        """Whether a call makes a route."""
        return call.id in self._makers

    def route(self, url: Url, method: str, path: str) -> Route | None:
        """The route that an address leads to; None when there is none, or when it may be several.

        A router that is mounted twice still answers with one and the same function. What a test serves, to stand in for
        the server, only counts where nothing else is served.

        Args:
            url: the address.
            method: with which it is asked; ANY when that is not known.
            path: of the file that asks: of the applications in a workspace, each asks its own routes first.
        """
        named = {id(each): each for segment in url.segments for each in self._by_segment.get(segment, ())}
        fitting = [each for each in named.values() if ANY in {method, each.method} or method == each.method]
        scored = [(score, each) for each in fitting if (score := _likeness(url, each)) is not None]
        scored = [each for each in scored if not is_test(each[1].handler.file.source.path)] or scored
        best = max((score for score, _ in scored), default=None)
        found = [each for score, each in scored if score == best]
        if method == ANY and len(found) > 1:
            found = [each for each in found if each.method == "get"]
        shared = [_shared_folders(path, each.handler.file.source.path) for each in found]
        nearest = [each for each, depth in zip(found, shared, strict=True) if depth == max(shared)]
        return nearest[0] if len({each.handler.node.id for each in nearest}) == 1 else None


def _shared_folders(path: str, other: str) -> int:
    """How many folders, from the root on, two files are in both."""
    pairs = zip(path.split("/")[:-1], other.split("/")[:-1], strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _likeness(url: Url, route: Route) -> tuple[int, int, int] | None:
    """How much of a route's path an address says; None when it leads elsewhere."""
    asked, served = list(url.segments), list(route.segments)
    if served[-1:] == [_REST]:
        served = served[:-1] + [PARAMETER] * max(len(asked) - len(served) + 1, 0)
    is_longer = len(asked) > len(served)
    if len(asked) != len(served) and (route.is_whole if is_longer else url.is_whole):
        return None
    same = 0
    pairs = list(zip(reversed(asked), reversed(served), strict=False))
    for wanted, there in pairs:
        if wanted == there:
            same += 1
        elif not there.startswith(PARAMETER):
            return None
    return (same, len(pairs), -abs(len(asked) - len(served))) if same else None


def routes_of(file: FileContext, mounts: Mounts) -> Iterator[Route]:
    """The routes that a file serves.

    Args:
        file: of a project in which nothing is received yet.
        mounts: where the routers of the code base are mounted.
    """
    path = file.source.path
    if (found := _APP.search(path) or _KIT.search(path)) is not None:
        yield from _of_app(file, found["path"])
    elif (found := _PAGES.search(path)) is not None:
        yield from _of_default(file, found["path"], ANY)
    elif _HANDLES in file.source.text and (found := _NITRO.search(path)) is not None:
        yield from _of_default(file, found["path"], found["method"] or ANY)
    elif f"@{_CONTROLLER}(" in file.source.text:
        yield from _of_controllers(file)
    elif _MAY_SERVE.search(file.source.text):
        yield from _of_calls(file, mounts)


def _of_app(file: FileContext, path: str) -> Iterator[Route]:
    """What a file `route.ts`, or `+server.ts`, exports: `export async function GET(request)`."""
    segments = tuple(_segment(each) for each in path.split("/") if _IN_URL.match(each))
    for method in METHODS:
        handler = _exported(file, method.upper())
        if handler is not None:
            yield Route(method, segments, is_whole=True, handler=handler)


def _of_default(file: FileContext, path: str, method: str) -> Iterator[Route]:
    """What a file of `pages/api`, or of a server of Nuxt, exports for all methods, or for that of its name."""
    handler = _exported(file, _DEFAULT)
    if handler is not None:
        segments = tuple(_segment(each) for each in path.split("/"))
        yield Route(method, segments, is_whole=True, handler=handler)


def _exported(file: FileContext, name: str) -> Place | None:
    """The handler that a file exports under a name."""
    found = file.project.exported(file.source.path, name)
    return handler_behind(Place(*found)) if isinstance(found, Symbol) else None


def _segment(name: str) -> str:
    """A segment of the path by the name of a file or folder: `[id]`, `[...slug]`, `[[...slug]]`."""
    inner = name.strip("[]")
    if inner == name:
        return name
    return _REST if inner.startswith("...") else f"{PARAMETER}{inner}"


def _of_controllers(file: FileContext) -> Iterator[Route]:
    """The methods of the controllers of NestJS."""
    for owner in file.source.nodes("class_declaration"):
        controller = next((each for each in decorators(owner) if _called(each) == _CONTROLLER), None)
        body = owner.child_by_field_name("body")
        for member in body.named_children if controller is not None and body is not None else ():
            for each in decorators(member) if member.type == "method_definition" else ():
                if controller is not None and _called(each).lower() in METHODS:
                    segments = (*_written(file, controller), *_written(file, each))
                    yield Route(_called(each).lower(), segments, is_whole=False, handler=Place(file, member))


def _called(decorator: Node) -> str:
    return last_name(decorator.child_by_field_name("function") or decorator)


def _written(file: FileContext, decorator: Node) -> tuple[str, ...]:
    """The path that a decorator is given, also in options."""
    given = next(iter(call_arguments(decorator)), None) if decorator.type == "call_expression" else None
    if given is not None and given.type == "object":
        given = property_value(given, "path")
    return path_segments(Place(file, given)) if given is not None else ()


def _of_calls(file: FileContext, mounts: Mounts) -> Iterator[Route]:
    """What is given to a router: `router.get("/books/:id", requireUser, show)`."""
    for call in file.source.called(*METHODS, "all"):
        receiver, method = callee(call)
        values = call_arguments(call)
        if receiver is not None and callee(receiver)[1] == _ROUTE:  # `router.route("/books").get(list)`
            values = [*call_arguments(receiver), *values]
            receiver = callee(receiver)[0]
        is_route = receiver is not None and len(values) >= len(("path", "handler"))
        handler = handler_behind(Place(file, values[-1])) if is_route else None
        if receiver is None or handler is None:
            continue
        own = path_segments(Place(file, values[0]))
        for before in mounts.paths_of(Place(file, receiver)):
            segments = (*before, *own)
            if segments and url_of("/".join(segments)) is not None:
                served = method if method in METHODS else ANY
                yield Route(served, segments, is_whole=False, handler=handler, maker=call)
