"""What an expression is that is one of two: `isNew ? made : found`, `found ?? made`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.guards import is_checked
from prisma_decouple.typescript.source.operators import CHOICES
from prisma_decouple.typescript.source.syntax import NOTHING, text_of
from prisma_decouple.typescript.types.either import beside, tells_more
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types
    from prisma_decouple.typescript.types.typed import Type


def of_condition(types: Types, node: Node, depth: int) -> Type | None:
    """What a condition chooses, by the first of its sides of which it is known.

    Args:
        types: of its file.
        node: the condition with both of its sides.
        depth: how far declarations are followed.
    """
    sides = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
    for side in (each for each in sides if each is not None):
        found = types.of(side, depth - 1)
        if found is not None:
            is_there = not found.is_nullable or is_checked(side, text_of(side))
            others = [types.of(each, depth - 1) for each in sides if each is not None and each != side]
            if is_there and others and others[0] is not None and tells_more(others[0], found):
                return beside(types.kept(sides[-1] or side, depth - 1) or found, found)
            nothing = frozenset(map(text_of, sides)) & NOTHING
            told = found.nothing if not is_there or not nothing else nothing
            return beside(replace(found, is_nullable=not is_there or bool(nothing), nothing=told), *others)
    return None


def of_choice(types: Types, node: Node, depth: int) -> Type | None:
    """What `||`, `??` or `&&` gives; None for all that is calculated or compared.

    Args:
        types: of its file.
        node: the operation.
        depth: how far declarations are followed.
    """
    operator = text_of(node.child_by_field_name("operator"))
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if operator not in CHOICES or left is None or right is None:
        return None
    found = types.of(left, depth - 1) if operator != "&&" else None
    if found is None:
        return types.of(right, depth - 1)
    other = types.of(right, depth - 1)
    if other is not None and tells_more(other, found):
        return beside(types.kept(right, depth - 1) or found, found)
    is_nothing = text_of(right) in NOTHING
    is_nullable = is_nothing or (other is not None and other.is_nullable)
    if other is not None and not is_nullable and _is_plain(other) and other.primitive == _written(found):
        return other  # whether the first may be null is no matter to who gets this
    nothing = frozenset({text_of(right)}) if is_nothing else other.nothing if other is not None else found.nothing
    return beside(replace(found, is_nullable=is_nullable, nothing=nothing), other)


def _is_plain(found: Type) -> bool:
    """Whether a value is said by what is written there, `""`, and by no type."""
    return found.what is What.VALUE and found.place is None and bool(found.primitive) and not found.is_list


def _written(found: Type) -> str:
    """What a plain value is said to be: `string`; empty for all else."""
    is_written = found.what is What.VALUE and found.place is not None and not found.is_list
    return text_of(found.place.node) if is_written and found.place is not None else ""
