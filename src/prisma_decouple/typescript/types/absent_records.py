"""What is read of a record that may be absent, as whoever is given it sees it: `{ writer: book.author?.name }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.made_of_one import first_read
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    READS,
    chain_around,
    children_of,
    descendants,
    last_name,
    owner_of_read,
    text_of,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts


_UNDEFINED = frozenset({"undefined"})  # what reads on from null by `?.`
_READ = frozenset({What.RECORD, What.SHAPE})


def field_of_absent(file: FileContext, typing: Callable[[Node], Type | None], read: Node) -> Type | None:
    """A field of a record behind a relation that became optional: nothing where there is none, once it is read safely.

    Args:
        file: the file.
        typing: tells the type of an expression in it.
        read: what reads the field, of the record or of one that belongs to it.

    Returns:
        A key that is called like the way to it, `author.name` or `author.country.code`; None when the record is there,
        or asked for, when more is read of the field, or when it is a relation.
    """
    way, owner = [last_name(read)], read.child_by_field_name("object")
    record = typing(owner) if owner is not None else None
    facts = file.facts
    is_end = record is not None and facts.relation_of(record.model, way[0]) is None and chain_around(read) == read
    while is_end and owner is not None and record is not None and record.what in _READ and not record.is_list:
        if record.became_null is not None and not _is_behind(facts, record, owner):
            model, field = record.became_null
            path = ".".join([field, *reversed(way)])
            is_there = not record.is_nullable or is_narrowed(file, owner) or _is_at_hand(facts, model, field, way[-1])
            key = Type(What.KEY, model, is_nullable=True, field=path, nothing=_UNDEFINED)
            return key if not is_there else None
        way.append(last_name(owner))
        owner = owner.child_by_field_name("object")
        record = typing(owner) if owner is not None else None
    return None


def _is_behind(facts: SchemaFacts, record: Type, owner: Node) -> bool:
    """Whether a record is read of the one that may be absent: the country of `book.author.country`."""
    is_record = record.what is What.RECORD and owner.type == "member_expression"
    return is_record and record.became_null is not None and record.model != facts.target_of(*record.became_null)


def is_of_absent(record: Type, found: Type | None) -> bool:
    """Whether what is read of a record may be a field of it, or of a written type that a reader sees to be absent."""
    if record.what is What.RECORD:
        return found is None
    is_shape = record.what is What.SHAPE and record.literal is None and record.became_null is not None
    return is_shape and found is not None and found.what is What.VALUE and not found.is_list


def behind_absent(file: FileContext, record: Type, found: Type, read: Node) -> Type:
    """A record that belongs to one that may be absent, `book.author.country`, as it is once that is read safely.

    Args:
        file: the file.
        record: what it is read of.
        found: what that has.
        read: where.
    """
    owner, absent = owner_of_read(read), record.became_null if record.what is What.RECORD else None
    if owner is None or absent is None or not record.is_nullable or found.what is not What.RECORD or found.is_list:
        return found
    is_there = is_narrowed(file, owner) or _is_at_hand(file.facts, *absent, last_name(read))
    return found if is_there else replace(found, is_nullable=True, became_null=absent)


def made_of_absent(file: FileContext, value: Node, depth: int) -> Type | None:
    """What a literal is that is made of nothing but a record that may be absent now, `{ name: book.author.name }`.

    Args:
        file: the file.
        value: what a member is.
        depth: how far declarations are followed.

    Returns:
        The literal, which is nothing without the record; None for any other value.
    """
    first = next(properties(value), None) if value.type == "object" else None  # each of its values reads the record
    reads = (each for kind in READS for each in (*descendants(first[1], kind), first[1])) if first is not None else ()
    for owner in map(owner_of_read, reads):
        if owner is None or first_read(value, plain(text_of(owner))) != owner:
            continue
        found = file.types.of(owner, depth)
        if found is not None and found.became_null and found.is_nullable and not is_narrowed(file, owner):
            return Type(What.SHAPE, place=Place(file, value), is_nullable=True, became_null=found.became_null)
    return None


def remade(file: FileContext, value: Node, depth: int) -> Type | None:
    """The record that may be absent now, and that an object is made of all the same: `{ ...book.author, since: "" }`.

    What is made of nothing else, `{ name: book.author.name }`, is nothing without it.

    Args:
        file: the file.
        value: what a member is.
        depth: how far declarations are followed.

    Returns:
        The record with what the object has besides, or the object; None for any other value.
    """
    if (whole := made_of_absent(file, value, depth)) is not None:
        return whole
    first = next(iter(children_of(value)), None) if value.type == "object" else None
    spread = first.named_children[-1] if first is not None and first.type == "spread_element" else None
    record = file.types.of(spread, depth) if spread is not None else None
    if spread is None or record is None or record.what is not What.RECORD or record.became_null is None:
        return None
    is_there = not record.is_nullable or record.is_list or is_narrowed(file, spread)
    return replace(record, extras=(*record.extras, Place(file, value))) if not is_there else None


def _is_at_hand(facts: SchemaFacts, model: str, field: str, name: str) -> bool:
    """Whether a record has what is read by way of another one: `book.author.country`, `book.country`."""
    return any(facts.own_name(each, name) for each in facts.optional_of(model) if each.field == field)
