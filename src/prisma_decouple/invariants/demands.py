"""What an invariant can demand of its subjects: one small function for each demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.invariants.styles import KINDS, is_written
from prisma_decouple.invariants.subjects import (
    EnumSubject,
    FieldSubject,
    ModelSubject,
    Names,
    RelationSubject,
    as_names,
    has_attribute,
    matches,
)
from prisma_decouple.model.names import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.datamodel import Index


class HaveField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A scalar field that a model has to have."""

    name: str
    type: Names = "*"
    required: bool | None = None
    attribute: str | None = None


class HaveRelation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A relation that a model has to hold the key of; `name` is that of the relation field."""

    to: str
    name: Names = "*"
    required: bool | None = None


class OfModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of a model.

    Attributes:
        be_named: a style of names (PascalCase, camelCase, snake_case, SCREAMING_SNAKE_CASE, singular, plural) or a
            regular expression between slashes.
        be_mapped: whether `@@map` has to give the table the snake_case of the model's name.
        have_field: a field that has to be there.
        have_relation: a relation that has to be there.
        have_index: fields that an index, unique or id has to begin with.
        have_attribute: a block attribute that has to be there.
        not_exist: whether there must be no such model at all.
    """

    be_named: str | None = None
    be_mapped: bool = False
    have_field: HaveField | None = None
    have_relation: HaveRelation | None = None
    have_index: tuple[str, ...] = ()
    have_attribute: str | None = None
    not_exist: bool = False

    def __post_init__(self) -> None:
        """Refuse a style that does not exist.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)

    def complaints(self, subject: ModelSubject) -> Iterator[str]:
        """What the model lacks, each a sentence without its subject."""
        model = subject.model
        if self.not_exist:
            yield "must not exist"
        if self.be_named and not is_written(model.name, self.be_named):
            yield f"is not named in {self.be_named}"
        if self.be_mapped and model.table != snake_case(model.name):
            yield f"is not mapped to the table `{snake_case(model.name)}`"
        if self.have_field:
            yield from _lacks_field(subject, self.have_field)
        if self.have_relation:
            yield from _lacks_relation(subject, self.have_relation)
        if self.have_index and not any(_begins_with(index, self.have_index) for index in model.indexes):
            yield f"has no index on ({', '.join(self.have_index)})"
        if self.have_attribute and model.node.attribute(self.have_attribute.lstrip("@")) is None:
            yield f"has no `@@{self.have_attribute.lstrip('@')}`"


class OfField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of a scalar field.

    Attributes:
        be_named: as for a model.
        be_mapped: whether `@map` has to give the column the snake_case of the field's name.
        be_of_type: the types that it may have.
        be_optional: whether it has to be optional, or must not be.
        have_attribute: an attribute that has to be there.
        not_exist: whether there must be no such field at all.
    """

    be_named: str | None = None
    be_mapped: bool = False
    be_of_type: Names = ()
    be_optional: bool | None = None
    have_attribute: str | None = None
    not_exist: bool = False

    def __post_init__(self) -> None:
        """As for a model.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)

    def complaints(self, subject: FieldSubject) -> Iterator[str]:
        """What the field lacks, each a sentence without its subject."""
        field = subject.field
        if self.not_exist:
            yield "must not exist"
        if self.be_named and not is_written(field.name, self.be_named):
            yield f"is not named in {self.be_named}"
        if self.be_mapped and field.column != snake_case(field.name):
            yield f"is not mapped to the column `{snake_case(field.name)}`"
        if self.be_of_type and not matches(field.type, self.be_of_type):
            yield f"is a {field.type}, not {' or '.join(as_names(self.be_of_type))}"
        if self.be_optional is not None and self.be_optional is not field.is_optional:
            yield "is not optional" if self.be_optional else "is optional"
        if self.have_attribute and not has_attribute(field.node, self.have_attribute):
            yield f"has no `@{self.have_attribute.lstrip('@')}`"


class OfRelation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of a relation.

    Attributes:
        state: arguments of `@relation` that have to be written out, such as `onDelete`.
        on_delete: the actions that it may have; what is not written does not count.
        be_optional: whether it has to be optional, or must not be.
        be_indexed: whether an index, unique or id has to begin with its key.
    """

    state: tuple[str, ...] = ()
    on_delete: Names = ()
    be_optional: bool | None = None
    be_indexed: bool = False

    def complaints(self, subject: RelationSubject) -> Iterator[str]:
        """What the relation lacks, each a sentence without its subject."""
        relation, key = subject.relation, subject.relation.fields
        attribute = relation.node.attribute("relation")
        for argument in self.state:
            if attribute is None or attribute.get(argument) is None:
                yield f"does not state `{argument}`"
        if self.on_delete and not (relation.on_delete and matches(relation.on_delete, self.on_delete)):
            yield f"does not have `onDelete: {' | '.join(as_names(self.on_delete))}`"
        if self.be_optional is not None and self.be_optional is not relation.is_optional:
            yield "is not optional" if self.be_optional else "is optional"
        if self.be_indexed and not any(index.names[: len(key)] == key for index in subject.model.indexes):
            yield f"has no index that begins with ({', '.join(key)})"


