"""What statements do to tables, as data: to their columns, and whether these may be NULL.

Words as in PostgreSQL's manual, "SQL Commands".
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from prisma_decouple.sql.reading import TableName
from prisma_decouple.sql.tokens import Token


class Column(msgspec.Struct, frozen=True):
    """A column as it is defined.

    Attributes:
        token: its name, as written.
        type: the last part of the type's name.
        is_required: NOT NULL, or a primary key.
        has_value: a row that says nothing of it gets one: it has a default, counts, or is computed.
    """

    token: Token
    type: str
    is_required: bool
    has_value: bool

    @property
    def name(self) -> str:
        """Its name."""
        return self.token.identifier


class CreateTable(msgspec.Struct, frozen=True):
    """A new table.

    Attributes:
        columns: those that are named.
        has_rows: it is made of the rows of a query.
        if_missing: nothing happens when it is there.
    """

    table: TableName
    columns: tuple[Column, ...]
    has_rows: bool
    if_missing: bool


class DropTable(msgspec.Struct, frozen=True):
    """A table goes."""

    table: TableName


class RenameTable(msgspec.Struct, frozen=True):
    """A table gets another name, or comes into another namespace."""

    table: TableName
    new: TableName


class AddColumn(msgspec.Struct, frozen=True):
    """A table gets a column."""

    table: TableName
    column: Column
    if_missing: bool


class DropColumn(msgspec.Struct, frozen=True):
    """A column goes."""

    table: TableName
    name: str


class RenameColumn(msgspec.Struct, frozen=True):
    """A column gets another name."""

    table: TableName
    name: str
    new: str


class SetNotNull(msgspec.Struct, frozen=True):
    """A column becomes required."""

    table: TableName
    token: Token


class DropNotNull(msgspec.Struct, frozen=True):
    """A column may be NULL from now on."""

    table: TableName
    name: str


class Fill(msgspec.Struct, frozen=True):
    """Where a column was NULL, it no longer is: it is assigned, such rows are deleted, or a constraint refuses them."""

    table: TableName
    name: str


class ChangeType(msgspec.Struct, frozen=True):
    """A column gets another type."""

    table: TableName
    name: str
    type: str


class AddUnique(msgspec.Struct, frozen=True):
    """No two rows of a table may be the same in some columns from now on.

    Attributes:
        name: of the index or constraint; empty when PostgreSQL names it.
        columns: empty when they are computed.
        token: where the columns stand.
    """

    table: TableName
    name: str
    columns: tuple[str, ...]
    token: Token


class DropUnique(msgspec.Struct, frozen=True):
    """An index or a constraint goes, which may be one of uniqueness."""

    name: str


class Remove(msgspec.Struct, frozen=True):
    """Some rows of a table go."""

    table: TableName


class Insert(msgspec.Struct, frozen=True):
    """A table gets rows."""

    table: TableName


class Empty(msgspec.Struct, frozen=True):
    """All rows of a table go.

    Attributes:
        cascades: and those of tables that refer to it.
    """

    table: TableName
    cascades: bool = False


class Unclear(msgspec.Struct, frozen=True):
    """Code runs that may do anything.

    Attributes:
        text: where the names of the tables are that it is about; None when they may be anywhere.
    """

    text: str | None


Change: TypeAlias = (
    CreateTable
    | DropTable
    | RenameTable
    | AddColumn
    | DropColumn
    | RenameColumn
    | SetNotNull
    | DropNotNull
    | ChangeType
    | Fill
    | AddUnique
    | DropUnique
    | Remove
    | Insert
    | Empty
    | Unclear
)
