"""The changes of a schema that user code feels, each a value of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from prisma_decouple.rules.intents import RelationPath


class Fate(Enum):
    """What becomes of the records that belong to one which is deleted, when they need not belong to one any more."""

    SAME = auto()
    """What became of them before."""
    GOES_ALONG = auto()
    """They are deleted with it from now on, although they could do without."""
    STAYS_NOW = auto()
    """They stay, without it; they were deleted with it before."""
    SETS_FREE = auto()
    """They stay, without it; before, it could not be deleted as long as there were any."""


@dataclass(frozen=True, slots=True)
class RequiredRelation:
    """A relation, or a field that is none, that every new record of `model` must now give.

    Attributes:
        model: the model that has the foreign key.
        field: the relation field, or the field.
        foreign_keys: its scalar fields, or the field again.
        target: the model that it leads to; empty for a field that is no relation.
        target_list: the list on the target's side.
        references: the target's fields that the foreign keys hold, in the same order.
        scalar_types: the TypeScript types of the foreign keys, in the same order.
        backfill: the way over which the migration takes the values for the records that are there, before any other.
        holds: whether a record that this leads to cannot be deleted any more as long as there are others that belong to
            it; before, it could.
        held_over: the models whose records take such a one along when they are deleted, and cannot be either.
        alone: the relation over which they kept it from being deleted before, when they need not have that any more:
            those without keep it by themselves.
        keeps: whether it cannot be deleted on account of those others by this relation, which did not keep it before,
            whatever else did.
    """

    model: str
    field: str
    foreign_keys: tuple[str, ...]
    target: str
    target_list: str
    references: tuple[str, ...] = ("id",)
    scalar_types: tuple[str, ...] = ("number",)
    backfill: RelationPath | None = None
    holds: bool = False
    held_over: tuple[str, ...] = ()
    alone: str = ""
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class OptionalRelation:
    """A relation that was required and may now be absent; attributes as in `RequiredRelation`.

    Attributes:
        fate: what becomes of a record when the one that it belongs to is deleted.
    """

    model: str
    field: str
    foreign_keys: tuple[str, ...]
    target: str
    scalar_types: tuple[str, ...]
    references: tuple[str, ...] = ("id",)
    fate: Fate = Fate.SAME


@dataclass(frozen=True, slots=True)
class NewOptionalRelation:
    """A relation that new records of `model` may give from now on; attributes as in `RequiredRelation`.

    Attributes:
        is_filled: whether the migration fills it for the records that are there; None when nobody has said.
        backfill: the way over which it does.
    """

    model: str
    field: str
    foreign_keys: tuple[str, ...]
    target: str
    is_filled: bool | None = False
    backfill: RelationPath | None = None


@dataclass(frozen=True, slots=True)
class RelationField:
    """A relation field of the new schema, changed or not: what tells fields of the same name apart.

    Attributes:
        model: the model that it belongs to.
        name: the field.
        target: the model that it leads to.
        foreign_keys: its scalar fields; empty on the side of the list, or of the record without the key.
        is_single: whether it leads to one record although the key is on the other side.
        is_required: whether it always leads to a record.
        opposite: the field of the target that leads back; empty when none is known.
        goes_along: whether its record is deleted with the one to which it leads.
    """

    model: str
    name: str
    target: str
    foreign_keys: tuple[str, ...] = ()
    is_single: bool = False
    is_required: bool = False
    opposite: str = ""
    goes_along: bool = False


@dataclass(frozen=True, slots=True)
class Succession:
    """What leads from a record itself, now, to where only the way over another one led that may be absent.

    Attributes:
        new: the relation of the record.
        there: the one by which the way goes on from the other record; it may have another name.
        between: the relations that lead from the other record to that which has `there`, where they are two.
    """

    new: RequiredRelation
    there: RelationField
    between: tuple[str, ...] = ()

    @property
    def own(self) -> dict[str, str]:
        """What a record has itself now, by what that at the end of the way calls it: the relation, and its keys."""
        keys = zip(self.there.foreign_keys, self.new.foreign_keys, strict=False)
        return {self.there.name: self.new.field, **dict(keys)}


@dataclass(frozen=True, slots=True)
class OptionalField:
    """A field, no part of a relation, that had a value in every record of `model` and may be null now."""

    model: str
    field: str
    scalar_type: str


@dataclass(frozen=True, slots=True)
class NewField:
    """A scalar field, keys included, that the records of `model` have now and did not have before."""

    model: str
    field: str
    scalar_type: str
    is_nullable: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A scalar field of the new schema, changed or not.

    Attributes:
        scalar_type: its type in TypeScript.
        is_nullable: whether it may be null.
        is_omittable: whether a create may leave it out.
        is_list: whether it holds a list of them.
    """

    model: str
    name: str
    scalar_type: str
    is_nullable: bool = False
    is_omittable: bool = False
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class StoredField:
    """A scalar field that changed, as the database calls it: raw SQL knows no other name.

    Attributes:
        change: what became of it.
        table: the table of its model.
        column: its column there.
        target: of a foreign key, the table that it leads to.
        successor: of one that is no more, its new name when it is certain that it was renamed.
    """

    model: str
    name: str
    change: Stored
    table: str
    column: str
    target: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class LostField:
    """A field or relation field that `model` had and has no more, or the name by which a unique key was selected.

    Attributes:
        successor: the path from a record to what seems to have taken its place; empty when nothing does.
        is_renamed: whether it is certain that it is only called so now.
        was: the model that had it, when `model` never did: a relation leads to this one now, and led to that one.
        is_single: whether it is a list of related records that are one record now: the same relation by another name.
    """

    model: str
    name: str
    successor: str = ""
    is_renamed: bool = False
    was: str = ""
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A key of several fields that is called as before and has others now; its name, and the fields that it has."""

    model: str
    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LostKey:
    """A field that told one record from all others, and does so no more; what still does."""

    model: str
    field: str
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LostValue:
    """A value that an enum had and has no more; its successor is its new name, when it is certain that it has one."""

    enum: str
    value: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class RetypedField:
    """A field whose values are of another type now.

    Attributes:
        before: their type in TypeScript, with `[]` behind it for a list.
        after: the same now.
        values: the texts that it takes now, when that is an enum.
    """

    model: str
    field: str
    before: str
    after: str
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value that an enum has now and did not have before.

    Attributes:
        others: the values that it had before.
    """

    enum: str
    value: str
    others: frozenset[str]


class Stored(Enum):
    """What became of a column."""

    NEEDED = auto()
    """Every new row has to give it now."""
    NULLABLE = auto()
    """It may be null now."""
    LOST = auto()
    """It is there no more."""


Changed: TypeAlias = RequiredRelation | OptionalRelation | NewOptionalRelation
