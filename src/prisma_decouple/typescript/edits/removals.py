"""A property that is taken out of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source


def removed_property(source: Source, node: Node) -> list[Edit] | None:
    """The edits by which an object does without a property: its lines, or what stands between it and the next one.

    Args:
        source: the file.
        node: the property.

    Returns:
        None when it is the only one, without which the object may mean something else, or when a comment, which may be
        about it, stands beside it.
    """
    before, comma = node.prev_sibling, node.next_sibling
    is_last_comma = comma is not None and comma.type == ","
    after = comma.next_sibling if comma is not None and is_last_comma else comma
    if before is None or after is None or before.type not in {"{", ","} or after.type in {"comment", "ERROR"}:
        return None
    if before.type == "{" and after.type == "}":
        return None
    if source.begins_line(node) and source.begins_line(after):
        # What becomes the last one then ends as this one did.
        is_open = not is_last_comma and before.type == ","
        end = [Edit(before.start_byte, before.end_byte, "")] if is_open else []
        return [*end, Edit(*source.whole_lines(node), "")]
    if after.type != "}":
        return [Edit(node.start_byte, after.start_byte, "")]
    return [Edit(before.start_byte, node.end_byte, "")]
