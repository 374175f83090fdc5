"""Records of other models that are never without what one may be without now: `line.authorId`, of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import READS, last_name, owner_of_read, unwrapped
from prisma_decouple.typescript.types.retyped import field_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation, RelationField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts


def is_always_had(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a value is the key that a record of another model is never without: `line.authorId`, `line.author.id`.

    Args:
        file: the file.
        value: the value.
        relation: that may be absent, and has such a key.
    """
    model, field = field_behind(file, value) or ("", "")
    is_own = any(field in each.foreign_keys for each in always_to(file.facts, relation, model))
    return is_own or _is_behind(file, unwrapped(value), relation)


def _is_behind(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a value is read of the record itself, by way of another one that always has it."""
    behind = owner_of_read(value) if value.type in READS and last_name(value) in relation.references else None
    owner = owner_of_read(behind) if behind is not None and behind.type in READS else None
    found = file.types.of(owner) if owner is not None else None
    ways = always_to(file.facts, relation, found.model) if found is not None else ()
    return behind is not None and any(last_name(behind) == each.name for each in ways)


def always_to(facts: SchemaFacts, relation: OptionalRelation, model: str) -> Iterator[RelationField]:
    """The relations of another model that always lead where one that may be absent leads.

    Args:
        facts: the change.
        relation: the one that may be absent.
        model: the other model.
    """
    for each in facts.relations if model != relation.model else ():
        if each.model == model and each.target == relation.target and each.is_required:
            yield each
