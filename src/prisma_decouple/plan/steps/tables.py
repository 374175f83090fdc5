"""Steps on tables and columns. The locks are those of PostgreSQL's manual, "Explicit Locking" and "ALTER TABLE"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from prisma_decouple.plan.steps.base import Step, TableStep
from prisma_decouple.plan.steps.guards import RequireConvertible, RequireNoRows, RequireValues
from prisma_decouple.plan.steps.indexes import CreateIndex

if TYPE_CHECKING:
    from prisma_decouple.model.database import Column, IndexKey, QualifiedName
    from prisma_decouple.plan.casts import Conversion


@dataclass(frozen=True)
class CreateTable(TableStep):
    """Create a table with its columns and its primary key."""

    columns: tuple[Column, ...]
    primary_key: IndexKey | None

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropTable(self.table, self.columns, self.primary_key, ()),)


@dataclass(frozen=True)
class DropTable(TableStep):
    """Drop a table at which nothing points any more.

    Attributes:
        indexes: what goes with it, besides the primary key.
    """

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    columns: tuple[Column, ...]
    primary_key: IndexKey | None
    indexes: tuple[IndexKey, ...]

    @property
    def loses(self) -> str:
        """All its rows."""
        return f"the table {self.table} with all its rows"

    def reverse(self) -> tuple[Step, ...]:
        """Create it, empty."""
        indexes = (CreateIndex(self.table, index) for index in self.indexes)
        return (CreateTable(self.table, self.columns, self.primary_key), *indexes)


@dataclass(frozen=True)
class RenameTable(TableStep):
    """Give a table another name: it was renamed, or it is about to go and a type takes its name."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    name: QualifiedName

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old one."""
        return (RenameTable(self.name, self.table),)


@dataclass(frozen=True)
class RenameColumn(TableStep):
    """Give a column another name."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: str
    name: str

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old one."""
        return (RenameColumn(self.table, self.name, self.column),)


@dataclass(frozen=True)
class AddColumn(TableStep):
    """Add a column; it is nullable while `later_required`, until its values are there."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: Column
    later_required: bool = False

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropColumn(self.table, self.column),)


@dataclass(frozen=True)
class DropColumn(TableStep):
    """Drop a column."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: Column

    @property
    def loses(self) -> str:
        """The column with what is in it."""
        return f"the values of {self.table}.{self.column.name}"

    def reverse(self) -> tuple[Step, ...]:
        """Add it, empty, after a look for rows that would need a value in it."""
        add = AddColumn(self.table, self.column)
        guard = RequireNoRows(self.table, (self.column.name,), undoing=True)
        return (guard, add) if self.column.needs_value else (add,)


@dataclass(frozen=True)
class SetNotNull(TableStep):
    """Forbid nulls in a column that has none."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: str

    def reverse(self) -> tuple[Step, ...]:
        """Allow them."""
        return (DropNotNull(self.table, self.column),)


@dataclass(frozen=True)
class DropNotNull(TableStep):
    """Allow nulls in a column.

    Attributes:
        key: the columns that name a row in messages.
    """

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: str
    key: tuple[str, ...] = ()

    def reverse(self) -> tuple[Step, ...]:
        """Forbid them again, after a look for rows that have come to rely on them."""
        guard = RequireValues(self.table, (self.column,), self.key, undoing=True)
        return (guard, SetNotNull(self.table, self.column))


@dataclass(frozen=True)
class AlterColumnType(TableStep):
    """Change the type of a column, and convert its values."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    before: Column
    after: Column
    conversion: Conversion
    back: Conversion

    @property
    def loses(self) -> str:
        """What the new type cannot hold."""
        return f"{self.conversion.loses} of {self.table}.{self.after.name}" if self.conversion.loses else ""

    def reverse(self) -> tuple[Step, ...]:
        """Change it back, after a look for values that have come to rely on it."""
        return altered_type(self.table, self.after, self.before, self.back, self.conversion)


@dataclass(frozen=True)
class ReplaceColumn(TableStep):
    """Drop a column and add one of its name, whose type its values cannot take on."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    before: Column
    after: Column

    @property
    def loses(self) -> str:
        """The values."""
        return f"the values of {self.table}.{self.before.name}"

    def reverse(self) -> tuple[Step, ...]:
        """The same the other way round, after a look for rows that would need a value."""
        back = ReplaceColumn(self.table, self.after, self.before)
        guard = RequireNoRows(self.table, (self.before.name,), undoing=True)
        return (guard, back) if self.before.needs_value else (back,)


def altered_type(
    table: QualifiedName, before: Column, after: Column, conversion: Conversion, back: Conversion
) -> tuple[Step, ...]:
    """The change of a type with the guard that it needs."""
    alter = AlterColumnType(table, before, after, conversion, back)
    return (RequireConvertible(table, before, after, conversion), alter) if conversion.may_fail else (alter,)


@dataclass(frozen=True)
class SetDefault(TableStep):
    """Give a column a default, for rows to come.

    Attributes:
        before: the column with the default that is replaced, None when there is none to replace.
    """

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: Column
    before: Column | None = None

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old one, or none."""
        if self.before is None:
            return (DropDefault(self.table, self.column),)
        return (SetDefault(self.table, self.before, self.column),)


@dataclass(frozen=True)
class DropDefault(TableStep):
    """Take the default from a column."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: Column

    def reverse(self) -> tuple[Step, ...]:
        """Give it back."""
        return (SetDefault(self.table, self.column),)


@dataclass(frozen=True)
class AddSequence(TableStep):
    """Let a sequence of the column's own number the rows to come, from behind the highest number there is."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: Column

    def reverse(self) -> tuple[Step, ...]:
        """Remove it."""
        return (DropSequence(self.table, self.column),)


@dataclass(frozen=True)
class DropSequence(TableStep):
    """Take the sequence from a column; the numbers stay."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    column: Column

    def reverse(self) -> tuple[Step, ...]:
        """Add it."""
        return (AddSequence(self.table, self.column),)


@dataclass(frozen=True)
class AlterSequenceType(TableStep):
    """Let the sequence of a column count as far as the column's type reaches."""

    lock: ClassVar[str | None] = "ACCESS EXCLUSIVE"
    before: Column
    after: Column

    def reverse(self) -> tuple[Step, ...]:
        """As far as the old one does."""
        return (AlterSequenceType(self.table, self.after, self.before),)
