"""Fallbacks for want of what was always there: in `(book.author?.fee ?? 0) * share` the 0 counts for the first time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.idle_guards import read_through
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.operators import ARITHMETIC, FALLBACKS
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    callee,
    has_safe_read,
    is_function,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.prisma.given_keys import is_given, is_there
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ORDERING = frozenset({"<", "<=", ">", ">="})
_CHOICES = ("binary_expression", "ternary_expression")
# Where a number goes on, and is not only asked about.
_GOING_ON = frozenset(
    {
        *("arguments", "arrow_function", "assignment_expression", "jsx_expression", "member_expression", "pair"),
        *("return_statement", "template_substitution", "variable_declarator"),
    }
)
_NUMBER = re.compile(r"[\"'`]?-?\d+(?:\.\d+)?[\"'`]?")
_CALLS = frozenset({"call_expression", "new_expression"})
# What makes a number of a value: `Number(value)`, `value.toNumber()`.
_MAKES_NUMBERS = frozenset({"BigInt", "Decimal", "Number", "parseFloat", "parseInt"})
_GIVES_NUMBER = frozenset({"toNumber", "toString", "valueOf"})


def find_idle_fallbacks(file: FileContext) -> None:
    """Note what is calculated with, or goes on as a number, in place of what was always there.

    Args:
        file: the file; its findings are filled.
    """
    for choice in file.source.nodes(*_CHOICES):
        is_asked = choice.type == "ternary_expression"
        value = choice.child_by_field_name("consequence" if is_asked else "left")
        other = choice.child_by_field_name("alternative" if is_asked else "right")
        operator = text_of(choice.child_by_field_name("operator"))
        if value is None or other is None or not (is_asked or (operator in FALLBACKS and has_safe_read(value))):
            continue
        read = _number_made_of(unwrapped(value))
        behind = read_through(file, read) if read.type in READS and not (is_asked and not _is_number(other)) else None
        if behind is None or file.is_told(choice):
            continue
        is_kept = behind.is_number and _is_number(other) and _goes_on(choice)
        is_meant = is_kept or (not is_asked and not behind.may_be_null and _is_calculated_with(choice))
        if is_meant and not (is_given if is_asked else is_there)(file, behind.holder):
            model, field = behind.relation
            taken = f"`{excerpt(text_of(other))}` is taken for {with_article(model)} without `{field}`"
            why = f"{taken}, which it may be now. Look whether the result is still right."
            file.hint(choice, Kind.SENTINEL, Confidence.UNSURE, why)


def _number_made_of(value: Node) -> Node:
    """What a number is made of: `fee` of `Number(fee)`, `fee.toNumber()` and `+fee`."""
    if value.type == "unary_expression" and text_of(value).startswith("+"):
        return unwrapped(value.named_children[0])
    receiver, method = callee(value)
    if method in _GIVES_NUMBER and receiver is not None:
        return unwrapped(receiver)
    given = call_arguments(value)
    return unwrapped(given[0]) if given and _is_made(value) else value


def _is_made(value: Node) -> bool:
    called = value.child_by_field_name("function") or value.child_by_field_name("constructor")
    return value.type in _CALLS and text_of(called).rpartition(".")[2] in _MAKES_NUMBERS


def _is_number(other: Node) -> bool:
    """Whether what is taken instead is a number, or one that is written as a text."""
    value = unwrapped(other)
    given = call_arguments(value) if _is_made(value) else []
    return _NUMBER.fullmatch(text_of(given[0] if given else value)) is not None


def _goes_on(value: Node) -> bool:
    """Whether a value is given, shown, handed on or kept: `{ fee: book.author?.fee ?? 0 }`."""
    inner = parenthesized(value)
    outer = inner.parent
    if outer is None or outer.type not in _GOING_ON:
        return False
    return not is_function(outer) or outer.child_by_field_name("body") == inner


def _is_calculated_with(value: Node) -> bool:
    """Whether a value is a part of a calculation, or is compared with another one."""
    outer = parenthesized(value).parent
    return outer is not None and text_of(outer.child_by_field_name("operator")) in ARITHMETIC | _ORDERING
