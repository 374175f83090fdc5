"""Reads through a relation that became optional, made direct where the new relation leads to the same record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.literals import add_property
from prisma_decouple.typescript.source.syntax import last_name, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.properties import load_objects, loaded_options
from prisma_decouple.typescript.types.typed import What, member_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place


class Detour(NamedTuple):
    """The edits that take the direct way: those of the read, and those that load it, by file."""

    edits: list[Edit]
    loads: dict[str, tuple[Edit, ...]]


def direct_read(file: FileContext, node: Node, relation: OptionalRelation) -> Detour | None:
    """Read a record's new relation instead of the same one of the record that may be absent.

    Args:
        file: the file.
        node: the relation as it is read: `book.author` of `book.author.town`.
        relation: the relation.

    Returns:
        None when it leads elsewhere, or when it cannot be seen where the record is loaded.
    """
    successor, outer, owner = file.facts.successor(relation), node.parent, node.child_by_field_name("object")
    if successor is None or outer is None or owner is None or last_name(outer) != successor.field:
        return None
    name = node.child_by_field_name("property")
    found = file.types.of(owner)
    if outer.type != "member_expression" or name is None or found is None or found.what is not What.RECORD:
        return None
    if found.is_mixed:
        return None  # the other one has no such relation
    loads = _loads(found.place, relation.field, successor.field)
    if loads is None:
        return None
    return Detour([Edit(name.start_byte, outer.end_byte, successor.field)], loads)


def _loads(place: Place | None, former: str, successor: str) -> dict[str, tuple[Edit, ...]] | None:
    """The edits that load the new relation wherever the old one is loaded.

    None where a type says what is loaded: queries that are none of its own have to load the same.
    """
    inner = loaded_options(loaded_options(place, former), successor)
    if inner is None or place is None:
        return None
    edits: dict[str, tuple[Edit, ...]] = {}
    for holder in load_objects(place):
        member = member_of(holder.node, former)
        if member is None or member_of(holder.node, successor) is not None:
            continue
        text = f"{successor}: {text_of(inner.node)}"
        if "\n" in text or holder.node.type == "object_type":
            return None
        edits[holder.file.source.path] = tuple(add_property(holder.file.source, holder.node, former, text))
    return edits
