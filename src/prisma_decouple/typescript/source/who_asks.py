"""What tells who asks, and not what is asked for: `session.user.id`, `const { userId } = await requireUser()`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import READS, VALUE_NAMES, callee, first_name, text_of, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

_WHO_ASKS = re.compile(r"^(?:auth\w*|claims|ctx|context|current\w*|me|principal|req|request|session\w*|this|user)$")
_SENT = re.compile(r"^(?:c|ctx|context|req|request)\.(?:body|query)\b")
# What the functions are called that tell it.
_TELLS = re.compile(r"^(?:auth|(?:current|get|require)\w*(?:Account|Auth|Member|Session|User)\w*)$")


def tells_who_asks(value: Node) -> bool:
    """Whether a value is read from what tells who asks, `session.authorId`, and not from what they send."""
    return _WHO_ASKS.match(first_name(value)) is not None and _SENT.search(text_of(value)) is None


def is_who_asks(value: Node) -> bool:
    """Whether a value tells who asks, by what it is read of or by the function that gave it.

    Args:
        value: a name or a read.
    """
    return (value.type in READS and tells_who_asks(value)) or (value.type in VALUE_NAMES and _is_told(held_by(value)))


def gives_who_asks(binding: Node) -> bool:
    """Whether what is bound is taken out of what such a function gives.

    Args:
        binding: a declaration.
    """
    return _is_told(binding.child_by_field_name("value"))


def _is_told(held: Node | None) -> bool:
    call = unwrapped(held) if held is not None else None
    inner = call.named_children[0] if call is not None and call.type == "await_expression" else call
    is_call = inner is not None and inner.type == "call_expression"
    return inner is not None and is_call and _TELLS.search(callee(inner)[1]) is not None
