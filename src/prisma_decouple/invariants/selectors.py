"""How the subjects of an invariant are selected: everything that is given has to be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.invariants.names import Names, as_names, check_patterns, has_attribute, matches
from prisma_decouple.invariants.subjects import EnumSubject, FieldSubject, IndexSubject, ModelSubject, RelationSubject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.datamodel import DataModel, Model


class Models(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which models. A name is a pattern with `*` and `?`; everything that is given has to be true.

    Attributes:
        name: the model's name.
        not_name: a name that it must not have.
        with_field: a field that it has, or several that it has all of.
        without_field: a field that it does not have, or several that it has none of.
        with_relation_to: a model that one of its relations leads to.
        with_attribute: a block attribute that it has, such as `@@map`.
    """

    name: Names = "*"
    not_name: Names = ()
    with_field: Names = ()
    without_field: Names = ()
    with_relation_to: Names | None = None
    with_attribute: Names | None = None

    def __post_init__(self) -> None:
        """Refuse what is no pattern.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.name, self.not_name, self.with_field, self.without_field, self.with_relation_to)

    def matches(self, model: Model) -> bool:
        """Whether the model is meant."""
        targets = {relation.target for relation in model.relations.values() if relation.fields}
        return (
            not model.is_view
            and matches(model.name, self.name)
            and not matches(model.name, self.not_name)
            and all(any(matches(name, each) for name in model.field_names) for each in as_names(self.with_field))
            and not any(matches(name, self.without_field) for name in model.field_names)
            and (self.with_relation_to is None or any(matches(name, self.with_relation_to) for name in targets))
            and (self.with_attribute is None or has_attribute(model.node, self.with_attribute))
        )

    def select(self, data: DataModel) -> Iterator[ModelSubject]:
        """The models that are meant, in the order of the file."""
        return (ModelSubject(data, model) for model in data.models.values() if self.matches(model))


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which fields.

    Attributes:
        of: the models they belong to.
        name: the field's name.
        not_name: a name that it must not have.
        type: its type.
        attribute: an attribute that it has, such as `@id` or `@db.Text`; of several, one of them.
        without_attribute: an attribute that it does not have; of several, none of them.
        list: whether it is a list.
        optional: whether it is optional.
        relations: whether fields that are relations, of either side, are meant too; otherwise only columns are.
    """

    of: Models = Models()
    name: Names = "*"
    not_name: Names = ()
    type: Names = "*"
    attribute: Names | None = None
    without_attribute: Names | None = None
    list: bool | None = None
    optional: bool | None = None
    relations: bool = False

    def __post_init__(self) -> None:
        """As for models.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.name, self.not_name, self.type)

    def matches(self, subject: FieldSubject) -> bool:
        """Whether the field is meant, its model aside."""
        field = subject.field
        return (
            matches(field.name, self.name)
            and not matches(field.name, self.not_name)
            and matches(subject.type, self.type)
            and (self.attribute is None or has_attribute(field.node, self.attribute))
            and (self.without_attribute is None or not has_attribute(field.node, self.without_attribute))
            and self.list in {None, field.is_list}
            and self.optional in {None, field.is_optional}
        )

    def select(self, data: DataModel) -> Iterator[FieldSubject]:
        """The fields that are meant, in the order of the file."""
        for subject in self.of.select(data):
            model = subject.model
            for name in model.field_names:
                field = model.scalars.get(name) or (model.relations.get(name) if self.relations else None)
                found = FieldSubject(data, model, field) if field is not None else None
                if found is not None and self.matches(found):
                    yield found


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

    def __post_init__(self) -> None:
        """As for models.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.to, self.name)

    def select(self, data: DataModel) -> Iterator[RelationSubject]:
        """The relations that are meant, in the order of the file."""
        for subject in self.of.select(data):
            for relation in subject.model.relations.values():
                meant = matches(relation.target, self.to) and matches(relation.name, self.name)
                # A list with a key is MongoDB's many-to-many.
                if relation.fields and not relation.is_list and meant and self.optional in {None, relation.is_optional}:
                    yield RelationSubject(data, subject.model, relation)


class Indexes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which indexes.

    Attributes:
        of: the models they belong to.
        kind: `index`, `unique`, `id` or `fulltext`.
        with_field: a field that is in it.
        type: its type, such as `Gin`; `BTree` when the schema does not say.
    """

    of: Models = Models()
    kind: Names = "index"
    with_field: Names = "*"
    type: Names = "*"

    def __post_init__(self) -> None:
        """As for models.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.kind, self.with_field, self.type)

    def select(self, data: DataModel) -> Iterator[IndexSubject]:
        """The indexes that are meant, in the order of the file."""
        for subject in self.of.select(data):
            for index in subject.model.indexes:
                has_field = any(matches(name, self.with_field) for name in index.names)
                if has_field and matches(index.kind, self.kind) and matches(index.type, self.type):
                    yield IndexSubject(data, subject.model, index)


class Enums(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which enums.

    Attributes:
        name: the enum's name.
        not_name: a name that it must not have.
    """

    name: Names = "*"
    not_name: Names = ()

    def __post_init__(self) -> None:
        """As for models.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.name, self.not_name)

    def select(self, data: DataModel) -> Iterator[EnumSubject]:
        """The enums that are meant, in the order of the file."""
        for enum in data.enums.values():
            if matches(enum.name, self.name) and not matches(enum.name, self.not_name):
                yield EnumSubject(data, enum)
