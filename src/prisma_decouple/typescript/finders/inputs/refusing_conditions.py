"""The conditions under which a function refuses for want of a value, before that is stored.

`if (!authorId) throw …`, in the function itself or in one that it hands the value to: `this.check(authorId, name)`.
"""

from __future__ import annotations

import re
from itertools import chain, takewhile
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.missing_values import missing_in
from prisma_decouple.typescript.source.conditions import absent_alone, alternatives, conjuncts, present_in
from prisma_decouple.typescript.source.lists import lacks_any, lists_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.outcomes import FALSE, Outcome, done_when, handed_to, is_refused_by, outcome_of
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, function_name, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    WAITS,
    ancestors,
    call_arguments,
    callee,
    descendants,
    function_around,
    is_function,
    is_inside,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import ends, gives_up, notes_mistake, turns_away
from prisma_decouple.typescript.source.vocabulary import CREATES, THROWING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.missing import Missing


_NO_LISTS = frozenset[str]()
_MODE = re.compile(r"(?:action|mode|stage|step|tab)$", re.IGNORECASE)
_IS_MODE = re.compile(r"^(?:is_?)?(?:add|creat|edit|new|updat)", re.IGNORECASE)


class Refusal(NamedTuple):
    """A condition under which something is refused.

    Attributes:
        condition: where it stands.
        is_alone: whether it is enough that one value is missing; else nothing may be there that is given instead.
        done: what is done then.
    """

    condition: Place
    is_alone: bool
    done: str = "this refuses"


def refusal_before(
    value: Place, function: Node, sources: Iterable[str], *, is_sent: bool, name: str = "", is_key: bool = True
) -> Refusal | None:
    """The first condition before a value under which a function refuses because it, or all there is, is missing.

    Args:
        value: the value.
        function: in which it is stored.
        sources: what the value is called there.
        is_sent: whether a page sends it, which refuses when it does nothing more: `{ setError("…"); return; }`.
        name: of the field that it becomes; what a check is given under that name is meant as well.
        is_key: whether nothing is found by it that is looked up; else it is of something that is there.
    """
    place, missing = Place(value.file, function), missing_in(value.file, sources, is_key=is_key)
    ways = (
        _refusals(place, missing, lists_of(value.node), value.node, is_sent=is_sent),
        _refused_calls(place, missing, value.node),
        _around(place, missing, value.node),
        _in_checks(place, missing, value.node.start_byte, name),
    )
    return next(chain.from_iterable(ways), None)


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
    called = name if pattern.type == "object_pattern" else f"{text_of(pattern)}.{name}"
    missing = missing_in(check.file, [called])
    for statement in descendants(check.node, "if_statement"):
        condition = statement.child_by_field_name("condition")
        if condition is not None and notes_mistake(done_when(missing, statement)):
            yield Refusal(Place(check.file, condition), is_alone=True)
        elif notes_mistake(statement.child_by_field_name("consequence")):
            yield from _refusal_by(Place(check.file, statement), missing, _NO_LISTS)
    for returned in returned_values(check.node):
        ways = [list(present_in(each)) for each in alternatives(returned)]
        is_said = any(text_of(value) == called for values in ways for value in values)
        if is_said or outcome_of(returned, missing) in FALSE:
            yield Refusal(Place(check.file, returned), is_alone=len(ways) == 1)


def _refusals(
    function: Place, missing: Missing, lists: frozenset[str], stored: Node, *, is_sent: bool
) -> Iterator[Refusal]:
    """The conditions of a function, up to a place, under which it refuses."""
    for statement in descendants(function.node, "if_statement"):
        condition = statement.child_by_field_name("condition")
        inside = missing.within(statement)
        done = done_when(inside, statement) if _is_reached(statement, inside) else None
        if condition is not None and done is not None:
            if _refuses_before(statement, done, stored, is_sent=is_sent):
                yield Refusal(Place(function.file, condition), is_alone=True)
        elif _refuses_before(statement, statement.child_by_field_name("consequence"), stored, is_sent=is_sent):
            yield from _refusal_by(Place(function.file, statement), missing, lists)


