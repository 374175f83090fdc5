"""What something has under one of several names: `book[key]`, where `key` is one of `"title" | "genre"`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.elements import iterated
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import string_value
from prisma_decouple.typescript.types.typed import Type, What, element
from prisma_decouple.typescript.types.written.keys import names_in, texts_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_NONE: frozenset[str] = frozenset()


def taken_out(types: Types, owner: Type, index: Node | None, depth: int) -> Type | None:
    """What is taken out of something by an expression that is not written out: an element, or one of several members.

    Args:
        types: of the file.
        owner: what it is taken out of.
        index: the expression.
        depth: how far declarations are followed.
    """
    names = names_of(types, index, owner, depth) if index is not None and not owner.is_list else _NONE
    return _any_of(types, owner, names, depth) if names else element(owner)


def looked_up(types: Types, owner: Type, index: Node, depth: int) -> Type | None:
    """What a type has under a name, `Book["title"]`, or a written type of names, `Book["title" | "genre"]`.

    Under anything else it is an element of a list.

    Args:
        types: of the file.
        owner: the type.
        index: the written type.
        depth: how far declarations are followed.
    """
    name = string_value(index.named_children[0]) if index.named_children else ""
    if name:
        return types.property(owner, name, depth - 1) or _of_column(types, owner, name)
    names = names_in(types, index, {}, depth) if not owner.is_list else _NONE
    return _any_of(types, owner, names, depth - 1) if names else element(owner)


def _of_column(types: Types, owner: Type, name: str) -> Type | None:
    """What the type of a record says of a field that is as it was: `Book["id"]`."""
    is_one = owner.what is What.RECORD and not owner.is_list and owner.has(name)
    column = types.file.facts.column_of(owner.model, name) if is_one else None
    if column is None:
        return None
    nothing = frozenset({"null"} if column.is_nullable else ())
    kind, enum = column.scalar_type, column.scalar_type if column.scalar_type in types.file.facts.enums else ""
    found = Type(What.VALUE, is_nullable=column.is_nullable, nothing=nothing, is_list=column.is_list)
    return replace(found, primitive="" if enum else kind, field=enum)


def names_of(types: Types, index: Node, owner: Type, depth: int) -> frozenset[str]:
    """The names that an expression can be, by which something is taken out; empty when they cannot be told.

    Args:
        types: of the file.
        index: the expression.
        owner: what something is taken out of.
        depth: how far declarations are followed.
    """
    found = types.of(index, depth)
    if found is not None and found.what is What.VALUE and not found.is_list:
        if found.only is not None:
            return found.only
        place = found.place
        if place is not None:
            is_any = place.node.type == "index_type_query" and owner.what is What.RECORD
            return _fields(types, owner) if is_any else names_in(place.file.types, place.node, {}, depth)
    binding = binding_of(index)
    listed = _gone_through(binding) if binding is not None else None
    return texts_of(types, listed) if listed is not None else _NONE


def _fields(types: Types, record: Type) -> frozenset[str]:
    """The fields that are no relations; `keyof Book` names them all."""
    return frozenset(each.name for each in types.file.facts.columns if each.model == record.model)


def _gone_through(binding: Node) -> Node | None:
    """The list of which a name is one element after the other."""
    return binding.child_by_field_name("right") if binding.type == "for_in_statement" else iterated(binding)


def _any_of(types: Types, owner: Type, names: frozenset[str], depth: int) -> Type | None:
    """What may be null now of what a type has under some names.

    There is none where something could be null before: who takes that has asked already.
    """
    if len(names) == 1:
        return types.property(owner, next(iter(names)), depth)
    found = [(name, types.property(owner, name, depth)) for name in sorted(names) if owner.has(name)]
    keys = [each for _, each in found if each is not None and each.is_nullable and _may_be_null_now(each)]
    others = [(name, each) for name, each in found if each not in keys]
    return keys[0] if keys and not any(_was_nullable(types, owner, *each) for each in others) else None


def _may_be_null_now(found: Type) -> bool:
    return found.what is What.KEY or (found.what is What.RECORD and found.became_null is not None)


def _was_nullable(types: Types, owner: Type, name: str, found: Type | None) -> bool:
    column = types.file.facts.column_of(owner.model, name) if owner.what is What.RECORD else None
    return found.is_nullable if found is not None else column is not None and column.is_nullable
