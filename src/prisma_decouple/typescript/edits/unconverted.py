"""What was converted for a field, or read of it by way of a conversion, and is of its new type already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.syntax import call_arguments, callee, last_name, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.source.vocabulary import DECIMAL
from prisma_decouple.typescript.types.kinds import kinds_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext

# The methods by which the values of one type become those of another one, and nothing is lost.
_READ_BY = {(DECIMAL, "number"): "toNumber"}
_MAKING = frozenset(
    {
        *("BigInt", "Decimal", DECIMAL, "Number", "Number.parseFloat", "Number.parseInt", "String"),
        *("parseFloat", "parseInt"),
    }
)
_LENIENT = frozenset({"Number", "String"})
# Beside what these give, and inside of a template, what was one value may become several.
_ALONE = frozenset({"arguments", "assignment_expression", "pair", "variable_declarator"})
_TOGETHER = frozenset(
    {
        *("arrow_function", "as_expression", "await_expression", "binary_expression", "satisfies_expression"),
        *("ternary_expression", "unary_expression", "yield_expression"),
    }
)


def read_as_it_is(value: Node, member: Node, field: RetypedField) -> list[Edit] | None:
    """The edits by which a value is not converted that is of the new type: `book.price.toNumber()`, of a number.

    Args:
        value: the value.
        member: what is read of it.
        field: the field.

    Returns:
        None where it is no such conversion, or gives something else for none.
    """
    call, owner = member.parent, member.child_by_field_name("object")
    if owner is not None and owner.type == "non_null_expression":
        owner = owner.named_children[0]
    is_call = call is not None and call.type == "call_expression" and call.child_by_field_name("function") == member
    if call is None or not is_call or owner != value or call_arguments(call):
        return None
    if last_name(member) != _READ_BY.get((field.before, field.after)):
        return None
    if member.child_by_field_name("optional_chain") is not None and not _has_fallback(call):
        return None  # it gives undefined for null
    held = member.child_by_field_name("object") or value
    return [Edit(held.end_byte, call.end_byte, "")]


def _has_fallback(value: Node) -> bool:
    """Whether something else is taken for none, whatever none is."""
    choice = value.parent
    operator = text_of(choice.child_by_field_name("operator")) if choice is not None else ""
    return choice is not None and operator in FALLBACKS and choice.child_by_field_name("left") == value


def given_as_it_is(file: FileContext, value: Node, field: RetypedField) -> list[Edit] | None:
    """The edits by which a field is given what is of its new type, and was converted: `price: new Decimal(cost)`.

    Args:
        file: the file.
        value: what the field is given.
        field: the field.

    Returns:
        None where nothing is converted, or what is, is not known to be of the new type.
    """
    inner = _converted(value)
    if inner is None or kinds_of(file.types, inner) != {field.after}:
        return None
    found = file.types.of(inner)
    if found is not None and (found.is_list or (found.is_nullable and _takes_anything(value))):
        return None
    is_alone = value.parent is not None and value.parent.type in _ALONE
    opening, closing = ("", "") if is_alone or inner.type not in _TOGETHER else ("(", ")")
    return [Edit(value.start_byte, inner.start_byte, opening), Edit(inner.end_byte, value.end_byte, closing)]


def _takes_anything(value: Node) -> bool:
    """Whether a conversion takes null as well; what the others are given is there, as the compiler has seen to it."""
    is_called = value.type == "call_expression" and text_of(value.child_by_field_name("function")) in _LENIENT
    return is_called or value.type == "unary_expression"


def _converted(value: Node) -> Node | None:
    """What an expression makes a value of another type of."""
    if value.type == "call_expression" and callee(value)[1] == "toString" and not call_arguments(value):
        function = value.child_by_field_name("function")
        is_asked = function is not None and function.child_by_field_name("optional_chain") is not None
        return callee(value)[0] if not is_asked else None
    if value.type == "unary_expression" and text_of(value.child_by_field_name("operator")) == "+":
        return value.child_by_field_name("argument")
    called = value.child_by_field_name("constructor" if value.type == "new_expression" else "function")
    arguments = call_arguments(value) if value.type in {"call_expression", "new_expression"} else []
    return arguments[0] if arguments and text_of(called) in _MAKING else None
