"""An invariant as somebody writes it down, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from prisma_decouple.invariants.demands import OfEnum, OfField, OfModel, OfRelation
from prisma_decouple.invariants.subjects import Enums, Fields, Models, Relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.invariants.subjects import Subject
    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.syntax.nodes import Block, Field

DECLARED = "D000"
"""The code of an invariant that somebody declares without giving it one."""

_DEMANDS: dict[str, type[msgspec.Struct]] = {
    "models": OfModel,
    "fields": OfField,
    "relations": OfRelation,
    "enums": OfEnum,
}


@dataclass(frozen=True)
class Finding:
    """A subject that does not keep an invariant.

    Attributes:
        code: of the invariant.
        message: one sentence.
        node: where it stands in the tree.
        because: why the invariant is there; may be empty.
    """

    code: str
    message: str
    node: Block | Field
    because: str = ""


class Invariant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What has to be true of all models, fields, relations or enums that a selector means.

    Exactly one of the four selectors is given.

    Attributes:
        code: a short name, for messages and to ignore it; `D000` unless given.
        models: which models, or `fields`, `relations`, `enums`: which of these.
        must: what is demanded of each.
        because: why; printed as the hint.
    """

    code: str = DECLARED
    models: Models | None = None
    fields: Fields | None = None
    relations: Relations | None = None
    enums: Enums | None = None
    must: dict[str, Any]
    because: str = ""

    def __post_init__(self) -> None:
        """Check that there is one selector, and that what is demanded can be demanded of what it selects.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        if len(self._selectors) != 1:
            raise ValueError("an invariant has exactly one of `models`, `fields`, `relations` and `enums`")
        if not self.must:
            raise ValueError("`must` demands nothing")
        self._demand()

    @property
    def _selectors(self) -> dict[str, Models | Fields | Relations | Enums]:
        selectors = {"models": self.models, "fields": self.fields, "relations": self.relations, "enums": self.enums}
        return {name: selector for name, selector in selectors.items() if selector is not None}

    def _demand(self) -> Any:  # noqa: ANN401 - one of the classes in `_DEMANDS`
        (kind,) = self._selectors
        known = _DEMANDS[kind].__struct_fields__
        for name in self.must:
            if name not in known:
                raise ValueError(f"`{name}` cannot be demanded of {kind}; what can is {', '.join(sorted(known))}")
        try:
            return msgspec.convert(self.must, _DEMANDS[kind])
        except msgspec.ValidationError as error:
            text = str(error).replace("unknown field", "no setting")
            raise ValueError(f"this cannot be demanded of {kind}: {text}") from None

    def findings(self, data: DataModel) -> Iterator[Finding]:
        """What does not keep it, in the order of the file."""
        (selector,) = self._selectors.values()
        demand = self._demand()
        subjects: Iterator[Subject] = selector.select(data)
        for subject in subjects:
            for complaint in demand.complaints(subject):
                yield Finding(self.code, f"{subject.label} {complaint}", subject.node, self.because)
