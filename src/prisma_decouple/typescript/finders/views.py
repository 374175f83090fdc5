"""Casts to written types that repeat what is behind a record's relations: `as (Comment & { post: { ... } })[]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.flows import widen_member
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.typed import What, members_of
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
_CASTS = ("as_expression", "satisfies_expression")


def find_views(file: FileContext) -> None:
    """Note the members that say that a relation which became optional is always there.

    Args:
        file: the file; its findings, and those of the files whose types it casts to, are filled.
    """
    for node in file.source.nodes(*_CASTS):
        _check_cast(file, node)


def _check_cast(file: FileContext, node: Node) -> None:
    """`records as Row[]`: nobody checks that the type fits."""
    record, written = file.types.of(node.named_children[0]), file.types.of(node)
    if record is None or written is None or record.what is not What.RECORD:
        return
    own = [written.place] if written.place is not None and written.what is What.SHAPE else []
    for shape in (*written.extras, *own):
        if shape.node.type != "object":
            _check_view(shape, record.model, _DEPTH)


def _check_view(shape: Place, model: str, depth: int) -> None:
    """Look at what a written type says of the relations of a model."""
    facts = shape.file.facts
    optional = {each.field for each in facts.optional_of(model)}
    for member in members_of(shape.node):
        name, target = key_of(member), facts.target_of(model, key_of(member))
        found = shape.file.types.of_member(member) if target is not None else None
        annotation = member.child_by_field_name("type")
        if found is None or target is None or annotation is None:
            continue
        if name in optional and not found.is_nullable:
            why = f"`{name}` is what {with_article(model)} has there, which may be null now."
            widen_member(Place(shape.file, annotation.named_children[0]), member, why)
        if found.what is What.SHAPE and found.place is not None and depth:
            _check_view(found.place, target, depth - 1)
