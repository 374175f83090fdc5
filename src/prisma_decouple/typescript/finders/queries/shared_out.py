"""Lists that are shared out to others in code: `shelves.map((each) => books.filter((one) => one.shelfId === each.id))`.

Also in loops, `for (const shelf of shelves) for (const one of books) if (one.shelfId === shelf.id) …`, and where a page
shows one inside of the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.absent_reads import key_read
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.elements import list_behind
from prisma_decouple.typescript.source.operators import DIFFERENT, EQUAL
from prisma_decouple.typescript.source.patterns import read_at
from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_given,
    callee,
    first_name,
    function_around,
    is_function,
    is_inside,
    nearest,
    start_of,
    text_of,
)
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_CHOOSES = "filter"
_CONDITIONS = frozenset({"if_statement", "ternary_expression"})
_ELEMENTS = frozenset({"jsx_element", "jsx_fragment", "jsx_self_closing_element", "parenthesized_expression"})
_LEAVES_OUT = frozenset({"continue_statement"})
_LOOPS = ("arrow_function", "for_in_statement", "function_expression")


def find_shared_out(file: FileContext) -> None:
    """Note where what belongs to others is chosen for one of them after the other.

    Args:
        file: the file; its findings are filled, unless it asks itself for what has no key.
    """
    for condition in file.source.nodes("binary_expression") if file.facts.optional_keys & file.source.words else ():
        operators = _choosing(condition)
        relation = (
            _shared_by(file, condition) if text_of(condition.child_by_field_name("operator")) in operators else None
        )
        if relation is not None and not file.is_told(condition):
            one = with_article(relation.model, "A")
            why = f"{one} without `{relation.field}` is in none of these lists. Look whether it should be seen here."
            file.hint(condition, Kind.FILTER, Confidence.UNSURE, why)


def is_outer_element(name: Node, inner: Node) -> bool:
    """Whether a name stands for one after the other of what is gone through around something, or is taken out of it.

    Args:
        name: the name.
        inner: what it is around, a function or a loop.
    """
    binding = find_binding(name, text_of(name)) if name.type == "identifier" else None
    return binding is not None and not is_inside(inner, binding) and list_behind(binding) is not None


def _choosing(condition: Node) -> frozenset[str]:
    """The operators with which a comparison lets an element in where it stands; none where it chooses nothing."""
    whole, shown = condition, False
    while whole.parent is not None and _is_part(whole.parent):
        whole = whole.parent
        right = whole.child_by_field_name("right")
        shown = shown or (right is not None and right.type in _ELEMENTS)
    outer = whole.parent
    if outer is None:
        return frozenset()
    if outer.type in _CONDITIONS and outer.child_by_field_name("condition") == whole:
        consequence = outer.child_by_field_name("consequence")
        return DIFFERENT if consequence is not None and _leaves_out(consequence) else EQUAL
    function = function_around(whole) if outer.type == "return_statement" else outer if is_function(outer) else None
    call = call_given(function) if function is not None else None
    is_chosen = call is not None and callee(call)[1] == _CHOOSES
    return EQUAL if is_chosen or shown else frozenset()


def _is_part(outer: Node) -> bool:
    """Whether what is around a condition holds only if it does."""
    is_both = outer.type == "binary_expression" and text_of(outer.child_by_field_name("operator")) == "&&"
    return is_both or outer.type == "parenthesized_expression"


def _leaves_out(consequence: Node) -> bool:
    """Whether what is done goes on with the next element."""
    inner = consequence.named_children if consequence.type == "statement_block" else [consequence]
    return bool(inner) and inner[0].type in _LEAVES_OUT


def _shared_by(file: FileContext, condition: Node) -> OptionalRelation | None:
    """The relation by whose key elements are chosen for one of others that are gone through."""
    sides = [condition.child_by_field_name(name) for name in ("left", "right")]
    for key, other in (sides, sides[::-1]) if None not in sides else ():
        relation = key_read(file, key) if key is not None and other is not None else None
        owner = other.child_by_field_name("object") if other is not None and other.type in READS else other
        loop, compared = (_loop_of(key), read_at(other)) if key is not None and other is not None else (None, None)
        if relation is None or owner is None or loop is None or not is_outer_element(owner, loop):
            continue
        is_key = compared is not None and all(each in relation.references for each in compared.path)
        return relation if is_key and not _asks_for_none(file, relation) else None
    return None


def _asks_for_none(file: FileContext, relation: OptionalRelation) -> bool:
    """Whether a file asks somewhere for what has no key: `!book.shelfId`, `book.shelfId === null`."""
    keys = "|".join(relation.foreign_keys)
    asked = rf"!\s*(?:[\w.?]+\.)?(?:{keys})\b|\b(?:{keys})\s*===?\s*null\b"
    return re.search(asked, file.source.text) is not None


def _loop_of(key: Node) -> Node | None:
    """The loop, or the callback, through whose elements a key is read."""
    start = start_of(key)
    binding = find_binding(start, first_name(key)) if start.type == "identifier" else None
    if binding is None or list_behind(binding) is None:
        return None
    return binding if binding.type == "for_in_statement" else nearest(binding, *_LOOPS)
