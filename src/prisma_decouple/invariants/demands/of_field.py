"""What can be demanded of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.invariants.names import (
    Names,
    as_names,
    check_attributes,
    check_patterns,
    has_attribute,
    matches,
    one_of,
)
from prisma_decouple.invariants.styles import check_style, is_written
from prisma_decouple.model.datamodel import ScalarField
from prisma_decouple.model.names import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.invariants.subjects import FieldSubject


class OfField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of a field.

    Attributes:
        be_named: as for a model.
        be_mapped: whether the column has to have the snake_case of the field's name.
        be_of_type: the types that it may have.
        be_optional: whether it has to be optional, or must not be.
        be_indexed: whether an index, unique or id has to begin with it.
        have_attribute: an attribute that has to be there; of several, one of them.
        not_have_attribute: an attribute that must not be there; of several, none of them.
        not_exist: whether there must be no such field at all.
    """

    be_named: str | None = None
    be_mapped: bool = False
    be_of_type: Names = ()
    be_optional: bool | None = None
    be_indexed: bool = False
    have_attribute: Names | None = None
    not_have_attribute: Names = ()
    not_exist: bool = False

    def __post_init__(self) -> None:
        """As for a model.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)
        check_patterns(self.be_of_type)
        check_attributes(self.have_attribute, self.not_have_attribute)

    def complaints(self, subject: FieldSubject) -> Iterator[str]:
        """What the field lacks, each a sentence without its subject."""
        field = subject.field
        if self.not_exist:
            yield "must not exist"
        if self.be_named and not is_written(field.name, self.be_named):
            yield f"is not named in {self.be_named}"
        # The id of MongoDB is mapped to `_id`, whatever it is called.
        if self.be_mapped and isinstance(field, ScalarField) and field.column not in {snake_case(field.name), "_id"}:
            yield f"is not mapped to the column `{snake_case(field.name)}`"
        if self.be_of_type and not matches(subject.type, self.be_of_type):
            yield f"is a {subject.type}, not {one_of(self.be_of_type)}"
        if self.be_optional is not None and self.be_optional is not field.is_optional:
            yield "is not optional" if self.be_optional else "is optional"
        if self.be_indexed and not any(index.names[:1] == (field.name,) for index in subject.model.indexes):
            yield "has no index that begins with it"
        if self.have_attribute and not has_attribute(field.node, self.have_attribute):
            yield f"has no {one_of(self.have_attribute, '@')}"
        for name in as_names(self.not_have_attribute):
            if has_attribute(field.node, name):
                yield f"has `@{name.lstrip('@')}`"
