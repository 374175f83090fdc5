"""What a procedure of tRPC gives to clients that read nothing of it: `onSuccess: () => refetch()` only asks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.sent.answers import records_in
from prisma_decouple.typescript.routes.spent import names_read
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names, parameters, uses_in
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function, key_of, last_name
from prisma_decouple.typescript.types.libraries.routers import MUTATES, result
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_GIVEN_RESULTS = frozenset({"onSettled", "onSuccess"})
_DEPTH = 5


def find_unread_results(files: Iterable[FileContext]) -> None:
    """Keep the options by which only such relations are loaded of which those who call a mutation read nothing.

    Args:
        files: all files that have to do with the change; their findings are filled.
    """
    read, unread = set[str](), set[str]()
    for file in files:
        for call in file.source.called("mutation", "query"):
            found = result(Type(What.ROUTER, place=Place(file, call)))
            carried = list(records_in(file, found, _DEPTH)) if found is not None else []
            loaded = [loaded_options(record.place, name) for record, names in carried for name in names]
            keys = {place_key(each) for each in loaded if each is not None}
            is_unread = bool(keys) and callee(call)[1] == "mutation" and _is_unread(Place(file, call))
            (unread if is_unread else read).update(keys)  # who makes a query reads it
        file.findings.unread_loads |= unread - read


def _is_unread(procedure: Place) -> bool:
    """Whether clients call a procedure, and nobody reads of what it gives what has to do with a relation."""
    holder, facts = procedure.node.parent, procedure.file.facts
    name = key_of(holder) if holder is not None and holder.type == "pair" else ""
    uses = [each for each in _uses(procedure, name) if name]
    matter = {"", *facts.names_that_matter, *(each.name for each in facts.relations)}
    return bool(uses) and all(matter.isdisjoint(_read_by(each)) for each in uses)


def _uses(procedure: Place, name: str) -> Iterator[Node]:
    """Where a procedure is taken out of its router, `trpc.books.add`: tests that stand in for it read nothing."""
    for file in (each for each in procedure.file.project.speaking_of(name) if not is_test(each.source.path)):
        for node in file.source.nodes("member_expression"):
            found = file.types.of(node) if last_name(node) == name else None
            is_router = found is not None and found.what is What.ROUTER and found.place is not None
            if is_router and found is not None and found.place is not None and found.place.node == procedure.node:
                yield node


def _read_by(procedure: Node) -> Iterator[str]:
    """The properties that a client reads of what a procedure gives; an empty one where that is not seen."""
    outer = procedure.parent
    call = outer.parent if outer is not None and outer.type == "member_expression" else None
    if call is None or call.type != "call_expression" or call.child_by_field_name("function") != outer:
        yield ""
    elif last_name(outer) in MUTATES:
        yield from names_read(call)
    elif last_name(outer) == "useMutation":
        yield from _given_to(call_arguments(call)[:1])
        yield from _read_of_hook(call)
    elif last_name(outer) != "invalidate":
        yield ""


def _read_of_hook(hook: Node) -> Iterator[str]:
    """What is read of the results of `const adding = trpc.books.add.useMutation()`, or of a part of what that gives."""
    holder = hook.parent
    block = holder.parent.parent if holder is not None and holder.parent is not None else None
    if holder is None or holder.type != "variable_declarator" or block is None:
        yield ""
        return
    pattern = pattern_of(holder)
    for name in bound_names(pattern):
        path = path_to(holder, name)
        for use in (each for each in uses_in(block, name, holder) if each.start_byte >= pattern.end_byte):
            member = use.parent if not path else use
            is_part = member is not None and (bool(path) or member.type == "member_expression")
            part = path[0] if path else last_name(member)
            yield from _read_of_part(part, member) if path is not None and member is not None and is_part else ("",)


def _read_of_part(part: str, node: Node) -> Iterator[str]:
    """What is read of a result by way of a part of a hook."""
    call = node.parent if node.parent is not None and node.parent.type == "call_expression" else None
    is_called = call is not None and call.child_by_field_name("function") == node
    if part == "data":
        yield from names_read(node)
    if part in MUTATES and is_called and call is not None:
        yield from _given_to(call_arguments(call)[1:])
    if part == "mutateAsync":
        yield from names_read(call) if is_called and call is not None else ("",)


def _given_to(options: Iterable[Node]) -> Iterator[str]:
    """What is read of a result by the functions among some options that are given it."""
    for each in options:
        if each.type != "object" or any(spreads_in(each)):
            yield ""
            continue
        for value in (value for key, value in properties(each) if key in _GIVEN_RESULTS):
            if not is_function(value):
                yield ""
                continue
            for taken in parameters(value)[:1]:
                for name in bound_names(taken):
                    path = path_to(taken, name)
                    inside = (use for use in uses_in(value, name, taken) if use.start_byte >= taken.end_byte)
                    for use in inside:
                        yield from (path[:1] if path else names_read(use)) if path is not None else ("",)
