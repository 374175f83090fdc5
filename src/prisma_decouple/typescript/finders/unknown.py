"""What may be null now where it meets something whose type is written outside of the code base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import ancestors, text_of
from prisma_decouple.typescript.types.uses import is_asked_for
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What takes anything, and says so by its name.
_INDIFFERENT = re.compile(
    r"^(?:console|log|logger|JSON|Object)\b|(?:^|\.)(?:String|Boolean|expect|json|clsx?|cn|log|info|debug|warn|error|push)$"
)
_LITERALS = frozenset(
    {
        *("array", "await_expression", "binary_expression", "jsx_expression", "object", "pair"),
        *("parenthesized_expression", "ternary_expression"),
    }
)
_CALLS = frozenset({"call_expression", "new_expression"})


def takes_anything(call: Node) -> bool:
    """Whether a call, by the name of what is called, takes anything."""
    return _INDIFFERENT.search(text_of(call.child_by_field_name("function"))) is not None


def note_unknown(file: FileContext, value: Node, model: str, field: str) -> None:
    """Note a value that is handed to something of which only its own documentation tells what it takes.

    Args:
        file: the file; its findings are filled.
        value: the value.
        model: the model that it comes from.
        field: the field of the model.
    """
    receiver = _receiver(value)
    if receiver is None or is_asked_for(value):
        return
    why = f"The `{field}` of {with_article(model)} may be null now; whether {receiver} takes that cannot be seen here."
    file.hint(value, Kind.FLOW, Confidence.UNSURE, why)


def _receiver(value: Node) -> str | None:
    """What a value is handed to, in words; None when it is handed to nothing, or to what takes anything."""
    for outer in ancestors(value):
        if outer.type == "jsx_attribute":
            return f"`{text_of(outer.named_children[0])}`"
        if outer.type == "arguments" and outer.parent is not None and outer.parent.type in _CALLS:
            called = outer.parent.child_by_field_name("function") or outer.parent.child_by_field_name("constructor")
            name = text_of(called)
            return None if _INDIFFERENT.search(name) else f"`{name.rpartition('.')[2]}`"
        if outer.type == "variable_declarator" and outer.child_by_field_name("value") != value:
            return f"what `{text_of(outer.child_by_field_name('name'))}` goes to"
        if outer.type not in _LITERALS:
            return None
    return None
