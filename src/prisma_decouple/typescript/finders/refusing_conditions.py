"""The conditions under which a function refuses for want of a value, before that is stored.

`if (!authorId) throw …`, in the function itself or in one that it hands the value to: `this.check(authorId, name)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.conditions import absent_alone, alternatives, conjuncts, present_in
from prisma_decouple.typescript.source.lists import lacks_any, lists_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, function_name, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    ancestors,
    call_arguments,
    descendants,
    function_around,
    is_function,
    is_inside,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import ends, notes_mistake, turns_away

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

_NO_LISTS = frozenset[str]()


class Refusal(NamedTuple):
    """A condition under which something is refused.

    Attributes:
        condition: where it stands.
        is_alone: whether it is enough that one value is missing; else nothing may be there that is given instead.
    """

    condition: Place
    is_alone: bool


def refusal_before(
    value: Place, function: Node, sources: Container[str], *, is_sent: bool, name: str = ""
) -> Refusal | None:
    """The first condition before a value under which a function refuses because it, or all there is, is missing.

    Args:
        value: the value.
        function: in which it is stored.
        sources: what the value is called there.
        is_sent: whether a page sends it, which refuses when it does nothing more: `{ setError("…"); return; }`.
        name: of the field that it becomes; what a check is given under that name is meant as well.
    """
    place = Place(value.file, function)
    own = _refusals(place, sources, lists_of(value.node), value.node, is_sent=is_sent)
    return next(own, None) or next(_in_checks(place, sources, value.node.start_byte, name), None)


def refusals_of_check(check: Place, name: str) -> Iterator[Refusal]:
    """The conditions of a function that a schema is refined with, under which it refuses for want of a member.

    Args:
        check: the function: `(book) => !!book.authorId`, or one that calls `addIssue`.
        name: of the member.
    """
    taken = next(iter(parameters(check.node)), None)
    pattern = pattern_of(taken) if taken is not None else None
    if pattern is None:
        return
    sources = frozenset({name if pattern.type == "object_pattern" else f"{text_of(pattern)}.{name}"})
    for statement in descendants(check.node, "if_statement"):
        if notes_mistake(statement.child_by_field_name("consequence")):
            yield from _refusal_by(Place(check.file, statement), sources, _NO_LISTS)
    for returned in returned_values(check.node):
        ways = [list(present_in(each)) for each in alternatives(returned)]
        if any(text_of(value) in sources for values in ways for value in values):
            yield Refusal(Place(check.file, returned), is_alone=len(ways) == 1)


def _refusals(
    function: Place, sources: Container[str], lists: frozenset[str], stored: Node, *, is_sent: bool
) -> Iterator[Refusal]:
    """The conditions of a function, up to a place, under which it refuses."""
    for statement in descendants(function.node, "if_statement"):
        if _refuses_before(statement, stored, is_sent=is_sent):
            yield from _refusal_by(Place(function.file, statement), sources, lists)


def _refusal_by(statement: Place, sources: Container[str], lists: frozenset[str]) -> Iterator[Refusal]:
    """The condition of a statement that refuses, if it is about the value, alone or among others."""
    condition = statement.node.child_by_field_name("condition")
    is_alone = condition is not None and _asks_only_for(condition, sources, lists)
    if condition is not None and (is_alone or _asks_among_others(condition, sources)):
        yield Refusal(Place(statement.file, condition), is_alone)


def _refuses_before(statement: Node, stored: Node, *, is_sent: bool) -> bool:
    """Whether what a statement does keeps a place from being reached, or, on a page, what is there from being sent."""
    consequence, around = statement.child_by_field_name("consequence"), function_around(statement)
    if statement.end_byte > stored.start_byte:
        return is_sent and ends(consequence) and around is not None and _calls(around, statement, stored)
    if turns_away(consequence) or (is_sent and notes_mistake(consequence)):
        return True
    # What ends another function of a page does not keep this one from sending.
    is_around = around is None or is_inside(around, stored) or _calls(around, statement, stored)
    return is_sent and ends(consequence) and is_around


def _calls(function: Node, statement: Node, stored: Node) -> bool:
    """Whether a function calls, behind a statement, one in which a place is: `if (!authorId) return; save();`."""
    names = {function_name(each) for each in ancestors(stored) if is_function(each) and not is_inside(each, statement)}
    calls = (each for each in descendants(function, "call_expression") if each.start_byte >= statement.end_byte)
    return any(text_of(each.child_by_field_name("function")) in names - {""} for each in calls)


def _in_checks(function: Place, sources: Container[str], end: int, name: str) -> Iterator[Refusal]:
    """The same in what a function calls before for nothing but that: `this.check(authorId, authorName);`."""
    for call in _calls_for_themselves(function.node):
        given = [unwrapped(each) for each in call_arguments(call)] if call.end_byte <= end else []
        meant = [text_of(each) in sources or _is_called(each, name) for each in given]
        called = function.file.types.function_of(call) if any(meant) else None
        place = called.place if called is not None else None
        taken = [pattern_of(each) for each in parameters(place.node)] if place is not None else []
        names = {text_of(each) for each, is_meant in zip(taken, meant, strict=False) if is_meant}
        if place is not None and names:
            yield from _refusals(place, names, _NO_LISTS, _end_of(place.node), is_sent=False)


def _end_of(function: Node) -> Node:
    """The bracket that ends a function."""
    node = function
    while node.children:
        node = node.children[-1]
    return node


def _is_called(value: Node, name: str) -> bool:
    """Whether a value is a variable or property of a name."""
    return bool(name) and value.type in {*READS, *VALUE_NAMES} and last_name(value) == name


def _calls_for_themselves(function: Node) -> Iterator[Node]:
    """The calls whose results nobody uses."""
    for statement in descendants(function, "expression_statement"):
        call = unwrapped(statement.named_children[0]) if statement.named_children else statement
        if call.type == "call_expression":
            yield call


def _asks_only_for(condition: Node, sources: Container[str], lists: frozenset[str]) -> bool:
    """Whether it is enough that one value is missing, or any in a list: `!id || !title`, and not `!id && !other`."""
    is_asked = any(text_of(value) in sources for value in absent_alone(condition))
    return is_asked or any(lacks_any(each, lists) for each in alternatives(condition))


def _asks_among_others(condition: Node, sources: Container[str]) -> bool:
    """Whether a value is one of several of which nothing is there: `!start || (!id && !name)`."""
    for each in alternatives(condition):
        missing = [list(absent_alone(part)) for part in conjuncts(each)] if _is_and(each) else []
        if all(missing) and any(text_of(value) in sources for values in missing for value in values):
            return True
    return False


def _is_and(condition: Node) -> bool:
    return text_of(condition.child_by_field_name("operator")) == "&&"


def values_given_back(value: Place) -> Iterator[Place]:
    """What becomes of a value in the function that gives it back among others: `const { id } = await this.author(dto)`.

    Args:
        value: the variable that it is taken out into.
    """
    binding = binding_of(value.node) if value.node.type in VALUE_NAMES else None
    held = binding.child_by_field_name("value") if binding is not None else None
    path = path_to(binding, text_of(value.node)) if binding is not None and held is not None else None
    called = value.file.types.function_of(unwrapped(held)) if held is not None and path else None
    place = called.place if called is not None else None
    for returned in returned_values(place.node) if place is not None else ():
        given: Node | None = returned
        for name in path or ():
            given = property_value(unwrapped(given), name) if given is not None else None
        if place is not None and given is not None:
            yield Place(place.file, given)
