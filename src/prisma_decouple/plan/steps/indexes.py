"""Steps on primary keys, indexes and foreign keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from prisma_decouple.plan.steps.base import Step, TableStep
from prisma_decouple.plan.steps.guards import RequireReferences, RequireUnique

if TYPE_CHECKING:
    from prisma_decouple.model.database import ForeignKey, IndexKey, QualifiedName


@dataclass(frozen=True)
class AddPrimaryKey(TableStep):
    """Add a primary key."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    index: IndexKey

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropPrimaryKey(self.table, self.index),)


@dataclass(frozen=True)
class DropPrimaryKey(TableStep):
    """Drop a primary key."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    index: IndexKey

    def reverse(self) -> tuple[Step, ...]:
        """Add it."""
        return (AddPrimaryKey(self.table, self.index),)


@dataclass(frozen=True)
class DropJoinKey(TableStep):
    """Drop the key of an implicit many-to-many relation's table: a primary key, or the unique index of Prisma 5.

    Attributes:
        unique_index: the name of that.
    """

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    index: IndexKey
    unique_index: str

    def reverse(self) -> tuple[Step, ...]:
        """Add the primary key."""
        return (AddPrimaryKey(self.table, self.index),)


@dataclass(frozen=True)
class CreateIndex(TableStep):
    """Create an index or a unique index."""

    lock: ClassVar[str | None] = "SHARE"
    index: IndexKey

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropIndex(self.table, self.index),)


@dataclass(frozen=True)
class DropIndex(TableStep):
    """Drop an index."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    index: IndexKey

    def reverse(self) -> tuple[Step, ...]:
        """Create it, after a look for rows that a unique one does not allow."""
        create = CreateIndex(self.table, self.index)
        return (RequireUnique(self.table, self.index), create) if self.index.kind == "unique" else (create,)


@dataclass(frozen=True)
class RenameIndex(TableStep):
    """Give a primary key or an index another name."""

    lock: ClassVar[str | None] = "SHARE UPDATE EXCLUSIVE"
    index: IndexKey
    name: str

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old one."""
        return (RenameIndex(self.table, replace(self.index, name=self.name), self.index.name),)


@dataclass(frozen=True)
class AddForeignKey(TableStep):
    """Add a foreign key; every row is checked."""

    lock: ClassVar[str | None] = "SHARE ROW EXCLUSIVE"
    foreign_key: ForeignKey

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """The table and the one it points at."""
        return _both(self.table, self.foreign_key, "SHARE ROW EXCLUSIVE")

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropForeignKey(self.table, self.foreign_key),)


@dataclass(frozen=True)
class DropForeignKey(TableStep):
    """Drop a foreign key."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    foreign_key: ForeignKey

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """The table and the one it points at, from which its triggers go."""
        return _both(self.table, self.foreign_key, "ACCESS EXCLUSIVE")

    def reverse(self) -> tuple[Step, ...]:
        """Add it, after a look for rows that have come to point at nothing."""
        return (RequireReferences(self.table, self.foreign_key), AddForeignKey(self.table, self.foreign_key))


@dataclass(frozen=True)
class SuspendForeignKey(DropForeignKey):
    """Drop a foreign key that is resumed: with no index on it, its table would be read for every row that leaves."""

    def reverse(self) -> tuple[Step, ...]:
        """It is there before and after."""
        return ()


@dataclass(frozen=True)
class ResumeForeignKey(AddForeignKey):
    """Add a foreign key that was suspended."""

    def reverse(self) -> tuple[Step, ...]:
        """It is there before and after."""
        return ()


@dataclass(frozen=True)
class RenameForeignKey(TableStep):
    """Give a foreign key another name."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    foreign_key: ForeignKey
    name: str

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old one."""
        renamed = replace(self.foreign_key, name=self.name)
        return (RenameForeignKey(self.table, renamed, self.foreign_key.name),)


def _both(table: QualifiedName, key: ForeignKey, mode: str) -> tuple[tuple[QualifiedName, str], ...]:
    return tuple((name, mode) for name in dict.fromkeys((table, key.target)))
