"""What a type is that is looked up in another one: `Book["title"]`, `Books[number]`, `Covers[keyof Covers]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import string_value, text_of, unwrapped
from prisma_decouple.typescript.types.chosen_members import looked_up
from prisma_decouple.typescript.types.containers import element_of
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.keys import named, names_in

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types
    from prisma_decouple.typescript.types.typed import Type


def of_lookup(types: Types, node: Node, depth: int) -> Type | None:
    """What a lookup gives; None when it cannot be told.

    Args:
        types: of the file.
        node: the written type.
        depth: how far declarations are followed.
    """
    base, *index = node.named_children
    owner = types.read(base, depth - 1)
    if text_of(index[0] if index else None) == "number" and (texts := names_in(types, node, {}, depth)):
        return named(texts)
    if owner is None or not index:
        return None
    if index[0].type == "index_type_query":
        return _value_of(owner, depth)
    number = text_of(index[0])
    if owner.what in {What.BOX, What.TUPLE} and number.isdigit() and not owner.is_list:
        return element_of(owner, int(number))
    return looked_up(types, owner, index[0], depth)


def _value_of(owner: Type, depth: int) -> Type | None:
    """Any value of a literal, `(typeof colours)[keyof typeof colours]`, where all of them are plain ones."""
    literal = owner.place.node if owner.what is What.SHAPE and owner.place is not None else None
    if literal is None or owner.place is None or literal.type != "object":
        return None
    values = [owner.place.file.types.of(value, depth - 1) for _, value in properties(literal)]
    plain = [each for each in values if each is not None and each.what is What.VALUE and not each.is_nullable]
    texts = {string_value(unwrapped(value)) for _, value in properties(literal)}
    if texts and "" not in texts:
        return named(frozenset(texts))
    return plain[0] if plain and len(plain) == len(values) else None
