"""Steps are data. Each knows its reverse, whether it loses something, and the lock it takes; none knows SQL.

The locks are those of PostgreSQL's manual, "Explicit Locking" and "ALTER TABLE".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from prisma_decouple.model.database import Column, ColumnType, EnumType, ForeignKey, IndexKey, QualifiedName


@dataclass(frozen=True)
class Step:
    """One thing that a migration does.

    Attributes:
        lock: the strongest table lock it takes; None for no table at all.
    """

    lock: ClassVar[str | None] = None

    @property
    def loses(self) -> str:
        """What is lost for good when it runs; empty when nothing is."""
        return ""

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """The tables it locks until the end of the transaction, each with the mode."""
        return ()

    def reverse(self) -> tuple[Step, ...]:
        """The steps that undo it; none when undoing its neighbours undoes it too."""
        return ()


@dataclass(frozen=True)
class TableStep(Step):
    """A step on one table."""

    table: QualifiedName

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """That table."""
        return ((self.table, self.lock),) if self.lock else ()


# --- structure --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CreateEnum(Step):
    """Create an enumerated type."""

    enum: EnumType

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropEnum(self.enum),)


@dataclass(frozen=True)
class DropEnum(Step):
    """Drop an enumerated type that no column uses."""

    enum: EnumType

    def reverse(self) -> tuple[Step, ...]:
        """Create it."""
        return (CreateEnum(self.enum),)


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
        return f"the values of {self.table.name}.{self.column.name}"

    def reverse(self) -> tuple[Step, ...]:
        """Add it, empty."""
        return (AddColumn(self.table, self.column),)


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
        return (RequireValues(self.table, (self.column,), self.key, undoing=True), SetNotNull(self.table, self.column))


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
        """Create it."""
        return (CreateIndex(self.table, self.index),)


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
        """Add it."""
        return (AddForeignKey(self.table, self.foreign_key),)


def _both(table: QualifiedName, key: ForeignKey, mode: str) -> tuple[tuple[QualifiedName, str], ...]:
    return tuple((name, mode) for name in dict.fromkeys((table, key.target)))


# --- data -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RelationJoin:
    """The record that a relation leads to.

    Attributes:
        alias: its name in the statement: the relation path.
        on: for each column of the key the alias and column on the near side, and the column on this side.
    """

    alias: str
    table: QualifiedName
    on: tuple[tuple[str | None, str, str], ...]


@dataclass(frozen=True)
class HostJoin:
    """The record whose unique column `by` has the value that belongs to the host of the URL in column `url`."""

    alias: str
    table: QualifiedName
    by: str
    url: str
    hosts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordJoin:
    """The record whose unique column `by` has a fixed value."""

    alias: str
    table: QualifiedName
    by: str
    value: str | int


Join: TypeAlias = RelationJoin | HostJoin | RecordJoin


@dataclass(frozen=True)
class FoundIn:
    """Columns of a joined record; alias None is the row itself."""

    alias: str | None
    columns: tuple[str, ...]


@dataclass(frozen=True)
class LiteralValue:
    """A literal of a column's type, perhaps only where another column has a value."""

    value: str | int | bool
    type: ColumnType
    when: FoundIn | None = None


@dataclass(frozen=True)
class Fill:
    """Columns that are filled together from the first choice that has a value.

    Attributes:
        keep: the columns were there before: what they hold stays.
    """

    columns: tuple[str, ...]
    choices: tuple[FoundIn | LiteralValue, ...]
    keep: bool = False


@dataclass(frozen=True)
class FillColumns(TableStep):
    """Fill columns of all rows in one statement.

    Attributes:
        key: the columns that identify a row; empty when the table has no such key.
    """

    lock: ClassVar[str | None] = "ROW EXCLUSIVE"
    key: tuple[str, ...]
    joins: tuple[Join, ...]
    fills: tuple[Fill, ...]

    @property
    def loses(self) -> str:
        """Nothing, unless columns were there before: afterwards nobody knows which of their values were null."""
        kept = [column for fill in self.fills if fill.keep for column in fill.columns]
        return f"which rows of {self.table.name} had no {', '.join(kept)}" if kept else ""


@dataclass(frozen=True)
class RequireValues(TableStep):
    """Stop the migration, with the number of rows and the first few of them, when columns are null.

    Attributes:
        key: the columns that name a row in the message.
        undoing: the columns were never null in the old schema, and the rows were written since.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    undoing: bool = False


@dataclass(frozen=True)
class Dependent:
    """Rows that point at rows which leave a table.

    Attributes:
        table: where they are.
        columns: their foreign key.
        target: the table at which it points, and `references` its columns.
        follows: they leave too; otherwise the pointer is set to null and remembered.
        key: the columns that identify such a row.
    """

    table: QualifiedName
    columns: tuple[str, ...]
    target: QualifiedName
    references: tuple[str, ...]
    follows: bool
    key: tuple[str, ...]


@dataclass(frozen=True)
class StoredTable:
    """A table whose rows may leave it.

    Attributes:
        key: the columns that identify a row.
        columns: its columns in the old schema, with which a row can be brought back.
    """

    table: QualifiedName
    key: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Store:
    """Where rows go that leave their tables; all such steps of a migration share one.

    Attributes:
        namespace: the namespace, beside those that Prisma looks at.
        links: the foreign keys that are set to null and remembered.
    """

    namespace: str
    tables: tuple[StoredTable, ...]
    links: tuple[Dependent, ...]


@dataclass(frozen=True)
class RemoveRows(TableStep):
    """Take the rows whose columns are null out of the table, with everything that hangs on them.

    Attributes:
        dependents: what hangs on them, over any number of tables.
    """

    lock: ClassVar[str | None] = "ROW EXCLUSIVE"
    columns: tuple[str, ...]
    dependents: tuple[Dependent, ...]
    store: Store


@dataclass(frozen=True)
class QuarantineRows(RemoveRows):
    """Move them into tables beside."""

    def reverse(self) -> tuple[Step, ...]:
        """Move them back."""
        return (RestoreRows(self.store),)


@dataclass(frozen=True)
class DeleteRows(RemoveRows):
    """Delete them."""

    @property
    def loses(self) -> str:
        """Rows."""
        return f"rows of {self.table.name} for which no value can be found, and everything that hangs on them"


@dataclass(frozen=True)
class RestoreRows(Step):
    """Move rows back from the tables beside, and drop those."""

    lock: ClassVar[str | None] = "ROW EXCLUSIVE"
    store: Store
