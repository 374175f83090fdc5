"""The invariants that come with the program, from `ready.yaml`; what no declaration can say is a function here."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.documents.yaml_text import load_own
from prisma_decouple.invariants.declared import Finding, Invariant
from prisma_decouple.invariants.names import has_attribute
from prisma_decouple.invariants.selectors import Fields, Indexes, Models
from prisma_decouple.invariants.styles import is_written, pluralised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prisma_decouple.model.datamodel import DataModel, Index
    from prisma_decouple.syntax.nodes import Node


class Ready(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An invariant with its page in the documentation.

    Attributes:
        code: stable.
        name: one short sentence.
        why: the reason.
        bad: a schema that does not keep it.
        good: the same schema, mended.
        how: how to mend it.
        invariant: the declaration, or
        check: the name of the function in this module that looks for it.
        databases: those that can keep it; all of them when none is named.
        seen_to_by: databases that keep it themselves for every foreign key that they know of.
    """

    code: str
    name: str
    why: str
    bad: str
    good: str
    how: str
    invariant: dict[str, object] | None = None
    check: str | None = None
    databases: tuple[str, ...] = ()
    seen_to_by: tuple[str, ...] = ()

    def findings(self, data: DataModel) -> Iterator[Finding]:
        """What does not keep it, in the order of the file; nothing for a database that cannot, or always does."""
        cannot = self.databases and data.provider is not None and data.provider not in self.databases
        if cannot or (data.provider in self.seen_to_by and data.has_foreign_keys):
            return
        because = " ".join(self.why.split())
        if self.check is not None:
            for message, node in _CHECKS[self.check](data):
                yield Finding(self.code, message, node, because)
        else:
            declared = msgspec.convert({**(self.invariant or {}), "code": self.code, "because": because}, Invariant)
            yield from declared.findings(data)


@cache
def ready_invariants() -> dict[str, Ready]:
    """All of them, by code."""
    text = (files(__package__) / "ready.yaml").read_text(encoding="utf-8")
    entries = msgspec.convert(load_own(text), list[Ready])
    return {entry.code: entry for entry in entries}


_Complaint = tuple[str, "Node"]


def _lists_named_in_plural(data: DataModel) -> Iterator[_Complaint]:
    for subject in Fields(list=True, relations=True).select(data):
        name = subject.field.name
        if not is_written(name, "plural"):
            label = f"the list `{subject.model.name}.{name}`"
            yield f"{label} is not named in the plural, such as `{pluralised(name)}`", subject.node


def _no_implicit_many_to_many(data: DataModel) -> Iterator[_Complaint]:
    for subject in Models().select(data):
        for relation in subject.model.relations.values():
            opposite = data.opposite(subject.model, relation)
            first = (subject.name, relation.name) <= (relation.target, opposite.name if opposite else "")
            if relation.is_list and opposite is not None and opposite.is_list and first:
                label = f"the relation `{subject.name}.{relation.name}`"
                yield f"{label} is many-to-many without a model of its own", relation.node


def _no_redundant_index(data: DataModel) -> Iterator[_Complaint]:
    for subject in Indexes().select(data):
        longer = next((other for other in subject.model.indexes if _covers(other, subject.index)), None)
        if longer is not None:
            yield f"{subject.label} is the beginning of the one on ({', '.join(longer.names)})", subject.node


def _covers(other: Index, index: Index) -> bool:
    """Whether a plain index is no longer needed beside another; what has options of its own is left alone."""
    plain = index.kind == "index" and not index.options and not any(part.options for part in index.fields)
    usable = not other.options and not any(part.options for part in other.fields)
    return plain and usable and other is not index and other.names[: len(index.names)] == index.names


def _uuids_are_native(data: DataModel) -> Iterator[_Complaint]:
    for subject in Models().select(data):
        for field in subject.model.scalars.values():
            if str(field.default).strip().startswith("uuid(") and not has_attribute(field.node, "@db.Uuid"):
                yield f"the field `{subject.name}.{field.name}` is a UUID without `@db.Uuid`", field.node


_CHECKS: dict[str, Callable[[DataModel], Iterator[_Complaint]]] = {
    "lists_named_in_plural": _lists_named_in_plural,
    "no_implicit_many_to_many": _no_implicit_many_to_many,
    "no_redundant_index": _no_redundant_index,
    "uuids_are_native": _uuids_are_native,
}
