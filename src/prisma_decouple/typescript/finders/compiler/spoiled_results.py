"""Reads of what the compiler no longer knows of the result of a query that is given something wrong.

A query whose argument does not fit counts for one without options: its result has the fields of the model, and none of
the relations that it loads. So every read of these is an error as well, and so is every place that wants them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.compiler.complaints import pointed_at
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.names import BLOCKS
from prisma_decouple.typescript.source.patterns import key_in_pattern
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names, parameters, uses_in, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    is_function,
    key_of,
    last_name,
    nearest,
    spread_of,
    text_of,
    without_parentheses,
)
from prisma_decouple.typescript.source.vocabulary import NO_RECORDS
from prisma_decouple.typescript.types.places.arrivals import handed_values, with_fallback
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.misfits import members_to_give, needed_members
from prisma_decouple.typescript.types.prisma.queries import AGGREGATES
from prisma_decouple.typescript.types.properties import load_objects
from prisma_decouple.typescript.types.taken import binding_around, taken_out_of
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_WITH_FALLBACK = frozenset({"binary_expression", "parenthesized_expression"})


def unknown_after(file: FileContext, call: Node) -> Iterator[Place]:
    """The places where the compiler misses what a query loads, when it is given something wrong.

    Args:
        file: the file of the query.
        call: the query, a call of a client's method.
    """
    if callee(call)[1] in NO_RECORDS:
        yield from _aggregates(file, call)
        return
    found = file.types.of(call)
    names = _loaded_names(file, found) if found is not None and found.what is What.RECORD else frozenset()
    options = found.place.node if found is not None and found.place is not None else None
    if not names or options is None:
        return
    near = {file.source.path, *file.project.importers_of([file.source.path])}
    near |= file.project.importers_of(near)  # one file in between may only hand on what others export
    for path in sorted(file.project.users_of(file.source.path)):
        there = file.project.files[path]
        if names & there.source.words:
            yield from (Place(there, node) for node in _reads(there, names, options))
        if path in near:
            yield from (Place(there, node) for node in _handed(there, names, options))


def _loaded_names(file: FileContext, record: Type) -> frozenset[str]:
    """The relations that a query loads with its model, or counts."""
    names = {key_of(each) for holder in load_objects(record.place) for each in holder.node.named_children}
    is_there = file.facts.relation_of
    return frozenset(name for name in names if name == "_count" or is_there(record.model, name) is not None)


def _is_result_of(found: Type | None, options: Node) -> bool:
    """Whether something is, or may be, the result of the query with these options, or an element of it."""
    if found is None or found.what is not What.RECORD:
        return False
    return any(place is not None and place.node == options for place in (found.place, *found.also))


def _reads(file: FileContext, names: frozenset[str], options: Node) -> Iterator[Node]:
    for node in file.source.nodes("member_expression"):
        owner = node.child_by_field_name("object") if last_name(node) in names else None
        if owner is not None and not _is_anything(owner) and _is_result_of(file.types.of(owner), options):
            yield node.child_by_field_name("property") or node
            yield from _untyped_callbacks(file, node)
    for node in file.source.nodes("shorthand_property_identifier_pattern", "pair_pattern"):
        if key_in_pattern(node) in names and _is_result_of(taken_out_of(file, node), options):
            yield node
            holder = binding_around(node)
            if holder is not None and holder.type == "variable_declarator":
                yield from _untyped_callbacks_of(file, holder, next(iter(bound_names(node)), ""))


def _is_anything(owner: Node) -> bool:
    """Whether a cast lets everything be read: `(order as any).lines`."""
    inner = without_parentheses(owner)
    return inner.type == "as_expression" and text_of(inner.named_children[-1]) == "any"


def _untyped_callbacks(file: FileContext, read: Node) -> Iterator[Node]:
    """The parameters of which the compiler knows no type: those of what is given to the methods of an unknown list.

    What is read of such a parameter is as unknown: `book.pages.map((page) => page.lines.filter((line) => line.text))`.
    """
    if not file.project.modules.checks_null(file.source.path):
        return
    node, outer = read, read.parent
    while outer is not None and outer.type in {*_WITH_FALLBACK, "call_expression", "member_expression"}:
        if outer.type == "call_expression" and node == outer.child_by_field_name("function"):
            for given in (each for each in call_arguments(outer) if is_function(each)):
                for parameter in _untyped_parameters(given):
                    yield parameter
                    yield from _untyped_in(file, given, parameter)
        elif outer.type not in _WITH_FALLBACK and node != outer.child_by_field_name("object"):
            return
        node, outer = outer, outer.parent
    if outer is not None and outer.type == "variable_declarator" and node == outer.child_by_field_name("value"):
        target = outer.child_by_field_name("name")
        is_kept = target is not None and target.type == "identifier"
        yield from _untyped_callbacks_of(file, outer, text_of(target)) if is_kept else ()
    elif outer is not None and outer.type == "arguments" and outer.parent is not None:
        yield from _untyped_state(file, outer.parent)


def _untyped_state(file: FileContext, call: Node) -> Iterator[Node]:
    """The same, of a state that begins with such a list, and of what it is set to: `useState(author.books.map(…))`."""
    declarator = call.parent
    is_told = call.child_by_field_name("type_arguments") is not None
    if callee(call)[1] != "useState" or is_told or declarator is None or declarator.type != "variable_declarator":
        return
    block, (state, setter, *_) = nearest(declarator, *BLOCKS), (*bound_names(declarator.named_children[0]), "", "")
    yield from _untyped_callbacks_of(file, declarator, state)
    for use in uses_in(block, setter, declarator) if block is not None and setter else ():
        set_by = use.parent
        is_set = set_by is not None and set_by.child_by_field_name("function") == use
        for given in filter(is_function, call_arguments(set_by)) if set_by is not None and is_set else ():
            for parameter in _untyped_parameters(given):
                yield parameter
                yield from _untyped_in(file, given, parameter)


def _untyped_callbacks_of(file: FileContext, declarator: Node, name: str) -> Iterator[Node]:
    """The same, of the lists that a variable holds."""
    block = nearest(declarator, *BLOCKS)
    for use in uses_in(block, name, declarator) if block is not None and name else ():
        yield from _untyped_callbacks(file, use)


def _untyped_in(file: FileContext, function: Node, parameter: Node) -> Iterator[Node]:
    """The same inside of a function, of what is read of one of its parameters."""
    body = function.child_by_field_name("body")
    if body is not None:
        for use in (use for name in bound_names(parameter) for use in uses_in(body, name, parameter)):
            yield from _untyped_callbacks(file, use)


def _untyped_parameters(function: Node) -> Iterator[Node]:
    """The parameters of a function that are written without a type."""
    yield from (each for each in parameters(function) if each.child_by_field_name("type") is None)


def _handed(file: FileContext, names: frozenset[str], options: Node) -> Iterator[Node]:
    """The values of the query that are handed to what wants all that it loads, also spread into a literal."""
    for value in handed_values(file):
        found = file.types.of(value)
        if _is_result_of(found, options):
            literal = _spread_into(value)
            given = {name for name, _ in properties(literal)} if literal is not None else set[str]()
            if names & _wanted_there(file, value, options) - given:
                yield pointed_at(literal or value)
        elif found is not None and _brought(found, names, options) & _wanted_there(file, value, options):
            yield pointed_at(value)


def _brought(found: Type, names: frozenset[str], options: Node) -> frozenset[str]:
    """What only a value of the query gives a literal that is kept for later: `books.map((book) => ({ ...book }))`."""
    kept = [each for each in (found.literal, *found.also) if each is not None and each.node.type == "object"]
    for literal in kept:
        spreads = (each.named_children[-1] for each in spreads_in(literal.node))
        if any(_is_result_of(literal.file.types.of(each), options) for each in spreads):
            return names - {name for name, _ in properties(literal.node)}
    return frozenset()


def _spread_into(value: Node) -> Node | None:
    """The literal that a value is spread into."""
    spread = spread_of(value)
    literal = spread.parent if spread is not None else None
    return literal if literal is not None and literal.type == "object" else None


def _wanted_there(file: FileContext, value: Node, options: Node) -> frozenset[str]:
    """What is wanted where a value arrives, unless that is the result of the query itself."""
    wanted = expected(file, with_fallback(value))
    if wanted is None or _is_result_of(wanted, options):  # `Awaited<ReturnType<typeof createOrder>>` is spoiled too
        return frozenset()
    return _wanted_members(wanted)


def _wanted_members(wanted: Type) -> frozenset[str]:
    """What a type wants besides the fields of a model."""
    loads = {key_of(each) for holder in load_objects(wanted.place) for each in holder.node.named_children}
    more = {name for extra in wanted.extras for name in members_to_give(extra.node) if wanted.has(name)}
    return frozenset(loads if wanted.what is What.RECORD else needed_members(wanted)) | more


def _aggregates(file: FileContext, call: Node) -> Iterator[Place]:
    """Of what an aggregate asks for, any may be missing: `totals._sum.price`."""
    holder = next((each for each in ancestors(call) if each.type != "await_expression"), None)
    if callee(call)[1] != "aggregate" or holder is None or holder.type != "variable_declarator":
        return
    for use in uses_of_variable(holder):
        read = use.parent
        outer = read.parent if read is not None and last_name(read) in AGGREGATES else None
        is_read = (
            outer is not None and outer.type == "member_expression" and outer.child_by_field_name("object") == read
        )
        if is_read and outer is not None and outer.child_by_field_name("optional_chain") is None:
            yield Place(file, use)
