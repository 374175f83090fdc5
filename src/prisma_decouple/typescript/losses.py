"""What code relied on and the new schema does not have: fields, models, enums, values, and the types of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.syntax.nodes import BlockAttribute
from prisma_decouple.typescript.facts import LostField, LostValue, RetypedField
from prisma_decouple.typescript.scalars import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model import datamodel


def lost_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[LostField]:
    """The fields, relation fields and names of compound keys that models had and have no more."""
    for old, new in _pairs(before, after):
        kept = {*new.scalars, *new.relations}
        for name in (each for each in (*old.scalars, *old.relations) if each not in kept):
            yield LostField(old.name, name, _successor(old, new, name) or _moved(before, after, new, name))
        selectors = set(_selectors(new))
        yield from (LostField(old.name, name) for name in _selectors(old) if name not in selectors)


def lost_values(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[LostValue]:
    """The values that enums had and have no more."""
    for enum in before.enums.values():
        new = after.enums.get(enum.name)
        kept = {name for name, _ in new.values} if new is not None else set()
        yield from (LostValue(enum.name, name) for name, _ in enum.values if new is not None and name not in kept)


def retyped_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[RetypedField]:
    """The fields and relation fields whose values are of another type in TypeScript now."""
    for old, new in _pairs(before, after):
        for name, field in old.scalars.items():
            now = new.scalars.get(name)
            if now is not None and _written(field) != _written(now):
                yield RetypedField(old.name, name, _written(field), _written(now))
        for name, relation in old.relations.items():
            same = new.relations.get(name)
            if same is not None and _related(relation) != _related(same):
                yield RetypedField(old.name, name, _related(relation), _related(same))


def required_again(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[tuple[str, str]]:
    """The fields and relation fields that could be null and cannot be now."""
    for old, new in _pairs(before, after):
        scalars = ((name, field, new.scalars.get(name)) for name, field in old.scalars.items())
        yield from ((old.name, name) for name, was, now in scalars if was.is_optional and now and now.is_required)
        relations = ((name, field, new.relations.get(name)) for name, field in old.relations.items())
        is_one = ((name, was, now) for name, was, now in relations if now is not None and not now.is_list)
        yield from ((old.name, name) for name, was, now in is_one if was.is_optional and not now.is_optional)


def _pairs(
    before: datamodel.DataModel, after: datamodel.DataModel
) -> Iterator[tuple[datamodel.Model, datamodel.Model]]:
    for old in before.models.values():
        if (new := after.models.get(old.name)) is not None:
            yield old, new


def _written(field: datamodel.ScalarField) -> str:
    return f"{type_of(field)}[]" if field.is_list else type_of(field)


def _related(relation: datamodel.RelationField) -> str:
    return f"{relation.target}[]" if relation.is_list else relation.target


def _successor(old: datamodel.Model, new: datamodel.Model, name: str) -> str:
    """The only new field of a model that is of the same type as the only one that it lost."""
    kind = _kind(old, name)
    lost = [each for each in (*old.scalars, *old.relations) if not _has(new, each) and _kind(old, each) == kind]
    added = [each for each in (*new.scalars, *new.relations) if not _has(old, each) and _kind(new, each) == kind]
    return added[0] if len(lost) == len(added) == 1 else ""


def _kind(model: datamodel.Model, name: str) -> tuple[object, ...]:
    """What a field has in common with one that takes its place."""
    relation, scalar = model.relations.get(name), model.scalars.get(name)
    if relation is not None:
        return relation.target, relation.is_list
    targets = tuple(each.target for each in model.relations_on(name))
    return (_written(scalar), *targets) if scalar is not None else ()


def _has(model: datamodel.Model, name: str) -> bool:
    return name in model.scalars or name in model.relations


def _moved(before: datamodel.DataModel, after: datamodel.DataModel, new: datamodel.Model, name: str) -> str:
    """The way to a new field of the same name in a related model."""
    for relation in new.relations.values():
        target, was = after.models[relation.target], before.models.get(relation.target)
        if name in target.scalars and (was is None or name not in was.scalars):
            return f"{relation.name}.{name}"
    return ""


def _selectors(model: datamodel.Model) -> Iterator[str]:
    """What filters call the keys of several fields: their names, or the names of their fields (Prisma's client)."""
    for index in model.indexes:
        if index.kind in {"id", "unique"} and len(index.names) > 1:
            named = index.node.attribute.get("name") if isinstance(index.node, BlockAttribute) else None
            yield str(named).strip('"') if named is not None else "_".join(index.names)
