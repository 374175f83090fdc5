"""Filters of lists in memory for want of what was always there: `books.filter((book) => book.author?.id)`.

They passed nothing over while every book had an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.idle_guards import asked_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.source.operators import DIFFERENT
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import NOTHING, READS, call_arguments, is_function, text_of
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_idle_filters(file: FileContext) -> None:
    """Note the filters that drop what is without a relation or key that was always there.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called("filter"):
        callback = next(iter(call_arguments(call)), None)
        given = returned_values(callback) if callback is not None and is_function(callback) else ()
        for value in (_asked_in(each) for condition in given for each in conjuncts(condition)):
            # A list of keys is not shorter for want of records: `ids.filter((id) => id !== null)`.
            asked = asked_of(file, value, is_error=False) if value.type in READS else None
            if asked is not None and not file.is_told(value):
                why = f"{with_article(asked[0], 'A')} without `{asked[1]}`, which it may be now, is passed over here."
                file.hint(value, Kind.FILTER, Confidence.UNSURE, f"{why} Look whether it should be.")


def _asked_in(condition: Node) -> Node:
    """The value that has to be there for a condition to hold: `value`, `!!value`, `Boolean(value)`, `value != null`."""
    node = condition
    while node.type == "unary_expression" and text_of(node).startswith("!!"):
        node = node.named_children[0].named_children[0]
    if node.type == "call_expression" and text_of(node.child_by_field_name("function")) == "Boolean":
        node = next(iter(call_arguments(node)), node)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    is_compared = text_of(node.child_by_field_name("operator")) in DIFFERENT and right is not None
    return left if left is not None and is_compared and right is not None and text_of(right) in NOTHING else node
