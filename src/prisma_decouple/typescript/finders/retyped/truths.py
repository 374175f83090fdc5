"""Questions whether a value is something, `if (book.pages)`, where another type answers otherwise now.

Of a number 0 is nothing, and the text "0" is something; a decimal, a date and a list are always something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import CHOICES
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.vocabulary import DECIMAL

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField

_ASKING = frozenset({"do_statement", "if_statement", "ternary_expression", "while_statement"})
_NOTHING = {"bigint": "0", "boolean": "false", "number": "0", "string": '""'}
_ALWAYS = frozenset({DECIMAL, "Date"})


def changed_truth(value: Node, field: RetypedField) -> str:
    """What is told of such a question; empty where a value is not asked for, or the answer is the same.

    Args:
        value: the value.
        field: the field that it is.
    """
    before, after = _NOTHING.get(field.before), _NOTHING.get(field.after)
    if before is None or before == after or not _is_asked(value):
        return ""
    if after is not None:
        return f"`{after}` counts as nothing here now, and `{before}` did."
    is_always = field.after in _ALWAYS or field.after.endswith("[]")
    return f"It counts as something here always, and `{before}` did not." if is_always else ""


def _is_asked(value: Node) -> bool:
    """Whether a value stands where only its truth matters, or decides what is taken: `value || other`."""
    node, outer = value, value.parent
    while outer is not None and outer.type == "parenthesized_expression":
        node, outer = outer, outer.parent
    if outer is None:
        return False
    if outer.type in _ASKING:
        return outer.child_by_field_name("condition") == node
    if outer.type == "unary_expression":
        return text_of(outer.child_by_field_name("operator")) == "!"
    is_choice = text_of(outer.child_by_field_name("operator")) in CHOICES - {"??"}
    return is_choice and (outer.child_by_field_name("left") == node or _is_asked(outer))
