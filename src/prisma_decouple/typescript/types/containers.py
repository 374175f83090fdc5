"""What JavaScript's own collections and functions take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    ancestors,
    call_arguments,
    callee,
    children_of,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import SAME_ELEMENTS
from prisma_decouple.typescript.types.built_in_methods import wanted_by_built_in
from prisma_decouple.typescript.types.libraries.arguments import wanted_by_library
from prisma_decouple.typescript.types.narrowing import predicate_of
from prisma_decouple.typescript.types.typed import (
    Type,
    What,
    bound_to,
    element,
    flattened,
    listed,
    omittable,
    without_nothing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

_OF_BEING_THERE = re.compile(r"\b(?:null|undefined|typeof|is|instanceof)\b|!!|Boolean\(")
_BEING_THERE = re.compile(r"!!x|x !==? null|x != undefined")
_OF_ELEMENTS = frozenset({"add", "delete", "fill", "has", "includes", "indexOf", "lastIndexOf", "push", "unshift"})
_OF_LISTS = SAME_ELEMENTS | {"values"}
_OF_MAPS = frozenset({"entries", "get", "keys", "values"})
_TOLD_MORE = frozenset({What.CLASS, What.RECORD, What.SHAPE})
_OF_KEYS = frozenset({"delete", "get", "has", "set"})
_ASKED = frozenset({"delete", "get", "has", "includes", "indexOf", "lastIndexOf"})
_SINGLE = frozenset({"at", "find", "findLast", "pop", "shift"})
_NUMBER_FUNCTIONS = frozenset({"Date.UTC", "String.fromCharCode", "isFinite", "isNaN"})
_TAKING_ANYTHING = frozenset(f"Number.{each}" for each in ("isFinite", "isInteger", "isNaN", "isSafeInteger"))
_WAITING = frozenset({"setInterval", "setTimeout"})
_ERRORS = frozenset({"Error", "RangeError", "SyntaxError", "TypeError"})
_TEXT = "string"
# What everybody's functions want: none of them takes null (lib.es5.d.ts, lib.dom.d.ts); empty when it is of many types.
_WANTING = {
    **dict.fromkeys(
        ("Date.parse", "JSON.parse", "Number.parseFloat", "Number.parseInt", "parseFloat", "parseInt"), _TEXT
    ),
    **dict.fromkeys(("atob", "btoa", "decodeURI", "decodeURIComponent", "encodeURI"), _TEXT),
    **dict.fromkeys((f"{kept}Storage.{name}Item" for kept in ("local", "session") for name in ("get", "set")), _TEXT),
    **dict.fromkeys(("encodeURIComponent",), "string | number | boolean"),
    **dict.fromkeys(("BigInt",), "bigint | boolean | number | string"),
    **dict.fromkeys(("Buffer.from", "Object.entries", "Object.keys", "Object.values", "fetch"), ""),
}
_OF_TEXTS = {
    **dict.fromkeys(("endsWith", "localeCompare", "normalize", "startsWith"), _TEXT),
    **dict.fromkeys(("charCodeAt", "padEnd", "padStart"), ""),
}
_NAMED_VALUES = frozenset({"formData", "headers", "searchParams"})
_KEEPING = frozenset(
    {
        *("atom", "createContext", "ref", "shallowRef", "signal", "useRef", "useSignal", "useState", "writable"),
        *("toEqual", "toMatchObject", "toStrictEqual"),
    }
)
_VALUES = frozenset({What.KEY, What.VALUE})
_OF_CONTAINERS = frozenset({"array_type", "type_arguments"})
_MADE_OF_VALUE = {"Date": "number | string | Date", "RegExp": "", "URL": ""}


def wanted_argument(file: FileContext, call: Node, index: int) -> Type | None:
    """What a method of a list, a set or a map, or a function of numbers, wants as an argument.

    Args:
        file: the file.
        call: the call, or `new Map(...)` and the like.
        index: which argument.
    """
    if call.type == "new_expression":
        return _wanted_by_constructor(file, call, index)
    receiver, method = callee(call)
    owner = file.types.of(receiver) if receiver is not None else None
    found = wanted_by_library(file, call, owner, index) or wanted_by_built_in(file, call, owner, index)
    if found is not None:
        return found
    if owner is None:
        told = _wanted_by_type(file, call, method) if index == 0 else None
        return told or _wanted_by_name(text_of(receiver), method, index)
    if owner.what is What.MAP:
        place = 0 if index == 0 else 1
        found = _given(owner, place) if method in _OF_KEYS and (place == 0 or method == "set") else None
        return _only_asked(found) if method in _ASKED else found
    is_element = owner.is_list and method in _OF_ELEMENTS and (index == 0 or method in {"push", "unshift"})
    wanted = _element_of(owner) if is_element else None
    return _only_asked(wanted) if method in _ASKED else wanted


def _element_of(owner: Type) -> Type:
    """An element of a list: of `string[] | null` it is the list that may be null."""
    found = element(owner)
    around = ancestors(owner.place.node) if owner.place is not None and owner.is_nullable else ()
    first = next((each.type for each in around if each.type in {*_OF_CONTAINERS, "union_type"}), "")
    return without_nothing(found) if first in _OF_CONTAINERS else found


def _only_asked(found: Type | None) -> Type | None:
    """What something is looked for by: it gets nowhere, and what the kept records are need not take null for it."""
    if found is None or found.place is None or found.what not in _VALUES:
        return found
    is_own = any(outer.type in _OF_CONTAINERS for outer in ancestors(found.place.node))  # `new Map<number, Book>()`
    return found if is_own else replace(found, place=None)


def _wanted_by_type(file: FileContext, call: Node, method: str) -> Type | None:
    """What a function keeps, as it is told: `useState<Book>(book)`."""
    given = call.child_by_field_name("type_arguments")
    if method not in _KEEPING or given is None or len(given.named_children) != 1:
        return None
    return file.types.read(given.named_children[0])


def _wanted_by_name(receiver: str, method: str, index: int) -> Type | None:
    """What a function that is everybody's wants."""
    name = f"{receiver}.{method}" if receiver else method
    if receiver == "console" or name in _TAKING_ANYTHING:
        return Type(What.VALUE, is_nullable=True)
    is_delay = not receiver and method in _WAITING and index == 1
    if receiver == "Math" or name in _NUMBER_FUNCTIONS or is_delay:
        return Type(What.VALUE, primitive="number")
    is_entry = method in {"append", "set"} and re.split(r"[.?]+", receiver)[-1] in _NAMED_VALUES
    wanted = _WANTING.get(name, _OF_TEXTS.get(method, "" if is_entry else None))
    return Type(What.VALUE, primitive=wanted) if wanted is not None else None


