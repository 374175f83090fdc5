"""What the new schema calls otherwise: what keeps its table or column, and what somebody says was renamed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from prisma_decouple.model import datamodel


@dataclass(frozen=True)
class Renamings:
    """The new names of models, fields and enums.

    Attributes:
        models: the new name of every model that there still is, by its old name.
        fields: the new names of fields and relation fields that have another one, by the old names of model and field.
        enums: the new name of every enum that there still is, by its old name.
        values: the new names of the values of enums that have another one, by the old names of enum and value.
        singles: the new names of lists of related records that are one record now, by the old names of model and list.
    """

    models: Mapping[str, str]
    fields: Mapping[tuple[str, str], str]
    enums: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    singles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of_field(self, model: str, name: str) -> str:
        """What a field of a model is called now, by their old names."""
        return self.fields.get((model, name), name)

    @property
    def of_containers(self) -> Renamings:
        """Those of models and enums only."""
        return Renamings(self.models, {}, self.enums)

    @property
    def back(self) -> Renamings:
        """The old names by the new ones; those of the values of enums are left out."""
        return Renamings(
            {new: old for old, new in self.models.items()},
            {(self.models[model], new): old for (model, old), new in self.fields.items()},
            {new: old for old, new in self.enums.items()},
        )


def renamings(before: datamodel.DataModel, after: datamodel.DataModel, wishes: Sequence[str] = ()) -> Renamings:
    """What is called otherwise in a new schema.

    Args:
        before: the old schema.
        after: the new one.
        wishes: what somebody says was renamed, each `old=new`, in the words of the database and in the order in which
            it is done: `User=Account`, `Account.bio=about`, `Role=Kind`, `Kind.ROOT=ADMIN`.
    """
    # By the name so far.
    tables = {model.table: model.table for model in before.models.values()}
    types = {enum.type_name: enum.type_name for enum in before.enums.values()}
    members: dict[tuple[str, str], str] = {}
    for old, _, new in (wish.partition("=") for wish in wishes):
        container, _, member = old.rpartition(".")
        for named in (tables, types):
            if (known := _known(named, old)) is not None:
                named[new] = named.pop(known)
                break
            if (known := _known(named, container)) is not None:
                members[named[known], member] = new
                break
    models = dict(_kept(_tables(before), _tables(after), {was: now for now, was in tables.items()}))
    enums = dict(_kept(_types(before), _types(after), {was: now for now, was in types.items()}))
    scalars = dict(_scalars(before, after, models, members))
    keys = dict(_relations(before, after, Renamings(models, scalars)))
    others = list(_opposites(before, after, Renamings(models, scalars | keys)))
    lists = {each: found.name for each, relation, found in others if found.is_list == relation.is_list}
    singles = {each: found.name for each, relation, found in others if relation.is_list and not found.is_list}
    return Renamings(models, scalars | keys | lists, enums, dict(_values(before, after, enums, members)), singles)


def _known(tables: Mapping[str, str], name: str) -> str | None:
    """A table by its name so far, with or without its namespace."""
    bare = name.rpartition(".")[2]
    return name if name in tables else bare if bare in tables else None


def _tables(schema: datamodel.DataModel) -> dict[str, str]:
    return {model.name: model.table for model in schema.models.values()}


def _types(schema: datamodel.DataModel) -> dict[str, str]:
    return {enum.name: enum.type_name for enum in schema.enums.values()}


def _kept(before: Mapping[str, str], after: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The new name of everything that there still is: its own, or that of what has its table or type now.

    Args:
        before: what it is called in the database, by its old name.
        after: the same of the new schema, by the new names.
        now: the names in the database after what was renamed there, by those before.
    """
    added = {stored: name for name, stored in after.items() if name not in before}
    for name, stored in before.items():
        new = name if name in after else added.get(now[stored])
        if new is not None:
            yield name, new


