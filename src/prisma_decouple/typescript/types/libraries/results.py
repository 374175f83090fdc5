"""What the functions of libraries make around the types that they are given: the hooks of React and of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.kept_literals import options_of
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function
from prisma_decouple.typescript.types.contexts import given_to
from prisma_decouple.typescript.types.libraries.forms import FORMIK, form_of, formik_of
from prisma_decouple.typescript.types.libraries.hono import hono_client
from prisma_decouple.typescript.types.libraries.next_auth import session_of
from prisma_decouple.typescript.types.libraries.procedures import input_of_action, is_made_by
from prisma_decouple.typescript.types.libraries.routers import MUTATES, client_of, is_router, router_of
from prisma_decouple.typescript.types.libraries.stores import store_of
from prisma_decouple.typescript.types.libraries.superforms import VALIDATE, form_checked
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to, omittable

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

# Where they keep what has the type that they are given.
_DATA = frozenset({"useInfiniteQuery", "useMutation", "useQuery", "useSWR", "useSWRImmutable", "useSuspenseQuery"})
_THERE = frozenset({"useSuspenseQuery"})
_KEEPERS = frozenset({"createCallerFactory", "useOptimistic", "useRef", "useState"})
_DEPTH = 8
_EXECUTES = ("execute", "executeAsync")  # of `useAction` of next-safe-action
_ROUTES = frozenset({"createFileRoute", "createRootRouteWithContext", "createRoute"})
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
    form = form_of(types, call, depth) or _of_route(types, call, depth) or session_of(types, call)
    if form is not None or (store := store_of(types, call, depth)) is not None:
        return form or store
    made = formik_of(types, call, depth) if name == FORMIK else _of_query(types, call, name, depth)
    if made is not None:
        return made
    found = _given(types, call, name, depth)
    if found is None or found.what is What.ROUTER or name == "hc":
        return hono_client(found) if name == "hc" else client_of(found, name) if found is not None else None
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
    literal = options_of(call)
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


def _served(types: Types, call: Node, depth: int) -> Type | None:
    """What has the procedures of a router on the server: `createTRPCOptionsProxy({ router, ctx, queryClient })`."""
    given, options = call.child_by_field_name("type_arguments"), options_of(call)
    if given is not None and given.named_children:
        return types.read(given.named_children[0], depth - 1)
    value = property_value(options, "router") if options is not None else None
    return types.of(value, depth - 1) if value is not None else None


def _routed(types: Types, call: Node, depth: int) -> Type | None:
    """A client of a router on the server, `createRouterClient(router)`."""
    found = _same(types, call, depth)
    return router_of(found) if found is not None else None


def _server_function(types: Types, call: Node, depth: int) -> Type | None:
    """What is called for the function of `createServerFn().handler(async () => ...)`."""
    return _same(types, call, depth) if is_made_by("createServerFn", types.file, call) else None


def _safe_action(types: Types, call: Node, depth: int) -> Type | None:
    """An action of next-safe-action, which gives what its function does as `data`, if nothing went wrong."""
    function = _same(types, call, depth) if is_made_by("createSafeActionClient", types.file, call) else None
    found = types.returned(function, depth - 1) if function is not None else None
    taken = input_of_action(Place(types.file, call), depth) if function is not None else None
    bound = [("0", taken)] if taken is not None else []
    bound += [(RESULT, _result(found))] if found is not None else []
    return Type(What.TAKER, bound=tuple(bound)) if bound else None


def _result(found: Type) -> Type:
    return Type(What.BOX, bound=(("data", omittable(found)),))


def _of_action(types: Types, call: Node, depth: int) -> Type | None:
    """What `useAction(action)` keeps of an action."""
    action = _same(types, call, depth)
    if action is None or action.what is not What.TAKER:
        return None
    given, taken = bound_to(action, RESULT), bound_to(action, "0")
    bound = [("result", given)] if given is not None else []
    bound += [(name, Type(What.TAKER, bound=(("0", taken),))) for name in _EXECUTES if taken is not None]
    return Type(What.BOX, bound=tuple(bound))


def _of_route(types: Types, call: Node, depth: int) -> Type | None:
    """A route of TanStack Router, `createFileRoute(path)({ loader })`, as far as it gives what it loads."""
    maker, options = call.child_by_field_name("function"), options_of(call)
    is_route = maker is not None and maker.type == "call_expression" and callee(maker)[1] in _ROUTES
    value = property_value(options, "loader") if is_route and options is not None else None
    function = types.of(value, depth - 1) if value is not None else None
    found = types.returned(function, depth - 1) if function is not None else None
    return Type(What.BOX, bound=(("useLoaderData", Type(What.TAKER, bound=((RESULT, found),))),)) if found else None


def _reference(types: Types, call: Node, depth: int) -> Type | None:
    """A reference of Vue, `ref<Book[]>([])`, or `computed(() => ...)`: it has its value under that name."""
    given, values = call.child_by_field_name("type_arguments"), call_arguments(call)
    if given is not None and given.named_children:
        found = types.read(given.named_children[0], depth - 1)
        found = omittable(found) if found is not None and not values else found
    else:
        found = types.kept(values[0], depth - 1) if values else None
        is_computed = found is not None and found.what is What.FUNCTION and callee(call)[1] == "computed"
        found = types.returned(found, depth - 1) if found is not None and is_computed else found
    return Type(What.BOX, bound=(("value", found),)) if found is not None else None


def _value(types: Types, call: Node, depth: int) -> Type | None:
    """What `unref(books)` gives: what a reference has, and all else as it is."""
    found = _same(types, call, depth)
    value = bound_to(found, "value") if found is not None and found.what is What.BOX else None
    return value or found


def _declared(types: Types, call: Node, depth: int) -> Type | None:
    """What a function gives that is told its type, or what it begins with: `defineProps<Props>()`, `$state(book)`."""
    given = call.child_by_field_name("type_arguments")
    if given is not None and given.named_children:
        return types.read(given.named_children[0], depth - 1)
    return _same(types, call, depth)


def _asynchronous(types: Types, call: Node, depth: int) -> Type | None:
    """What Nuxt keeps of what it asks for: `useFetch<Book[]>(url)`, `useAsyncData(key, () => load())`."""
    given = call.child_by_field_name("type_arguments")
    if given is not None and given.named_children:
        found = types.read(given.named_children[0], depth - 1)
    else:
        functions = [each for each in call_arguments(call) if is_function(each)]
        made = types.of(functions[0], depth - 1) if functions else None
        found = types.returned(made, depth - 1) if made is not None else None
    return kept_by_nuxt(found) if found is not None else None


def kept_by_nuxt(found: Type) -> Type:
    """What Nuxt keeps of an answer: a reference to it under `data`, which has none until it is there."""
    return Type(What.BOX, bound=(("data", Type(What.BOX, bound=(("value", omittable(found)),))),))


def _reduced(types: Types, call: Node, depth: int) -> Type | None:
    """The state and what changes it, as the function of `useReducer(reduce, first)` takes them."""
    values = call_arguments(call)
    function = types.of(values[0], depth - 1) if values else None
    state, action = (given_to(function, index, depth - 1) for index in range(2))
    if state is None and function is not None:
        state = types.returned(function, depth - 1)
    parts = (("0", state), ("1", Type(What.TAKER, bound=(("0", action),)) if action is not None else None))
    return Type(What.BOX, bound=tuple((name, each) for name, each in parts if each is not None))


def _fetched(types: Types, call: Node, depth: int) -> Type | None:
    """What a client of queries gives that is told how to load it: `client.fetchQuery({ queryKey, queryFn })`."""
    first = next(iter(call_arguments(call)), None)
    if first is None:
        return None
    if options_of(call) is not None:
        given = _fetcher(types, call, "fetchQuery", depth)
        return types.returned(given, depth - 1) if given is not None else None
    made = types.of(first, depth - 1)
    return bound_to(made, "queryFn") if made is not None and made.what is What.BOX else None


_WORKERS = {
    **dict.fromkeys(("computed", "ref", "shallowRef"), _reference),
    **dict.fromkeys(("defineProps", "reactive", "readonly", "withDefaults", "$state", "$derived"), _declared),
    **dict.fromkeys(("useAsyncData", "useFetch", "useLazyAsyncData", "useLazyFetch"), _asynchronous),
    "unref": _value,
    **dict.fromkeys(("createORPCReactQueryUtils", "createTanstackQueryUtils"), _same),
    "createRouterClient": _routed,
    **dict.fromkeys(("useAction", "useOptimisticAction", "useStateAction"), _of_action),
    "action": _safe_action,
    "handler": _server_function,
    **dict.fromkeys(("ensureQueryData", "fetchQuery"), _fetched),
    **dict.fromkeys(("createServerSideHelpers", "createTRPCOptionsProxy"), _served),
    "getQueryData": _cached,
    "jsonHash": _resolved,
    VALIDATE: form_checked,
    "use": _of_context,
    "useContext": _of_context,
    "useDeferredValue": _same,
    "useMemo": _computed,
    "useReducer": _reduced,
}


def _of_query(types: Types, call: Node, name: str, depth: int) -> Type | None:
    """What a query gives by its function, `useQuery({ queryFn: () => load() })`, or by ready-made options."""
    first, options = next(iter(call_arguments(call)), None), options_of(call)
    written, requests = call.child_by_field_name("type_arguments"), types.file.project.requests
    if name not in _DATA or first is None or (written is not None and requests is None):
        return None
    given = _fetcher(types, call, name, depth)
    if given is not None:
        found = types.returned(given, depth - 1)
    else:
        made = types.of(first, depth - 1)
        found = bound_to(made, "queryFn") if made is not None and made.what is What.BOX else None
    chosen = property_value(options, "select") if options is not None else None
    if chosen is not None:
        maker = types.of(chosen, depth - 1)
        found = types.returned(maker, depth - 1) if maker is not None else None
    if (
        written is not None
        and requests is not None
        and not requests.leaves_open(types, written.named_children[0], found)
    ):
        return None
    taken = given_to(given, 0, depth - 1) if name == "useMutation" else None
    parts = dict.fromkeys(MUTATES, Type(What.TAKER, bound=(("0", taken),))) if taken is not None else {}
    if found is not None:
        parts["data"] = found if name in _THERE else omittable(found)
    return Type(What.BOX, bound=tuple(parts.items())) if parts else None


def fetcher_of(types: Types, call: Node) -> Place | None:
    """The function that loads what a query gives that is told what that is: `useQuery<Book[]>({ queryFn: load })`."""
    name, options = callee(call)[1], options_of(call)
    value = property_value(options, _loader(name)) if options is not None and name in _DATA else None
    found = types.of(value) if value is not None else None
    return found.place if found is not None and found.what is What.FUNCTION else None


def mutator_of(types: Types, call: Node) -> Place | None:
    """The function of a mutation: `useMutation({ mutationFn: save })`, in older versions `useMutation(save)`."""
    found = _fetcher(types, call, "useMutation", _DEPTH)
    return found.place if found is not None and found.what is What.FUNCTION else None


def _fetcher(types: Types, call: Node, name: str, depth: int) -> Type | None:
    """The function that loads what a query gives: in its options, else behind the key, `useSWR(key, load)`."""
    options = options_of(call)
    if options is not None:
        value = property_value(options, _loader(name))
        return types.of(value, depth - 1) if value is not None else None
    found = (types.of(each, depth - 1) for each in call_arguments(call))
    return next((each for each in found if each is not None and each.what is What.FUNCTION), None)


def _loader(name: str) -> str:
    """Under which the options of a hook have the function that it calls."""
    return "mutationFn" if name == "useMutation" else "queryFn"