def _wanted_by_constructor(file: FileContext, call: Node, index: int = 0) -> Type | None:
    """The entries of `new Map<number, string>([...])`, the elements of `new Set<number>([...])`."""
    given = call.child_by_field_name("type_arguments")
    name = text_of(call.child_by_field_name("constructor"))
    if name == "URLSearchParams":
        return Type(What.MAP)
    if name in _MADE_OF_VALUE and (len(call_arguments(call)) == 1 or (name == "RegExp" and index == 0)):
        return Type(What.VALUE, primitive=_MADE_OF_VALUE[name])
    if name == "URL" or (name in _ERRORS and index == 0):
        return Type(What.VALUE, is_nullable=index == 1, nothing=frozenset({"undefined"} if index == 1 else ()))
    if given is None or not given.named_children:
        return None
    if name == "Map":
        return Type(What.MAP, place=Place(file, given), is_list=True)
    found = file.types.read(given.named_children[0]) if name == "Set" else None
    return replace(found, is_list=True) if found is not None else None


def made_by_constructor(file: FileContext, call: Node, depth: int) -> Type | None:
    """What `new Map()` and `new Set()` are: as they are told, else as what they are made of."""
    given = call.child_by_field_name("type_arguments")
    name = text_of(call.child_by_field_name("constructor"))
    if name not in {"Map", "Set"}:
        return None
    if given is not None and given.named_children:
        wanted = _wanted_by_constructor(file, call)
        return replace(wanted, is_list=name == "Set") if wanted is not None else None
    values = call_arguments(call)
    if name == "Map":
        return made_of_entries(file, values[0], depth - 1) if values else None
    found = file.types.of(values[0], depth - 1) if values else None
    return found if found is not None and found.is_list else None


def made_of_entries(file: FileContext, entries: Node, depth: int) -> Type | None:
    """The map that is made of entries: of `books.map((book) => [book.id, book])` one of books.

    Args:
        file: the file.
        entries: the expression.
        depth: how far declarations are followed.
    """
    node = unwrapped(entries)
    listed = [each for value in _elements(node) if (each := unwrapped(value)).type == "array"]
    if not listed:
        found = file.types.of(node, depth)
        return replace(found, is_list=False) if found is not None and found.what is What.MAP else None
    parts = children_of(listed[0])
    value = file.types.of(parts[1], depth) if len(parts) > 1 else None
    key = file.types.of(parts[0], depth) if parts else None
    both = {"0": key, "1": value}
    told = tuple((name, each) for name, each in both.items() if each is not None)
    return Type(What.MAP, bound=told) if told else None


def _elements(node: Node) -> Iterable[Node]:
    """The elements of a list that is written out, or what the callback of a `map` gives."""
    if node.type == "array":
        return node.named_children
    callback = next((each for each in call_arguments(node) if is_function(each)), None)
    is_map = node.type == "call_expression" and callee(node)[1] == "map"
    return returned_values(callback) if is_map and callback is not None else ()


