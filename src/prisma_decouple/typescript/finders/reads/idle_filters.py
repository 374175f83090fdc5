"""Filters of lists in memory for want of what was always there: `books.filter((book) => book.author?.id)`.

They passed nothing over while every book had an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.idle_guards import asked_of
from prisma_decouple.typescript.finders.uses.absent_reads import key_read
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.routes.states import is_of_state
from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.source.operators import DIFFERENT, EQUAL
from prisma_decouple.typescript.source.patterns import read_at
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import NOTHING, READS, call_arguments, is_function, text_of
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        for condition in (each for value in given for each in conjuncts(value)):
            for value in _asked_in(condition):
                _check(file, value)


def _check(file: FileContext, value: Node) -> None:
    # A list of keys is not shorter for want of records: `ids.filter((id) => id !== null)`.
    read = read_at(value)
    asked = asked_of(file, value, is_error=False) if value.type in READS or (read is not None and read.path) else None
    if asked is None and (relation := key_read(file, value)) is not None:
        asked = relation.model, relation.foreign_keys[0]
    if asked is not None and not file.is_told(value):
        why = f"{with_article(asked[0], 'A')} without `{asked[1]}`, which it may be now, is passed over here."
        file.hint(value, Kind.FILTER, Confidence.UNSURE, f"{why} Look whether it should be.")


def _asked_in(condition: Node) -> Iterator[Node]:
    """The value that has to be there for a condition to hold.

    `value` of `value`, `!!value`, `Boolean(value)` and `value != null`, and of `value === form.author`.
    """
    node = condition
    while node.type == "unary_expression" and text_of(node).startswith("!!"):
        node = node.named_children[0].named_children[0]
    if node.type == "call_expression" and text_of(node.child_by_field_name("function")) == "Boolean":
        node = next(iter(call_arguments(node)), node)
    left, right, operator = (node.child_by_field_name(each) for each in ("left", "right", "operator"))
    if left is None or right is None:
        yield node
    elif text_of(operator) in DIFFERENT and text_of(right) in NOTHING:
        yield left
    elif text_of(operator) in EQUAL:  # what was chosen in a page; what belongs to one is asked for on purpose
        yield from (each for each, other in ((left, right), (right, left)) if is_of_state(other))
