"""What the functions of libraries make around the types that they are given: the hooks of React and of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments
from prisma_decouple.typescript.types.forms import form_of
from prisma_decouple.typescript.types.routers import client_of, is_router
from prisma_decouple.typescript.types.stores import store_of
from prisma_decouple.typescript.types.typed import Type, What, bound_to, omittable

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

# Where they keep what has the type that they are given.
_DATA = frozenset({"useInfiniteQuery", "useMutation", "useQuery", "useSWR", "useSWRImmutable", "useSuspenseQuery"})
_THERE = frozenset({"useSuspenseQuery"})
_FETCHED = frozenset({"useSWR", "useSWRImmutable"})
_KEEPERS = frozenset({"useOptimistic", "useRef", "useState"})
_REQUESTS = frozenset({"delete", "get", "patch", "post", "put", "request"})


def of_library(types: Types, call: Node, name: str, depth: int) -> Type | None:
    """What a call of a library's function gives back; None when nothing is known of it.

    Args:
        types: of the file.
        call: the call.
        name: of the function.
        depth: how far declarations are followed.
    """
    if is_router(call, name):
        return Type(What.ROUTER, place=Place(types.file, call))
    if name in _WORKERS:
        return _WORKERS[name](types, call, depth)
    form = form_of(types, call, depth)
    if form is not None or (store := store_of(types, call, depth)) is not None:
        return form or store
    made = _of_form(types, call, depth) if name == "useFormik" else _of_query(types, call, name, depth)
    if made is not None:
        return made
    found = _given(types, call, name, depth)
    if found is None or found.what is What.ROUTER:
        return client_of(found, name) if found is not None else None
    box = _boxed(found).get(name)
    return Type(What.BOX, bound=box) if box is not None else None


def _given(types: Types, call: Node, name: str, depth: int) -> Type | None:
    """The type that a function is given, or that of the value that it keeps."""
    given, values = call.child_by_field_name("type_arguments"), call_arguments(call)
    if given is not None and given.named_children:
        return types.read(given.named_children[0], depth - 1)
    return types.of(values[0], depth - 1) if values and name in _KEEPERS else None


def _boxed(found: Type) -> dict[str, tuple[tuple[str, Type], ...]]:
    """What functions make around a type."""
    return {
        **dict.fromkeys(_DATA, (("data", omittable(found)),)),
        **dict.fromkeys(_REQUESTS, (("data", found),)),
        "createContext": (("context", found),),
        "useOptimistic": (("0", found),),
        "useRef": (("current", found),),
        "useState": (("0", found), ("1", Type(What.TAKER, bound=(("0", found),)))),
    }


def _computed(types: Types, call: Node, depth: int) -> Type | None:
    """What the function gives back that is handed to `useMemo`."""
    values = call_arguments(call)
    found = types.of(values[0], depth - 1) if values else None
    return types.returned(found, depth - 1) if found is not None else None


def _resolved(types: Types, call: Node, depth: int) -> Type | None:
    """What `jsonHash({ async user() { ... } })` gives: what the functions among its values give."""
    literal = next((each for each in call_arguments(call) if each.type == "object"), None)
    values = properties(literal) if literal is not None else ()
    found = ((name, types.of(value, depth - 1)) for name, value in values)
    results = ((name, types.returned(each) if each.what is What.FUNCTION else each) for name, each in found if each)
    return Type(What.BOX, bound=tuple((name, each) for name, each in results if each is not None))


def _of_context(types: Types, call: Node, depth: int) -> Type | None:
    """What a context holds: `useContext(context)`."""
    values = call_arguments(call)
    found = types.of(values[0], depth - 1) if values else None
    return bound_to(found, "context") if found is not None and found.what is What.BOX else None


def _same(types: Types, call: Node, depth: int) -> Type | None:
    """What is handed on as it is: `useDeferredValue(books)`."""
    values = call_arguments(call)
    return types.of(values[0], depth - 1) if values else None


def _cached(types: Types, call: Node, depth: int) -> Type | None:
    """What a cache is told that it holds, if it does: `client.getQueryData<Book[]>(key)`."""
    given = call.child_by_field_name("type_arguments")
    found = types.read(given.named_children[0], depth - 1) if given is not None and given.named_children else None
    return omittable(found) if found is not None else None


_WORKERS = {
    "getQueryData": _cached,
    "jsonHash": _resolved,
    "use": _of_context,
    "useContext": _of_context,
    "useDeferredValue": _same,
    "useMemo": _computed,
}


def _of_query(types: Types, call: Node, name: str, depth: int) -> Type | None:
    """What the function of a query gives back: of `useQuery({ queryFn: () => load() })`, or of ready-made options."""
    options = next(iter(call_arguments(call)), None)
    if name not in _DATA or options is None or call.child_by_field_name("type_arguments") is not None:
        return None
    if name in _FETCHED or options.type == "object":
        function = _fetcher(call, options, name)
        given = types.of(function, depth - 1) if function is not None else None
        found = types.returned(given, depth - 1) if given is not None else None
    else:
        made = types.of(options, depth - 1)
        found = bound_to(made, "queryFn") if made is not None and made.what is What.BOX else None
    if found is None:
        return None
    return Type(What.BOX, bound=(("data", found if name in _THERE else omittable(found)),))


def _fetcher(call: Node, options: Node, name: str) -> Node | None:
    """The function that loads what a query gives: `useSWR(key, load)` takes it after the key."""
    if name in _FETCHED:
        return next(iter(call_arguments(call)[1:]), None)
    return property_value(options, "mutationFn" if name == "useMutation" else "queryFn")


def _of_form(types: Types, call: Node, depth: int) -> Type | None:
    options = next(iter(call_arguments(call)), None)
    values = property_value(options, "initialValues") if options is not None and options.type == "object" else None
    found = types.of(values, depth - 1) if values is not None else None
    return Type(What.BOX, bound=(("initialValues", found), ("values", found))) if found is not None else None
