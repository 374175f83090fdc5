"""What the procedures of a server of tRPC or oRPC give to those who call them, there and through a client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import declared_value
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    call_arguments,
    callee,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.libraries.procedures import input_of
from prisma_decouple.typescript.types.libraries.validators import let_through
from prisma_decouple.typescript.types.typed import RESULT, Type, What, omittable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ROUTER = re.compile(r"[Rr]outers?$")
_HANDLER = "handler"  # of oRPC, whose clients take what a procedure is sent as a part of their options
_PROCEDURES = frozenset({_HANDLER, "mutation", "query", "subscription"})
# How a client asks for the result itself.
_ASKS = frozenset({"ensureData", "fetch", "mutate", "query"})
# What has the same procedures: what a client gives to look after its cache with, a caller on the server.
_HELPERS = frozenset({"createCaller", "useContext", "useUtils"})
# What makes a function that gives a client.
_CALLERS = frozenset({"createCallerFactory"})
_HOOKS = ("useTRPC", "useTRPCClient")
_WITH_OPTIONS = frozenset({"mutationOptions", "queryOptions", "useMutation", "useQuery"})
MUTATES = ("mutate", "mutateAsync")
# After these a schema lets something else through than it was sent.
_CHANGES = re.compile(r"\b(?:catch|coerce|default|pipe|prefault|preprocess|transform)\b")
_PARTS = frozenset({"call_expression", "identifier", "object"})
_DEPTH = 12
OUTPUTS = "outputs"


def is_router(call: Node, name: str) -> bool:
    """Whether a call makes a router, by what it calls and what it is given: `router({ ... })`."""
    values = call_arguments(call)
    return _ROUTER.search(name) is not None and bool(values) and values[0].type in _PARTS


def router_of(found: Type) -> Type | None:
    """A router, also one that is no more than an object with procedures in it."""
    if found.literal is not None:
        return Type(What.ROUTER, place=found.literal)
    return found if found.what is What.ROUTER else None


def client_of(router: Type, function: str) -> Type:
    """What a library's function makes that is told the type of a router."""
    if function == "createHydrationHelpers":
        return Type(What.BOX, bound=(("trpc", router),))
    maker = Type(What.TAKER, bound=((RESULT, router),))
    if function == "createTRPCContext":
        return Type(What.BOX, bound=tuple((hook, maker) for hook in _HOOKS))
    return maker if function in _CALLERS else router


def route(router: Type, name: str) -> Type | None:
    """What a router has under a name: a router again, or a procedure; of its outputs what the procedure gives."""
    if router.place is None:
        return None
    for literal in _literals(router.place, _DEPTH):
        value = next((value for key, value in properties(literal.node) if key == name), None)
        if value is not None:
            found = replace(router, place=_declared(Place(literal.file, value), _DEPTH))
            return result(found) if router.field == OUTPUTS and _procedure(found) is not None else found
    return None


def result(procedure: Type) -> Type | None:
    """What a procedure gives back, as its output is written or as its function makes it; None for a router."""
    function = _procedure(procedure)
    if function is None or procedure.place is None:
        return None
    types = function.file.types
    output = _output(procedure.place.node)
    if output is not None:
        return let_through(types.of(output))
    return types.returned(Type(What.FUNCTION, place=function))


def promised(file: FileContext) -> Iterator[tuple[Node, Type]]:
    """The functions of procedures whose output is written, `procedure.output(schema).query(...)`, with what it is."""
    for call in file.source.called(*_PROCEDURES):
        function = _procedure(Type(What.ROUTER, place=Place(file, call)))
        output = _output(call) if function is not None else None
        wanted = let_through(file.types.of(output)) if output is not None else None
        if function is not None and wanted is not None:
            yield function.node, wanted


def taken(procedure: Type) -> Type | None:
    """What a procedure is sent, by the schema of its input; None when that is not what comes out of the schema."""
    place = procedure.place if _procedure(procedure) is not None else None
    found = input_of(place, _DEPTH) if place is not None else None
    is_changed = found is not None and found.said_by is not None and _CHANGES.search(text_of(found.said_by.node))
    return None if is_changed else found


def sent(owner: Type, method: str) -> Type | None:
    """What a method of a procedure, or a procedure of a router, wants first."""
    if _procedure(owner) is not None:
        if owner.place is not None and callee(owner.place.node)[1] == _HANDLER:
            return _sent_with_options(owner, method)
        return taken(owner) if method in _ASKS | _WITH_OPTIONS - {"useMutation", "mutationOptions"} else None
    called = route(owner, method)
    return taken(called) if called is not None else None


