"""What the migrations so far tell of the tables: which columns may be NULL, and whether there may be rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from prisma_decouple.sql import changes as sql

if TYPE_CHECKING:
    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.reading import TableName


@dataclass
class Column:
    """A column.

    Attributes:
        type: the last part of its type's name.
        is_required: it cannot be NULL.
        is_filled: since it may be NULL, something has seen to it that it is not.
    """

    type: str = ""
    is_required: bool = False
    is_filled: bool = False


@dataclass
class Table:
    """A table.

    Attributes:
        columns: those that are known of, by name.
        is_empty: made or emptied in this migration, and without rows since.
        is_new: made in this migration.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    is_empty: bool = False
    is_new: bool = False


class History:
    """The tables after a number of statements."""

    def __init__(self) -> None:
        self._tables: dict[TableName, Table] = {}
        self._unclear: list[str] = []
        self._all_unclear = False

    def begin_migration(self) -> None:
        """From here on every table may have rows, and what happened before is clear."""
        self._unclear, self._all_unclear = [], False
        for table in self._tables.values():
            table.is_empty = table.is_new = False

    def table(self, name: TableName) -> Table:
        """What is known of a table; when nothing is, it was there before the history."""
        return self._tables.setdefault(name, Table())

    def column(self, table: TableName, name: str) -> Column:
        """As `table`."""
        return self.table(table).columns.setdefault(name, Column())

    def is_clear(self, name: TableName) -> bool:
        """Whether all that this migration did to a table so far could be read."""
        return not self._all_unclear and not any(name.name in text for text in self._unclear)

    def columns_of_type(self, type_name: str) -> set[str]:
        """The tables that have a column of a type."""
        return {
            name.name
            for name, table in self._tables.items()
            if any(column.type == type_name for column in table.columns.values())
        }

    @singledispatchmethod
    def apply(self, change: Change) -> None:
        """Let a change happen."""
        raise TypeError(f"a change that no history knows: {type(change).__name__}")

    @apply.register
    def _(self, change: sql.CreateTable) -> None:
        if change.if_missing and change.table in self._tables:
            return
        columns = {each.name: Column(each.type, each.is_required, each.has_value) for each in change.columns}
        self._tables[change.table] = Table(columns, is_empty=not change.has_rows, is_new=True)

    @apply.register
    def _(self, change: sql.DropTable) -> None:
        self._tables.pop(change.table, None)

    @apply.register
    def _(self, change: sql.RenameTable) -> None:
        self._tables[change.new] = self._tables.pop(change.table, Table())

    @apply.register
    def _(self, change: sql.AddColumn) -> None:
        column = change.column
        if not (change.if_missing and column.name in self.table(change.table).columns):
            self.table(change.table).columns[column.name] = Column(column.type, column.is_required, column.has_value)

    @apply.register
    def _(self, change: sql.DropColumn) -> None:
        self.table(change.table).columns.pop(change.name, None)

    @apply.register
    def _(self, change: sql.RenameColumn) -> None:
        columns = self.table(change.table).columns
        columns[change.new] = columns.pop(change.name, Column())

    @apply.register
    def _(self, change: sql.ChangeType) -> None:
        self.column(change.table, change.name).type = change.type

    @apply.register
    def _(self, change: sql.SetNotNull) -> None:
        self.column(change.table, change.token.identifier).is_required = True

    @apply.register
    def _(self, change: sql.DropNotNull) -> None:
        column = self.column(change.table, change.name)
        column.is_required = column.is_filled = False

    @apply.register
    def _(self, change: sql.Fill) -> None:
        self.column(change.table, change.name).is_filled = True

    @apply.register
    def _(self, change: sql.Insert) -> None:
        self.table(change.table).is_empty = False

    @apply.register
    def _(self, change: sql.Empty) -> None:
        self.table(change.table).is_empty = True
        self._all_unclear = self._all_unclear or change.cascades

    @apply.register
    def _(self, change: sql.Unclear) -> None:
        if change.text is None:
            self._all_unclear = True
        else:
            self._unclear.append(change.text)
