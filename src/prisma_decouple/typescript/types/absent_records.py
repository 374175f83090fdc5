"""What is read of a record that may be absent, as whoever is given it sees it: `{ writer: book.author?.name }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import chain_around, last_name
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.facts import SchemaFacts


def field_of_absent(facts: SchemaFacts, record: Type, read: Node) -> Type | None:
    """A field of a record behind a relation that became optional: nothing where there is none, once it is read safely.

    Args:
        facts: the change.
        record: the record.
        read: what reads the field.

    Returns:
        A key that is called like the way to it, `author.name`; None when the record is there, when more is read of the
        field, or when it is a relation.
    """
    model, field = record.became_null or ("", "")
    is_end = facts.relation_of(record.model, last_name(read)) is None and chain_around(read) == read
    is_nullable = record.is_nullable and not record.is_list
    path = f"{field}.{last_name(read)}"
    return Type(What.KEY, model, is_nullable=True, field=path) if is_end and is_nullable else None
