"""From the two schemas to the facts of a scan."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import Column, NewField, NewValue, OptionalField, RequiredRelation
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.losses import (
    changed_keys,
    lost_fields,
    lost_keys,
    lost_values,
    required_again,
    retyped_fields,
    selectors_of,
    strangers,
)
from prisma_decouple.typescript.relations import (
    added_relations,
    all_relations,
    optional_relations,
    required_relations,
)
from prisma_decouple.typescript.renamings import in_names, renamings
from prisma_decouple.typescript.scalars import type_of
from prisma_decouple.typescript.stored import stored_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.model import datamodel
    from prisma_decouple.rules.code import CodeRules
    from prisma_decouple.typescript.relations import Filled
    from prisma_decouple.typescript.renamings import Renamings


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
    facts = SchemaFacts(
        required=tuple(required_relations(before, after, filled or {})),
        optional=tuple(optional_relations(before, after, filled or {})),
        added=tuple(added_relations(before, after, filled)),
        relations=tuple(all_relations(before, after)),
        code=code,
        required_fields=tuple(_required_fields(before, after)),
        optional_fields=tuple(_optional_fields(before, after)),
        new_fields=tuple(_new_fields(before, after)),
        columns=tuple(_columns(after)),
        lost_fields=tuple(lost_fields(before, contained, names)),
        strangers=tuple(strangers(before, contained, names)),
        lost_models=tuple(name for name in before.models if name not in models),
        renamed_models=tuple((old, new) for old, new in {**names.models, **names.enums}.items() if old != new),
        lost_enums=tuple(name for name in before.enums if name not in enums),
        lost_values=tuple(lost_values(before, contained, names)),
        changed_keys=tuple(changed_keys(before, contained, names)),
        lost_keys=tuple(lost_keys(before, after)),
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


def _optional_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[OptionalField]:
    """The fields that every record had a value in, and that may be null now."""
    for model, scalar, old in _plain_fields(before, after):
        if old is not None and old.is_required and scalar.is_optional:
            yield OptionalField(model.name, scalar.name, type_of(scalar))


def _new_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[NewField]:
    """The fields that models did not have."""
    for model in (each for each in after.models.values() if each.name in before.models):
        for each in model.scalars.values():
            if each.name not in before.models[model.name].scalars:
                yield NewField(model.name, each.name, type_of(each), each.is_optional)


def _columns(after: datamodel.DataModel) -> Iterator[Column]:
    """All the fields that hold values."""
    for model in after.models.values():
        for each in model.scalars.values():
            is_omittable = not _must_be_given(each)
            yield Column(model.name, each.name, type_of(each), each.is_optional, is_omittable, each.is_list)


def _required_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[RequiredRelation]:
    """The fields that a create has to give and did not have to give before."""
    for model, scalar, old in _plain_fields(before, after):
        if _must_be_given(scalar) and (old is None or not _must_be_given(old)):
            yield RequiredRelation(model.name, scalar.name, (scalar.name,), "", "", (), (type_of(scalar),))


def _must_be_given(scalar: datamodel.ScalarField) -> bool:
    """Whether neither the database nor the client has a value for a new record."""
    is_kept = any(attribute.name == "updatedAt" for attribute in scalar.node.attributes)
    return scalar.is_required and scalar.default is None and not is_kept
