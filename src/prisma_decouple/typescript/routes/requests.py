"""What calls get from the routes of the code base that they ask: `fetch("/api/books")`, `api.get(url)`, own functions.

TypeScript knows nothing of it. So only a project that is told of its routes looks here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.routes.answers import answer_of
from prisma_decouple.typescript.routes.asking import PARSED, PARSES, form_of, method_of, request_of
from prisma_decouple.typescript.routes.given_back import GivenBack
from prisma_decouple.typescript.routes.handed_on import receivers
from prisma_decouple.typescript.routes.in_call import depends
from prisma_decouple.typescript.routes.left_open import leaves_open, returns_more
from prisma_decouple.typescript.routes.open_answers import MADE, called_by, closed, open_in, way_to
from prisma_decouple.typescript.routes.served import Served
from prisma_decouple.typescript.routes.spent import reads_answer
from prisma_decouple.typescript.routes.states import STATES, state_of
from prisma_decouple.typescript.routes.urls import address_text, given_to, sides_of, url_of
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    function_around,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import UNTYPED
from prisma_decouple.typescript.types.either import beside
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import Type, What, bound_to
from prisma_decouple.typescript.types.written.generics import type_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.routes.asking import Request
    from prisma_decouple.typescript.routes.interceptors import Interceptors
    from prisma_decouple.typescript.routes.served import Route
    from prisma_decouple.typescript.types.expressions import Types

MAY_ASK = re.compile(r"[fF]etch\(|axios|useSWR|\.(?:delete|get|mutation|patch|post|put|query)\s*[(<]")
"""In the text of whatever asks."""
# In the text of what opens an answer that it is given.
_OPENS = re.compile(r"\.(?:body|data|json|text)\b")
_DEPTH = 3


class Requests:
    """What is asked for in a code base.

    A function that asks for what it is given, `(path) => fetch(`${base}${path}`)`, gives an open answer: it is closed
    where the function is called, in every call by itself.

    Args:
        routes: that the code base serves.
        known: its files by path, as TypeScript knows them.
        interceptors: what is registered for all answers.

    Attributes:
        asked: the routes that calls are seen to ask, by the path of their file, the line of the call and the handler.
    """

    def __init__(self, routes: Iterable[Route], known: Mapping[str, FileContext], interceptors: Interceptors) -> None:
        self._served = Served(routes)
        self._known = known
        self._interceptors = interceptors
        self._answers: dict[tuple[int, str], Type | None] = {}
        self._returns: dict[int, Type | None] = {}
        self._handed: dict[int, Type | None] = {}
        self._sent: dict[str, dict[tuple[int, int], tuple[Node, str, Route]]] = {}
        self.asked: dict[str, dict[tuple[int, int], Route]] = {}

    def in_file(self, file: FileContext) -> Iterator[Place]:
        """The calls of a file that ask for something themselves."""
        for call in file.source.nodes("call_expression") if MAY_ASK.search(file.source.text) else ():
            if self._request(Place(file, call)) is not None:
                yield Place(file, call)

    def let_in(self, member: Place, found: Type | None) -> Type | None:
        """What a member of a written type is once it lets in the null, or undefined, that TypeScript told it to.

        Args:
            member: the member.
            found: what it says now.
        """
        known = self._known.get(member.file.source.path)
        origin = known.findings.let_in.get(place_key(member)) if known is not None else None
        if found is None or origin is None or found.is_nullable:
            return found
        if found.what is What.VALUE:
            return Type(What.KEY, origin[0], is_nullable=True, nothing=frozenset({origin[2]}), field=origin[1])
        return replace(found, is_nullable=True, became_null=origin[:2])

    def is_open(self, call: Place) -> bool | None:
        """Whether what a call gets is told by what the function around it is given; None when it gets nothing."""
        form = self._form(call)
        found = self._filled(form, {}) if form is not None else None
        return next(open_in(found), None) is not None if found is not None else None

    def of_call(self, types: Types, call: Node, depth: int) -> Type | None:
        """What a call gives that asks a route, by itself or by way of functions; None for any other.

        Args:
            types: of the file.
            call: the call.
            depth: how far declarations are followed.
        """
        if callee(call)[1] in STATES:
            return state_of(types, call, depth)
        if text_of(call.child_by_field_name("function")) == PARSES:
            text = next((types.of(each, depth) for each in call_arguments(call)), None)
            return bound_to(text, PARSED) if text is not None else None
        written = call.child_by_field_name("type_arguments")
        is_typed = written is not None and any(text_of(each) not in UNTYPED for each in written.named_children)
        told = written.named_children[0] if written is not None and is_typed else None
        if told is not None and not self.leaves_open(types, told, self.received(Place(types.file, call))):
            return None  # what is written down for it counts
        form = self._form(Place(types.file, call))
        return self._filled(form, {}) if form is not None else None

    def received(self, call: Place, parameter: int = 0) -> Type | None:
        """What a call gets from a route that is written down for it, `get<Book[]>("/books")`, whatever that says.

        Args:
            call: the call.
            parameter: which of the type parameters that it gives says what is received.
        """
        form = self._form(call)
        way = self._way_to(call, parameter)
        if form is None or (parameter and way is None):
            return None
        for name in way or ():
            form = call.file.types.property(form, name) if form is not None else None
        answer = next(open_in(form), None) if form is not None else None
        found = self._filled(answer, {}) if answer is not None else None
        return found if found is not None and not found.is_open else None

    def serving(self, file: FileContext) -> Iterator[str]:
        """The files with the handlers of the routes that a file asks."""
        yield from (route.handler.file.source.path for route in self.asked.get(file.source.path, {}).values())

    def askers_of(self, answered: Place) -> list[str]:
        """The files that ask the route whose handler answers with a value; tests, where nobody else does."""
        routes = ((path, route) for path, asked in self.asked.items() for route in asked.values())
        found = sorted({path for path, route in routes if route.answers_with(answered)})
        return [path for path in found if not is_test(path)] or found

    def calls_for(self, answered: Place) -> list[Place]:
        """The calls that ask the route whose handler answers with a value."""
        files = answered.file.project.files
        sent = ((files[path], *each) for path, calls in self._sent.items() for each in calls.values())
        return [Place(file, call) for file, call, _, route in sent if route.answers_with(answered)]

    def receivers_of(self, answered: Place) -> list[Place]:
        """The calls that get what a handler answers, also by way of functions that give it back."""
        paths = self.askers_of(answered)
        asking = (each for each in self.calls_for(answered) if each.file.source.path in paths)
        return [each for call in asking for each in receivers(call)]

    def received_of(self, answered: Place) -> list[tuple[Place, Type]]:
        """The calls that get what a handler answers with a value, each with what that is; not those of tests."""
        files = answered.file.project.files
        sent = ((files[path], *each) for path, calls in self._sent.items() for each in calls.values())
        asked = [
            (file, call, self._of_route(to, way))
            for file, call, way, to in sent
            if to.answers_with(answered) and not is_test(file.source.path)
        ]
        known = [(file, call, answer) for file, call, answer in asked if answer is not None]
        return [(each, answer) for file, call, answer in known for each in receivers(Place(file, call))]

    def is_unread(self, answered: Place) -> bool:
        """Whether the route whose handler answers with a value is asked, not only by tests, and nobody reads it."""
        known = self.received_of(answered)
        return bool(known) and not any(reads_answer(each.file, each.node, answer) for each, answer in known)

    def known(self, file: FileContext) -> FileContext:
        """A file as TypeScript knows it; of JavaScript it knows no more than it is asked here."""
        return self._known.get(file.source.path, file)

    def sent_from(self, file: FileContext) -> Iterator[tuple[Node, str, Place]]:
        """The calls of a file that ask a route, each with its method and the function that answers."""
        for call, method, route in self._sent.get(file.source.path, {}).values():
            yield call, method, route.handler

    def is_untyped(self, place: Place) -> bool:
        """Whether TypeScript knows nothing of an expression."""
        file = self._known.get(place.file.source.path)
        found = file.types.of(place.node) if file is not None else None
        return found is None or found.is_any

    def is_left_open(self, value: Place, written: Node | None) -> bool:
        """Whether TypeScript knows nothing of a value, and what is written of it leaves open what it is."""
        if written is None or not self.is_untyped(value):
            return False
        types = value.file.types
        return self.leaves_open(types, written, types.of(value.node))

    def leaves_open(self, types: Types, written: Node, found: Type | None) -> bool:
        """Whether a written type says nothing of that in a value which a change is about."""
        return leaves_open(types, types.read(written), found)

    def returns_more(self, function: Place, written: Node) -> bool:
        """Whether what a function is said to give leaves open what it gives."""
        return returns_more(function, written)

    def _request(self, call: Place) -> Request | None:
        """A call as a request; what makes a route asks for nothing."""
        request = request_of(call.file, call.node)
        return request if request is not None and not self._served.is_route(call.node) else None

    def _form(self, call: Place) -> Type | None:
        """What a call gives that asks for something, with an open answer in it."""
        request = self._request(call)
        if request is not None:
            return self._taken_by_client(call, form_of(call, request))
        function = call.file.types.function_of(call.node)
        there = function.place if function is not None else None
        if there is None:
            return None
        if _OPENS.search(text_of(there.node)) and (opened := self._opened(call, there)) is not None:
            return opened
        found = self._returned(there) if MAY_ASK.search(there.file.source.text) else None
        return called_by(found, call) if found is not None else None

    def _taken_by_client(self, call: Place, form: Type) -> Type:
        """What a client makes of an answer before it gives it."""
        client = callee(call.node)[0]
        taker = self._interceptors.taker(Place(call.file, client)) if client is not None else None
        if taker is None:
            return form
        given = {each.id: form for each in parameters(taker.node)[:1]}
        return GivenBack(taker.file, self._form, given).of_any(returned_values(taker.node)) or form

    def _opened(self, call: Place, function: Place) -> Type | None:
        """What a function makes of an answer that it is given: `read(await fetch("/api/books"))`."""
        if call.node.id not in self._handed:
            self._handed[call.node.id] = None  # one that calls itself
            inside = GivenBack(call.file, self._form, {})
            pairs = zip(parameters(function.node), call_arguments(call.node), strict=False)
            given = ((taken.id, inside.of(each)) for taken, each in pairs)
            known = {taken: each for taken, each in given if each is not None}
            there = GivenBack(function.file, self._form, known)
            self._handed[call.node.id] = there.of_any(returned_values(function.node)) if known else None
        return self._handed[call.node.id]

    def _returned(self, function: Place) -> Type | None:
        """What a function gives back with an answer in it that is open, whatever it says that it gives."""
        if function.node.id not in self._returns:
            self._returns[function.node.id] = None  # one that calls itself
            found = GivenBack(function.file, self._form, {}).of_any(returned_values(function.node))
            filled = self._filled(found, {}) if found is not None else None
            is_still = filled is not None and next(open_in(filled), None) is not None
            self._returns[function.node.id] = filled if is_still else None
        return self._returns[function.node.id]

    def _way_to(self, call: Place, parameter: int) -> tuple[str, ...] | None:
        """Where in what a function of the code base gives is what one of its type parameters stands for."""
        types = self._known.get(call.file.source.path, call.file).types  # TypeScript does not look into components
        function = types.function_of(call.node)
        if function is None or function.place is None:
            return None
        names = type_parameters(function.place.node)[parameter : parameter + 1]
        return way_to(names[0], types.returned(function)) if names else None

    def _filled(self, form: Type, given: Mapping[str, str]) -> Type | None:
        """What a call gives, with the answers in it, or those that depend on what its function is given."""
        if form.is_open:
            return self._answer(form, given)
        if form.what not in MADE:
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
        asked = answer.also[-1] if answer.also else place
        routes = list(self._routes(request, answer, place, sides_of(asked, given)))
        if not routes:
            return answer if _takes(asked) else None
        path, row = asked.file.source.path, asked.node.start_point.row + 1
        answers = []
        for method, route in routes:
            handler = route.handler.node.id
            self._sent.setdefault(path, {})[asked.node.id, handler] = asked.node, method, route
            found = self._of_route(route, method)
            if found is not None:
                self.asked.setdefault(path, {})[row, handler] = route
                answers.append(found)
        return closed(answer, beside(*answers)) if answers else None

    def _routes(
        self, request: Request, answer: Type, place: Place, sides: Iterable[Mapping[str, str]]
    ) -> Iterator[tuple[str, Route]]:
        """The routes that a request asks, each with its method: two where its address, or method, is one of two."""
        options = Place(place.file, request.options) if request.options is not None else None
        for side in sides:
            given = _inside(answer, side)
            method = request.method or (method_of(options, given) if options is not None else "get")
            route = self._route(request, place, method, given)
            if route is not None:
                yield method, route

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
            found = answer_of(route, method)
            is_mapped = found is not None and route.is_of_nest
            self._answers[key] = self._interceptors.sent(found) if found is not None and is_mapped else found
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
    """Whether what is asked for depends on what the function around it is given, by its own names or by variables."""
    function = function_around(asked.node)
    taken = frozenset(each.id for each in parameters(function)) if function is not None else frozenset()
    return bool(taken) and depends(asked.node, taken, _DEPTH)
