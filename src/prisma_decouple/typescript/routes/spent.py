"""Whether who asks a route reads anything of its answer: `if (!response.ok) throw …` says nothing of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.scopes import bound_names, uses_of_variable
from prisma_decouple.typescript.source.syntax import READS, WAITS, descendants, last_name
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.members import member_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 8
_AROUND = WAITS | {"as_expression", "non_null_expression", "satisfies_expression"}
_OF_RESPONSES = frozenset({"headers", "ok", "status", "statusText"})
_BODIES = ("body", "data")  # of axios and superagent, and what answers are often put under
_THE_SAME = frozenset({"catch", "finally", "json"})  # called, they give the same, or the body


def reads_answer(file: FileContext, call: Node, answer: Type) -> bool:
    """Whether something is done with what a call gets, as far as that can be seen.

    Args:
        file: of the call.
        call: that asks the route.
        answer: what of a changed model the route answers; what is read of anything else matters nothing.
    """
    if _is_said_without(file, call, answer):
        return False
    bodies = (file.types.property(answer, name) for name in _BODIES)
    owners = [answer, *filter(None, bodies)]
    return any(_is_of_change(file, name, owners) for name in names_read(call))


def _is_said_without(file: FileContext, call: Node, answer: Type) -> bool:
    """Whether a call says of a record that it has nothing of what changed: `get<Card>("/authors/3")` without books."""
    written = call.child_by_field_name("type_arguments")
    said = file.types.read(written.named_children[0]) if written is not None else None
    place = said.place if said is not None and said.what is What.SHAPE else None
    if place is None or answer.what is not What.RECORD or next(descendants(place.node, "index_signature"), None):
        return False
    related = (each.name for each in file.facts.relations if each.model == answer.model)
    loaded = {name for name in related if loaded_options(answer.place, name) is not None}
    return not (loaded | set(file.facts.nullable_names(answer.model))) & set(member_names(place, _DEPTH))


def names_read(value: Node) -> Iterator[str]:
    """The properties that are read of a value, and an empty one where all of it goes elsewhere."""
    node = outermost(value)
    outer = node.parent
    if outer is None or outer.type == "expression_statement":
        return
    if outer.type == "variable_declarator":
        yield from _names_taken(outer)
    elif outer.type in READS and outer.child_by_field_name("object") == node:
        name, call = last_name(outer), outer.parent
        is_called = (
            call is not None and call.type == "call_expression" and call.child_by_field_name("function") == outer
        )
        if is_called and call is not None:
            yield from names_read(call) if name in _THE_SAME else ("",)
        else:
            yield from names_read(outer) if name in _BODIES else (name,)
    else:
        yield ""


def outermost(value: Node) -> Node:
    """The outermost expression that has a value: `(await value)!`, `isNew ? value : other`."""
    node, outer = value, value.parent
    while outer is not None and (outer.type in _AROUND or _is_side(outer, node)):
        node, outer = outer, outer.parent
    return node


def uses_spent(value: Node) -> Iterator[Node]:
    """Where a value, or what it is put under, gets to at last; nothing where only how an answer went is read."""
    node = outermost(value)
    outer = node.parent
    if outer is None or outer.type == "expression_statement":
        return
    is_read = outer.type in READS and outer.child_by_field_name("object") == node
    around = outer.parent if is_read else None
    is_called = around is not None and around.child_by_field_name("function") == outer
    if outer.type == "variable_declarator" and pattern_of(outer).type == "identifier":
        for use in uses_of_variable(outer):
            yield from uses_spent(use)
    elif is_read and around is not None and is_called and last_name(outer) in _THE_SAME:
        yield from uses_spent(around)
    elif is_read and last_name(outer) in _BODIES and not is_called:
        yield from uses_spent(outer)
    elif not is_read or last_name(outer) not in _OF_RESPONSES:
        yield node


def _is_side(outer: Node, node: Node) -> bool:
    """Whether a value is what a condition gives: `isNew ? await add(book) : await change(book)`."""
    return outer.type == "ternary_expression" and node != outer.child_by_field_name("condition")


def _names_taken(declarator: Node) -> Iterator[str]:
    """The properties that are read of what a variable holds, or that a pattern takes out of it."""
    pattern = pattern_of(declarator)
    if pattern.type == "identifier":
        for use in uses_of_variable(declarator):
            yield from names_read(use)
        return
    for name in bound_names(pattern):
        path = path_to(declarator, name)
        is_body = path is not None and path[-1:] and path[-1] in _BODIES
        yield "" if is_body or not path else path[0]


def _is_of_change(file: FileContext, name: str, owners: Iterable[Type]) -> bool:
    """Whether a property may have something of a changed model in it."""
    is_read = name not in _OF_RESPONSES and any(file.types.property(each, name) is not None for each in owners)
    return not name or is_read
