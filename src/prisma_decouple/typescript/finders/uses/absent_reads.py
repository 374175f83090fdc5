"""Which relation that may be absent now a property chain ends with: `author` of `book.author`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.likeness import is_called_after_only, repeats
from prisma_decouple.typescript.source.patterns import read_at
from prisma_decouple.typescript.source.syntax import VALUE_NAMES, key_of, last_name, nearest, text_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_read, members_taken
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
    """The relation whose key an expression reads, as for `relation_read`: of `book.authorId` the author.

    Args:
        file: the file.
        node: any expression; also a name that a pattern takes out, `id` of `({ authorId: id }) => id`.
    """
    read = read_at(node) if node.type in VALUE_NAMES else None
    name = read.path[-1] if read is not None and read.path else last_name(node)
    named = file.facts.optional_by_key(name)
    members = members_taken if read is not None and read.path else members_read
    if named and any(place_key(each) in file.findings.widened for each in members(file, node)):
        return named[0]
    if not named or read is None or not read.path:
        return _of_owner(file, node, named)
    return _of_type(file.types.owner_of(read.binding, text_of(node)), named)


def relation_taken(file: FileContext, name: Node) -> OptionalRelation | None:
    """The relation that a pattern takes out of a record under a name: `const { author } = book`.

    Args:
        file: the file.
        name: where the name is used.
    """
    read = read_at(name) if name.type in VALUE_NAMES else None
    named = [each for each in file.facts.optional if read is not None and each.field in read.path[-1:]]
    return _of_type(file.types.owner_of(read.binding, text_of(name)), named) if read is not None and named else None


def _of_owner(file: FileContext, node: Node, named: Sequence[OptionalRelation]) -> OptionalRelation | None:
    """Which of some relations it is, by what it is read of."""
    owner = node.child_by_field_name("object") if named and node.type == "member_expression" else None
    return _of_type(file.types.of(owner), named) if owner is not None else None


def _of_type(found: Type | None, named: Sequence[OptionalRelation]) -> OptionalRelation | None:
    """Which of some relations a record has, or what only repeats one."""
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
