"""What a route answers and somebody says what it is, as `(await res.json()) as Row[]` or `.then((rows: Row[]) => ...)`.

The compiler believes that. Where the type has never null for what may be null now, it is told, and so is what reads on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.retyped.unfit_values import note_outdated
from prisma_decouple.typescript.finders.widening.records import note_unfit, null_inside
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.source.syntax import call_arguments, call_given, callee, function_around
from prisma_decouple.typescript.types.libraries.results import fetcher_of
from prisma_decouple.typescript.types.places.misfits import misfits
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_SAID = WRITTEN | {What.RECORD}


def find_received(file: FileContext) -> None:
    """Note where what a route answers does not fit what is said of it.

    Args:
        file: of a project that knows its routes; its findings, and those of the files with the types, are filled.
    """
    for place, found, written in _said(file):
        wanted = file.types.read(written)
        if wanted is None or wanted.what not in _SAID:
            continue
        note_outdated(file, place, found, wanted)
        unfit = list(misfits(file, found, wanted))
        if unfit:
            why = f"What is received here is said to be something else: {null_inside(unfit[0])}"
            note_unfit(file, place, Confidence.CERTAIN, why, unfit)


def _said(file: FileContext) -> Iterator[tuple[Node, Type, Node]]:
    """What is received with a type that is written beside it: the place, what it is, and the type."""
    requests = file.project.requests
    for call in file.source.nodes("call_expression") if requests is not None else ():
        given = call.child_by_field_name("type_arguments")
        for index, each in enumerate(given.named_children if given is not None else ()):
            answer = requests.received(Place(file, call), index) if requests is not None else None
            answer = answer or (_loaded(Place(file, call)) if not index else None)
            if answer is not None:
                yield call, answer, each
    for cast in file.source.nodes("as_expression"):
        value = Place(file, cast.named_children[0])
        found = file.types.of(value.node) if len(cast.named_children) > 1 else None
        if found is not None and requests is not None and requests.is_untyped(value):
            yield cast, found, cast.named_children[-1]
    for parameter in file.source.nodes("required_parameter"):
        promise, written = _promise_of(parameter), parameter.child_by_field_name("type")
        found = file.types.of(promise) if promise is not None and written is not None else None
        if promise is None or written is None or found is None or requests is None:
            continue
        if requests.is_untyped(Place(file, promise)):
            yield parameter, found, written.named_children[0]


def _loaded(call: Place) -> Type | None:
    """What the function of a query loads of which TypeScript knows nothing: `useQuery<Row[]>({ queryFn: load })`."""
    types, requests = call.file.types, call.file.project.requests
    function = fetcher_of(types, call.node)
    values = [Place(function.file, each) for each in returned_values(function.node)] if function is not None else []
    is_untyped = requests is not None and all(map(requests.is_untyped, values))
    return types.returned(Type(What.FUNCTION, place=function)) if is_untyped else None


def _promise_of(parameter: Node) -> Node | None:
    """The promise whose value a parameter gets, as the first one of what `then` is given first."""
    function = function_around(parameter)
    call = call_given(function) if function is not None and parameters(function)[:1] == [parameter] else None
    if call is None or call_arguments(call)[:1] != [function] or callee(call)[1] != "then":
        return None
    return callee(call)[0]
