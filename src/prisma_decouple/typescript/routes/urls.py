"""What is known of an address that code writes down: `/api/books/${id}`, `${BASE_URL}/books`, `endpoints.book(id)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.patterns import path_to, taken_before_rest
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import (
    PARAMETERS,
    assigned_values,
    binding_of,
    bound_names,
    declared_value,
    held_by,
    parameters,
    returned_values,
)
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.properties import literal_behind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

UNKNOWN = "\0"
"""What stands in the text of an address for what only the running code knows."""

PARAMETER = ":"
"""How a segment of a route's path begins that stands for any."""

_DEPTH = 6
_HOST = re.compile(rf"^(?:\w+:)?//[^/{UNKNOWN}]*")
_FILLED = re.compile(rf"(?<=[^/{UNKNOWN}]){UNKNOWN}+$")
_CHOICES = frozenset({"??", "||"})
_CHOICE = "ternary_expression"
_LATER = "? later"  # under which is said that a variable has what it is given later
_NAMES = frozenset({"identifier", "shorthand_property_identifier"})
_SIDES = ("consequence", "alternative")


class Url(NamedTuple):
    """An address.

    Attributes:
        segments: of its path; UNKNOWN for one that only the running code knows.
        is_whole: whether nothing can stand before them.
    """

    segments: tuple[str, ...]
    is_whole: bool


def url_of(text: str) -> Url | None:
    """What the text of an address says; None when no segment of its path is known.

    Args:
        text: as `address_text` gives it.
    """
    path = re.split(r"[?#]", _HOST.sub("", text), maxsplit=1)[0]
    path = _FILLED.sub("", path)  # `/books${query}`
    is_whole = path.startswith("/") and not path.startswith("//")
    segments = [each for each in path.split("/") if each]
    if not is_whole and segments and UNKNOWN in segments[0]:
        segments = segments[1:]
    segments = [UNKNOWN if UNKNOWN in each else each for each in segments]
    is_known = any(each != UNKNOWN for each in segments)
    return Url(tuple(segments), is_whole) if is_known else None


def path_segments(place: Place) -> tuple[str, ...]:
    """The segments of a path that a route, or a router, is given."""
    text = address_text(place, {})
    return tuple(PARAMETER if UNKNOWN in each else each for each in text.split("/") if each)


def address_text(place: Place, given: Mapping[str, str], depth: int = _DEPTH) -> str:
    """The text that an expression has, as far as it is written down, with UNKNOWN for the rest.

    Args:
        place: the expression.
        given: what the parameters of the function around it stand for.
        depth: how far declarations are followed.
    """
    node = unwrapped(place.node)
    reader = _READERS.get(node.type) if depth else None
    return reader(Place(place.file, node), given, depth - 1) if reader is not None else UNKNOWN


def _of_template(place: Place, given: Mapping[str, str], depth: int) -> str:
    parts = (
        address_text(Place(place.file, each.named_children[0]), given, depth)
        if each.type == "template_substitution" and each.named_children
        else text_of(each)
        for each in place.node.named_children
    )
    return "".join(parts)


def _of_operator(place: Place, given: Mapping[str, str], depth: int) -> str:
    left, right = (place.node.child_by_field_name(side) for side in ("left", "right"))
    operator = text_of(place.node.child_by_field_name("operator"))
    if left is None or right is None or operator not in {"+", *_CHOICES}:
        return UNKNOWN
    first, second = (address_text(Place(place.file, each), given, depth) for each in (left, right))
    if operator in _CHOICES:
        return first if first != UNKNOWN else second
    return first + second


def _of_choice(place: Place, given: Mapping[str, str], depth: int) -> str:
    """`id ? `/books/${id}` : null`: the side that says something, or the one that is meant."""
    meant = given.get(_choice(place.node), "")
    sides = (place.node.child_by_field_name(side) for side in ([meant] if meant else _SIDES))
    found = (address_text(Place(place.file, each), given, depth) for each in sides if each is not None)
    return next((each for each in found if each != UNKNOWN), UNKNOWN)


def sides_of(call: Place, given: Mapping[str, str]) -> list[Mapping[str, str]]:
    """What stands for what in each of the two calls that a call is: `fetch(id ? `/books/${id}` : "/books", options)`.

    Args:
        call: the call.
        given: as for `address_text`.

    Returns:
        What is given with the side of the condition that is meant, on which the method may depend as well, or alone;
        what is given alone where nothing is chosen.
    """
    for value in call_arguments(call.node):
        said = held_by(value) or value
        if any(_assigned(value)):
            return [given, {**given, _LATER: _LATER}]
        chosen = said if said.type == _CHOICE else next(descendants(said, _CHOICE), None)
        if chosen is not None:
            return [{**given, _choice(chosen): side} for side in _SIDES]
    return [given]


def _assigned(variable: Node) -> Iterator[Node]:
    """What a variable is given after its first value: `let url = "/books"; if (id) url = `/books/${id}`;`."""
    binding = binding_of(variable) if variable.type in _NAMES else None
    is_variable = binding is not None and declared_value(binding, text_of(variable)) is not None
    yield from assigned_values(binding, text_of(variable)) if binding is not None and is_variable else ()


