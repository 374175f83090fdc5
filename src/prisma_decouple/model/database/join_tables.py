"""The tables behind implicit many-to-many relations.

Names and constraints were measured with the schema engine of Prisma 6 and 7. Prisma 5 made a unique index
`_AToB_AB_unique` where they have a primary key, and a database in the field has the one or the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.database.columns import column_of
from prisma_decouple.model.database.naming import table_name
from prisma_decouple.model.database.objects import Column, ForeignKey, IndexColumn, IndexKey, QualifiedName, Table
from prisma_decouple.model.names import cut, default_relation_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.datamodel import DataModel, Model, RelationField


def join_tables(data: DataModel) -> Iterator[Table]:
    """The table of each implicit many-to-many relation, once, whichever of its two ends is read first."""
    seen: set[QualifiedName] = set()
    for model in data.models.values():
        for relation in model.relations.values():
            other = data.models[relation.target]
            if not is_implicit(data, model, relation) or model.is_view or other.is_view:
                continue
            table = _join_table(data, relation, *sorted((model, other), key=lambda each: each.name))
            if table.name not in seen:
                seen.add(table.name)
                yield table


def is_implicit(data: DataModel, model: Model, relation: RelationField) -> bool:
    """Whether both ends of the relation are lists."""
    opposite = data.opposite(model, relation)
    return relation.is_list and not relation.fields and opposite is not None and opposite.is_list


def join_table_name(model: Model, other: Model, relation: RelationField) -> QualifiedName:
    """`_PostToTag`, or `_name` for a named relation, in the namespace of the first model in the alphabet."""
    first, second = sorted((model, other), key=lambda each: each.name)
    name = relation.relation or default_relation_name(first.name, second.name)
    return QualifiedName(first.namespace, cut(f"_{name}"))


def _join_table(data: DataModel, relation: RelationField, first: Model, second: Model) -> Table:
    name = join_table_name(first, second, relation)
    columns = {label: _key_column(data, label, model) for label, model in (("A", first), ("B", second))}
    indexes = (
        IndexKey("id", cut(name.name, "_AB_pkey"), (IndexColumn("A"), IndexColumn("B"))),
        IndexKey("index", cut(name.name, "_B_index"), (IndexColumn("B"),)),
    )
    keys = [_foreign_key(name, label, model) for label, model in (("A", first), ("B", second))]
    return Table(
        name,
        columns,
        {index.name: index for index in indexes},
        {key.name: key for key in keys if data.has_foreign_keys},
        is_join=True,
    )


def _key_column(data: DataModel, label: str, model: Model) -> Column:
    """A column of the type of the model's key, which has one field (Prisma's reference, "Many-to-many relations")."""
    key = column_of(data, model.scalars[model.primary_key[0]])
    return Column(label, key.type, nullable=False)


def _foreign_key(table: QualifiedName, label: str, model: Model) -> ForeignKey:
    key = model.scalars[model.primary_key[0]].column
    return ForeignKey(
        cut(table.name, f"_{label}_fkey"), (label,), table_name(model), (key,), on_delete="CASCADE", on_update="CASCADE"
    )
