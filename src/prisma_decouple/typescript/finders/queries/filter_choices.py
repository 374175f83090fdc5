"""Whether a filter is meant as it is: it asks for what has no record itself, or another condition of its `OR` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import NOTHING, key_of, last_name, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation

_SWITCHED_OFF = NOTHING | {"false"}
_ASKS_FOR_ABSENCE = frozenset({"is", "isNot"})
_TOGETHER = frozenset({"AND", "NOT", "OR", "every", "none", "where"})
_LOOKS_FOR = frozenset({"contains", "endsWith", "search", "startsWith"})


def is_deliberate(value: Node) -> bool:
    """Whether a filter or include takes absence into account, or is switched off."""
    value = unwrapped(value)
    if value.type == "object":
        return any(key in _ASKS_FOR_ABSENCE and inner.type == "null" for key, inner in properties(value))
    return value.type in _SWITCHED_OFF


def is_search(value: Node) -> bool:
    """Whether a filter only looks for a text in others: `{ name: { contains: words } }`."""
    value = unwrapped(value)
    inner = dict(properties(value)) if value.type == "object" else {}
    return not _LOOKS_FOR.isdisjoint(inner) or (bool(inner) and all(map(is_search, inner.values())))


def other_choices(node: Node) -> list[Node]:
    """The other conditions of the `OR` in which a condition stands."""
    own, choices = node.parent, node.parent.parent if node.parent is not None else None
    holder = choices.parent if choices is not None and choices.type == "array" else None
    if holder is None or choices is None:
        return []
    is_choice = "OR" in {key_of(holder), last_name(holder.child_by_field_name("left"))}
    return [each for each in choices.named_children if each != own and each.type == "object"] if is_choice else []


def choices_beside(node: Node) -> list[Node]:
    """The other conditions of the `OR` in one of which a filter stands, however deep: `{ shelf: { author: … } }`."""
    inner = node
    while inner.type == "pair" and key_of(inner) not in _TOGETHER:
        if found := other_choices(inner):
            return found
        holder = inner.parent.parent if inner.parent is not None else None
        if holder is None:
            break
        inner = holder
    return []


def mentions(condition: Node, relation: OptionalRelation) -> bool:
    """Whether a condition asks for a relation or its key."""
    return any(key in {relation.field, *relation.foreign_keys} for key, _ in properties(condition))


def asks_for_none(condition: Node, relation: OptionalRelation) -> bool:
    """Whether a condition asks for what has none: `{ authorId: null }`."""
    return mentions(condition, relation) and any(is_deliberate(value) for _, value in properties(condition))
