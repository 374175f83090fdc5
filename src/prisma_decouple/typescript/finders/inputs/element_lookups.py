"""What is looked up, counted and changed by the keys of all elements of a list, before records are made of them.

`if (found.length !== lines.length) throw …`, where the books of all lines were asked; `byId.get(line.bookId)!.title`,
and `db.book.update({ where: { id: line.bookId } })`: a line may be without a book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.keys.found_in_memory import is_needed
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import alternatives
from prisma_decouple.typescript.source.element_keys import lists_with
from prisma_decouple.typescript.source.kept_literals import options_of, part_of
from prisma_decouple.typescript.source.lists import COUNTS
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.operators import DIFFERENT
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    callee,
    descendants,
    is_inside,
    last_name,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import turns_away
from prisma_decouple.typescript.types.found_by_key import key_asked_for
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_FEWER = DIFFERENT | {"<", ">"}
_IN = "in"
_FINDS = frozenset({"find", "get"})
_QUERIES = frozenset({"count", "findMany"})


def note_elements(file: FileContext, keys: Collection[Node], function: Node, relation: OptionalRelation) -> None:
    """Note where a function refuses, or reads on from nothing, when one of the elements has no key.

    Args:
        file: the file; its findings are filled.
        keys: where the function reads the key of an element.
        function: that makes records of the elements.
        relation: that may be absent, and has the key.
    """
    one, name = with_article(relation.model, "A"), relation.foreign_keys[0]
    for condition in _counts_compared(file, keys, function, relation) if keys else ():
        if not file.is_told(condition, Kind.FLOW):
            why = f"{one} may be without `{name}` now, and without one nothing is found: this refuses then."
            file.hint(condition, Kind.FLOW, Confidence.UNSURE, f"{why} Count only those that have one.")
    for key in keys:
        if _is_looked_up(file, key, function) and not is_narrowed(file, key) and not file.is_told(key):
            why = f"{one} may be without `{name}` now, and without one nothing is found here: reading on throws."
            file.hint(key, Kind.FLOW, Confidence.UNSURE, f"{why} Look what should become of it.")


def _counts_compared(
    file: FileContext, keys: Collection[Node], function: Node, relation: OptionalRelation
) -> Iterator[Node]:
    """The conditions that compare how many were found by the keys with how many there are, and refuse otherwise."""
    lists = lists_with(keys, function)
    for statement in descendants(function, "if_statement"):
        asked = statement.child_by_field_name("condition")
        for each in alternatives(asked) if asked is not None else ():
            sides = [each.child_by_field_name(name) for name in ("left", "right")]
            if None in sides or text_of(each.child_by_field_name("operator")) not in _FEWER:
                continue
            is_found = [side is not None and _counts_found(file, side, keys, lists, relation) for side in sides]
            is_all = [side is not None and text_of(_counted(side)) in lists for side in sides]
            is_compared = (is_found[0] and is_all[1]) or (is_found[1] and is_all[0])
            if asked is not None and is_compared and turns_away(statement.child_by_field_name("consequence")):
                yield asked


def _counted(side: Node) -> Node | None:
    """The list whose length is taken: `lines` of `lines.length`."""
    return owner_of_read(side) if side.type == "member_expression" and last_name(side) in COUNTS else None


def _counts_found(
    file: FileContext, side: Node, keys: Collection[Node], lists: Collection[str], relation: OptionalRelation
) -> bool:
    """Whether it is said how many of the related records were found by some keys."""
    held = held_by(_counted(side) or side)
    call = unwrapped(held) if held is not None else None
    receiver, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    if receiver is None or method not in _QUERIES or file.delegates.model_of(receiver) != relation.target:
        return False
    where = part_of(options_of(call), "where") if call is not None else None
    conditions = (part_of(where, name) for name in relation.references)
    asked = (property_value(each, _IN) for each in conditions if each is not None)
    return any(
        given is not None and (text_of(given) in lists or any(is_inside(given, key) for key in keys)) for given in asked
    )


def _is_looked_up(file: FileContext, key: Node, function: Node) -> bool:
    """Whether something is looked up in memory by a key, and read on from as if it was always found."""
    calls = (each for each in descendants(function, "call_expression") if callee(each)[1] in _FINDS)
    return any(key_asked_for(each) == key and is_needed(file, each) for each in calls)
