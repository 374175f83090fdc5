"""The conditions under which a function refuses for want of a value, before that is stored.

`if (!authorId) throw …`, in the function itself or in one that it hands the value to: `this.check(authorId, name)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.guards import absent_in, alternatives, conjuncts
from prisma_decouple.typescript.source.lists import lacks_any, lists_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    call_arguments,
    descendants,
    function_around,
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
    file, end = value.file, value.node.start_byte
    own = _refusals(Place(file, function), sources, lists_of(value.node), end, is_sent=is_sent)
    return next(own, None) or next(_in_checks(Place(file, function), sources, end, name), None)


def _refusals(
    function: Place, sources: Container[str], lists: frozenset[str], end: int, *, is_sent: bool
) -> Iterator[Refusal]:
    """The conditions of a function, up to a place, under which it refuses."""
    for statement in descendants(function.node, "if_statement"):
        condition, consequence = (statement.child_by_field_name(each) for each in ("condition", "consequence"))
        is_kept_back = is_sent and (notes_mistake(consequence) or (ends(consequence) and _is_around(statement, end)))
        is_refused = turns_away(consequence) or is_kept_back
        if condition is None or statement.end_byte > end or not is_refused:
            continue
        is_alone = _asks_only_for(condition, sources, lists)
        if is_alone or _asks_among_others(condition, sources):
            yield Refusal(Place(function.file, condition), is_alone)


def _is_around(statement: Node, end: int) -> bool:
    """Whether the function that a statement ends is one in which a place is: others of the page do not send it."""
    around = function_around(statement)
    return around is None or around.start_byte <= end < around.end_byte


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
            yield from _refusals(place, names, _NO_LISTS, place.node.end_byte, is_sent=False)


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
    return any(
        (not _is_and(each) and any(text_of(value) in sources for value in absent_in(each))) or lacks_any(each, lists)
        for each in alternatives(condition)
    )


def _asks_among_others(condition: Node, sources: Container[str]) -> bool:
    """Whether a value is one of several of which nothing is there: `!start || (!id && !name)`."""
    for each in alternatives(condition):
        missing = [list(absent_in(part)) for part in conjuncts(each)] if _is_and(each) else []
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
