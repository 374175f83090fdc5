"""What the parts of a pattern are taken out of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import WITH_FALLBACK, step_of
from prisma_decouple.typescript.source.scopes import BINDINGS, bound_names
from prisma_decouple.typescript.source.syntax import nearest

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type


def binding_around(part: Node) -> Node | None:
    """What gives the pattern its value to which a part belongs."""
    return nearest(part, *BINDINGS)


def _assigned_to(part: Node) -> Node | None:
    """What is taken apart without a declaration, at the outermost: the book in `({ title } = book)`."""
    pattern = part.parent if part.parent is not None else part
    pattern = pattern.parent if pattern.type in WITH_FALLBACK and pattern.parent is not None else pattern
    outer = pattern.parent
    is_left = (
        outer is not None and outer.type == "assignment_expression" and outer.child_by_field_name("left") == pattern
    )
    return outer.child_by_field_name("right") if outer is not None and is_left else None


def taken_apart(file: FileContext, pair: Node) -> Type | None:
    """What the pattern in a pair takes apart: of `author: { name }` in `{ author: { name } } = book` the author.

    Args:
        file: the file.
        pair: a pair of an object pattern.

    Returns:
        None when the pair has no pattern in it, or when it is unknown.
    """
    inner, binding = pair.child_by_field_name("value"), binding_around(pair)
    bound = next(bound_names(inner), "") if inner is not None and inner.type == "object_pattern" else ""
    step = step_of(binding, pair) if binding is not None and bound else None
    return file.types.owner_of(binding, bound, step + 1) if binding is not None and step is not None else None


def taken_out_of(file: FileContext, part: Node) -> Type | None:
    """What a part of a pattern is taken out of: of `author` in `{ author: { name } }` a book; None when it is unknown.

    Args:
        file: the file.
        part: a name, or a pair, of an object pattern.
    """
    if (assigned := _assigned_to(part)) is not None:
        return file.types.of(assigned)
    binding, bound = binding_around(part), next(iter(bound_names(part)), "")
    step = step_of(binding, part) if binding is not None and bound else None
    return file.types.owner_of(binding, bound, step) if binding is not None and step is not None else None
