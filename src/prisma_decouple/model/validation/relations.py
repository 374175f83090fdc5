"""Relation fields, and which two of them are the ends of one relation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.entries import Container, FieldEntry
from prisma_decouple.model.validation.expressions import elements, items_of, spelled
from prisma_decouple.model.validation.table import once_per_table
from prisma_decouple.syntax.nodes import Attribute

if TYPE_CHECKING:
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Expression

EVENTS = ("onDelete", "onUpdate")
_NO_ACTIONS: Mapping[str, str] = {}


class End(msgspec.Struct, eq=False, dict=True):
    """One relation field.

    Attributes:
        target: the model that it points at.
        attribute: its `@relation`.
        given_name: the relation's name as the schema gives it.
        fields: the names in `fields`, None without that argument.
        references: the names in `references`, None without that argument.
        actions: the referential actions as they are written, by `onDelete` and `onUpdate`.
        opposite: the field at the other end, None when it is missing.
        rivals: the other fields of its model with the same target and name.
    """

    entry: FieldEntry
    owner: Container
    target: Container
    attribute: Attribute | None
    given_name: str | None = None
    fields: tuple[str, ...] | None = None
    references: tuple[str, ...] | None = None
    actions: Mapping[str, str] = {}
    opposite: End | None = None
    rivals: tuple[End, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it is the side of the many."""
        return self.entry.node.is_list

    @property
    def is_self(self) -> bool:
        """Whether the model points at itself."""
        return self.owner is self.target

    @property
    def name(self) -> str:
        """The relation's name, with Prisma's own when the schema gives none."""
        if self.given_name is not None:
            return self.given_name
        return "To".join(sorted((self.owner.name, self.target.name)))

    @property
    def has_actions(self) -> bool:
        """Whether it says what happens when the other side goes or changes."""
        return bool(self.actions)

    @cached_property
    def keys(self) -> tuple[FieldEntry, ...]:
        """Those fields of `fields` that there are."""
        return tuple([found for name in self.fields or () if (found := self.owner.by_name.get(name))])

    @cached_property
    def referenced(self) -> tuple[FieldEntry, ...]:
        """Those fields of `references` that there are."""
        return tuple([found for name in self.references or () if (found := self.target.by_name.get(name))])

    @property
    def is_unique(self) -> bool:
        """Whether its key is unique, so that there is one record at most."""
        return bool(self.keys) and self.keys in list(self.owner.uniques())

    def effective_action(self, event: str, *, has_restrict: bool) -> str:
        """The referential action, with Prisma's own choice when the schema makes none."""
        if event in self.actions:
            return self.actions[event]
        if event == "onUpdate":
            return "Cascade"
        if all(entry.node.is_optional for entry in self.keys):
            return "SetNull"
        return "Restrict" if has_restrict else "NoAction"


def _end(entry: FieldEntry, target: Container) -> End:
    attribute = entry.attributes.get("relation")
    if attribute is None or attribute.arguments is None:
        return End(entry, entry.owner, target, attribute)
    # Of two with the same name the first counts, and so does the first without a name.
    written = {item.name: item.value for item in reversed(attribute.arguments.items)}
    return End(
        entry,
        entry.owner,
        target,
        attribute,
        string(written.get("name", written.get(None))),
        _names(written.get("fields")),
        _names(written.get("references")),
        _actions(attribute) if any(event in written for event in EVENTS) else _NO_ACTIONS,
    )


def _names(value: Expression | None) -> tuple[str, ...] | None:
    return None if value is None else tuple([spelled(each) for each in elements(value)])


def _actions(attribute: Attribute) -> dict[str, str]:
    written = {item.name: item.value for item in reversed(items_of(attribute))}
    return {event: spelled(written[event]) for event in EVENTS if event in written}


@once_per_table
def ends_of(table: Table) -> list[End]:
    """All relation fields of a schema."""
    ends = [
        _end(entry, target)
        for container in table.containers
        for entry in container.relations
        if (target := table.target(entry)) is not None
    ]
    # Two ends belong together by the name that is given; whose name is taken, also by the one that Prisma makes.
    given: dict[tuple[int, int, str | None], list[End]] = {}
    named: dict[tuple[int, int, str], list[End]] = {}
    for end in ends:
        given.setdefault((id(end.owner), id(end.target), end.given_name), []).append(end)
        named.setdefault((id(end.owner), id(end.target), end.name), []).append(end)
    for end in ends:
        others = given.get((id(end.target), id(end.owner), end.given_name), [])
        end.opposite = next((other for other in others if other is not end), None)
        mine = named[id(end.owner), id(end.target), end.name]
        end.rivals = tuple(other for other in mine if other is not end)
    return ends


@once_per_table
def inline_ends(table: Table) -> list[tuple[End, End]]:
    """The relations that have both ends and a key: the end that holds the key, and the other one."""
    return [
        (end, other)
        for end in ends_of(table)
        if (other := end.opposite) and not end.is_list and (other.is_list or holds_key(end))
    ]


def holds_key(end: End) -> bool:
    """Whether an end of a one-to-one relation is the one that holds the key."""
    other = end.opposite
    if other is None or end.fields is not None or end.references is not None:
        return True
    if other.fields is not None or other.references is not None:
        return False
    return (end.owner.name, end.entry.name) < (other.owner.name, other.entry.name)