def of_collection(types: Types, owner: Type, call: Node, method: str) -> Type | None:
    """What a method of a list, a set or a map gives back that gives what is in it."""
    if (owner.is_list and method == "add") or (owner.what is What.MAP and method == "set"):
        return owner
    if owner.is_list and method == "entries":
        return listed(Type(What.BOX, bound=(("0", Type(What.VALUE, primitive="number")), ("1", element(owner)))))
    if owner.is_list:
        if method == "filter" and types.file.is_second_look and _is_boolean(call):
            return owner if owner.is_whole else without_nothing(owner)
        return _same_elements(_chosen(types, owner, call), call, method) if method in _OF_LISTS else None
    return _of_map(owner, method) if owner.what is What.MAP and method in _OF_MAPS else None


def _is_boolean(call: Node) -> bool:
    """`books.filter(Boolean)`, of which a reader sees that nothing is left out but what is not there."""
    return [text_of(each) for each in call_arguments(call)] == ["Boolean"]


def _same_elements(owner: Type, call: Node, method: str) -> Type:
    """What a method of a list gives back that gives its own elements back."""
    callback = next(iter(call_arguments(call)), None)
    tells = _asks if owner.what is What.KEY else _tells_of_being_there
    is_asked = method == "filter" and callback is not None and tells(callback)
    is_nullable = owner.is_nullable and not is_asked
    if method == "flat":
        return flattened(owner)
    own = replace(owner, is_nullable=is_nullable)
    return element(own) if method in _SINGLE else own


def _chosen(types: Types, owner: Type, call: Node) -> Type:
    """A list whose elements are chosen by a function that says more of them: `(book): book is Book & { ... }`."""
    callback = next(iter(call_arguments(call)), None)
    function = types.of(callback) if callback is not None and owner.what in _TOLD_MORE else None
    told = predicate_of(function) if function is not None and function.what is What.FUNCTION else None
    found = told.file.types.read(told.node.child_by_field_name("type")) if told is not None else None
    if found is None:
        return owner
    own = (found.place,) if found.what is What.SHAPE and found.place is not None else ()
    return replace(owner, extras=(*found.extras, *own, *owner.extras))


def _asks(callback: Node) -> bool:
    """Whether the callback of a filter may ask if its element is there: it has to speak of that, or stand elsewhere."""
    if not is_function(callback):
        return text_of(callback) != "Boolean"
    body, taken = callback.child_by_field_name("body"), parameters(callback)
    is_itself = body is not None and bool(taken) and text_of(body) == text_of(taken[0])
    return is_itself or _OF_BEING_THERE.search(text_of(callback)) is not None


def _tells_of_being_there(callback: Node) -> bool:
    """Whether TypeScript learns from a callback that what it chooses is there: `(x) => x !== null`, `(x) => !!x`."""
    body, taken = callback.child_by_field_name("body"), parameters(callback) if is_function(callback) else []
    said = text_of(callback.child_by_field_name("return_type"))
    if said or body is None or not taken:
        return bool(taken) and " is " in said and not NOTHING & set(said.split())
    asked = re.sub(rf"\b{re.escape(text_of(pattern_of(taken[0])))}\b", "x", text_of(body))
    return _BEING_THERE.fullmatch(asked) is not None


def settled(found: Type) -> Type:
    """What has become of a promise: one that was kept has a value."""
    return Type(What.BOX, bound=(("value", found),))


def _of_map(owner: Type, method: str) -> Type | None:
    """What a method of a map gives back: the value of a key, all values, or all entries."""
    if method == "entries":
        return replace(owner, is_list=True) if not owner.is_list else None
    if method == "keys":
        key = _given(owner, 0)
        return listed(key) if key is not None else None
    found = value_of_map(owner) if not owner.is_list else None
    if found is None or method == "get":
        return omittable(found) if found is not None else None
    return listed(found)


def value_of_map(owner: Type) -> Type | None:
    """What a map, or a `Record`, has under any key."""
    is_told = owner.place is not None or owner.bound
    return _given(owner, 1) if is_told else Type(What.VALUE, primitive="string")


def entry_part(entries: Type, index: int) -> Type | None:
    """The key or the value of a map's entry."""
    return _given(entries, index)


def _given(owner: Type, index: int) -> Type | None:
    """One of the types that a map was given, or that it was made of."""
    if owner.bound:
        return bound_to(owner, str(index))
    if owner.place is None or index >= len(owner.place.node.named_children):
        return None
    return owner.place.file.types.read(owner.place.node.named_children[index])


def element_of(found: Type, index: int) -> Type | None:
    """What a list, or a tuple that is written down, has at a place."""
    if found.what is What.BOX and not found.is_list:
        return bound_to(found, str(index))
    if found.what is What.MAP and not found.is_list:
        return _given(found, index)
    if found.what is not What.TUPLE or found.place is None:
        return element(found)
    elements = children_of(found.place.node)
    if index >= len(elements) or elements[index].type == "rest_type":
        return None
    named = elements[index].child_by_field_name("type")
    return found.place.file.types.read(named or elements[index])
