"""What a file shows for want of a value, where it shows others of the same record: `{book.author.town ?? "-"}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    READS,
    chain_around,
    descendants,
    function_around,
    has_safe_read,
    last_name,
    owner_of_read,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

# What says nothing of what is missing, as "No phone" would.
_NEUTRAL = re.compile(r"\W+|n/?a", re.IGNORECASE)
_CHOICES = ("binary_expression", "ternary_expression")
_ELEMENTS = frozenset({"jsx_element", "jsx_fragment"})
_KEPT = frozenset({"pair", "template_substitution", "variable_declarator"})


class Fallback(NamedTuple):
    """What stands in a file for want of a value.

    Attributes:
        text: it, as it is written.
        operator: what gives it.
        told: of whose values it is, in the words of a sentence.
    """

    text: str
    operator: str
    told: str


def shown_instead(file: FileContext, node: Node, relation: OptionalRelation) -> Fallback | None:
    """What is shown for want of a value beside a read from a record that may be absent now.

    Args:
        file: the file.
        node: the related record.
        relation: that leads to it.

    Returns:
        None where the read may have given nothing before, is neither shown nor kept as it is, or where what is shown
        of such records instead of nothing is not the same text throughout the file, or what is shown of this one.
    """
    value = chain_around(node)
    column = file.facts.column_of(relation.target, last_name(value))
    is_read = value.type == "member_expression" and value.child_by_field_name("object") == node
    if column is None or column.is_nullable or not is_read or has_safe_read(value):
        return None
    if _is_shown(value) and (text := neutral(file, node)):
        return Fallback(text, "??", "as is shown for others of it here")
    return _of_same(file, node, value) if column.scalar_type == "string" else None


def neutral(file: FileContext, node: Node) -> str:
    """What is shown for want of something else of the record, or of what the record is read from, if it is one text."""
    shown = list(_fallbacks(file))
    of_field = [(text, owner) for text, owner in shown if last_name(owner) == last_name(node)]
    of_record = [each for each in of_field if _is_same(each[1], node)]
    if of_field and not of_record:
        return ""
    beside = (text for text, owner in shown if _is_beside(owner, node) and _NEUTRAL.fullmatch(text[1:-1]))
    found = {text for text, _ in of_field} or set(beside)
    text = found.pop() if len(found) == 1 else ""
    return text if _NEUTRAL.fullmatch(text[1:-1]) else ""


def _is_same(owner: Node, node: Node) -> bool:
    return plain(text_of(owner)) == plain(text_of(node)) and function_around(owner) == function_around(node)


def _is_beside(owner: Node, node: Node) -> bool:
    """Whether a value is read of what a record is read from: `book.title` beside `book.author`."""
    holder = node.child_by_field_name("object")
    return holder is not None and _is_same(owner, holder)


def _is_shown(value: Node) -> bool:
    """Whether an element shows a value as it is: `<td>{book.author.name}</td>`."""
    holder = value.parent
    element = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    return element is not None and element.type in _ELEMENTS


def _fallbacks(file: FileContext) -> Iterator[tuple[str, Node]]:
    """The texts that elements show for want of something, each with that of which it is read."""
    for choice in file.source.nodes(*_CHOICES):
        left = choice.child_by_field_name("left") or choice.child_by_field_name("condition")
        right = choice.child_by_field_name("right") or choice.child_by_field_name("alternative")
        operator = text_of(choice.child_by_field_name("operator"))
        if left is None or right is None or not string_value(right) or not _is_shown(choice):
            continue
        for read in (left, *descendants(left, "member_expression")) if operator in {"", *FALLBACKS} else ():
            if (owner := owner_of_read(read)) is not None:
                yield text_of(right), owner


def _of_same(file: FileContext, node: Node, value: Node) -> Fallback | None:
    """What stands elsewhere in the file for want of the same field of such a record, where a value is kept or shown."""
    holder = value.parent
    if holder is None or not (_is_shown(value) or (holder.type in _KEPT and not _is_asked_for(file, holder))):
        return None
    name = (last_name(node), last_name(value))
    found = {}
    for choice in file.source.nodes("binary_expression"):
        left, right = choice.child_by_field_name("left"), choice.child_by_field_name("right")
        operator = text_of(choice.child_by_field_name("operator"))
        read = unwrapped(left) if left is not None else None
        owner = owner_of_read(read) if read is not None and read.type in READS else None
        is_text = right is not None and bool(string_value(right)) and operator in FALLBACKS
        if is_text and owner is not None and (last_name(owner), last_name(read)) == name:
            found[text_of(right)] = Fallback(text_of(right), operator, "as elsewhere in this file")
    return next(iter(found.values())) if len(found) == 1 else None


def _is_asked_for(file: FileContext, pair: Node) -> bool:
    """Whether a property is one of what a query is given, where another value is another question."""
    owner = expected(file, pair.parent) if pair.type == "pair" and pair.parent is not None else None
    return owner is not None and owner.what not in WRITTEN and not owner.is_any