def _values(
    before: datamodel.DataModel,
    after: datamodel.DataModel,
    enums: Mapping[str, str],
    members: Mapping[tuple[str, str], str],
) -> Iterator[tuple[tuple[str, str], str]]:
    for old, new in enums.items():
        enum, now = before.enums[old], dict(after.enums[new].values)
        added = {stored: value for value, stored in now.items() if value not in dict(enum.values)}
        for value, stored in enum.values:
            found = added.get(members.get((enum.type_name, stored), stored))
            if found is not None and value not in now:
                yield (old, value), found


def _scalars(
    before: datamodel.DataModel,
    after: datamodel.DataModel,
    models: Mapping[str, str],
    columns: Mapping[tuple[str, str], str],
) -> Iterator[tuple[tuple[str, str], str]]:
    for model, new in _pairs(before, after, models):
        added = {each.column: name for name, each in new.scalars.items() if name not in model.scalars}
        for name, scalar in model.scalars.items():
            column = columns.get((model.table, scalar.column), scalar.column)
            if name not in new.scalars and name not in new.relations and column in added:
                yield (model.name, name), added[column]


def _relations(
    before: datamodel.DataModel, after: datamodel.DataModel, known: Renamings
) -> Iterator[tuple[tuple[str, str], str]]:
    """The relation fields on the side of the key: the same target by the same columns."""
    for model, new in _pairs(before, after, known.models):
        added = {
            (each.target, each.fields): each.name for each in new.relations.values() if each.name not in model.relations
        }
        for relation in model.relations.values():
            keys = tuple(known.of_field(model.name, each) for each in relation.fields)
            found = added.get((known.models.get(relation.target, ""), keys)) if keys else None
            if found is not None and relation.name not in new.relations:
                yield (model.name, relation.name), found


def _opposites(
    before: datamodel.DataModel, after: datamodel.DataModel, known: Renamings
) -> Iterator[tuple[tuple[str, str], datamodel.RelationField, datamodel.RelationField]]:
    """The relation fields on the other side that are gone, each with that of the same relation now."""
    for model, new in _pairs(before, after, known.models):
        for relation in (
            each for each in model.relations.values() if not each.fields and each.name not in new.relations
        ):
            key, owner = before.opposite(model, relation), after.models.get(known.models.get(relation.target, ""))
            there = (
                owner.relations.get(known.of_field(relation.target, key.name)) if owner is not None and key else None
            )
            found = after.opposite(owner, there) if owner is not None and there is not None else None
            if (
                found is not None
                and there is not None
                and there.target == new.name
                and found.name not in model.relations
            ):
                yield (model.name, relation.name), relation, found


def _pairs(
    before: datamodel.DataModel, after: datamodel.DataModel, models: Mapping[str, str]
) -> Iterator[tuple[datamodel.Model, datamodel.Model]]:
    yield from ((before.models[old], after.models[new]) for old, new in models.items())


def in_names(schema: datamodel.DataModel, names: Renamings) -> datamodel.DataModel:
    """A schema in which everything is called as these names say; what they do not speak of keeps its own."""
    return msgspec.structs.replace(
        schema,
        models={names.models.get(old, old): _in_names(model, names) for old, model in schema.models.items()},
        enums={
            names.enums.get(old, old): msgspec.structs.replace(enum, name=names.enums.get(old, old))
            for old, enum in schema.enums.items()
        },
    )


def _in_names(model: datamodel.Model, names: Renamings) -> datamodel.Model:
    scalars = [
        msgspec.structs.replace(
            each, name=names.of_field(model.name, each.name), type=names.enums.get(each.type, each.type)
        )
        for each in model.scalars.values()
    ]
    relations = [
        msgspec.structs.replace(
            each,
            name=names.of_field(model.name, each.name),
            target=names.models.get(each.target, each.target),
            fields=tuple(names.of_field(model.name, name) for name in each.fields),
            references=tuple(names.of_field(each.target, name) for name in each.references),
        )
        for each in model.relations.values()
    ]
    return msgspec.structs.replace(
        model,
        name=names.models.get(model.name, model.name),
        scalars={each.name: each for each in scalars},
        relations={each.name: each for each in relations},
    )
