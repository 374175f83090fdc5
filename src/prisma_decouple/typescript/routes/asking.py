"""Calls that ask for something by its address: `fetch(url, { method })`, `api.get(url)`, `useSWR(url, load)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.routes.served import ANY, METHODS
from prisma_decouple.typescript.routes.urls import address_text, method_given
from prisma_decouple.typescript.source.literals import property_value, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    FUNCTIONS,
    call_arguments,
    callee,
    is_function,
    text_of,
    without_parentheses,
)
from prisma_decouple.typescript.types.libraries.results import kept_by_nuxt
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import OPEN, RESULT, Type, What, omittable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

PARSED = "parsed"
"""Under which the text of an answer has what it says."""

PARSES = "JSON.parse"
"""What makes of a text what it says."""

_TEXTS = frozenset({"string", "template_string"})
_NO_ADDRESS = frozenset({*FUNCTIONS, "array", "number", "object"})


class Request(NamedTuple):
    """A call that asks for something.

    Attributes:
        address: of what it asks for.
        options: where its method is; None when it has none.
        method: with which it asks, where the function says that.
        shape: what it gives, made of the answer.
        has_base: whether it may have been told elsewhere how all addresses begin.
    """

    address: Node
    options: Node | None
    method: str
    shape: Callable[[Type], Type]
    has_base: bool = True


def request_of(file: FileContext, call: Node) -> Request | None:
    """A call as a request, made with a function that everybody has, or with one of a library; None for any other."""
    receiver, name = callee(call)
    values = call_arguments(call)
    if not values:
        return None
    reader = _FUNCTIONS.get(name) if receiver is None else _METHODS.get(name)
    request = reader(name, values) if reader is not None else None
    is_everybodys = receiver is None and name in _EVERYBODYS
    return request if request is not None and (is_everybodys or not _is_known(file, call)) else None


def form_of(call: Place, request: Request) -> Type:
    """What a request gives, with the open answer in it."""
    return request.shape(Type(What.BOX, field=OPEN, place=call))


def method_of(options: Place, given: Mapping[str, str]) -> str:
    """The method in the options of a request, or in those that its function is given and hands on.

    Args:
        options: an object, or a name.
        given: as `given_to` tells it of the function around.
    """
    held = literal_behind(options) if options.node.type == "identifier" else None
    options = held or options
    node = options.node
    written = property_value(node, "method") if node.type == "object" else None
    if written is not None:
        said = address_text(Place(options.file, written), given).lower()
        return said if said in METHODS else ANY
    handed_on = [node] if node.type == "identifier" else [each.named_children[0] for each in spreads_in(node)]
    said = next(filter(None, (method_given(each, given) for each in handed_on)), "get").lower()
    return said if said in METHODS else ANY


def _is_known(file: FileContext, call: Node) -> bool:
    """Whether a call is one of a function of the code base, or of something of which it is known what it is."""
    receiver, _ = callee(call)
    owner = file.types.of(receiver) if receiver is not None else None
    return (owner is not None and owner.what is not What.TOLD) or file.types.function_of(call) is not None


def _fetch(_: str, values: Sequence[Node]) -> Request:
    return Request(values[0], _second(values), "", _response, has_base=False)


def _fetch_whole(_: str, values: Sequence[Node]) -> Request:
    """`await $fetch(url)` gives the body of the answer."""
    return Request(values[0], _second(values), "", _whole)


def _fetch_by_nuxt(_: str, values: Sequence[Node]) -> Request:
    """`useFetch(url)` of Nuxt, whose address may be a function."""
    address = next(iter(returned_values(values[0])), values[0]) if is_function(values[0]) else values[0]
    return Request(address, _second(values), "", kept_by_nuxt)


def _query(_: str, values: Sequence[Node]) -> Request:
    """`useSWR(url, load)`, whose key may be a function, or a list that begins with the address."""
    key = values[0]
    if is_function(key):
        key = next(iter(returned_values(key)), key)
    if key.type == "array" and key.named_children:
        key = key.named_children[0]
    return Request(key, None, "get", _kept)


def _configured(_: str, values: Sequence[Node]) -> Request | None:
    """`axios(url, options)`, `axios({ url, method })`."""
    is_all = values[0].type == "object"
    address = property_value(values[0], "url") if is_all else values[0]
    return Request(address, values[0] if is_all else _second(values), "", _any) if address is not None else None


def _method(name: str, values: Sequence[Node]) -> Request | None:
    address = values[0]
    is_written = address.type in _TEXTS
    is_address = "/" in text_of(address) if is_written else address.type not in _NO_ADDRESS
    return Request(address, None, name, _any) if is_address else None


def _endpoint(_: str, values: Sequence[Node]) -> Request | None:
    """An endpoint of Redux Toolkit: `build.query<Book[], void>({ query: () => "/books" })`."""
    function = property_value(values[0], "query") if values[0].type == "object" else None
    asked = next(iter(returned_values(function)), None) if function is not None and is_function(function) else None
    asked = without_parentheses(asked) if asked is not None else None
    address = property_value(asked, "url") if asked is not None and asked.type == "object" else asked
    return Request(address, asked, "", _whole) if address is not None else None


def _second(values: Sequence[Node]) -> Node | None:
    return values[1] if len(values) > 1 else None


def _response(found: Type) -> Type:
    text = Type(What.BOX, bound=((PARSED, found),))
    return Type(What.BOX, bound=(("json", _giving(found)), ("text", _giving(text))))


def _any(found: Type) -> Type:
    """What libraries make of an answer: axios and superagent keep the body under a name, ky gives it when asked."""
    return Type(What.BOX, bound=(("data", found), ("body", found), ("json", _giving(found))))


def _kept(found: Type) -> Type:
    return Type(What.BOX, bound=(("data", omittable(found)),))


def _giving(found: Type) -> Type:
    return Type(What.TAKER, bound=((RESULT, found),))


def _whole(found: Type) -> Type:
    return found


_EVERYBODYS = frozenset({"fetch", "useSWR", "useSWRImmutable"})
_FUNCTIONS = {
    **dict.fromkeys(("$fetch", "ofetch"), _fetch_whole),
    **dict.fromkeys(("useFetch", "useLazyFetch"), _fetch_by_nuxt),
    **dict.fromkeys(("axios", "request"), _configured),
    **dict.fromkeys(("useSWR", "useSWRImmutable"), _query),
    "fetch": _fetch,
}
_METHODS = {**dict.fromkeys(METHODS, _method), **dict.fromkeys(("mutation", "query"), _endpoint)}
