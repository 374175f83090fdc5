"""Written types that receive what is read through a relation that may be absent, and say that it is always there.

`const row: Row = { name: book.author.name }`: once that says `book.author?.name`, the `name` of a `Row` may be
undefined.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import parameters, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    WAITS,
    ancestors,
    call_arguments,
    call_given,
    callee,
    function_around,
    is_inside,
    key_of,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import MAPS
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.arrivals import receivers_of
from prisma_decouple.typescript.types.places.carried import calls_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import is_read_on, takes
from prisma_decouple.typescript.types.places.uses import uses_of
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.typed import WRITTEN
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 6


def note_onward(file: FileContext, read: Node, relation: str, nothing: str = "undefined") -> None:
    """Note the members of written types that receive what is read through a relation, one after the other.

    Args:
        file: the file; the findings of those with the types are filled.
        read: all that is read.
        relation: the part of it that may be absent.
        nothing: what there is without it, "null" or "undefined".
    """
    seen: set[str] = set()
    for member in _received(file, read):
        if not any(
            outer.type == "formal_parameters" for outer in ancestors(member.node)
        ):  # the read itself says enough
            _follow(member, relation, nothing, seen, _DEPTH, is_beside=_is_beside(member, file, read))


def _is_beside(member: Place, file: FileContext, read: Node) -> bool:
    """Whether a type is written in the function that reads, which says enough: `new Map<number, { name: string }>`."""
    function = function_around(member.node)
    return member.file is file and function is not None and is_inside(function, read)


def _follow(member: Place, relation: str, nothing: str, seen: set[str], depth: int, *, is_beside: bool = False) -> None:
    """Note a member that may be nothing now, and go on to where its values go."""
    name, found = _name(member.node), member.file.types.of_member(member.node)
    if not depth or place_key(member) in seen or found is None or takes(found, nothing):
        return
    seen.add(place_key(member))
    told = f"`{name}` receives what is read through `{relation}`"
    why = f"{told}, and is {nothing} without it. Say so, or take the value from elsewhere."
    if not is_beside:
        member.file.hint(member.node, Kind.TYPE, Confidence.UNSURE, why)
    for other in receivers_of(member, name):
        _follow(other, relation, nothing, seen, depth - 1)
    for use in uses_of(member.file, member.node, name):
        if is_narrowed(use.file, use.node):
            continue
        if is_read_on(use.node):
            _note_read(use, relation, nothing)
        for other in _received(use.file, use.node):
            _follow(other, relation, nothing, seen, depth - 1)


def _note_read(use: Place, relation: str, nothing: str) -> None:
    outer = use.node.parent
    if outer is not None and outer.child_by_field_name("optional_chain") is None:
        why = f"This reads on from what was read through `{relation}`, which is {nothing} without it."
        use.file.hint(use.node, Kind.READ, Confidence.UNSURE, why)


def _name(member: Node) -> str:
    return key_of(member) or text_of(pattern_of(member))


def _received(file: FileContext, value: Node) -> Iterator[Place]:
    """The members of written types under whose name a literal gives a value, or the parameter that a call gives it."""
    pair = value.parent
    if pair is not None and pair.type == "arguments" and pair.parent is not None:
        yield from _parameter(file, pair.parent, value)
    if pair is None or pair.type != "pair" or pair.parent is None or pair.child_by_field_name("value") != value:
        return
    for wanted in _wanted_later(file, pair.parent, _DEPTH):
        if wanted.what in WRITTEN and wanted.place is not None and wanted.place.node.type != "object":
            yield from shape_members(wanted.place.file, wanted.place.node, key_of(pair), _DEPTH)


def _parameter(file: FileContext, call: Node, value: Node) -> Iterator[Place]:
    function = file.types.function_of(call) if call.type == "call_expression" else None
    place = function.place if function is not None else None
    given = call_arguments(call)
    taken = parameters(place.node) if place is not None else []
    index = given.index(value) if value in given else len(taken)
    if place is not None and index < len(taken) and pattern_of(taken[index]).type == "identifier":
        yield replace(place, node=taken[index])


def _wanted_later(file: FileContext, node: Node, depth: int) -> Iterator[Type]:
    """What the place of a value wants, or what the places want where it arrives by `map`, `await` and variables."""
    wanted, outer = wanted_type(file, node), node.parent
    if wanted is not None:
        yield wanted
    elif outer is None or not depth:
        return
    elif outer.type in WAITS:
        yield from _wanted_later(file, outer, depth - 1)
    elif outer.type in {"arrow_function", "return_statement"}:
        function = outer if outer.type == "arrow_function" else function_around(outer)
        call = call_given(function) if function is not None else None
        if call is not None and callee(call)[1] in MAPS:
            yield from _wanted_later(file, call, depth - 1)
        elif function is not None and function.child_by_field_name("return_type") is None:
            for called in calls_of(file, function):
                yield from _wanted_later(called.file, called.node, depth - 1)
    elif outer.type == "variable_declarator":
        for use in uses_of_variable(outer):
            yield from _wanted_later(file, use, depth - 1)
