"""What can be demanded of an enum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.invariants.styles import check_style, is_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.invariants.subjects import EnumSubject
    from prisma_decouple.syntax.nodes import EnumValue


class OfEnum(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of an enum.

    Attributes:
        be_named: as for a model.
        have_values_named: how its values have to be named, likewise.
        not_exist: whether there must be no such enum at all.
    """

    be_named: str | None = None
    have_values_named: str | None = None
    not_exist: bool = False

    def __post_init__(self) -> None:
        """As for a model.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)
        check_style(self.have_values_named)

    def complaints(self, subject: EnumSubject) -> Iterator[str | tuple[str, EnumValue]]:
        """What the enum lacks, each a sentence without its subject, and the value that it is about."""
        enum = subject.enum
        if self.not_exist:
            yield "must not exist"
        if self.be_named and not is_written(enum.name, self.be_named):
            yield f"is not named in {self.be_named}"
        for value in enum.node.values:
            if self.have_values_named and not is_written(value.name, self.have_values_named):
                yield f"has the value `{value.name}`, which is not in {self.have_values_named}", value