def _is_reached(node: Node, missing: Missing) -> bool:
    """Whether a place may be reached within its function when a value is missing: not the inside of `if (id) { … }`."""
    inner = node
    for outer in ancestors(node):
        if is_function(outer):
            break
        if outer.type in {"if_statement", "ternary_expression"} and inner != outer.child_by_field_name("condition"):
            outcome = outcome_of(outer.child_by_field_name("condition"), missing)
            is_otherwise = inner == outer.child_by_field_name("alternative")
            if (outcome is Outcome.HOLDS and is_otherwise) or (outcome in FALSE and not is_otherwise):
                return False
        inner = outer
    return True


def _refusal_by(statement: Place, missing: Missing, lists: frozenset[str]) -> Iterator[Refusal]:
    """The condition of a statement that refuses, if it is about a list of values, or the value among others."""
    condition = statement.node.child_by_field_name("condition")
    if condition is None:
        return
    is_alone = any(lacks_any(each, lists) or _asks_in_mode(each, missing) for each in alternatives(condition))
    if is_alone or _asks_among_others(condition, missing):
        yield Refusal(Place(statement.file, condition), is_alone)


def _refuses_before(statement: Node, done: Node | None, stored: Node, *, is_sent: bool) -> bool:
    """Whether what a statement does keeps a place from being reached, or, on a page, what is there from being sent."""
    around = function_around(statement)
    is_inside_it = is_inside(statement, stored)
    if done is None or (is_inside_it and is_inside(done, stored)):
        return False
    if statement.end_byte > stored.start_byte and not is_inside_it:
        return is_sent and ends(done) and around is not None and _calls(around, statement, stored)
    if turns_away(done) or (is_sent and notes_mistake(done)):
        return True
    # What ends another function does not keep this one from storing, nor a page from sending.
    is_around = around is None or is_inside(around, stored) or _calls(around, statement, stored)
    return is_around and (ends(done) if is_sent else gives_up(done) or notes_mistake(done))


def _refused_calls(function: Place, missing: Missing, stored: Node) -> Iterator[Refusal]:
    """What makes certain that the value is there: `assert(authorId)`, `body.authorId ?? fail("no author")`."""
    for call in descendants(function.node, "call_expression"):
        is_before = call.start_byte < stored.start_byte and _is_reached(call, missing)
        if is_before and (is_refused_by(call, missing) or _finds_none(call, missing)):
            yield Refusal(Place(function.file, call), is_alone=True)
    for choice in descendants(function.node, "binary_expression"):
        other = choice.child_by_field_name("right")
        is_call = other is not None and unwrapped(other).type == "call_expression"
        if is_call and choice.start_byte < stored.end_byte and outcome_of(choice, missing) is Outcome.THROWS:
            yield Refusal(Place(function.file, choice), is_alone=True)
    for call in (each for each in _calls_done(function.node) if each.end_byte <= stored.start_byte):
        named, handed = any(map(missing.own_of, call_arguments(call))), handed_to(call, missing)
        is_concerned = named or (handed is not None and bool(handed[1].values) and not _is_done_for_itself(call))
        if is_concerned and outcome_of(call, missing) is Outcome.THROWS:
            yield Refusal(Place(function.file, call), is_alone=True)


def _finds_none(call: Node, missing: Missing) -> bool:
    """Whether a call looks something up by what is missing, and throws because nothing is found."""
    return callee(call)[1] in THROWING and outcome_of(call, missing) is Outcome.THROWS


def _around(function: Place, missing: Missing, stored: Node) -> Iterator[Refusal]:
    """The conditions within which a record is made, and none where the value is missing."""
    call = next((each for each in ancestors(stored) if callee(each)[1] in CREATES), None)
    for outer in takewhile(lambda each: each != function.node, ancestors(call) if call is not None else ()):
        condition = outer.child_by_field_name("condition")
        if call is None or condition is None or outer.type not in {"if_statement", "ternary_expression"}:
            continue
        outcome = outcome_of(condition, missing)
        done = outer.child_by_field_name("consequence" if outcome is Outcome.HOLDS else "alternative")
        is_passed = outcome is not Outcome.OPEN and not (done is not None and is_inside(done, call))
        if is_passed and not any(_makes_same(each, call) for each in _done_otherwise(function.node, outer, done)):
            yield Refusal(Place(function.file, condition), is_alone=True, done="none is made")


