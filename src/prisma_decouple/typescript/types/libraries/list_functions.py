"""Functions that are given a list, or what holds several things: those of lodash and its like, JavaScript's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    is_function,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.containers import made_of_entries, value_of_map
from prisma_decouple.typescript.types.either import of_elements
from prisma_decouple.typescript.types.typed import Type, What, element, listed, omittable, without_nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_LIBRARIES = frozenset({"es-toolkit", "lodash", "lodash-es", "radash", "remeda", "underscore"})
# Packages that are one such function each.
_SHUFFLES = frozenset({"array-shuffle", "just-shuffle", "shuffle-array"})
_WHOLE = frozenset({"*", "default"})
_OWN = frozenset(
    {
        *("Array.from", "Map.groupBy", "Object.assign", "Object.entries", "Object.freeze", "Object.fromEntries"),
        *("Object.groupBy", "Object.keys", "Object.values"),
    }
)
# What gives back elements of the list, in the words of lodash; what others have under the same name does the same.
_SAME = frozenset(
    {
        *("compact", "difference", "differenceBy", "drop", "dropRight", "dropWhile", "filter", "initial"),
        *("intersection", "intersectionBy", "orderBy", "reject", "reverse", "sampleSize", "shuffle", "slice", "sort"),
        *("sortBy", "tail", "take", "takeRight", "takeWhile", "uniq", "uniqBy", "uniqWith", "unique", "uniqueBy"),
    }
)
_ONE = frozenset({"find", "findLast", "first", "head", "last", "max", "maxBy", "min", "minBy", "nth", "sample"})
_COPIES = frozenset({"Object.freeze", "clone", "cloneDeep", "structuredClone"})
_WITH_FIELDS = frozenset({What.CLASS, What.RECORD, What.SHAPE})
_FIRST = 0
_PIPE = "pipe"


def element_handed_on(types: Types, call: Node, function: Node, index: int | None, depth: int) -> Type | None:
    """What a callback is given first that stands behind a list: `groupBy(books, (book) => ...)`.

    Args:
        types: of the file.
        call: the call.
        function: the callback.
        index: of the callback's parameter.
        depth: how far declarations are followed.
    """
    values = call_arguments(call)
    if index == _FIRST and values and function == values[0]:
        return _piped(types, call, depth)
    if index != _FIRST or function not in values[1:] or not _function_name(types, call):
        return None
    found = types.of(values[0], depth)
    return element(found) if found is not None and found.is_list else None


def _piped(types: Types, call: Node, depth: int) -> Type | None:
    """What a function is given inside of `pipe(books, filter((book) => ...))`."""
    arguments = call.parent
    outer = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    if outer is None or outer.type != "call_expression" or callee(outer)[1] != _PIPE:
        return None
    stages = call_arguments(outer)
    found = _after(types, stages[: stages.index(call)], depth)
    return element(found) if found is not None else None


def _after(types: Types, stages: list[Node], depth: int) -> Type | None:
    """What comes out of the first stages of a `pipe`, where they only choose among the elements."""
    is_same = all(each.type == "call_expression" and callee(each)[1] in _SAME for each in stages[1:])
    return types.of(stages[0], depth) if stages and is_same else None


def of_list_function(types: Types, call: Node, depth: int) -> Type | None:
    """What such a function gives back; None for any other call.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    values = call_arguments(call)
    if callee(call) == (None, _PIPE):
        return _after(types, values, depth)
    name = _function_name(types, call) if values else ""
    if name in _OF_SEVERAL:
        return _OF_SEVERAL[name](types, values, depth)
    found = types.of(values[0], depth) if name else None
    if found is None or not found.is_list:
        return _of_object(found, name, values[1:]) if found is not None else None
    if name in _SAME | _COPIES:
        return found
    one, made = element(found), _MADE.get(name)
    if name in _ONE:
        return omittable(one)
    return made(types, one, values[1:], depth) if made is not None else None


def _assigned(types: Types, values: list[Node], depth: int) -> Type | None:
    """What `Object.assign({}, book, { title })` gives: the record among what it is given, with what is put over it.

    It is there, even where there is no record: then it has nothing of that.
    """
    given = [types.of(each, depth) for each in values]
    found = next((each for each in given if each is not None and each.what is What.RECORD), None)
    if found is None:
        return None
    over = [each.literal for each in given[given.index(found) :] if each is not None and each.literal is not None]
    return replace(without_nothing(found), extras=(*reversed(over), *found.extras))


