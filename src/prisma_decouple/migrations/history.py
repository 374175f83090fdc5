"""What the migrations so far tell of the tables: which columns may be NULL, and whether there may be rows."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.sql import changes as sql

if TYPE_CHECKING:
    from prisma_decouple.sql.changes import Change
    from prisma_decouple.sql.reading import TableName


class Column(msgspec.Struct):
    """A column.

    Attributes:
        type: the last part of its type's name.
        is_required: it cannot be NULL.
        is_filled: since it may be NULL, something has seen to it that it is not.
        is_new: made in this migration.
        is_written: assigned in this migration.
    """

    type: str = ""
    is_required: bool = False
    is_filled: bool = False
    is_new: bool = False
    is_written: bool = False


class Table(msgspec.Struct):
    """A table.

    Attributes:
        columns: those that are known of, by name.
        is_empty: made or emptied in this migration, and without rows since.
        is_new: made in this migration.
        is_thinned: rows have been deleted in this migration.
        uniques: columns in which no two rows are the same, by the name of what sees to it.
    """

    columns: dict[str, Column] = {}
    is_empty: bool = False
    is_new: bool = False
    is_thinned: bool = False
    uniques: dict[str, frozenset[str]] = {}


class History:
    """The tables after a number of statements."""

    def __init__(self) -> None:
        self._tables: dict[TableName, Table] = {}
        self._unclear: list[str] = []
        self._all_unclear = False
        self._dropped: set[str] = set()

    def begin_migration(self) -> None:
        """From here on every table may have rows, and what happened before is clear."""
        self._unclear, self._all_unclear = [], False
        for table in self._tables.values():
            table.is_empty = table.is_new = table.is_thinned = False
            for column in table.columns.values():
                column.is_new = column.is_written = False
            # What a migration drops was true of the rows until then.
            for name in self._dropped & table.uniques.keys():
                del table.uniques[name]
        self._dropped.clear()

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
            made = Column(column.type, column.is_required, column.has_value, is_new=True)
            self.table(change.table).columns[column.name] = made

    @apply.register
    def _(self, change: sql.DropColumn) -> None:
        table = self.table(change.table)
        table.columns.pop(change.name, None)
        table.uniques = {name: columns for name, columns in table.uniques.items() if change.name not in columns}

    @apply.register
    def _(self, change: sql.RenameColumn) -> None:
        table = self.table(change.table)
        table.columns[change.new] = table.columns.pop(change.name, Column())
        table.uniques = {
            name: frozenset(change.new if each == change.name else each for each in columns)
            for name, columns in table.uniques.items()
        }

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
        column = self.column(change.table, change.name)
        column.is_filled = column.is_written = True

    @apply.register
    def _(self, change: sql.AddUnique) -> None:
        if change.columns:
            self.table(change.table).uniques[change.name] = frozenset(change.columns)

    @apply.register
    def _(self, change: sql.DropUnique) -> None:
        self._dropped.add(change.name)

    @apply.register
    def _(self, change: sql.Remove) -> None:
        self.table(change.table).is_thinned = True

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
