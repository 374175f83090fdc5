"""Reads through a relation that became optional, made direct where the new relation leads to the same record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.members import added_member
from prisma_decouple.typescript.source.literals import add_property
from prisma_decouple.typescript.source.syntax import last_name, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.arrivals import handed_values
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.properties import is_loaded, load_objects, loaded_options
from prisma_decouple.typescript.types.tolerance import is_written_to
from prisma_decouple.typescript.types.typed import What, member_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type


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
    outer, owner = node.parent, node.child_by_field_name("object")
    own = own_name(file, relation, last_name(outer)) if outer is not None and owner is not None else ""
    name = node.child_by_field_name("property")
    found = file.types.of(owner) if own and owner is not None else None
    if outer is None or name is None or found is None or found.what is not What.RECORD:
        return None
    if outer.type != "member_expression" or is_written_to(outer) or found.is_mixed or not found.has(own):
        return None  # of two models, the other one has no such relation
    is_key = file.facts.relation_of(relation.model, own) is None
    loads = _loads_of_key(found, own) if is_key else _loads(found.place, relation.field, own)
    return Detour([Edit(name.start_byte, outer.end_byte, own)], loads) if loads is not None else None


def own_name(file: FileContext, relation: OptionalRelation, name: str) -> str:
    """What a record has itself now of what was read through a relation: the new relation, or a key of it.

    Args:
        file: the file.
        relation: the relation that may be absent.
        name: what is read of its record.

    Returns:
        Empty when the record has nothing of the kind.
    """
    successor = file.facts.successor(relation)
    there = file.facts.relation_of(relation.target, successor.field) if successor is not None else None
    if successor is None or there is None or name == successor.field:
        return successor.field if successor is not None and name == successor.field else ""
    return dict(zip(there.foreign_keys, successor.foreign_keys, strict=False)).get(name, "")


def _loads_of_key(record: Type, key: str) -> dict[str, tuple[Edit, ...]] | None:
    """Nothing is to be done to load a key, unless a query chooses what it loads and leaves it out."""
    return {} if not record.is_partial and is_loaded(record.place, key) else None


def _loads(place: Place | None, former: str, successor: str) -> dict[str, tuple[Edit, ...]] | None:
    """The edits that load the new relation wherever the old one is loaded."""
    inner = loaded_options(loaded_options(place, former), successor)
    if inner is None or place is None or (_is_type(place) and _is_given(place)):
        return None
    edits: dict[str, tuple[Edit, ...]] = {}
    for holder in load_objects(place):
        member = member_of(holder.node, former)
        if member is None or member_of(holder.node, successor) is not None:
            continue
        text = f"{successor}: {text_of(inner.node)}"
        if "\n" in text:
            return None
        source = holder.file.source
        is_type = _is_type(holder)
        added = [added_member(source, member, [text])] if is_type else add_property(source, holder.node, former, text)
        edits[source.path] = tuple(added)
    return edits


def _is_type(place: Place) -> bool:
    return place.node.type == "object_type"


def _is_given(payload: Place) -> bool:
    """Whether something is handed over where a payload type is wanted, which would have to load as much then."""
    project = payload.file.project
    for path in sorted(project.users_of(payload.file.source.path)):
        file = project.files[path]
        for value in handed_values(file):
            wanted = expected(file, value)
            if wanted is not None and wanted.place == payload:
                found = file.types.of(value)
                if found is None or found.place != payload:
                    return True
    return False