def _choice(chosen: Node) -> str:
    """Under which is said what side of a condition is meant; no name of a parameter is like it."""
    return f"? {text_of(chosen.child_by_field_name('condition'))}"


def _of_name(place: Place, given: Mapping[str, str], depth: int) -> str:
    name = text_of(place.node)
    if name in given:
        return given[name]
    if (taken_out := _taken_out(place.node, given)) is not None:
        return taken_out
    found = place.file.project.lookup(place.file, place.node, name)
    if not isinstance(found, Symbol) or found.node.type in PARAMETERS:
        return UNKNOWN
    later = next(_assigned(place.node), None) if _LATER in given else None
    value = later or declared_value(found.node, text_of(found.node.child_by_field_name("name")))
    return address_text(Place(found.file, value), given, depth) if value is not None else UNKNOWN


def _of_member(place: Place, given: Mapping[str, str], depth: int) -> str:
    """`endpoints.books`, of an object that is written down, or `options.method` of what a function is given."""
    if (said := given.get(text_of(place.node))) is not None:
        return said
    owner = place.node.child_by_field_name("object")
    holder = literal_behind(Place(place.file, owner)) if owner is not None else None
    value = property_value(holder.node, last_name(place.node)) if holder is not None else None
    return (
        address_text(Place(holder.file, value), given, depth) if holder is not None and value is not None else UNKNOWN
    )


def _of_call(place: Place, given: Mapping[str, str], depth: int) -> str:
    """What a function makes of it, or what `url.toString()` is of."""
    receiver, name = callee(place.node)
    if name == "toString" and receiver is not None:
        return address_text(Place(place.file, receiver), given, depth)
    function = place.file.types.function_of(place.node)
    there = function.place if function is not None else None
    if there is None:
        return UNKNOWN
    handed = given_to(place, there.node, given, depth)
    texts = [address_text(Place(there.file, each), handed, depth) for each in returned_values(there.node)]
    # Of several, as with and without a host, one that says something; they differ in what no route knows.
    return next((each for each in texts if len(texts) == 1 or url_of(each) is not None), UNKNOWN)


def _taken_out(name: Node, given: Mapping[str, str]) -> str | None:
    """What is known of a variable that is taken out of what a function is given: `const { method } = options`."""
    binding = binding_of(name)
    value = binding.child_by_field_name("value") if binding is not None else None
    path = path_to(binding, text_of(name)) if binding is not None and value is not None else None
    return given.get(".".join((text_of(value), *path))) if value is not None and path else None


def method_given(options: Node, given: Mapping[str, str]) -> str | None:
    """The method in options that a function is given, or in what is left of them: `const { params, ...rest } = given`.

    Args:
        options: a name.
        given: what the parameters of the function around it stand for.
    """
    if (said := given.get(f"{text_of(options)}.method")) is not None:
        return said
    binding = binding_of(options)
    value = binding.child_by_field_name("value") if binding is not None else None
    taken = taken_before_rest(binding, text_of(options)) if binding is not None and value is not None else None
    return method_given(value, given) if value is not None and taken is not None and "method" not in taken else None


def given_to(call: Place, function: Node, given: Mapping[str, str], depth: int = _DEPTH) -> dict[str, str]:
    """The texts that the parameters of a function have in a call, and the `method` of one that is given options.

    Args:
        call: the call.
        function: the function that it calls.
        given: what the parameters around the call stand for.
        depth: how far declarations are followed.
    """
    found = {}
    for parameter, value in zip(parameters(function), call_arguments(call.node), strict=False):
        names = list(bound_names(parameter))
        handed_on = method_given(value, given)
        if len(names) == 1:
            found[names[0]] = address_text(Place(call.file, value), given, depth)
        if len(names) == 1 and handed_on is not None:
            found[f"{names[0]}.method"] = handed_on
        held = literal_behind(Place(call.file, value)) or Place(call.file, value)
        for name, written in properties(held.node) if held.node.type == "object" else ():
            text = address_text(Place(held.file, written), given, depth)
            if name in names:  # `({ url, method }) => fetch(url, { method })`
                found[name] = text
            elif name == "method":
                found |= {f"{each}.method": text for each in names if len(names) == 1 or _is_rest(parameter, each)}
    return found


def _is_rest(parameter: Node, name: str) -> bool:
    """Whether a name is what is left of what a parameter is given: `({ url, ...options }) => fetch(url, options)`."""
    return taken_before_rest(parameter, name) is not None


def _of_new(place: Place, given: Mapping[str, str], depth: int) -> str:
    """`new URL(path, base)`: the path, which begins with no host of its own."""
    values = call_arguments(place.node)
    is_url = text_of(place.node.child_by_field_name("constructor")) == "URL"
    return address_text(Place(place.file, values[0]), given, depth) if is_url and values else UNKNOWN


def _of_text(place: Place, _: Mapping[str, str], __: int) -> str:
    return string_value(place.node)


_READERS = {
    "binary_expression": _of_operator,
    "call_expression": _of_call,
    "identifier": _of_name,
    "member_expression": _of_member,
    "new_expression": _of_new,
    "shorthand_property_identifier": _of_name,
    "string": _of_text,
    "template_string": _of_template,
    "ternary_expression": _of_choice,
}
