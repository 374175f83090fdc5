"""The text that a function gives when what it is given is missing: `author?.name || ""` gives an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.null_conditions import holds_for_null, is_read_of
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    callee,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

# They make no words where there are none.
_KEEPING = frozenset({"filter", "join", "trim"})


def text_of_none(function: Node, parameter: Node) -> str | None:
    """The text that a function gives when it is given nothing.

    Args:
        function: the function.
        parameter: what it is given, under a name of its own.

    Returns:
        None when it gives anything else then, or what cannot be told.
    """
    values = list(returned_values(function))
    return text_without(values[0], text_of(pattern_of(parameter))) if len(values) == 1 else None


def text_without(value: Node, name: str) -> str | None:
    """The text that an expression gives when what has a name is missing; None when it gives none, or cannot be told.

    Args:
        value: the expression.
        name: of what is missing, as in `plain`: `author`, `book.author`.
    """
    node = unwrapped(value)
    if (read := _READERS.get(node.type)) is not None:
        return read(node, name)
    receiver, method = callee(node)
    kept = text_without(receiver, name) if receiver is not None and method in _KEEPING else None
    return kept.strip() if kept is not None and method == "trim" else kept


def _string(node: Node, _: str) -> str | None:
    return string_value(node)


def _template(node: Node, name: str) -> str | None:
    return _joined([_part(each, name) for each in node.named_children])


def _list(node: Node, name: str) -> str | None:
    elements = ["" if _is_missing(each, name) else text_without(each, name) for each in node.named_children]
    return None if any(elements) else _joined(elements)  # what is between its words is not known


def _one_of_two(node: Node, name: str) -> str | None:
    side = side_without(node, name)
    return text_without(side, name) if side is not None else None


def _binary(node: Node, name: str) -> str | None:
    operator = text_of(node.child_by_field_name("operator"))
    if operator in FALLBACKS:
        return _chosen(node, name)
    sides = [each for side in ("left", "right") if (each := node.child_by_field_name(side)) is not None]
    return _joined([text_without(each, name) for each in sides]) if operator == "+" else None


def side_without(choice: Node, name: str) -> Node | None:
    """The side of a `?:` that is taken when what has a name is null; None where that cannot be told."""
    holds = holds_for_null(choice.child_by_field_name("condition"), name)
    if holds is None:
        return None
    side = choice.child_by_field_name("consequence" if holds else "alternative")
    return unwrapped(side) if side is not None else None


def _is_missing(value: Node, name: str) -> bool:
    """Whether an expression is what has a name, or is read of it."""
    return is_read_of(unwrapped(value), name)


def _part(part: Node, name: str) -> str | None:
    """A part of a template: the words in it, or what is put in between."""
    return text_without(part.named_children[0], name) if part.named_children else text_of(part)


def _chosen(choice: Node, name: str) -> str | None:
    """What `value ?? other` or `value || other` gives."""
    left, right = choice.child_by_field_name("left"), choice.child_by_field_name("right")
    if left is None or right is None:
        return None
    first = "" if _is_missing(left, name) else text_without(left, name)
    is_taken = first or (first == "" and not _is_missing(left, name) and text_of(choice.child(1)) == "??")
    return first if first is None or is_taken else text_without(right, name)


def _joined(parts: list[str | None]) -> str | None:
    known = [each for each in parts if each is not None]
    return "".join(known) if len(known) == len(parts) else None


_READERS = {
    "array": _list,
    "binary_expression": _binary,
    "string": _string,
    "template_string": _template,
    "ternary_expression": _one_of_two,
}
