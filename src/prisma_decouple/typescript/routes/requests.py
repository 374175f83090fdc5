"""What calls get from the routes of the code base that they ask: `fetch("/api/books")`, `api.get(url)`, own functions.

TypeScript knows nothing of it. So only a project that is told of its routes looks here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.routes.answers import answer_of
from prisma_decouple.typescript.routes.asking import OPEN, form_of, method_of, request_of
from prisma_decouple.typescript.routes.served import Served
from prisma_decouple.typescript.routes.spent import reads_answer
from prisma_decouple.typescript.routes.states import STATES, state_of
from prisma_decouple.typescript.routes.urls import address_text, given_to, url_of
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names, parameters, returned_values
from prisma_decouple.typescript.source.syntax import callee, function_around, names_in, unwrapped
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.routes.asking import Request
    from prisma_decouple.typescript.routes.served import Route
    from prisma_decouple.typescript.types.expressions import Types

MAY_ASK = re.compile(r"[fF]etch\(|axios|useSWR|\.(?:delete|get|mutation|patch|post|put|query)\s*[(<]")
"""In the text of whatever asks."""


class Requests:
    """What is asked for in a code base.

    A function that asks for what it is given, `(path) => fetch(`${base}${path}`)`, gives an open answer: it is closed
    where the function is called, in every call by itself.

    Args:
        routes: that the code base serves.
        known: its files by path, as TypeScript knows them.

    Attributes:
        asked: the routes that calls are seen to ask, by the path of their file and the line of the call.
    """

    def __init__(self, routes: Iterable[Route], known: Mapping[str, FileContext]) -> None:
        self._served = Served(routes)
        self._known = known
        self._answers: dict[tuple[int, str], Type | None] = {}
        self._returns: dict[int, Type | None] = {}
        self._sent: dict[str, dict[int, tuple[Node, str, Route]]] = {}
        self.asked: dict[str, dict[int, Route]] = {}

    def in_file(self, file: FileContext) -> Iterator[Place]:
        """The calls of a file that ask for something themselves."""
        for call in file.source.nodes("call_expression") if MAY_ASK.search(file.source.text) else ():
            if self._request(Place(file, call)) is not None:
                yield Place(file, call)

    def is_open(self, call: Place) -> bool | None:
        """Whether what a call gets is told by what the function around it is given; None when it gets nothing."""
        form = self._form(call)
        found = self._filled(form, {}) if form is not None else None
        return next(_open_in(found), None) is not None if found is not None else None

    def of_call(self, types: Types, call: Node, depth: int) -> Type | None:
        """What a call gives that asks a route, by itself or by way of functions; None for any other.

        Args:
            types: of the file.
            call: the call.
            depth: how far declarations are followed.
        """
        if callee(call)[1] in STATES:
            return state_of(types, call, depth)
        if call.child_by_field_name("type_arguments") is not None:
            return None  # what is written down for it counts
        form = self._form(Place(types.file, call))
        return self._filled(form, {}) if form is not None else None

    def received(self, call: Place) -> Type | None:
        """What a call gets from a route, whatever is written down of it: the answer, without what is around it."""
        form = self._form(call)
        answer = next(_open_in(form), None) if form is not None else None
        found = self._filled(answer, {}) if answer is not None else None
        return found if found is not None and found.field != OPEN else None

    def serving(self, file: FileContext) -> Iterator[str]:
        """The files with the handlers of the routes that a file asks."""
        yield from (route.handler.file.source.path for route in self.asked.get(file.source.path, {}).values())

    def askers_of(self, answered: Place) -> list[str]:
        """The files that ask the route whose handler answers with a value."""
        routes = ((path, route) for path, asked in self.asked.items() for route in asked.values())
        return sorted({path for path, route in routes if route.answers_with(answered)})

    def is_unread(self, answered: Place) -> bool:
        """Whether the route whose handler answers with a value is asked, not only by tests, and nobody reads it."""
        files = answered.file.project.files
        sent = ((path, *each) for path, calls in self._sent.items() for each in calls.values())
        asked = [(path, call, self._of_route(to, way)) for path, call, way, to in sent if to.answers_with(answered)]
        known = [(files[path], call, answer) for path, call, answer in asked if answer is not None]
        is_asked = any(not is_test(file.source.path) for file, _, _ in known)
        return is_asked and not any(reads_answer(*each) for each in known)

    def known(self, path: str) -> FileContext:
        """A file as TypeScript knows it."""
        return self._known[path]

    def sent_from(self, file: FileContext) -> Iterator[tuple[Node, str, Place]]:
        """The calls of a file that ask a route, each with its method and the function that answers."""
        for call, method, route in self._sent.get(file.source.path, {}).values():
            yield call, method, route.handler

    def is_untyped(self, place: Place) -> bool:
        """Whether TypeScript knows nothing of an expression."""
        file = self._known.get(place.file.source.path)
        found = file.types.of(place.node) if file is not None else None
        return found is None or found.is_any

    def _request(self, call: Place) -> Request | None:
        """A call as a request; what makes a route asks for nothing."""
        request = request_of(call.file, call.node)
        return request if request is not None and not self._served.is_route(call.node) else None

    def _form(self, call: Place) -> Type | None:
        """What a call gives that asks for something, with an open answer in it."""
        request = self._request(call)
        if request is not None:
            return form_of(call, request)
        function = call.file.types.function_of(call.node)
        there = function.place if function is not None else None
        if there is None or not MAY_ASK.search(there.file.source.text):
            return None
        found = self._returned(there)
        return _called_by(found, call) if found is not None else None

    def _returned(self, function: Place) -> Type | None:
        """What a function gives back with an answer in it that is open, whatever it says that it gives."""
        if function.node.id not in self._returns:
            self._returns[function.node.id] = None  # one that calls itself
            found = (function.file.types.kept(unwrapped(value)) for value in returned_values(function.node))
            answers = (each for each in found if each is not None and next(_open_in(each), None) is not None)
            self._returns[function.node.id] = next(answers, None)
        return self._returns[function.node.id]

    def _filled(self, form: Type, given: Mapping[str, str]) -> Type | None:
        """What a call gives, with the answers in it, or those that depend on what its function is given."""
        if form.field == OPEN:
            return self._answer(form, given)
        if form.what not in _MADE:
            return form
        bound = ((name, self._filled(each, given)) for name, each in form.bound)
        known = tuple((name, each) for name, each in bound if each is not None)
        return replace(form, bound=known) if known else None

    def _answer(self, answer: Type, given: Mapping[str, str]) -> Type | None:
        """What a route answers; the open answer itself when that depends on what the function around is given."""
        place = answer.place
        request = self._request(place) if place is not None else None
        if place is None or request is None:
            return None
        given = _inside(answer, given)
        options = Place(place.file, request.options) if request.options is not None else None
        method = request.method or (method_of(options, given) if options is not None else "get")
        asked = answer.also[-1] if answer.also else place
        route = self._route(request, place, method, given)
        if route is None:
            return answer if _takes(asked) else None
        self._sent.setdefault(asked.file.source.path, {})[asked.node.id] = asked.node, method, route
        found = self._of_route(route, method)
        if found is not None:
            self.asked.setdefault(asked.file.source.path, {})[asked.node.start_point.row + 1] = route
        return found

    def _route(self, request: Request, place: Place, method: str, given: Mapping[str, str]) -> Route | None:
        """The route that a request asks."""
        text = address_text(Place(place.file, request.address), given)
        url = url_of(text) if "/" in text else None
        if url is not None and request.has_base:
            url = url._replace(is_whole=False)
        return self._served.route(url, method, place.file.source.path) if url is not None else None

    def _of_route(self, route: Route, method: str) -> Type | None:
        key = (route.handler.node.id, method)
        if key not in self._answers:
            self._answers[key] = None  # a handler that asks itself
            self._answers[key] = answer_of(route, method)
        return self._answers[key]


def _inside(answer: Type, given: Mapping[str, str]) -> Mapping[str, str]:
    """What the parameters stand for of the function that asks, by those of the function around the outermost call."""
    for call in reversed(answer.also):
        function = call.file.types.function_of(call.node)
        given = (
            given_to(call, function.place.node, given) if function is not None and function.place is not None else {}
        )
    return given


def _takes(asked: Place) -> bool:
    """Whether what is asked for depends on what the function around it is given."""
    function = function_around(asked.node)
    names = [name for each in parameters(function) for name in bound_names(each)] if function is not None else []
    return any(names_in(asked.node, name) for name in names)


def _open_in(found: Type) -> Iterator[Type]:
    """The open answers in what a call gives."""
    if found.field == OPEN:
        yield found
    elif found.what in _MADE:
        for _, each in found.bound:
            yield from _open_in(each)


def _called_by(found: Type, call: Place) -> Type:
    """What a function gives back, with its open answers as they are in a call of it."""
    if found.field == OPEN:
        return replace(found, also=(*found.also, call))
    if found.what not in _MADE:
        return found
    return replace(found, bound=tuple((name, _called_by(each, call)) for name, each in found.bound))


_MADE = frozenset({What.BOX, What.TAKER})
