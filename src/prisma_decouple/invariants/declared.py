"""An invariant as somebody writes it down, and what it finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from prisma_decouple.errors import RuleFileError
from prisma_decouple.invariants.demands.of_enum import OfEnum
from prisma_decouple.invariants.demands.of_field import OfField
from prisma_decouple.invariants.demands.of_index import OfIndex
from prisma_decouple.invariants.demands.of_model import OfModel
from prisma_decouple.invariants.demands.of_relation import OfRelation
from prisma_decouple.invariants.selectors import Enums, Fields, Indexes, Models, Relations
from prisma_decouple.syntax.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.documents.document import Document, Key
    from prisma_decouple.invariants.subjects import Subject
    from prisma_decouple.model.datamodel import DataModel

DECLARED = "D000"
"""The code of an invariant that somebody declares without giving it one."""

_CODE = re.compile(r"[A-Za-z]\w*")
_RESERVED = re.compile(r"[DEV]\d{3}")
_HINT = "a code is a word such as TENANT or T1; D, E or V and three digits are those of prisma-decouple"

DEMANDS: dict[str, type[msgspec.Struct]] = {
    "models": OfModel,
    "fields": OfField,
    "relations": OfRelation,
    "indexes": OfIndex,
    "enums": OfEnum,
}

SELECTORS: dict[str, type[msgspec.Struct]] = {
    "models": Models,
    "fields": Fields,
    "relations": Relations,
    "indexes": Indexes,
    "enums": Enums,
}


class Finding(msgspec.Struct, frozen=True):
    """A subject that does not keep an invariant.

    Attributes:
        code: of the invariant.
        message: one sentence.
        node: where it stands in the tree.
        because: why the invariant is there; may be empty.
    """

    code: str
    message: str
    node: Node
    because: str = ""


class Invariant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What has to be true of all models, fields, relations, indexes or enums that a selector means.

    Exactly one of the five selectors is given.

    Attributes:
        code: a short name, for messages and to ignore it; `D000` unless given.
        models: which models, or `fields`, `relations`, `indexes`, `enums`: which of these.
        must: what is demanded of each.
        because: why; printed as the hint.
    """

    code: str = DECLARED
    models: Models | None = None
    fields: Fields | None = None
    relations: Relations | None = None
    indexes: Indexes | None = None
    enums: Enums | None = None
    must: dict[str, Any]
    because: str = ""

    def __post_init__(self) -> None:
        """Check that there is one selector, and that what is demanded can be demanded of what it selects.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        if len(self._selectors) != 1:
            raise ValueError(f"an invariant has exactly one of {_listed(DEMANDS)}")
        if not self.must:
            raise ValueError("`must` demands nothing")
        self._demand()

    @property
    def _selectors(self) -> dict[str, Models | Fields | Relations | Indexes | Enums]:
        return {name: selector for name in DEMANDS if (selector := getattr(self, name)) is not None}

    def _demand(self) -> Any:  # noqa: ANN401 - one of the classes in `DEMANDS`
        (kind,) = self._selectors
        try:
            return msgspec.convert(self.must, DEMANDS[kind])
        except msgspec.ValidationError as error:
            text = str(error).replace("Object contains unknown field", "there is no")
            raise ValueError(f"this cannot be demanded of {kind}: {text}") from None

    def findings(self, data: DataModel) -> Iterator[Finding]:
        """What does not keep it, in the order of the file."""
        (selector,) = self._selectors.values()
        demand = self._demand()
        subjects: Iterator[Subject] = selector.select(data)
        for subject in subjects:
            for complaint in demand.complaints(subject):
                text, node = complaint if isinstance(complaint, tuple) else (complaint, subject.node)
                yield Finding(self.code, f"{subject.label} {text}", node, self.because)


def check_declarations(document: Document, key: Key) -> None:
    """Look at the invariants in a document more closely than their types do, so that a message names the very word.

    Args:
        document: a rule file or settings.
        key: where the list of invariants stands.

    Raises:
        RuleFileError: something cannot be demanded of what is selected, or a code is one of ours.
    """
    entries = document.get(key) if key in document.places else ()
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict):
            continue
        kinds = [kind for kind in DEMANDS if kind in entry]
        if len(kinds) == 1 and isinstance(entry.get("must"), dict):
            document.convert((*key, at, "must"), DEMANDS[kinds[0]])
        code = entry.get("code", DECLARED)
        if not isinstance(code, str) or (_CODE.fullmatch(code) and not _RESERVED.fullmatch(code)) or code == DECLARED:
            continue
        message = f"`{code}` is not free" if _CODE.fullmatch(code) else f"`{code}` is no code"
        raise RuleFileError(message, place=document.place((*key, at, "code")), hint=_HINT)


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}"
