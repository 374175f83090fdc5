"""What an invariant speaks of: a model, a field, a relation or an enum, and how it is selected."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.datamodel import DataModel, Enum, Model, RelationField, ScalarField
    from prisma_decouple.syntax.nodes import Block, Field

Names: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True)
class ModelSubject:
    """A model."""

    data: DataModel
    model: Model

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the model `{self.model.name}`"

    @property
    def name(self) -> str:
        """Its name."""
        return self.model.name

    @property
    def node(self) -> Block:
        """Where it stands."""
        return self.model.node


@dataclass(frozen=True)
class FieldSubject:
    """A scalar field."""

    data: DataModel
    model: Model
    field: ScalarField

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the field `{self.model.name}.{self.field.name}`"

    @property
    def name(self) -> str:
        """Its name."""
        return self.field.name

    @property
    def node(self) -> Field:
        """Where it stands."""
        return self.field.node


@dataclass(frozen=True)
class RelationSubject:
    """A relation, at the side that holds the key."""

    data: DataModel
    model: Model
    relation: RelationField

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the relation `{self.model.name}.{self.relation.name}`"

    @property
    def name(self) -> str:
        """Its name."""
        return self.relation.name

    @property
    def node(self) -> Field:
        """Where it stands."""
        return self.relation.node


@dataclass(frozen=True)
class EnumSubject:
    """An enum."""

    data: DataModel
    enum: Enum

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the enum `{self.enum.name}`"

    @property
    def name(self) -> str:
        """Its name."""
        return self.enum.name

    @property
    def node(self) -> Block:
        """Where it stands."""
        return self.enum.node


Subject: TypeAlias = ModelSubject | FieldSubject | RelationSubject | EnumSubject


class Models(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which models. A name is a pattern with `*` and `?`; everything that is given has to be true.

    Attributes:
        name: the model's name.
        not_name: a name that it must not have.
        with_field: a field that it has, or several that it has all of.
        without_field: a field that it does not have.
        with_relation_to: a model that one of its relations leads to.
        with_attribute: a block attribute that it has, such as `@@map`.
    """

    name: Names = "*"
    not_name: Names = ()
    with_field: Names = ()
    without_field: str | None = None
    with_relation_to: str | None = None
    with_attribute: str | None = None

    def matches(self, model: Model) -> bool:
        """Whether the model is meant."""
        targets = {relation.target for relation in model.relations.values() if relation.fields}
        return (
            not model.is_view
            and matches(model.name, self.name)
            and not matches(model.name, self.not_name)
            and set(as_names(self.with_field)) <= set(model.field_names)
            and (self.without_field is None or self.without_field not in model.field_names)
            and (self.with_relation_to is None or self.with_relation_to in targets)
            and (self.with_attribute is None or model.node.attribute(self.with_attribute.lstrip("@")) is not None)
        )

    def select(self, data: DataModel) -> Iterator[ModelSubject]:
        """The models that are meant, in the order of the file."""
        return (ModelSubject(data, model) for model in data.models.values() if self.matches(model))


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which scalar fields.

    Attributes:
        of: the models they belong to.
        name: the field's name.
        not_name: a name that it must not have.
        type: its type.
        attribute: an attribute that it has, such as `@id` or `@db.Text`.
        without_attribute: an attribute that it does not have.
        list: whether it is a list.
        optional: whether it is optional.
    """

    of: Models = Models()
    name: Names = "*"
    not_name: Names = ()
    type: Names = "*"
    attribute: str | None = None
    without_attribute: str | None = None
    list: bool | None = None
    optional: bool | None = None

    def matches(self, field: ScalarField) -> bool:
        """Whether the field is meant, its model aside."""
        return (
            matches(field.name, self.name)
            and not matches(field.name, self.not_name)
            and matches(field.type, self.type)
            and (self.attribute is None or has_attribute(field.node, self.attribute))
            and (self.without_attribute is None or not has_attribute(field.node, self.without_attribute))
            and self.list in {None, field.is_list}
            and self.optional in {None, field.is_optional}
        )

    def select(self, data: DataModel) -> Iterator[FieldSubject]:
        """The fields that are meant, in the order of the file."""
        for subject in self.of.select(data):
            for field in subject.model.scalars.values():
                if self.matches(field):
                    yield FieldSubject(data, subject.model, field)


class Relations(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which relations, at the side that holds the key.

    Attributes:
        of: the models they belong to.
        to: the model they lead to.
        name: the relation field's name.
        optional: whether it is optional.
    """

    of: Models = Models()
    to: Names = "*"
    name: Names = "*"
    optional: bool | None = None

    def select(self, data: DataModel) -> Iterator[RelationSubject]:
        """The relations that are meant, in the order of the file."""
        for subject in self.of.select(data):
            for relation in subject.model.relations.values():
                meant = matches(relation.target, self.to) and matches(relation.name, self.name)
                if relation.fields and meant and self.optional in {None, relation.is_optional}:
                    yield RelationSubject(data, subject.model, relation)


class Enums(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which enums; `name` is a pattern."""

    name: Names = "*"

    def select(self, data: DataModel) -> Iterator[EnumSubject]:
        """The enums that are meant, in the order of the file."""
        return (EnumSubject(data, enum) for enum in data.enums.values() if matches(enum.name, self.name))


def matches(name: str, patterns: Names) -> bool:
    """Whether a name fits one of the patterns; an empty list fits nothing."""
    return any(fnmatchcase(name, pattern) for pattern in as_names(patterns))


def as_names(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else names


def has_attribute(field: Field, name: str) -> bool:
    """Whether a field has an attribute, named with or without the sign in front."""
    return field.attribute(name.lstrip("@")) is not None