class OfEnum(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of an enum: how it and its values are named, as for a model."""

    be_named: str | None = None
    have_values_named: str | None = None

    def __post_init__(self) -> None:
        """As for a model.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)
        check_style(self.have_values_named)

    def complaints(self, subject: EnumSubject) -> Iterator[str]:
        """What the enum lacks, each a sentence without its subject."""
        if self.be_named and not is_written(subject.name, self.be_named):
            yield f"is not named in {self.be_named}"
        for value, _ in subject.enum.values:
            if self.have_values_named and not is_written(value, self.have_values_named):
                yield f"has the value `{value}`, which is not in {self.have_values_named}"


def check_style(style: str | None) -> None:
    """Refuse a style that does not exist.

    Raises:
        ValueError: neither a style nor a regular expression between slashes.
    """
    if style is not None and style not in KINDS and not (style.startswith("/") and style.endswith("/")):
        raise ValueError(f"{style!r} is no style of names; there are {', '.join(KINDS)} and /regular expressions/")


def _begins_with(index: Index, fields: tuple[str, ...]) -> bool:
    """Whether an index begins with these fields, each as it is: one that is sorted otherwise is another index."""
    plain = not any(part.options for part in index.fields[: len(fields)])
    return plain and index.names[: len(fields)] == fields


def _lacks_field(subject: ModelSubject, wanted: HaveField) -> Iterator[str]:
    field = subject.model.scalars.get(wanted.name)
    if field is None:
        yield f"has no field `{wanted.name}`"
        return
    if not matches(field.type, wanted.type):
        yield f"has a field `{wanted.name}` that is a {field.type}, not {' or '.join(as_names(wanted.type))}"
    if wanted.required is not None and wanted.required is not field.is_required:
        yield f"has a field `{wanted.name}` that is {'not required' if wanted.required else 'required'}"
    if wanted.attribute and not has_attribute(field.node, wanted.attribute):
        yield f"has a field `{wanted.name}` without `@{wanted.attribute.lstrip('@')}`"


def _lacks_relation(subject: ModelSubject, wanted: HaveRelation) -> Iterator[str]:
    owned = [each for each in subject.model.relations.values() if each.fields and each.target == wanted.to]
    relations = [each for each in owned if matches(each.name, wanted.name)]
    if not relations:
        named = "" if wanted.name == "*" else f" named {' or '.join(as_names(wanted.name))}"
        yield f"has no relation to `{wanted.to}`{named}"
    elif wanted.required is not None and all(each.is_optional is wanted.required for each in relations):
        yield f"has a relation to `{wanted.to}` that is {'not required' if wanted.required else 'required'}"