def _done_otherwise(function: Node, condition: Node, done: Node | None) -> Iterator[Node]:
    """The calls outside of a condition, and of what is done when it is not so."""
    for call in descendants(function, "call_expression"):
        if not is_inside(condition, call) or (done is not None and is_inside(done, call)):
            yield call


def _makes_same(call: Node, other: Node) -> bool:
    """Whether a call makes a record of the same model as another one."""
    receiver, method = callee(call)
    return method in CREATES and text_of(receiver) == text_of(callee(other)[0])


def _calls(function: Node, statement: Node, stored: Node) -> bool:
    """Whether a function calls, behind a statement, one in which a place is: `if (!authorId) return; save();`."""
    names = {function_name(each) for each in ancestors(stored) if is_function(each) and not is_inside(each, statement)}
    calls = (each for each in descendants(function, "call_expression") if each.start_byte >= statement.end_byte)
    return any(text_of(each.child_by_field_name("function")) in names - {""} for each in calls)


def _in_checks(function: Place, missing: Missing, end: int, name: str) -> Iterator[Refusal]:
    """The same in what a function calls before for nothing but that: `this.check(authorId, authorName);`."""
    for call in filter(_is_done_for_itself, _calls_done(function.node)):
        called = function.file.types.function_of(call) if call.end_byte <= end else None
        meant = (text_of(each) for each in call_arguments(call) if name and last_name(each) == name)
        handed = handed_to(call, missing.also_called(meant)) if called is not None else None
        if called is not None and called.place is not None and handed is not None and handed[1].values:
            last = _end_of(called.place.node)
            yield from _refusals(called.place, handed[1], _NO_LISTS, last, is_sent=False)
            yield from _refused_calls(called.place, handed[1], last)


def _end_of(function: Node) -> Node:
    """The bracket that ends a function."""
    node = function
    while node.children:
        node = node.children[-1]
    return node


def _calls_done(function: Node) -> Iterator[Node]:
    """The calls whose results nobody uses, or only a variable holds."""
    for statement in (*descendants(function, "expression_statement"), *descendants(function, "variable_declarator")):
        held = statement.child_by_field_name("value") or next(iter(statement.named_children), None)
        call = unwrapped(held) if held is not None else statement
        if call.type == "call_expression":
            yield call


def _is_done_for_itself(call: Node) -> bool:
    return next((each.type for each in ancestors(call) if each.type not in WAITS), "") == "expression_statement"


def _asks_among_others(condition: Node, missing: Missing) -> bool:
    """Whether a value is one of several of which nothing is there: `!start || (!id && !name)`."""
    for each in alternatives(condition):
        parts = [(part, list(absent_alone(part))) for part in conjuncts(each)] if _is_and(each) else []
        if all(absent for _, absent in parts) and any(outcome_of(part, missing) is Outcome.HOLDS for part, _ in parts):
            return True
    return False


def _asks_in_mode(condition: Node, missing: Missing) -> bool:
    """Whether a value has to be there where a form does one thing of several: `step === 2 && !id`, `isNew && !id`."""
    parts = list(conjuncts(condition))
    others = [each for each in parts if not _is_mode(each)]
    return 0 < len(others) < len(parts) and all(outcome_of(each, missing) is Outcome.HOLDS for each in others)


def _is_mode(condition: Node) -> bool:
    """Whether a condition only asks what a form is there for: `mode === "add"`, `isEditing`, `!isEditing`."""
    asked = last_name(unwrapped(condition.child_by_field_name("argument") or condition))
    return _MODE.search(last_name(condition.child_by_field_name("left"))) is not None or bool(_IS_MODE.match(asked))


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