def _sent_with_options(owner: Type, method: str) -> Type | None:
    """What a procedure of oRPC wants first: `.call(input)`, `.queryOptions({ input })`."""
    found = taken(owner) if method in {"call", "queryOptions"} else None
    return Type(What.BOX, bound=(("input", found),)) if found is not None and method != "call" else found


def _output(procedure: Node) -> Node | None:
    """The schema in `procedure.output(schema).query(...)`."""
    call: Node | None = callee(procedure)[0]
    while call is not None and call.type == "call_expression":
        if callee(call)[1] == "output":
            return next(iter(call_arguments(call)), None)
        call = callee(call)[0]
    return None


def asked(owner: Type, method: str) -> Type | None:
    """What a method of a procedure, or a procedure of a router, gives to its caller."""
    if _procedure(owner) is None:
        if method in _HELPERS:
            return owner
        called = route(owner, method)
        return result(called) if called is not None else None
    found = result(owner)
    if method in _ASKS:
        return found
    box = _boxed(found).get(method, ()) if found is not None else ()
    given = taken(owner) if method == "useMutation" else None
    if given is not None:
        box = (*box, *((name, Type(What.TAKER, bound=(("0", given),))) for name in MUTATES))
    return Type(What.BOX, bound=box) if box else None


def kept(owner: Type, method: str) -> Type | None:
    """What a cache takes for a procedure, `utils.books.all.setData(input, books)`."""
    found = result(owner) if method == "setData" else None
    return omittable(found) if found is not None else None


def callbacks(owner: Type, method: str) -> Type | None:
    """What the options of a hook of a procedure are: functions that are given its result."""
    found = result(owner) if method in _WITH_OPTIONS else None
    return options_of(found) if found is not None else None


def options_of(found: Type) -> Type:
    """The options of a query or mutation, as far as they are functions that are given its result."""
    given, maybe = Type(What.TAKER, bound=(("0", found),)), Type(What.TAKER, bound=(("0", omittable(found)),))
    return Type(What.BOX, bound=(("onSettled", maybe), ("onSuccess", given), ("select", given)))


def _boxed(found: Type) -> dict[str, tuple[tuple[str, Type], ...]]:
    """What the methods of a client make around a result."""
    data = (("data", omittable(found)),)
    there = (("data", found),)
    pages = Type(What.BOX, bound=(("pages", replace(found, is_list=True)),))
    return {
        "mutationOptions": (("mutationFn", found),),
        "queryOptions": (("queryFn", found),),
        "useInfiniteQuery": (("data", omittable(pages)),),
        "useMutation": data,
        "useSuspenseInfiniteQuery": (("0", pages), ("data", pages)),
        "useQuery": data,
        "useSuspenseQuery": (("0", found), ("1", Type(What.BOX, bound=there)), *there),
    }


def _procedure(router: Type) -> Place | None:
    """The function of a procedure: `procedure.input(...).query(async () => ...)`."""
    if router.place is None or router.place.node.type != "call_expression":
        return None
    call = router.place.node
    function = next((each for each in call_arguments(call) if is_function(each)), None)
    is_procedure = callee(call)[0] is not None and callee(call)[1] in _PROCEDURES
    return Place(router.place.file, function) if is_procedure and function is not None else None


def _literals(place: Place, depth: int) -> Iterator[Place]:
    """The literals that a router is made of; several are merged by a call."""
    declared = _declared(place, depth)
    if declared.node.type == "object":
        yield declared
    elif declared.node.type == "call_expression" and depth:
        for value in call_arguments(declared.node):
            yield from _literals(Place(declared.file, value), depth - 1)


def _declared(place: Place, depth: int) -> Place:
    """The expression that a name stands for, across files."""
    node, file = unwrapped(place.node), place.file
    if not depth or node.type not in VALUE_NAMES:
        return Place(file, node)
    symbol = file.project.lookup(file, node, text_of(node))
    value = _value_of(symbol.file, symbol.node) if isinstance(symbol, Symbol) else None
    return _declared(value, depth - 1) if value is not None else Place(file, node)


def _value_of(file: FileContext, declaration: Node) -> Place | None:
    name = text_of(declaration.child_by_field_name("name"))
    value = declared_value(declaration, name)
    return Place(file, value) if value is not None else None
