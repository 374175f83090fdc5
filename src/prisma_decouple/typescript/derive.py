"""From the two schemas to the facts of a scan."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.changes import (
    Column,
    Fate,
    NewField,
    NewOptionalRelation,
    NewValue,
    OptionalField,
    OptionalRelation,
    RelationField,
    RequiredRelation,
)
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.losses import (
    changed_keys,
    lost_fields,
    lost_values,
    required_again,
    retyped_fields,
    selectors_of,
    strangers,
)
from prisma_decouple.typescript.renamings import in_names, renamings
from prisma_decouple.typescript.scalars import type_of
from prisma_decouple.typescript.stored import stored_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from prisma_decouple.model import datamodel
    from prisma_decouple.rules.code import CodeRules
    from prisma_decouple.rules.intents import RelationPath
    from prisma_decouple.typescript.renamings import Renamings

    Filled: TypeAlias = Mapping[tuple[str, tuple[str, ...]], RelationPath | None]

_HOLDING = frozenset({"NoAction", "Restrict"})
_ALONG = "Cascade"


def facts_of(
    before: datamodel.DataModel,
    after: datamodel.DataModel,
    code: CodeRules,
    filled: Filled | None = MappingProxyType({}),
    renames: Sequence[str] = (),
) -> SchemaFacts:
    """What code that uses the schema feels of its change.

    Args:
        before: the schema that the code was written for.
        after: the schema that it will meet.
        code: what the rule file knows about the code base.
        filled: the models, each with fields, whose records get values from the migration, and the way over which it
            takes them; None when nobody knows.
        renames: what was renamed, in the words of the database, such as `User.bio=about`; what keeps its table or
            column is known to be the same.
    """
    names, models, enums = renamings(before, after, renames), after.models, after.enums
    # The code speaks in the old names, and so do the facts; only what is called otherwise is told with its new name.
    contained = in_names(after, names.back.of_containers)
    after = in_names(after, names.back)
    owners = [(model, each) for model in after.models.values() for each in model.relations.values() if each.fields]
    facts = SchemaFacts(
        required=tuple(
            _required(before, after, model, each, (filled or {}).get((model.name, each.fields)))
            for model, each in owners
            if not _is_optional(each) and _was_optional(before, model, each) is not False
            if any(model.scalars[name].default is None for name in each.fields)
        ),
        optional=tuple(
            OptionalRelation(
                model.name,
                each.name,
                each.fields,
                each.target,
                _types(model, each),
                each.references,
                _fate(before.models[model.name].relations[each.name], each),
            )
            for model, each in owners
            if _is_optional(each) and _was_optional(before, model, each) is False
        ),
        added=tuple(
            NewOptionalRelation(
                model.name,
                each.name,
                each.fields,
                each.target,
                (model.name, each.fields) in filled if filled is not None else None,
            )
            for model, each in owners
            if _is_optional(each) and _was_optional(before, model, each) is None
        ),
        relations=tuple(_relations(before, after)),
        code=code,
        required_fields=tuple(_required_fields(before, after)),
        optional_fields=tuple(
            OptionalField(model.name, scalar.name, type_of(scalar))
            for model, scalar, old in _plain_fields(before, after)
            if old is not None and old.is_required and not scalar.is_required and not scalar.is_list
        ),
        new_fields=tuple(
            NewField(model.name, each.name, type_of(each), each.is_optional)
            for model in after.models.values()
            for each in model.scalars.values()
            if model.name in before.models and each.name not in before.models[model.name].scalars
        ),
        columns=tuple(
            Column(model.name, each.name, type_of(each), each.is_optional, not _must_be_given(each), each.is_list)
            for model in after.models.values()
            for each in model.scalars.values()
        ),
        lost_fields=tuple(lost_fields(before, contained, names)),
        strangers=tuple(strangers(before, contained, names)),
        lost_models=tuple(name for name in before.models if name not in models),
        renamed_models=tuple((old, new) for old, new in {**names.models, **names.enums}.items() if old != new),
        lost_enums=tuple(name for name in before.enums if name not in enums),
        lost_values=tuple(lost_values(before, contained, names)),
        changed_keys=tuple(changed_keys(before, contained, names)),
        new_values=tuple(_new_values(before, contained, names)),
        retyped=tuple(retyped_fields(before, after)),
        required_again=tuple(required_again(before, after)),
        compound_keys=frozenset(
            (model.name, name) for model in before.models.values() for name, _ in selectors_of(model)
        ),
    )
    return replace(facts, stored=tuple(stored_fields(before, after, facts)))


def _new_values(before: datamodel.DataModel, after: datamodel.DataModel, names: Renamings) -> Iterator[NewValue]:
    """The values that enums did not have before, those that were only called otherwise left out."""
    for enum in (each for each in after.enums.values() if each.name in before.enums):
        others = frozenset(name for name, _ in before.enums[enum.name].values)
        renamed = {new for (owner, _), new in names.values.items() if owner == enum.name}
        for name in (name for name, _ in enum.values if name not in others | renamed):
            yield NewValue(enum.name, name, others)


def _plain_fields(
    before: datamodel.DataModel, after: datamodel.DataModel
) -> Iterator[tuple[datamodel.Model, datamodel.ScalarField, datamodel.ScalarField | None]]:
    """The fields that are no part of a relation, each with its model, and with what it was."""
    for model in after.models.values():
        old = before.models.get(model.name)
        for scalar in model.scalars.values():
            if old is not None and not model.relations_on(scalar.name):
                yield model, scalar, old.scalars.get(scalar.name)


def _required_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[RequiredRelation]:
    """The fields that a create has to give and did not have to give before."""
    for model, scalar, old in _plain_fields(before, after):
        if _must_be_given(scalar) and (old is None or not _must_be_given(old)):
            yield RequiredRelation(model.name, scalar.name, (scalar.name,), "", "", (), (type_of(scalar),))


def _must_be_given(scalar: datamodel.ScalarField) -> bool:
    """Whether neither the database nor the client has a value for a new record."""
    is_kept = any(attribute.name == "updatedAt" for attribute in scalar.node.attributes)
    return scalar.is_required and scalar.default is None and not is_kept


def _is_optional(relation: datamodel.RelationField) -> bool:
    return relation.is_optional


def _was_optional(
    before: datamodel.DataModel, model: datamodel.Model, relation: datamodel.RelationField
) -> bool | None:
    """Whether the relation was optional; None when there was no such relation."""
    old = before.models.get(model.name)
    was = old.relations.get(relation.name) if old else None
    return was.is_optional if was and was.fields == relation.fields else None


def _fate(before: datamodel.RelationField, after: datamodel.RelationField) -> Fate:
    """What becomes of a record when the one that it belongs to is deleted (Prisma, "Referential actions")."""
    was, now = before.on_delete or "Restrict", after.on_delete or "SetNull"
    if now == _ALONG:
        return Fate.GOES_ALONG
    if now != "SetNull":
        return Fate.SAME
    return Fate.STAYS_NOW if was == _ALONG else Fate.SETS_FREE


def _required(
    before: datamodel.DataModel,
    after: datamodel.DataModel,
    model: datamodel.Model,
    relation: datamodel.RelationField,
    way: RelationPath | None,
) -> RequiredRelation:
    opposite = after.opposite(model, relation)
    holds = _holds(relation) and not _was_held(before, model, relation, way)
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
    )


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


def _relations(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[RelationField]:
    """All relation fields, and those that are there no more: code still reads through them."""
    seen = set()
    for model in (*after.models.values(), *before.models.values()):
        for relation in model.relations.values():
            if (model.name, relation.name) not in seen:
                seen.add((model.name, relation.name))
                is_single = not (relation.fields or relation.is_list)
                yield RelationField(model.name, relation.name, relation.target, relation.fields, is_single)
