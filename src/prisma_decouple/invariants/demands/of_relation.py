"""What can be demanded of a relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.invariants.names import Names, as_names, check_patterns, matches
from prisma_decouple.invariants.styles import check_style, is_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.invariants.subjects import RelationSubject


class OfRelation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What can be demanded of a relation.

    Attributes:
        be_named: as for a model.
        state: arguments of `@relation` that have to be written out, such as `onDelete`.
        on_delete: the actions that it may have; what is not written does not count.
        on_update: likewise.
        be_optional: whether it has to be optional, or must not be.
        be_indexed: whether an index, unique or id has to begin with its key.
        not_exist: whether there must be no such relation at all.
    """

    be_named: str | None = None
    state: tuple[str, ...] = ()
    on_delete: Names = ()
    on_update: Names = ()
    be_optional: bool | None = None
    be_indexed: bool = False
    not_exist: bool = False

    def __post_init__(self) -> None:
        """As for a model.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        check_style(self.be_named)
        check_patterns(self.on_delete, self.on_update)

    def complaints(self, subject: RelationSubject) -> Iterator[str]:
        """What the relation lacks, each a sentence without its subject."""
        relation, key = subject.relation, subject.relation.fields
        attribute = relation.node.attribute("relation")
        if self.not_exist:
            yield "must not exist"
        if self.be_named and not is_written(relation.name, self.be_named):
            yield f"is not named in {self.be_named}"
        for argument in self.state:
            if attribute is None or attribute.get(argument) is None:
                yield f"does not state `{argument}`"
        written = {
            "onDelete": (relation.on_delete, self.on_delete),
            "onUpdate": (relation.on_update, self.on_update),
        }
        for name, (action, wanted) in written.items():
            if wanted and not (action and matches(action, wanted)):
                yield f"does not have `{name}: {' | '.join(as_names(wanted))}`"
        if self.be_optional is not None and self.be_optional is not relation.is_optional:
            yield "is not optional" if self.be_optional else "is optional"
        if self.be_indexed and not any(index.names[: len(key)] == key for index in subject.model.indexes):
            yield f"has no index that begins with ({', '.join(key)})"
