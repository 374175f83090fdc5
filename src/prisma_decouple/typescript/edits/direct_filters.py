"""A filter without the detour through a relation that became optional, where the new relation leads to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import key_of, text_of, unwrapped
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.facts import SchemaFacts


def direct_filter(facts: SchemaFacts, node: Node, relation: OptionalRelation) -> list[Edit] | None:
    """Filter by the new relation instead.

    Args:
        facts: the change.
        node: a property of a filter, `author: { townId }`, or an assignment, `where.author = { townId }`.
        relation: the relation of that name.

    Returns:
        The edits, to `townId` and `where.townId = townId`; None when the filter asks for anything else as well.
    """
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    if value is None:
        return None
    found = _inner(facts, relation, _wanted(value))
    if found is None:
        return None
    inner, name = found
    key = inner.child_by_field_name("value")
    given = _moved(text_of(key), inner, node) if key is not None else key_of(inner)
    left = node.child_by_field_name("left")
    if key is not None and value.type != "ternary_expression" and given == text_of(key) != name:
        whole, named = (value, "") if left is not None else (node, f"{name}: ")
        edits = _unwrapped(whole, key, named)
    else:
        given = _under_condition(value, given)
        edits = [_replaced(value, given)] if left is not None else [_named(node, name, given)]
    if left is None:
        return edits
    member = left.child_by_field_name("property")
    return [_replaced(member, name), *edits] if member is not None else None


def _unwrapped(whole: Node, kept: Node, before: str) -> list[Edit]:
    """What leaves a part of an expression as it is, so that others can change it, with something before it."""
    return [Edit(whole.start_byte, kept.start_byte, before), Edit(kept.end_byte, whole.end_byte, "")]


def _under_condition(value: Node, given: str) -> str:
    """What a filter asks for, under the condition under which it does."""
    if value.type != "ternary_expression":
        return given
    condition = text_of(value.child_by_field_name("condition"))
    return f"{given} || undefined" if condition == given else f"{condition} ? {given} : undefined"


def _named(node: Node, name: str, given: str) -> Edit:
    return _replaced(node, name if given == name else f"{name}: {given}")


def _moved(text: str, inner: Node, outer: Node) -> str:
    """The lines of a value as they are indented when a property takes the place of the one around it."""
    width = inner.start_point.column - outer.start_point.column
    if "\n" not in text or width <= 0 or inner.start_point.row == outer.start_point.row:
        return text
    first, *rest = text.split("\n")
    return "\n".join([first, *(each[width:] if not each[:width].strip() else each for each in rest)])


def _wanted(value: Node | None) -> Node | None:
    """The filter itself, without the condition that switches it off."""
    if value is None:
        return None
    value = unwrapped(value)
    if value.type == "object" and len(value.named_children) == 1 and key_of(value.named_children[0]) == "is":
        return value.named_children[0].child_by_field_name("value")
    if value.type != "ternary_expression":
        return value
    alternative = value.child_by_field_name("alternative")
    consequence = value.child_by_field_name("consequence")
    return unwrapped(consequence) if consequence is not None and text_of(alternative) == "undefined" else None


def _inner(facts: SchemaFacts, relation: OptionalRelation, value: Node | None) -> tuple[Node, str] | None:
    """What a filter says of the related record, with what takes its place, when it is only what a record has itself."""
    found = facts.way_round(relation)
    inner = _alone(value)
    for name in found.between if found is not None else ():
        is_next = inner is not None and key_of(inner) == name
        inner = _alone(_wanted(inner.child_by_field_name("value"))) if is_next and inner is not None else None
    own = found.own.get(key_of(inner)) if found is not None and inner is not None else None
    return (inner, own) if inner is not None and own is not None else None


def _alone(value: Node | None) -> Node | None:
    """The only property of an object; a comment beside it would be lost."""
    is_one = value is not None and value.type == "object" and len(value.named_children) == 1
    return value.named_children[0] if value is not None and is_one else None


def _replaced(node: Node, text: str) -> Edit:
    return Edit(node.start_byte, node.end_byte, text)
