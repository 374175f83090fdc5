"""Keys that are handed to a function by themselves, which looks for records by them: null would find what has none.

`booksOf(book.authorId)` of `function booksOf(authorId: number) { return db.book.findMany({ where: { authorId } }); }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.filter_places import assigned_place
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, uses_in, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    call_arguments,
    call_given,
    callee,
    key_of,
    last_name,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 3
_EQUALS = "equals"


def note_selected_by(file: FileContext, value: Node) -> None:
    """Note where a function looks for records by a key that it is handed, which may be null now.

    Args:
        file: the file.
        value: the key; the findings of the files in which it gets to filters are filled.
    """
    for use in _filters_by(Place(file, value), _DEPTH):
        if not use.file.is_told(use.node):
            call = nearest(use.node, "call_expression")
            done = "delete" if call is not None and callee(call)[1] == "deleteMany" else "select"
            why = f"`{text_of(use.node)}` may be null here once its type says so, and would {done} the rows that have"
            why += " none. Look whether it should."
            use.file.hint(use.node, Kind.FLOW, Confidence.UNSURE, why)


def _filters_by(given: Place, depth: int) -> Iterator[Place]:
    """Where a parameter that is given a value stands in a filter, also of a function that it is handed on to."""
    call = call_given(given.node)
    found = given.file.types.function_of(call) if call is not None and depth else None
    place = found.place if found is not None else None
    if call is None or place is None or given.node not in call_arguments(call):
        return
    for parameter in parameters(place.node)[call_arguments(call).index(given.node) :][:1]:
        name = text_of(pattern_of(parameter))
        for use in uses_in(place.node, name, parameter):
            if is_narrowed(place.file, use):
                continue
            if _selects_none(place.file, use):
                yield Place(place.file, use)
            yield from _filters_by(Place(place.file, use), depth - 1)


def _selects_none(file: FileContext, use: Node) -> bool:
    """Whether a value is what a filter asks for in a key that may be null now: `{ authorId: { equals: authorId } }`."""
    holder = use if use.type in PROPERTIES else use.parent
    if holder is not None and key_of(holder) == _EQUALS and holder.parent is not None:
        holder = holder.parent.parent
    if holder is not None and holder.type == "assignment_expression":
        place = assigned_place(file, holder.child_by_field_name("left") or holder)
        name = last_name(holder.child_by_field_name("left"))
        return place is not None and place.root == "where" and file.facts.is_optional_key(place.model, name)
    literal = holder.parent if holder is not None and holder.type in PROPERTIES else None
    wanted = _filter(file, literal) if literal is not None else None
    return wanted is not None and file.facts.is_optional_key(wanted.model, key_of(holder or use))


def _filter(file: FileContext, literal: Node) -> Type | None:
    """The filter that a literal is, also one that a variable holds."""
    holder = literal.parent
    is_held = holder is not None and holder.type == "variable_declarator"
    uses = [literal, *(uses_of_variable(holder) if holder is not None and is_held else ())]
    found = (expected(file, each) for each in uses)
    return next((each for each in found if each is not None and each.what is What.FILTER), None)
