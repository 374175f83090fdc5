"""Where statements can be put in front of another one, and those that have been put somewhere already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.assignments import is_assigned
from prisma_decouple.typescript.source.operators import CHOICES
from prisma_decouple.typescript.source.scopes import is_declared
from prisma_decouple.typescript.source.syntax import ancestors, descendants, is_function, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext, Inserted
    from prisma_decouple.typescript.source.text import Source

_WORD = re.compile(r"[\w$]+")
_BLOCKS = frozenset({"program", "statement_block", "switch_case", "switch_default"})
_CASES = frozenset({"switch_case", "switch_default"})
_LOOPS = frozenset({"do_statement", "for_in_statement", "for_statement", "while_statement"})


def statement_before(source: Source, node: Node) -> Node | None:
    """The statement of a block in front of which something can be awaited that a node in it needs.

    Args:
        source: the file.
        node: the node.

    Returns:
        None when nothing can be awaited there, or the node is only come to when something else holds.
    """
    statement = node
    for outer in ancestors(node):
        if outer.type in _BLOCKS:
            break
        if is_function(outer) or outer.type == "class_body" or _is_chosen(outer, statement):
            return None
        statement = outer
    return statement if source.begins_line(statement) and _can_wait(statement) else None


def start_of(statement: Node) -> int:
    """Where a statement begins, with the comments on lines of their own just above it."""
    first = statement
    while (above := first.prev_named_sibling) is not None and above.type == "comment":
        before = above.prev_sibling
        is_alone = before is None or before.end_point.row < above.start_point.row
        if not is_alone or above.end_point.row + 1 < first.start_point.row:
            break
        first = above
    return first.start_byte


def scope_of(statement: Node) -> Node:
    """What is around a statement in which a name can be declared once."""
    block = statement.parent or statement
    return block.parent if block.type in _CASES and block.parent is not None else block


def free_name(file: FileContext, statement: Node, node: Node, names: Iterable[str]) -> str:
    """The first of some names that a statement in front of another one can declare; empty when none can."""
    scope = scope_of(statement)
    taken = {name for each in file.inserted if each.scope == scope for name in each.values}
    return next((name for name in names if name not in taken and not is_declared(node, name)), "")


def inserted_above(file: FileContext, statement: Node, value: str) -> Iterator[tuple[str, Inserted]]:
    """The names that statements which are put in above a statement give to a value, and these."""
    around = {statement.parent, *ancestors(statement)}
    for each in file.inserted:
        is_above = each.block in around and each.start <= statement.start_byte
        if is_above and not is_assigned(each.block, _WORD.findall(value), each.start, statement.end_byte):
            yield from ((name, each) for name, own in each.values.items() if own == value)


def _is_chosen(outer: Node, inner: Node) -> bool:
    """Whether one part of something is only come to when another part of it says so."""
    if outer.type in {"if_statement", "ternary_expression"}:
        return outer.child_by_field_name("condition") != inner
    if outer.type in _LOOPS:
        return outer.child_by_field_name("body") == inner
    is_choice = outer.type == "binary_expression" and text_of(outer.child_by_field_name("operator")) in CHOICES
    return is_choice and outer.child_by_field_name("right") == inner


def _can_wait(statement: Node) -> bool:
    """Whether something can be awaited beside a statement; in a script only where something is."""
    for outer in ancestors(statement):
        if is_function(outer):
            return any(child.type == "async" for child in outer.children)
        if outer.type == "class_static_block":
            return False
        if outer.type == "program":
            return any(not any(map(is_function, ancestors(each))) for each in descendants(outer, "await_expression"))
    return False
