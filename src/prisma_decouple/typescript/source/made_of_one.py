"""Literals of nothing but what is read of one record: `writer: { id: book.author.id, name: book.author.name }`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    READS,
    descendants,
    function_around,
    key_of,
    owner_of_read,
    text_of,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_MANY = 2
_REMEMBERED = 1024


# Each of the reads in a literal asks for the first one.
@lru_cache(maxsize=_REMEMBERED)
def first_read(literal: Node, name: str) -> Node | None:
    """Where a literal reads on from a record first, when it is made of nothing else.

    Args:
        literal: the literal.
        name: what the record is called, as in `plain`.

    Returns:
        The record there; None where the literal is the value of no property, has only one value under another name
        than the record's, or where one of its values does without the record, or is made later.
    """
    pair, values = literal.parent, [value for _, value in properties(literal)]
    is_whole = pair is not None and pair.type == "pair" and len(values) == len(literal.named_children)
    if pair is None or not values or not is_whole:
        return None
    reads = [reads_of(value, name) for value in values]
    is_made_here = all(function_around(each) == function_around(literal) for of_value in reads for each in of_value)
    is_of_it = len(values) >= _MANY or key_of(pair) == name.rpartition(".")[2]
    return reads[0][0] if is_of_it and is_made_here and all(reads) else None


def reads_of(value: Node, name: str) -> list[Node]:
    """Where a value reads on from what has a name, as in `plain`, in the order of the text."""
    reads = (each for kind in READS for each in (*descendants(value, kind), value) if each.type == kind)
    owners = (owner_of_read(each) for each in reads)
    found = (each for each in owners if each is not None and plain(text_of(each)) == name)
    return sorted(found, key=lambda each: each.start_byte)
