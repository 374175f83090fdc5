"""Keys that are filled in where none is given: nobody can leave them out, which makes sense now.

`if (!input.authorId) input.authorId = user.authorId` never makes a book without an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import absent_in, conjuncts, present_in
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    callee,
    descendants,
    first_name,
    is_inside,
    start_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CREATES
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_EMPTY = NOTHING | {"object", "string", "template_string"}
_STAND_INS = frozenset({"0", "-1"})
_FILLS = frozenset({"??=", "||="})
_LOOPS = ("for_in_statement", "for_statement", "while_statement")
_ASSIGNMENTS = ("assignment_expression", "augmented_assignment_expression")


def note_filled(
    file: FileContext, function: Node, sources: Collection[str], key: tuple[str, str], stored: Node
) -> None:
    """Note where another key is taken before a record is stored because none is given.

    Args:
        file: the file; its findings are filled.
        function: that stores the record.
        sources: what the key is called there.
        key: the model and the field, which may be null now.
        stored: the value that is stored.
    """
    known = {plain(each) for each in sources if file.facts.is_optional_key(*key)}
    held = held_by(unwrapped(stored))
    for place, other in (*_filled(function, known), *_chosen(function, known, key[1], held)):
        found, is_before = file.types.of(other), place.start_byte <= stored.start_byte or is_inside(stored, place)
        is_old = found is not None and found.what is What.KEY and (found.model, found.field) == key  # told as kept
        if is_before and not is_old and _is_another(other, known) and not (file.is_told(place) or file.is_told(other)):
            why = (
                f"Where no `{key[1]}` is given, `{excerpt(text_of(other))}` is taken; {with_article(key[0])} may be "
                f"without one now. Look whether one should be able to leave it out."
            )
            file.hint(place, Kind.SENTINEL, Confidence.UNSURE, why)


def _filled(function: Node, sources: Collection[str]) -> Iterator[tuple[Node, Node]]:
    """Where a key is given a value later: `if (!authorId) authorId = user.authorId`, `authorId ??= user.authorId`.

    Where another part of what is given says which is meant, `if (!input.authorId && input.authorName)`, it is no other.
    """
    for written in (each for kind in _ASSIGNMENTS for each in descendants(function, kind)):
        left, right = written.child_by_field_name("left"), written.child_by_field_name("right")
        if left is None or right is None or plain(text_of(left)) not in sources:
            continue
        if text_of(written.child_by_field_name("operator")) in _FILLS:
            yield written, unwrapped(right)
        elif (condition := _asked_around(written, function, sources)) is not None:
            yield condition, unwrapped(right)


def _asked_around(written: Node, function: Node, sources: Collection[str]) -> Node | None:
    """The condition that no key is given, under which alone something is done."""
    for statement in descendants(function, "if_statement"):
        condition, done = statement.child_by_field_name("condition"), statement.child_by_field_name("consequence")
        if condition is None or done is None or not is_inside(done, written):
            continue
        asked = {plain(text_of(each)) for each in absent_in(condition)} & set(sources)
        owners = {each.split(".")[0] for each in asked if "." in each}
        is_searched = any(is_inside(each, written) for kind in _LOOPS for each in descendants(done, kind))
        if (
            asked
            and not is_searched
            and not any(first_name(each) in owners for part in conjuncts(condition) for each in present_in(part))
        ):
            return condition
    return None


def _chosen(function: Node, sources: Collection[str], name: str, held: Node | None) -> Iterator[tuple[Node, Node]]:
    """Where a key is chosen if there is one: `input.authorId ?? user.authorId`, or the default of a name."""
    for choice in descendants(function, "binary_expression"):
        left, right = choice.child_by_field_name("left"), choice.child_by_field_name("right")
        is_fallback = text_of(choice.child_by_field_name("operator")) in FALLBACKS and right is not None
        is_meant = left is not None and (choice == held or plain(text_of(unwrapped(left))) in sources)
        if right is not None and is_fallback and is_meant:
            yield choice, unwrapped(right)
    for default in descendants(function, "object_assignment_pattern"):
        left, right = default.child_by_field_name("left"), default.child_by_field_name("right")
        if right is not None and text_of(left) == name and name in sources:
            yield default, unwrapped(right)


def _is_another(value: Node, sources: Collection[str]) -> bool:
    """Whether something is a key for want of one, and not found, or made, by another part of what is given."""
    if value.type in _EMPTY or text_of(value) in _STAND_INS:
        return False
    if text_of(value.child_by_field_name("operator")) in FALLBACKS:  # `user?.authorId ?? undefined`
        left = value.child_by_field_name("left")
        return left is not None and _is_another(unwrapped(left), sources)
    held = held_by(start_of(value)) or value
    owners = {each.split(".")[0] for each in sources if "." in each}
    calls = (each for each in (unwrapped(held), *descendants(held, "call_expression")))
    is_made = any(callee(each)[1] in CREATES for each in calls if each.type == "call_expression")
    return not is_made and owners.isdisjoint(text_of(each) for each in (held, *descendants(held, "identifier")))
