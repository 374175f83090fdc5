"""What a list was asked for before its elements are used: `books.filter((book) => book.author).map((book) => …)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.elements import KEEPING
from prisma_decouple.typescript.source.questions import Question
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    call_given,
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
    is_asserted = value.parent is not None and value.parent.type == "non_null_expression"
    return is_asserted and _is_of_chosen(file, value, text_of(value))


def is_chosen_with(file: FileContext, value: Node, rest: str) -> bool:
    """Whether only elements were chosen that have something: those of a list, or the one that a callback is given.

    Args:
        file: the file.
        value: the list, `books.filter((book) => book.author)`, or an element of it.
        rest: what is read of each, `.author`.
    """
    inner = unwrapped(value)
    return any(_tells(file, each, rest) for each in _choices(inner)) or _is_of_chosen(
        file, inner, f"{text_of(inner)}{rest}"
    )


def _is_of_chosen(file: FileContext, value: Node, chain: str) -> bool:
    """Whether what is read of the element that a callback is given is there, because only such elements were chosen."""
    function = function_around(value)
    call = call_given(function) if function is not None else None
    taken = parameters(function) if function is not None else []
    receiver, method = callee(call) if call is not None else (None, "")
    if receiver is None or not taken or method not in CALLBACKS:
        return False
    name = text_of(taken[0].child_by_field_name("pattern") or taken[0])
    is_of_it = chain.startswith(f"{name}.")
    return is_of_it and any(_tells(file, each, chain[len(name) :]) for each in _choices(receiver))


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