def _of_values(types: Types, values: list[Node], depth: int) -> Type | None:
    """A list of what an object has: `Object.values({ first: book.author, second: other })`."""
    found = types.of(values[0], depth)
    if found is not None and found.literal is not None:
        parts = [value for _, value in properties(found.literal.node)]
        return of_elements(found.literal.file.types, parts, depth)
    value = value_of_map(found) if found is not None and found.what is What.MAP and not found.is_list else None
    return listed(value) if value is not None else None


def _entries_of(types: Types, values: list[Node], depth: int) -> Type | None:
    """The names of what an object has, each with that."""
    found = types.of(values[0], depth)
    if found is not None and found.what is What.MAP and not found.is_list:
        return replace(found, is_list=True)
    inner = _of_values(types, values, depth) if found is not None and found.literal is not None else None
    return Type(What.MAP, bound=(("1", element(inner)),), is_list=True) if inner is not None else None


def _of_entries(types: Types, values: list[Node], depth: int) -> Type | None:
    return made_of_entries(types.file, values[0], depth)


def _names(_: Types, __: list[Node], ___: int) -> Type:
    return Type(What.VALUE, primitive="string", is_list=True)


_OF_SEVERAL = {
    "Object.assign": _assigned,
    "Object.entries": _entries_of,
    "Object.fromEntries": _of_entries,
    "Object.keys": _names,
    "Object.values": _of_values,
}


def _function_name(types: Types, call: Node) -> str:
    """Its name in the library that a function is of; of JavaScript's own with what has it; empty for any other."""
    receiver, method = callee(call)
    if receiver is not None and text_of(receiver) in {"Array", "Map", "Object"}:
        name = f"{text_of(receiver)}.{method}"
        return name if name in _OWN else ""
    if receiver is None and method == "structuredClone":
        return method
    named = text_of(receiver) if receiver is not None else method
    found = types.file.imported.get(named)
    if isinstance(found, Foreign) and found.module in _SHUFFLES:
        return "shuffle"
    if not isinstance(found, Foreign) or found.module.split("/")[0] not in _LIBRARIES:
        return ""
    if receiver is not None:
        return method if found.name in _WHOLE or found.name == named else ""
    return found.module.rpartition("/")[2] if found.name == "default" else found.name


def _of_object(found: Type, name: str, rest: list[Node]) -> Type | None:
    """A copy of an object, or of some of its properties, `pick(book, ["id", "title"])`, or what a map holds."""
    if found.what is What.MAP and name == "Array.from":
        return replace(found, is_list=True)
    names = frozenset(string_value(each) for value in rest for each in (value, *descendants(value, "string"))) - {""}
    if name in _COPIES:
        return found
    if found.what not in _WITH_FIELDS or not names:
        return None
    if name == "omit":
        return replace(found, without=found.without | names)
    return replace(found, only=names) if name == "pick" else None


def _grouped(_: Types, one: Type, __: list[Node], ___: int) -> Type:
    return Type(What.MAP, bound=(("1", listed(one)),))


def _keyed(_: Types, one: Type, __: list[Node], ___: int) -> Type:
    return Type(What.MAP, bound=(("1", one),))


def _mapped(types: Types, one: Type, rest: list[Node], depth: int) -> Type | None:
    """What the callback gives, or what the elements have under a name."""
    if not rest:
        return listed(one)
    if is_function(rest[0]):
        function = types.of(rest[0], depth)
        found = types.returned(function, depth) if function is not None else None
    else:
        found = types.property(one, string_value(rest[0]), depth) if string_value(rest[0]) else None
    return listed(found) if found is not None else None


def _parted(_: Types, one: Type, __: list[Node], ___: int) -> Type:
    half = listed(one)
    return Type(What.BOX, bound=(("0", half), ("1", half)))


_MADE: dict[str, Callable[[Types, Type, list[Node], int], Type | None]] = {
    **dict.fromkeys(("Map.groupBy", "Object.groupBy", "group", "groupBy"), _grouped),
    **dict.fromkeys(("Array.from", "flatMap", "map"), _mapped),
    **dict.fromkeys(("fork", "partition"), _parted),
    **dict.fromkeys(("indexBy", "keyBy"), _keyed),
}
