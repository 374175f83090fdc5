"""Foreign keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.database.naming import table_name
from prisma_decouple.model.database.objects import ForeignKey
from prisma_decouple.model.names import foreign_key_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.datamodel import DataModel, Model, RelationField

_ACTIONS = {
    "Cascade": "CASCADE",
    "Restrict": "RESTRICT",
    "NoAction": "NO ACTION",
    "SetNull": "SET NULL",
    "SetDefault": "SET DEFAULT",
}


def foreign_keys_of(data: DataModel, model: Model) -> Iterator[ForeignKey]:
    """The constraints of a model; there is none with `relationMode = "prisma"`, and none can point at a view."""
    for relation in model.relations.values():
        if relation.fields and data.has_foreign_keys and not data.models[relation.target].is_view:
            yield foreign_key_of(data, model, relation)


def foreign_key_of(data: DataModel, model: Model, relation: RelationField) -> ForeignKey:
    """The constraint of a relation field that holds the key, with Prisma's defaults for what the schema leaves open.

    Without `onDelete` it is SET NULL when all its fields are optional and RESTRICT otherwise; without `onUpdate` it is
    CASCADE (Prisma's reference, "Referential actions").
    """
    target = data.models[relation.target]
    columns = tuple(model.scalars[field].column for field in relation.fields)
    optional = all(model.scalars[field].is_optional for field in relation.fields)
    return ForeignKey(
        name=relation.constraint or foreign_key_name(model.table, columns),
        columns=columns,
        target=table_name(target),
        references=tuple(target.scalars[field].column for field in relation.references),
        on_delete=_ACTIONS[relation.on_delete or ("SetNull" if optional else "Restrict")],
        on_update=_ACTIONS[relation.on_update or "Cascade"],
    )
