"""From the two schemas to the facts of a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import (
    NewOptionalRelation,
    OptionalRelation,
    RelationField,
    RequiredRelation,
    SchemaFacts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model import datamodel
    from prisma_decouple.rules.code import CodeRules

# Prisma's reference, "Prisma schema: model field scalar types".
_TYPES = {
    "String": "string",
    "Boolean": "boolean",
    "Int": "number",
    "BigInt": "bigint",
    "Float": "number",
    "Decimal": "Prisma.Decimal",
    "DateTime": "Date",
    "Json": "Prisma.JsonValue",
    "Bytes": "Uint8Array",
}


def facts_of(before: datamodel.DataModel, after: datamodel.DataModel, code: CodeRules) -> SchemaFacts:
    """What code that uses the schema feels of its change.

    Args:
        before: the schema that the code was written for.
        after: the schema that it will meet.
        code: what the rule file knows about the code base.
    """
    owners = [(model, each) for model in after.models.values() for each in model.relations.values() if each.fields]
    return SchemaFacts(
        required=tuple(
            _required(after, model, each)
            for model, each in owners
            if not _is_optional(each) and _was_optional(before, model, each) is not False
        ),
        optional=tuple(
            OptionalRelation(model.name, each.name, each.fields, each.target, _types(model, each), each.references)
            for model, each in owners
            if _is_optional(each) and _was_optional(before, model, each) is False
        ),
        added=tuple(
            NewOptionalRelation(model.name, each.name, each.fields, each.target)
            for model, each in owners
            if _is_optional(each) and _was_optional(before, model, each) is None
        ),
        relations=tuple(_relations(after)),
        code=code,
    )


def _is_optional(relation: datamodel.RelationField) -> bool:
    return relation.is_optional


def _was_optional(
    before: datamodel.DataModel, model: datamodel.Model, relation: datamodel.RelationField
) -> bool | None:
    """Whether the relation was optional; None when there was no such relation."""
    old = before.models.get(model.name)
    was = old.relations.get(relation.name) if old else None
    return was.is_optional if was and was.fields == relation.fields else None


def _required(
    after: datamodel.DataModel, model: datamodel.Model, relation: datamodel.RelationField
) -> RequiredRelation:
    opposite = after.opposite(model, relation)
    return RequiredRelation(
        model.name,
        relation.name,
        relation.fields,
        relation.target,
        opposite.name if opposite else "",
        relation.references,
        _types(model, relation),
    )


def _types(model: datamodel.Model, relation: datamodel.RelationField) -> tuple[str, ...]:
    scalars = (model.scalars[name].type for name in relation.fields)
    return tuple(_TYPES.get(scalar, scalar) for scalar in scalars)


def _relations(after: datamodel.DataModel) -> Iterator[RelationField]:
    for model in after.models.values():
        for relation in model.relations.values():
            yield RelationField(model.name, relation.name, relation.target, relation.fields)
