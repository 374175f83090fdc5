"""What a scan has to know about the change of the schema, without the schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.changes import Succession
from prisma_decouple.typescript.scalars import PLAIN_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.typescript.changes import (
        Changed,
        ChangedKey,
        Column,
        LostField,
        LostKey,
        LostValue,
        NewField,
        NewOptionalRelation,
        NewValue,
        OptionalField,
        OptionalRelation,
        RelationField,
        RequiredRelation,
        RetypedField,
        StoredField,
    )


def client_accessor(model: str) -> str:
    """The model's property of a Prisma client: its name with the first letter in lower case, as Prisma makes it."""
    return model[:1].lower() + model[1:]


# In every file, and never alone.
_EVERYWHERE = frozenset({"id"})


@dataclass(frozen=True)
class SchemaFacts:
    """The change of the schema as user code feels it.

    Attributes:
        required: relations that a create must now give.
        optional: relations that may now be absent.
        added: relations that a create may now give.
        relations: all relation fields of the new schema. Without them a scan still works, but what it can tell only by
            a name gets a lower confidence.
        code: what the rule file knows about the code base.
        required_fields: fields that are no relations and that a create must now give.
        optional_fields: fields that are no relations and may now be null.
        new_fields: what records have now and did not have before.
        columns: all scalar fields of the new schema; without them less is known of what a query takes.
        lost_fields: fields and relation fields that are there no more.
        strangers: what records do not have that stand, at the end of a relation, where others stood.
        lost_models: models that are there no more.
        renamed_models: those of them, and of the enums, that are only called otherwise, each with its new name.
        lost_enums: enums that are there no more.
        lost_values: values that enums have no more.
        changed_keys: keys of several fields that are called as before and have others now.
        lost_keys: fields that told one record from all others, and do so no more.
        new_values: values that enums did not have before.
        retyped: fields whose values are of another type now.
        required_again: fields that could be null and cannot be now, each with its model.
        stored: the columns that changed.
        compound_keys: what filters call the keys of several fields, each with its model, in the old schema.
    """

    required: tuple[RequiredRelation, ...] = ()
    optional: tuple[OptionalRelation, ...] = ()
    added: tuple[NewOptionalRelation, ...] = ()
    relations: tuple[RelationField, ...] = ()
    code: CodeRules = field(default_factory=CodeRules)
    required_fields: tuple[RequiredRelation, ...] = ()
    optional_fields: tuple[OptionalField, ...] = ()
    new_fields: tuple[NewField, ...] = ()
    columns: tuple[Column, ...] = ()
    lost_fields: tuple[LostField, ...] = ()
    strangers: tuple[LostField, ...] = ()
    lost_models: tuple[str, ...] = ()
    renamed_models: tuple[tuple[str, str], ...] = ()
    lost_enums: tuple[str, ...] = ()
    lost_values: tuple[LostValue, ...] = ()
    changed_keys: tuple[ChangedKey, ...] = ()
    lost_keys: tuple[LostKey, ...] = ()
    new_values: tuple[NewValue, ...] = ()
    retyped: tuple[RetypedField, ...] = ()
    required_again: tuple[tuple[str, str], ...] = ()
    stored: tuple[StoredField, ...] = ()
    compound_keys: frozenset[tuple[str, str]] = frozenset()

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Every change of a relation, and the fields that a create must give."""
        return (*self.required, *self.optional, *self.added, *self.required_fields)

    @property
    def changes_anything(self) -> bool:
        """Whether code has anything to do."""
        lost = (
            *self.lost_fields,
            *self.strangers,
            *self.lost_models,
            *self.lost_enums,
            *self.lost_values,
            *self.changed_keys,
            *self.lost_keys,
        )
        return any((self.changed, self.optional_fields, lost, self.new_values, self.retyped, self.required_again))

    @cached_property
    def models(self) -> tuple[str, ...]:
        """Every model that the facts mention, in order of appearance."""
        pairs = [(fact.model, fact.target) for fact in self.changed]
        pairs += [(each.model, "") for each in self.optional_fields]
        pairs += [(each.model, "") for each in self.new_fields]
        pairs += [(relation.model, relation.target) for relation in self.relations]
        pairs += [(each.model, "") for each in self.lost_fields]
        pairs += [(each.model, "") for each in self.retyped]
        pairs += [(each.model, "") for each in self.lost_keys]
        enums = {each.enum for each in self.lost_values} | {each.enum for each in self.new_values}
        pairs += [(each.model, "") for each in self.columns if each.scalar_type in enums]
        pairs += [(model, "") for model in (*self.lost_models, *(model for model, _ in self.required_again))]
        return tuple(dict.fromkeys(model for pair in pairs for model in pair if model))

    @property
    def enums(self) -> frozenset[str]:
        """The enums, those that are no more as well."""
        written = {each.scalar_type for each in self.columns} | {each.before for each in self.retyped}
        plain = {each for each in written if each in PLAIN_TYPES or each.endswith("[]")}
        models = frozenset(self.models)
        return frozenset({*(written - plain - models), *self.lost_enums, *(each.enum for each in self.lost_values)})

    @cached_property
    def changed_models(self) -> tuple[str, ...]:
        """The models whose code has something to do, in order of appearance."""
        models = [fact.model for fact in self.changed]
        models += [fact.model for fact in self.optional_fields]
        models += [fact.model for fact in self.new_fields]
        return tuple(dict.fromkeys(models))

    @cached_property
    def models_that_matter(self) -> frozenset[str]:
        """The models of which something has changed that code can see."""
        enums = {each.enum for each in self.lost_values} | {each.enum for each in self.new_values}
        models = {each.model for each in self.retyped} | {each.model for each in self.lost_fields}
        models |= {each.was for each in self.strangers}
        models |= {each.model for each in self.columns if each.scalar_type in enums}
        return frozenset({*models, *self.changed_models, *self.lost_models, *(each for each, _ in self.required_again)})

    @cached_property
    def names_that_matter(self) -> frozenset[str]:
        """The words without one of which a file has nothing to do with the change."""
        models = {
            *self.changed_models,
            *(each.model for each in self.retyped),
            *(each.model for each in self.lost_keys),
        }
        nested = {each.name for each in self.relations if each.target in models}
        fields = {name for model in self.changed_models for name in self.nullable_names(model)}
        models |= {each.model for each in self.lost_fields} | {each.was for each in self.strangers}
        lost = (self.missing_names - _EVERYWHERE) | set(self.lost_models) | set(self.lost_enums)
        lost |= set(map(client_accessor, self.lost_models)) | {each.value for each in self.lost_values}
        enums = {each.enum for each in self.lost_values}
        fields |= {each.name for each in self.columns if each.scalar_type in enums}
        lost |= {each.name for each in self.changed_keys} | {each.field for each in self.lost_keys}
        lost |= {name for each in self.new_values for name in (each.enum, min(each.others, default=each.enum))}
        fields |= {name for each in self.stored for name in (each.table, each.column)}
        fields |= {each.field for each in self.retyped} | {field for _, field in self.required_again}
        filled = ((each, each.backfill) for each in self.required if each.backfill is not None)
        fields |= {name for each, path in filled for name in (each.field, *path.fields)}  # read of others until now
        return frozenset(models | set(map(client_accessor, models)) | nested | fields | lost)

    @property
    def needed(self) -> tuple[RequiredRelation, ...]:
        """Everything that a create must now give."""
        return (*self.required, *self.required_fields)

    def needed_of(self, model: str) -> tuple[RequiredRelation, ...]:
        """Everything that a create of the model must now give."""
        return tuple(fact for fact in self.needed if fact.model == model)

    def new_of(self, model: str) -> tuple[NewField, ...]:
        """What records of the model have now and did not have before."""
        return tuple(fact for fact in self.new_fields if fact.model == model)

    def lost_of(self, model: str, name: str) -> LostField | None:
        """A field of that name that the model had and has no more, or that another one had in its place."""
        return self._missing.get((model, name))

    def missing_in(self, model: str) -> tuple[LostField, ...]:
        """All that the code may look for in a model and that is not there."""
        return tuple(each for each in self._missing.values() if each.model == model)

    @cached_property
    def missing_names(self) -> frozenset[str]:
        """The names of all that is not there."""
        return frozenset(name for _, name in self._missing)

    @cached_property
    def _missing(self) -> dict[tuple[str, str], LostField]:
        return {(each.model, each.name): each for each in (*self.strangers, *reversed(self.lost_fields))}

    def is_stranger(self, model: str, to: str) -> bool:
        """Whether records of a model stand, at the end of a relation, where those of another one stood."""
        return any((each.model, each.was) == (model, to) for each in self.strangers)

    def retyped_of(self, model: str, name: str) -> RetypedField | None:
        """A model's field of that name, when its values are of another type now."""
        return next((each for each in self.retyped if (each.model, each.field) == (model, name)), None)

    def column_of(self, model: str, name: str) -> Column | None:
        """A model's scalar field."""
        return self._columns.get((model, name))

    @cached_property
    def _columns(self) -> dict[tuple[str, str], Column]:
        return {(each.model, each.name): each for each in reversed(self.columns)}

    def optional_by_key(self, name: str) -> tuple[OptionalRelation, ...]:
        """The relations that may now be absent and have a foreign key of that name, whatever model they belong to."""
        return tuple(fact for fact in self.optional if name in fact.foreign_keys)

    @cached_property
    def optional_keys(self) -> frozenset[str]:
        """The foreign keys of all relations that may now be absent."""
        return frozenset(key for fact in self.optional for key in fact.foreign_keys)

    def is_optional_key(self, model: str, name: str) -> bool:
        """Whether a field is a foreign key of a relation of the model that may now be absent."""
        return any(name in fact.foreign_keys for fact in self.optional_of(model))

    def knows_field(self, model: str, name: str) -> bool:
        """Whether a model has, or had, a field or relation field of that name."""
        is_there = self.column_of(model, name) is not None or self.relation_of(model, name) is not None
        return is_there or self.lost_of(model, name) is not None

    def nullable_names(self, model: str) -> tuple[str, ...]:
        """The fields and relation fields of the model that had a value in every record and may be null now."""
        relations = [name for fact in self.optional_of(model) for name in (fact.field, *fact.foreign_keys)]
        return (*relations, *(fact.field for fact in self.optional_fields if fact.model == model))

    def required_of(self, model: str) -> tuple[RequiredRelation, ...]:
        """The relations that a create of the model must now give."""
        return tuple(fact for fact in self.required if fact.model == model)

    def optional_of(self, model: str) -> tuple[OptionalRelation, ...]:
        """The relations of the model that may now be absent."""
        return tuple(fact for fact in self.optional if fact.model == model)

    def targets_of(self, name: str) -> frozenset[str]:
        """The models to which relation fields of that name lead, whatever model they belong to."""
        return frozenset(relation.target for relation in self.relations if relation.name == name)

    def neighbours_of(self, model: str) -> tuple[str, ...]:
        """The foreign keys of the model beside which a new one belongs: those that became optional, or are no more."""
        optional = [key for each in self.optional_of(model) for key in each.foreign_keys]
        relations = [each for each in self.relations if each.model == model and self.lost_of(model, each.name)]
        return (*optional, *(key for each in relations for key in each.foreign_keys if self.lost_of(model, key)))

    def relation_of(self, model: str, name: str) -> RelationField | None:
        """A model's relation field."""
        return self._relations.get((model, name))

    @cached_property
    def _relations(self) -> dict[tuple[str, str], RelationField]:
        return {(each.model, each.name): each for each in reversed(self.relations)}

    def given_behind(self, relation: RelationField) -> frozenset[str]:
        """What the records behind a relation are sure to have: each of `author.books` has its author, and the key."""
        back = self.relation_of(relation.target, relation.opposite) if not relation.foreign_keys else None
        return frozenset({back.name, *back.foreign_keys}) if back is not None and back.foreign_keys else frozenset()

    def target_of(self, model: str, name: str) -> str | None:
        """The model to which a model's relation field leads."""
        relation = self.relation_of(model, name)
        return relation.target if relation is not None else None

    def nullability(self, model: str, key: str) -> bool | None:
        """Whether a model's scalar field may now be null; None when it did not change."""
        if any(key in fact.foreign_keys for fact in self.optional_of(model)):
            return True
        if any((fact.model, fact.field) == (model, key) for fact in self.optional_fields):
            return True
        return False if any(key in fact.foreign_keys for fact in self.needed_of(model)) else None

    def is_shared(self, key: str) -> bool:
        """Whether other models, in which it did not change, have a field of that name: then the name says little."""
        return any(each.name == key and not self.nullability(each.model, key) for each in self.columns)

    def namesakes(self, relation: OptionalRelation) -> tuple[str, ...]:
        """The models with a field of the relation's name in which nothing became optional."""
        changed = {fact.model for fact in self.optional if fact.field == relation.field}
        named = (each.model for each in self.relations if each.name == relation.field)
        return tuple(dict.fromkeys(model for model in named if model not in changed))

    def successor(self, relation: OptionalRelation) -> RequiredRelation | None:
        """The required relation that replaces a detour: the one whose target the optional relation led to as well."""
        found = self.succession(relation)
        return found.new if found is not None else None

    def own_name(self, relation: OptionalRelation, name: str) -> str:
        """What a record has itself now of what was read through a relation: the new relation, or a key of it.

        Args:
            relation: the relation that may be absent.
            name: what is read of its record.

        Returns:
            Empty when the record has nothing of the kind.
        """
        found = self.succession(relation)
        return found.own.get(name, "") if found is not None else ""

    def succession(self, relation: OptionalRelation) -> Succession | None:
        """The required relation that replaces a detour, with the relation by which this goes on.

        That is the one from which the migration takes the keys, else one that is called the same.
        """
        found = self.way_round(relation)
        return found if found is not None and not found.between else None

    def way_round(self, relation: OptionalRelation) -> Succession | None:
        """The same where the detour may be longer, and lead over several relations."""
        return self._successions.get((relation.model, relation.field))

    @cached_property
    def _successions(self) -> dict[tuple[str, str], Succession]:
        found: dict[tuple[str, str], Succession] = {}
        for relation in self.optional:
            for required in self.required_of(relation.model):
                beyond = [each for each in self.relations if each.model == relation.target]
                ends = [each for each in beyond if each.target == required.target]
                single = [each for each in ends if each.foreign_keys or each.is_single]
                same = [each for each in single if each.name.lower() == required.field.lower()]
                for there in (*_filled_from(required, relation, single), *same):
                    found.setdefault((relation.model, relation.field), Succession(required, there))
                if (farther := self._filled_from_farther(required, relation)) is not None:
                    found.setdefault((relation.model, relation.field), farther)
        return found

    def _filled_from_farther(self, required: RequiredRelation, relation: OptionalRelation) -> Succession | None:
        """The same where the migration gets to the keys of a new relation by way of several others."""
        path = required.backfill
        others = path.relations[1:] if path is not None else ()
        if path is None or not others or path.relations[0] != (relation.model, relation.field):
            return None
        last = next((each.target for each in self.relations if (each.model, each.name) == others[-1]), "")
        ends = (each for each in self.relations if (each.model, each.target) == (last, required.target))
        there = next((each for each in ends if each.foreign_keys == path.fields), None)
        return Succession(required, there, tuple(name for _, name in others)) if there is not None else None


def _filled_from(
    required: RequiredRelation, relation: OptionalRelation, beyond: Iterable[RelationField]
) -> Iterator[RelationField]:
    """The relations beyond another one by which the migration gets to the keys of a new one."""
    path = required.backfill
    if path is not None and path.relations == ((relation.model, relation.field),):
        yield from (each for each in beyond if each.foreign_keys == path.fields)
