"""Which relation that may be absent now a property chain ends with: `author` of `book.author`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.likeness import is_called_after_only, repeats
from prisma_decouple.typescript.source.syntax import key_of, last_name, nearest
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_read
from prisma_decouple.typescript.types.typed import What, members_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DECLARED = ("interface_declaration", "type_alias_declaration")


def relation_read(file: FileContext, node: Node) -> OptionalRelation | None:
    """The relation at the end of a chain, by the type of what has it: a record, or what only repeats one.

    Args:
        file: the file.
        node: any expression.
    """
    return _of_owner(file, node, [each for each in file.facts.optional if each.field == last_name(node)])


def key_read(file: FileContext, node: Node) -> OptionalRelation | None:
    """The relation whose key stands at the end of a chain, as for `relation_read`: of `book.authorId` the author.

    Args:
        file: the file.
        node: any expression.
    """
    named = file.facts.optional_by_key(last_name(node))
    if named and any(place_key(each) in file.findings.widened for each in members_read(file, node)):
        return named[0]
    return _of_owner(file, node, named)


def _of_owner(file: FileContext, node: Node, named: Sequence[OptionalRelation]) -> OptionalRelation | None:
    """Which of some relations it is, by what it is read of."""
    owner = node.child_by_field_name("object") if named and node.type == "member_expression" else None
    found = file.types.of(owner) if owner is not None else None
    if found is None or found.is_list:
        return None
    is_record = found.what is What.RECORD
    return next((each for each in named if (each.model == found.model if is_record else _is_like(found, each))), None)


def _is_like(found: Type, relation: OptionalRelation) -> bool:
    """Whether a written type is called after the model and repeats it: a page's own `interface Book`."""
    shape = found.place if found.what is What.SHAPE else None
    if shape is None or shape.node.type == "object":
        return False
    declared = shape.node if shape.node.type in _DECLARED else nearest(shape.node, *_DECLARED)
    members = {key_of(each) for each in members_of(shape.node)}
    facts = shape.file.facts
    is_called_so = declared is not None and is_called_after_only(facts, key_of(declared), relation.model)
    return is_called_so and repeats(facts, relation.model, members)
