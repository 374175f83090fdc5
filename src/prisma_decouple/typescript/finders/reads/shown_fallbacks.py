"""What a page shows for want of a value, where it shows others of the same record: `{book.author.town ?? "-"}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    chain_around,
    descendants,
    function_around,
    has_safe_read,
    last_name,
    string_value,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

# What says nothing of what is missing, as "No phone" would.
_NEUTRAL = re.compile(r"\W+|n/?a", re.IGNORECASE)
_ELEMENTS = frozenset({"jsx_element", "jsx_fragment"})


def shown_instead(file: FileContext, node: Node, relation: OptionalRelation) -> str:
    """What is shown for want of a value beside a read from a record that may be absent now, as it is written.

    Args:
        file: the file.
        node: the related record.
        relation: that leads to it.

    Returns:
        The text, `"-"`; empty where the read is not shown as it is, may have given nothing before, or where what is
        shown of such records instead of nothing is not the same text throughout the file.
    """
    value = chain_around(node)
    column = file.facts.column_of(relation.target, last_name(value))
    is_read = value.type == "member_expression" and value.child_by_field_name("object") == node
    if column is None or column.is_nullable or not is_read or has_safe_read(value) or not _is_shown(value):
        return ""
    fallbacks = list(_fallbacks(file, last_name(node)))
    is_beside = any(_is_same(owner, node) for _, owner in fallbacks)
    text, *others = {text_of(other) for other, _ in fallbacks} or {""}
    return text if is_beside and not others and _NEUTRAL.fullmatch(text[1:-1]) else ""


def _is_same(owner: Node, node: Node) -> bool:
    return plain(text_of(owner)) == plain(text_of(node)) and function_around(owner) == function_around(node)


def _is_shown(value: Node) -> bool:
    """Whether an element shows a value as it is: `<td>{book.author.name}</td>`."""
    holder = value.parent
    element = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    return element is not None and element.type in _ELEMENTS


def _fallbacks(file: FileContext, field: str) -> Iterator[tuple[Node, Node]]:
    """The texts that elements show for want of what is read on from a field, each with that of which it is read."""
    for choice in file.source.nodes("binary_expression"):
        left, right = choice.child_by_field_name("left"), choice.child_by_field_name("right")
        if left is None or right is None or not string_value(right) or not _is_shown(choice):
            continue
        if text_of(choice.child_by_field_name("operator")) not in FALLBACKS:
            continue
        owner = next((each for each in descendants(left, "member_expression") if last_name(each) == field), None)
        if owner is not None:
            yield right, owner
