"""What can be demanded of an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.invariants.names import Names, check_patterns, matches, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.invariants.subjects import IndexSubject


class OfIndex(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of an index.

    Attributes:
        begin_with: fields that it has to begin with, such as that of the tenant.
        have_at_most: how many fields it may have.
        be_of_type: the types that it may have, such as `BTree`, which it has when nothing is written.
        have_map: whether the schema has to give its name in the database.
        not_exist: whether there must be no such index at all.
    """

    begin_with: tuple[str, ...] = ()
    have_at_most: int | None = None
    be_of_type: Names = ()
    have_map: bool = False
    not_exist: bool = False

    def __post_init__(self) -> None:
        """As for a model.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_patterns(self.be_of_type)

    def complaints(self, subject: IndexSubject) -> Iterator[str]:
        """What the index lacks, each a sentence without its subject."""
        index = subject.index
        if self.not_exist:
            yield "must not exist"
        if index.names[: len(self.begin_with)] != self.begin_with:
            yield f"does not begin with ({', '.join(self.begin_with)})"
        if self.have_at_most is not None and len(index.names) > self.have_at_most:
            yield f"has {len(index.names)} fields, and {self.have_at_most} are enough"
        if self.be_of_type and not matches(index.type, self.be_of_type):
            yield f"is a {index.type}, not {one_of(self.be_of_type)}"
        if self.have_map and index.name is None:
            yield "has no `map`"
