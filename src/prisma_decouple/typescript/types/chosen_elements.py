"""What a list was asked for before its elements are used: `books.filter((book) => book.author).map((book) => …)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.elements import KEEPING
from prisma_decouple.typescript.source.questions import Question
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    function_around,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CALLBACKS
from prisma_decouple.typescript.types.narrowing import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 6


def is_chosen(file: FileContext, value: Node) -> bool:
    """Whether an element has what is asserted of it, `book.author!`, because only elements that have it were chosen.

    The compiler does not see it, so the code asserts it; without `!` it is complained of, and is not meant here.
    """
    function = function_around(value)
    taken = parameters(function) if function is not None else []
    if function is None or not taken or value.parent is None or value.parent.type != "non_null_expression":
        return False
    name, chain = text_of(taken[0].child_by_field_name("pattern") or taken[0]), text_of(value)
    arguments = function.parent
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    receiver, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    if receiver is None or method not in CALLBACKS or not chain.startswith(f"{name}."):
        return False
    return any(_tells(file, each, chain[len(name) :]) for each in _choices(receiver))


def _choices(elements: Node) -> Iterator[Node]:
    """The callbacks by which the elements of a list were chosen."""
    current: Node | None = unwrapped(elements)
    for _ in range(_DEPTH):
        if current is not None and current.type == "identifier":
            binding = binding_of(current)
            current = declared_value(binding, text_of(current)) if binding is not None else None
        receiver, method = callee(current) if current is not None and current.type == "call_expression" else (None, "")
        if current is None or receiver is None or method not in KEEPING:
            return
        if method == "filter":
            yield from call_arguments(current)[:1]
        current = unwrapped(receiver)


def _tells(file: FileContext, callback: Node, rest: str) -> bool:
    """Whether what a callback chooses has what is read on from it."""
    taken = parameters(callback) if is_function(callback) else []
    name = text_of(taken[0].child_by_field_name("pattern") or taken[0]) if taken else ""
    asked = list(returned_values(callback)) if re.fullmatch(r"[\w$]+", name) else []
    return len(asked) == 1 and Question(asked[0], f"{name}{rest}", knowledge_of(file)).is_answered(asked[0], holds=True)
