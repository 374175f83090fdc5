"""What can be demanded of a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from prisma_decouple.invariants.names import Names, check_attributes, check_patterns, has_attribute, matches, one_of
from prisma_decouple.invariants.styles import check_style, is_written, pluralised
from prisma_decouple.model.names import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.invariants.subjects import ModelSubject
    from prisma_decouple.model.datamodel import Index, Model

ANY = "..."


class HaveField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A scalar field that a model has to have.

    Attributes:
        name: its name.
        type: the types that it may have.
        required: whether it has to be required, or must not be.
        attribute: an attribute that has to be there; of several, one of them.
    """

    name: str
    type: Names = "*"
    required: bool | None = None
    attribute: Names | None = None

    def __post_init__(self) -> None:
        """Refuse what is no pattern and no attribute.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.type)
        check_attributes(self.attribute)


class HaveRelation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A relation that a model has to hold the key of.

    Attributes:
        to: the other model.
        name: the relation field's name.
        required: whether it has to be required, or must not be.
    """

    to: str
    name: Names = "*"
    required: bool | None = None

    def __post_init__(self) -> None:
        """As for a field.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.name)


class OfModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of a model.

    Attributes:
        be_named: a style of names (PascalCase, camelCase, snake_case, SCREAMING_SNAKE_CASE, singular, plural) or a
            regular expression between slashes.
        be_mapped: whether the table has to have the snake_case of the model's name; with `plural`, of its plural.
        have_field: a field that has to be there, or several: names, or `name` with `type`, `required` and `attribute`.
        have_relation: a relation that has to be there: `to`, and perhaps `name` and `required`.
        have_index: fields that an index, unique or id has to begin with.
        have_attribute: a block attribute that has to be there; of several, one of them.
        have_fields_in_order: the order in which fields have to stand; `...` stands for any others, and a field that is
            not there does not count.
        not_exist: whether there must be no such model at all.
    """

    be_named: str | None = None
    be_mapped: bool | Literal["plural"] = False
    have_field: str | HaveField | tuple[str | HaveField, ...] = ()
    have_relation: HaveRelation | None = None
    have_index: tuple[str, ...] = ()
    have_attribute: Names | None = None
    have_fields_in_order: tuple[str, ...] = ()
    not_exist: bool = False

    def __post_init__(self) -> None:
        """Refuse a style that does not exist, and what is no attribute.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)
        check_attributes(self.have_attribute)

    def complaints(self, subject: ModelSubject) -> Iterator[str]:
        """What the model lacks, each a sentence without its subject."""
        model = subject.model
        if self.not_exist:
            yield "must not exist"
        if self.be_named and not is_written(model.name, self.be_named):
            yield f"is not named in {self.be_named}"
        if self.be_mapped and model.table != (table := self._table(model)):
            yield f"is not mapped to the table `{table}`"
        for wanted in self.have_field if isinstance(self.have_field, tuple) else (self.have_field,):
            yield from _lacks_field(model, HaveField(name=wanted) if isinstance(wanted, str) else wanted)
        if self.have_relation:
            yield from _lacks_relation(model, self.have_relation)
        if self.have_index and not any(_begins_with(index, self.have_index) for index in model.indexes):
            yield f"has no index on ({', '.join(self.have_index)})"
        if self.have_attribute and not has_attribute(model.node, self.have_attribute):
            yield f"has no {one_of(self.have_attribute, '@@')}"
        if self.have_fields_in_order and not _are_in_order(model.field_names, self.have_fields_in_order):
            yield f"does not have its fields in the order {', '.join(self.have_fields_in_order)}"

    def _table(self, model: Model) -> str:
        return snake_case(pluralised(model.name) if self.be_mapped == "plural" else model.name)


def _are_in_order(names: Sequence[str], order: Sequence[str]) -> bool:
    """Whether names stand in an order."""
    others = r"(?:\S+ )*?"
    parts = [others if name == ANY else re.escape(f"{name} ") for name in order if name in names or name == ANY]
    return re.fullmatch("".join(parts), "".join(f"{name} " for name in names)) is not None


def _begins_with(index: Index, fields: tuple[str, ...]) -> bool:
    """Whether an index begins with these fields, each as it is: one that is sorted otherwise is another index."""
    plain = not any(part.options for part in index.fields[: len(fields)])
    return plain and index.names[: len(fields)] == fields


def _lacks_field(model: Model, wanted: HaveField) -> Iterator[str]:
    field = model.scalars.get(wanted.name)
    if field is None:
        yield f"has no field `{wanted.name}`"
        return
    if not matches(field.type, wanted.type):
        yield f"has a field `{wanted.name}` that is a {field.type}, not {one_of(wanted.type)}"
    if wanted.required is not None and wanted.required is not field.is_required:
        yield f"has a field `{wanted.name}` that is {'not required' if wanted.required else 'required'}"
    if wanted.attribute and not has_attribute(field.node, wanted.attribute):
        yield f"has a field `{wanted.name}` without {one_of(wanted.attribute, '@')}"


def _lacks_relation(model: Model, wanted: HaveRelation) -> Iterator[str]:
    owned = [each for each in model.relations.values() if each.fields and each.target == wanted.to]
    relations = [each for each in owned if matches(each.name, wanted.name)]
    if not relations:
        named = "" if wanted.name == "*" else f" named {one_of(wanted.name)}"
        yield f"has no relation to `{wanted.to}`{named}"
    elif wanted.required is not None and all(each.is_optional is wanted.required for each in relations):
        yield f"has a relation to `{wanted.to}` that is {'not required' if wanted.required else 'required'}"
