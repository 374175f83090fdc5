"""The columns that changed, by the names that the database has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import Stored, StoredField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model import datamodel
    from prisma_decouple.typescript.facts import SchemaFacts


def stored_fields(before: datamodel.DataModel, after: datamodel.DataModel, facts: SchemaFacts) -> Iterator[StoredField]:
    """The columns that a new row has to give now, that may be null now, and that are there no more.

    Args:
        before: the schema that the code was written for, in the new names.
        after: the schema that it will meet.
        facts: what is known of the change already.
    """
    for needed in facts.needed:
        for name in needed.foreign_keys:
            yield _stored(after, needed.model, name, Stored.NEEDED, needed.target)
    for model in facts.changed_models:
        targets = {key: each.target for each in facts.optional_of(model) for key in each.foreign_keys}
        for name in (each for each in facts.nullable_names(model) if each in after.models[model].scalars):
            yield _stored(after, model, name, Stored.NULLABLE, targets.get(name, ""))
    kept = {(model.table, each.column) for model in after.models.values() for each in model.scalars.values()}
    for old in before.models.values():
        new = after.models.get(old.name)
        for each in (each for each in old.scalars.values() if (old.table, each.column) not in kept):
            same = new.scalars.get(each.name) if new is not None else None
            now = same.column if same is not None else ""
            yield StoredField(old.name, each.name, Stored.LOST, old.table, each.column, successor=now)


def _stored(schema: datamodel.DataModel, model: str, name: str, change: Stored, target: str = "") -> StoredField:
    found, there = schema.models[model], schema.models.get(target)
    column = found.scalars[name].column
    return StoredField(model, name, change, found.table, column, there.table if there is not None else "")
