"""Where a person would put a new field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.syntax import layout

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import Model, RelationField
    from prisma_decouple.syntax.nodes import Block, Field


@dataclass(frozen=True)
class RelationPlace:
    """Behind which fields a foreign key and its relation go.

    Attributes:
        key: the field that the foreign key stands behind; None is the top of the model.
        relation: the field that the relation stands behind; None when it follows its foreign key.
        own_group: whether the two are set apart by a blank line.
    """

    key: str | None
    relation: str | None = None
    own_group: bool = False

    def insert(self, block: Block, keys: list[Field], relation: Field) -> Block:
        """The block with the fields at their places."""
        if self.relation is None or not keys:
            return layout.insert_after(block, self.relation or self.key, [*keys, relation], own_group=self.own_group)
        return layout.insert_after(layout.insert_after(block, self.key, keys), self.relation, [relation])


def place_beside(model: Model, accompanied: RelationField) -> RelationPlace:
    """Beside a relation that is there: as a pair behind its pair, or each behind its like where the two stand apart."""
    fields = model.node.fields
    pair = {*accompanied.fields, accompanied.name}
    positions = [at for at, field in enumerate(fields) if field.name in pair]
    group_of = {field.name: group for group in layout.groups(model.node.members) for field in group}
    group = group_of[accompanied.name]
    together = positions[-1] - positions[0] == len(positions) - 1
    if not together or group_of[fields[positions[0]].name] is not group:
        key = next(field.name for field in reversed(fields) if field.name in accompanied.fields)
        return RelationPlace(key, relation=accompanied.name)
    alone = len(group) == len(pair) and len(pair) < len(fields)
    return RelationPlace(fields[positions[-1]].name, own_group=alone)


def place_alone(model: Model) -> RelationPlace:
    """Beside the last relation of the model that holds a key, else where a plain field would go."""
    owners = [relation for relation in model.relations.values() if relation.fields]
    return place_beside(model, owners[-1]) if owners else RelationPlace(plain_anchor(model))


def plain_anchor(model: Model) -> str | None:
    """The last field that is neither a list nor a time stamp at the end."""
    plain = [
        field.name
        for field in model.node.fields
        if not field.is_list and not field.attribute("updatedAt") and "now()" not in str(field)
    ]
    return plain[-1] if plain else None


def list_anchor(model: Model) -> str | None:
    """The last list of records, so that lists stand together; else the last field."""
    lists = [relation.name for relation in model.relations.values() if relation.is_list]
    names = lists or model.field_names
    return names[-1] if names else None
