"""Whether what a package declares takes null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.signatures import SHAPES, at, given_types
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.told import MOST, SAME_MEMBERS
from prisma_decouple.typescript.source.vocabulary import OBJECT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prisma_decouple.typescript.source.declarations import Told
    from prisma_decouple.typescript.source.told import Teller

_DEPTH = 16
# What is never null, whatever is inside.
_OBJECTS = SHAPES | {
    *("array_type", "constructor_type", "enum_declaration", "function_type", "index_type_query"),
    *("template_literal_type", "this_type", "tuple_type"),
}


def accepts(teller: Teller, told: Told, nothing: str = "null", depth: int = _DEPTH) -> bool | None:
    """Whether a written type takes `null`, or `undefined`; None when it cannot be told."""
    parts = teller.parts(told)
    answers = [_accepts(teller, part, nothing, depth - 1) for part in parts] if depth and len(parts) <= MOST else [None]
    if any(answers):
        return True
    return None if None in answers else False


def _accepts(teller: Teller, part: Told, nothing: str, depth: int) -> bool | None:
    node = part.node
    if node.type in {"literal_type", "predefined_type"}:
        text = text_of(node)
        return text in {"any", "unknown", nothing} or (text == "void" and nothing == "undefined")
    if node.type in _OBJECTS:
        return False
    if node.type == "type_parameter":
        constraint = node.child_by_field_name("constraint")
        inner = constraint.named_children[-1:] if constraint is not None else []
        return _unless_refused(accepts(teller, at(part, each), nothing, depth) for each in inner)
    if node.type == "intersection_type":
        return _unless_refused(accepts(teller, at(part, each), nothing, depth) for each in node.named_children)
    name = text_of(node.child_by_field_name("name") if node.type == "generic_type" else node)
    if name in SAME_MEMBERS:
        return _unless_refused(accepts(teller, each, nothing, depth) for each in given_types(part)[:1])
    return False if name in OBJECT_TYPES else None


def _unless_refused(answers: Iterable[bool | None]) -> bool | None:
    """What is one of several things at once takes nothing that one of them refuses; all else cannot be told."""
    return False if False in answers else None
