"""New members of a written type, in its own style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.decorators import plain_decorators
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.source.text import Source


def added_members(source: Source, member: Node, relation: RequiredRelation) -> Edit:
    """The members for the keys of a relation, with what decorates the neighbour and goes for any value of its type."""
    pairs = zip(relation.foreign_keys, relation.scalar_types, strict=True)
    mark = "!" if any(child.type == "!" for child in member.children) else ""
    modifier = "readonly " if any(child.type == "readonly" for child in member.children) else ""
    texts = (f"{_decorators(source, member, kind)}{modifier}{key}{mark}: {kind}" for key, kind in pairs)
    return added_member(source, member, list(texts))


def _decorators(source: Source, member: Node, kind: str) -> str:
    """The decorators that a member of a type of its own gets from another one of the same type."""
    written = member.child_by_field_name("type")
    if text_of(written).lstrip(": ") != kind:
        return ""
    line_end, text = f"\n{source.indentation(member)}", ""
    for each, decorator in plain_decorators(member):
        follower = each.next_sibling
        is_alone = follower is not None and follower.start_point.row > each.end_point.row
        text += decorator + (line_end if is_alone else " ")
    return text


def added_member(source: Source, member: Node, texts: list[str]) -> Edit:
    """Members behind another one, separated as that one is."""
    follower = member.next_sibling
    default = ";" if source.has_semicolons or not is_on_own_line(member) else ""
    separator = text_of(follower) if follower is not None and follower.type in {";", ","} else default
    has_own = follower is not None and text_of(follower) == separator
    gap = f"\n{source.indentation(member)}" if is_on_own_line(member) else " "
    text = f"{separator}{gap}".join(texts)
    end = follower.end_byte if follower is not None and has_own else member.end_byte
    return Edit(end, end, f"{'' if has_own else separator}{gap}{text}{separator if has_own else ''}")


def is_on_own_line(node: Node) -> bool:
    """Whether a member begins a line."""
    return node.prev_sibling is None or node.prev_sibling.end_point.row < node.start_point.row
