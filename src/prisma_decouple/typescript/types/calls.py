"""What a call gives back: of a client, a model, a promise, a function of the code base or a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.augmentations import is_of_package
from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import METHODS, READS_BODY
from prisma_decouple.typescript.types.containers import of_collection
from prisma_decouple.typescript.types.found_by_key import found_by_key, key_asked_for
from prisma_decouple.typescript.types.joined_lists import joined
from prisma_decouple.typescript.types.libraries.handed_functions import of_handed_function
from prisma_decouple.typescript.types.libraries.hono import chained
from prisma_decouple.typescript.types.libraries.results import of_library
from prisma_decouple.typescript.types.libraries.routers import asked
from prisma_decouple.typescript.types.libraries.stores import given_by_store
from prisma_decouple.typescript.types.prisma.fluent import fluent_result
from prisma_decouple.typescript.types.prisma.forwarded import given_by_query
from prisma_decouple.typescript.types.prisma.handed_models import with_models
from prisma_decouple.typescript.types.prisma.queries import query_result
from prisma_decouple.typescript.types.tuples import of_each, of_promises
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to, element, listed, substituted
from prisma_decouple.typescript.types.written.generic_calls import of_given, of_taken_out, told_of_reduce
from prisma_decouple.typescript.types.written.generics import LOADERS, loaded, type_parameters
from prisma_decouple.typescript.types.written.given_types import given_types
from prisma_decouple.typescript.types.written.instantiated import instantiated, is_computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_NAMES = frozenset({"call_expression", "identifier", "member_expression"})
# What may be written in a generic function itself, and name its type parameters.
_INLINE = frozenset({What.FUNCTION, What.SHAPE})
_REDUCING = frozenset({"reduce", "reduceRight"})
# What frameworks call the function that makes a response of data, whose type the other side gets; and what waits for
# all that an object has (remix-utils, p-props).
_HANDED_ON = frozenset({"data", "defer", "json", "pProps", "promiseHash", "typeddefer", "typedjson"})


def of_call(types: Types, node: Node, depth: int) -> Type | None:
    """What a call gives back, where no validator and no function of lists makes it."""
    receiver, method = callee(node)
    owner = types.of(receiver, depth - 1) if receiver is not None else None
    is_client = method == "$transaction" or (owner is not None and owner.what is What.CLIENT)
    if is_client or (owner is not None and owner.what is What.ROUTER):
        return _of_client_call(types, node, method, depth) if is_client or owner is None else asked(owner, method)
    if owner is not None and owner.what is What.DELEGATE and method in METHODS:
        return query_result(types.file, owner.model, method, node)
    if owner is None and receiver is not None and method in METHODS:
        return _guessed_result(types, receiver, method, node)
    found = of_collection(types, owner, node, method) if owner is not None else None
    if found is not None or (found := chained(types, owner, node, method)) is not None:
        is_looked_up = owner is not None and (owner.what is What.MAP or owner.is_list) and method in {"find", "get"}
        return found_by_key(types.file, key_asked_for(node), found) if is_looked_up else found
    if method in {"map", "flatMap", "then"} and receiver is not None:
        return _of_callback(types, node, depth, is_list=method != "then")
    reduced = _reduced(types, node, owner, depth) if method in _REDUCING else None
    return (
        reduced or _of_other_call(types, node, owner, method, depth) or _of_unknown(types, node, owner, method, depth)
    )


def given_back(types: Types, values: Sequence[Node], depth: int) -> list[Type]:
    """What the expressions are that a function gives back, as far as it is known.

    Of a value that has the type of a type parameter only that is known; it tells more than changed copies of it do,
    `isOpen ? book : { ...book, title: "" }`.

    Args:
        types: of the function's file.
        values: the expressions.
        depth: how far declarations are followed.
    """
    read = [(value, types.kept(value, depth) or types.cast(value, depth)) for value in values]
    known = [found for _, found in read if found is not None]
    open_ones = [found for value, each in read if each is None and (found := types.of_parameter(value, depth))]
    made = [value for value, each in read if each is not None]
    is_one = bool(open_ones) and all(_is_copy(types, value, open_ones[0], depth) for value in made)
    return open_ones if is_one else known or open_ones


def _is_copy(types: Types, value: Node, copied: Type, depth: int) -> bool:
    literal = unwrapped(value)
    spread = spreads_in(literal) if literal.type == "object" else ()
    return any(types.of_parameter(each.named_children[-1], depth) == copied for each in spread)


def _reduced(types: Types, node: Node, owner: Type | None, depth: int) -> Type | None:
    """What `reduce` gives: what it is told, or what it begins with, which is an element where nothing else is given."""
    if (told := told_of_reduce(types, node, depth)) is not None:
        return told
    is_alone = owner is not None and owner.is_list and len(call_arguments(node)) == 1
    if owner is None or is_alone:
        return element(owner) if owner is not None else None
    return joined(owner, node)


def _of_other_call(types: Types, node: Node, owner: Type | None, method: str, depth: int) -> Type | None:
    if text_of(callee(node)[0]) == "Promise" and call_arguments(node):
        return of_promises(types, node, depth - 1)
    if owner is not None and (method in {"catch", "finally"} or owner.what is What.FUNCTION):
        return _of_held(types, node, owner, method, depth) if owner.what is What.FUNCTION else owner
    if owner is not None and owner.what is What.RECORD and types.file.facts.target_of(owner.model, method):
        return fluent_result(types, node, owner, method, depth - 1)
    found = types.called(node, owner, method, depth)
    is_foreign = found is None or (found.place is not None and is_of_package(found.place.node))
    known = of_library(types, node, method, depth) if is_foreign and owner is None else None
    if known is not None or (found is None and owner is None):
        return known or _of_foreign_call(types, node, method, depth)
    is_store = found is not None and found.what is What.TAKER and bound_to(found, RESULT) is not None
    if found is not None and found.what is What.TAKER and found.model:
        result = query_result(types.file, found.model, found.field, node)
    elif found is not None and is_store:
        result = given_by_store(types, found, node, depth)
    else:
        result = types.returned(found, depth - 1) if found is not None else None
    if owner is not None and owner.what is What.CLASS and result == replace(owner, bound=()):
        result = owner  # it gives itself back, generic or not
    computed = _computed(types, node, found, depth)
    if result is None and types.file.is_second_look:
        result = given_by_query(types.file, node, owner, found)
    result = with_models(types.file, node, found.place.node, result) if found is not None and found.place else result
    if computed is not None or found is None or result is None or not _is_open(result, found):
        return computed or result
    return substituted(result, replace(found, bound=(*given_types(types, node, found, depth), *found.bound)))


def _of_unknown(types: Types, call: Node, owner: Type | None, method: str, depth: int) -> Type | None:
    """What gives back what the function does that it is given, where it is none of the code base."""
    if owner is not None and owner.what not in {What.TOLD, What.VALUE}:
        return None
    found = types.called(call, owner, method, depth)
    is_unknown = found is None or found.what is What.TOLD or found.is_any
    return of_handed_function(types, call, depth) if is_unknown else None


def _of_held(types: Types, call: Node, owner: Type, method: str, depth: int) -> Type | None:
    """What `show.call(null, book)` gives, or `shelf.add.bind(shelf)`, which takes the same as before."""
    if method == "bind":
        return owner if len(call_arguments(call)) == 1 else None
    return types.returned(owner, depth - 1) if method in {"apply", "call"} else None


def _is_open(result: Type, function: Type) -> bool:
    """Whether what a function gives may be made of what its type parameters stand for."""
    node = function.place.node if function.place is not None else None
    own = type_parameters(node) if node is not None else []
    is_of_around = result.what is What.PARAMETER and bound_to(function, result.parameter) is None
    if is_of_around and result.parameter not in own:
        return False  # it is one of what is around the call, `operation(tx)` in `run<T>(operation: (tx) => Promise<T>)`
    is_inline = result.what in _INLINE and bool(own)
    return bool(result.parameter or result.bound) or is_inline


def _computed(types: Types, call: Node, function: Type | None, depth: int) -> Type | None:
    """What a generic function gives that says how it makes it of what it is given: `Pick<T, K>`, `T[K]`."""
    if function is None or function.what is not What.FUNCTION or function.place is None:
        return None
    written = function.place.node.child_by_field_name("return_type")
    if not type_parameters(function.place.node) or not (written is None or is_computed(written)):
        return None
    if written is None:
        return of_taken_out(types, call, function, depth)
    return of_given(types, call, function, written, depth)


def _of_foreign_call(types: Types, node: Node, method: str, depth: int) -> Type | None:
    """What frameworks hand on: of `useLoaderData<typeof loader>()` what the loader gives, of `json(x)` the `x`."""
    given = node.child_by_field_name("type_arguments")
    query = next((each for each in given.named_children if each.type == "type_query"), None) if given else None
    if query is not None:
        found = types.read(query, depth - 1)
        return types.returned(found, depth - 1) if found is not None else None
    if given is not None and READS_BODY.search(text_of(node.child_by_field_name("function"))):
        return types.read(given.named_children[0], depth - 1)
    if given is not None and method in LOADERS:
        return loaded(types.read(given.named_children[0], depth - 1))
    is_handed_on = method in _HANDED_ON and call_arguments(node)
    return types.of(call_arguments(node)[0], depth - 1) if is_handed_on else None


def _guessed_result(types: Types, receiver: Node, method: str, call: Node) -> Type | None:
    """What a query gives back on what is a client by its name."""
    model = types.file.delegates.model_of(receiver)
    is_client = model is not None and types.file.delegates.is_certain(receiver)
    return query_result(types.file, model, method, call) if model is not None and is_client else None


def _of_client_call(types: Types, node: Node, method: str, depth: int) -> Type | None:
    if method in {"$extends", "$on", "$use"}:
        return Type(What.CLIENT)
    return _of_transaction(types, node, depth) if method == "$transaction" else None


def _of_transaction(types: Types, node: Node, depth: int) -> Type | None:
    """What the function gives back that a transaction is given, or what its queries give, one for each."""
    given = next(iter(call_arguments(node)), None)
    found = of_each(types, given, depth - 1) if given is not None else None
    return types.returned(found, depth - 1) if found is not None and found.what is What.FUNCTION else found


def _of_callback(types: Types, node: Node, depth: int, *, is_list: bool) -> Type | None:
    function = _callback(types, node, depth)
    found = _of_made(types, node, function, depth) if function is not None else None
    found = found or (types.returned(function, depth - 1) if function is not None else None)
    if function is not None and found is not None and _is_open(found, function):
        found = _of_given(types, node, function, found, depth)
    if found is None or not is_list:
        return found
    return listed(found) if callee(node)[1] == "map" else replace(found, is_list=True)


def _of_made(types: Types, node: Node, function: Type, depth: int) -> Type | None:
    """What `books.map(prop("author"))` gives by what another function makes for a name: `(one: T): T[K] => …`."""
    place, receiver = function.place, callee(node)[0]
    written = place.node.child_by_field_name("return_type") if place is not None and function.bound else None
    taken = parameters(place.node) if place is not None else []
    if place is None or written is None or receiver is None or not taken or not is_computed(written):
        return None
    wanted = place.file.types.read(taken[0].child_by_field_name("type"), depth - 1)
    given = types.of(receiver, depth - 1)
    if wanted is None or given is None or not wanted.parameter or wanted.is_list:
        return None
    given = element(given) if callee(node)[1] != "then" else given
    return instantiated(place.file.types, written, {**dict(function.bound), wanted.parameter: given}, depth)


def _callback(types: Types, node: Node, depth: int) -> Type | None:
    """The function that a call is given, written there, by its name, or as another one makes it: `books.map(toRow)`."""
    values = call_arguments(node)
    callback = next((each for each in values if is_function(each)), None)
    if callback is not None:
        return Type(What.FUNCTION, place=Place(types.file, callback))
    found = types.of(values[0], depth - 1) if values and values[0].type in _NAMES else None
    return found if found is not None and found.what is What.FUNCTION else None


def _of_given(types: Types, node: Node, function: Type, found: Type, depth: int) -> Type | None:
    """What `books.map(trimmed)` gives by a function that makes it of what it takes, `<T>(one: T) => Trimmed<T>`."""
    taken = parameters(function.place.node) if function.place is not None else []
    receiver, method = callee(node)
    if function.place is None or not taken or receiver is None:
        return found if not found.parameter else None
    wanted = function.place.file.types.read(taken[0].child_by_field_name("type"), depth - 1)
    if wanted is None or wanted.parameter not in type_parameters(function.place.node):
        return found if not found.parameter else None
    given = types.of(receiver, depth - 1)
    given = element(given) if given is not None and method != "then" else given
    given = element(given) if given is not None and wanted.is_list else given
    return substituted(found, Type(What.SHAPE, bound=((wanted.parameter, given),))) if given is not None else None
