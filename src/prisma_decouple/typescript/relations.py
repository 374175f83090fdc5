"""What becomes of relations between two schemas: those that records need now, that may be absent now, that are new."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.changes import (
    Fate,
    NewOptionalRelation,
    OptionalRelation,
    RelationField,
    RequiredRelation,
)
from prisma_decouple.typescript.scalars import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prisma_decouple.model import datamodel
    from prisma_decouple.rules.intents import RelationPath

    Filled: TypeAlias = Mapping[tuple[str, tuple[str, ...]], RelationPath | None]

_HOLDING = frozenset({"NoAction", "Restrict"})
_ALONG = "Cascade"


def required_relations(
    before: datamodel.DataModel, after: datamodel.DataModel, filled: Filled
) -> Iterator[RequiredRelation]:
    """The relations that a create has to give and did not have to give before; `filled` as in `facts_of`."""
    for model, relation in _owned(after):
        is_new = not relation.is_optional and _was_optional(before, model, relation) is not False
        if is_new and any(model.scalars[name].default is None for name in relation.fields):
            yield _required(before, after, model, relation, filled.get((model.name, relation.fields)))


def optional_relations(
    before: datamodel.DataModel, after: datamodel.DataModel, filled: Filled
) -> Iterator[OptionalRelation]:
    """The relations that every record had, and that may be absent now; `filled` as in `facts_of`."""
    for model, relation in _owned(after):
        was_optional = _was_optional(before, model, relation)
        if relation.is_optional and (
            was_optional is False or (was_optional and _lost_its_key(before, model, relation))
        ):
            fate = _fate(before.models[model.name].relations[relation.name], relation)
            yield OptionalRelation(
                model.name,
                relation.name,
                relation.fields,
                relation.target,
                _types(model, relation),
                relation.references,
                Fate.SAME if _is_held_instead(model, relation, filled) else fate,
            )


def added_relations(
    before: datamodel.DataModel, after: datamodel.DataModel, filled: Filled | None
) -> Iterator[NewOptionalRelation]:
    """The relations that were not there, and that a record may have now; `filled` as in `facts_of`."""
    for model, relation in _owned(after):
        if relation.is_optional and _was_optional(before, model, relation) is None:
            key = (model.name, relation.fields)
            is_filled = key in filled if filled is not None else None
            way = filled.get(key) if filled is not None else None
            yield NewOptionalRelation(model.name, relation.name, relation.fields, relation.target, is_filled, way)


def all_relations(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[RelationField]:
    """All relation fields, and those that are there no more: code still reads through them."""
    seen = set()
    for schema, model in ((each, model) for each in (after, before) for model in each.models.values()):
        for relation in model.relations.values():
            if (model.name, relation.name) not in seen:
                seen.add((model.name, relation.name))
                is_single = not (relation.fields or relation.is_list)
                is_required = bool(relation.fields) and not relation.is_optional
                back = schema.opposite(model, relation)
                yield RelationField(
                    model.name,
                    relation.name,
                    relation.target,
                    relation.fields,
                    is_single,
                    is_required,
                    back.name if back is not None else "",
                    bool(relation.fields) and relation.on_delete == _ALONG,
                )


def _owned(schema: datamodel.DataModel) -> Iterator[tuple[datamodel.Model, datamodel.RelationField]]:
    """The relation fields whose key is in their own model, each with the model."""
    for model in schema.models.values():
        yield from ((model, each) for each in model.relations.values() if each.fields)


def _was_optional(
    before: datamodel.DataModel, model: datamodel.Model, relation: datamodel.RelationField
) -> bool | None:
    """Whether the relation was optional; None when there was no such relation."""
    old = before.models.get(model.name)
    was = old.relations.get(relation.name) if old else None
    return was.is_optional if was and was.fields == relation.fields else None


def _lost_its_key(before: datamodel.DataModel, model: datamodel.Model, relation: datamodel.RelationField) -> bool:
    """Whether what was called optional was always there, as every record had its key, which it need not have now."""
    old = before.models[model.name].scalars
    had_all = all(old[name].is_required for name in relation.fields)
    return had_all and any(model.scalars[name].is_optional for name in relation.fields)


def _fate(before: datamodel.RelationField, after: datamodel.RelationField) -> Fate:
    """What becomes of a record when the one that it belongs to is deleted (Prisma, "Referential actions")."""
    was, now = before.on_delete or "Restrict", after.on_delete or "SetNull"
    if now == _ALONG:
        return Fate.SAME if was == _ALONG else Fate.GOES_ALONG  # the schema says so, as it did
    if now != "SetNull":
        return Fate.SAME
    return Fate.STAYS_NOW if was == _ALONG else Fate.SETS_FREE


def _is_held_instead(model: datamodel.Model, relation: datamodel.RelationField, filled: Filled) -> bool:
    """Whether another relation to the same record, taken from this one, keeps that from being deleted."""
    for other in model.relations.values():
        way = filled.get((model.name, other.fields)) if other.fields and other.target == relation.target else None
        if way is not None and not way.relations and way.fields == relation.fields and _holds(other):
            return True
    return False


def _required(
    before: datamodel.DataModel,
    after: datamodel.DataModel,
    model: datamodel.Model,
    relation: datamodel.RelationField,
    way: RelationPath | None,
) -> RequiredRelation:
    opposite = after.opposite(model, relation)
    was_held = _was_held(before, model, relation, way)
    holds = _holds(relation) and not was_held
    old = _relation_of(before, model.name, relation.name)
    return RequiredRelation(
        model.name,
        relation.name,
        relation.fields,
        relation.target,
        opposite.name if opposite else "",
        relation.references,
        _types(model, relation),
        way,
        holds,
        tuple(_takers(before, after, model.name, relation.target)) if holds else (),
        _left(before, after, way) if _holds(relation) and was_held and way is not None else "",
        _holds(relation) and (old is None or not _holds(old)),
    )


def _left(before: datamodel.DataModel, after: datamodel.DataModel, way: RelationPath) -> str:
    """The relation with which a way begins, when it has become optional; else empty."""
    first = next(iter(way.relations), None)
    old, new = (_relation_of(each, *first) if first is not None else None for each in (before, after))
    became_optional = old is not None and new is not None and new.is_optional and not old.is_optional
    return new.name if new is not None and became_optional else ""


def _holds(relation: datamodel.RelationField) -> bool:
    """Whether what a relation leads to cannot be deleted as long as something belongs to it."""
    return (relation.on_delete or ("SetNull" if relation.is_optional else "Restrict")) in _HOLDING


def _takers(before: datamodel.DataModel, after: datamodel.DataModel, model: str, target: str) -> Iterator[str]:
    """The models whose records take along those of a target, and could do so as far as the records of `model` go."""
    old = before.models.get(model)
    held = (
        {each.target for each in old.relations.values() if each.fields and _holds(each)} if old is not None else set()
    )
    reached = [target]
    for name in reached:
        found = after.models[name].relations.values() if name in after.models else ()
        takers = (each.target for each in found if each.fields and each.on_delete == _ALONG)
        reached += [taker for taker in dict.fromkeys(takers) if taker not in reached]
    yield from (each for each in reached[1:] if each not in held)


def _was_held(
    before: datamodel.DataModel,
    model: datamodel.Model,
    relation: datamodel.RelationField,
    way: RelationPath | None,
) -> bool:
    """Whether what a relation leads to could not be deleted before either, on account of these records.

    Over a way that was so when its last relation held it, or let go along with it what the one before then held.
    """
    old = _relation_of(before, model.name, relation.name)
    if old is not None:
        return _holds(old)
    for step in _led_there(before, way) if way is not None else ():
        if step is None or step.on_delete != _ALONG:
            return step is not None and _holds(step)
    return False


def _led_there(before: datamodel.DataModel, way: RelationPath) -> Iterator[datamodel.RelationField | None]:
    """The relations on a way, the last one first; None for one that was not there."""
    end = before.models.get(way.model)
    last = (each for each in end.relations.values() if each.fields == way.fields) if end is not None else ()
    yield next(iter(last), None)
    yield from (_relation_of(before, owner, name) for owner, name in reversed(way.relations))


def _relation_of(schema: datamodel.DataModel, model: str, name: str) -> datamodel.RelationField | None:
    found = schema.models.get(model)
    return found.relations.get(name) if found is not None else None


def _types(model: datamodel.Model, relation: datamodel.RelationField) -> tuple[str, ...]:
    return tuple(type_of(model.scalars[name]) for name in relation.fields)
