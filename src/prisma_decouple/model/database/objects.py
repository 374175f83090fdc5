"""What a database consists of, in PostgreSQL's words; only types keep Prisma's names, which each dialect spells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import NativeType


@dataclass(frozen=True)
class QualifiedName:
    """A name in the database, with its namespace when the schema gives one."""

    namespace: str | None
    name: str

    def __str__(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name


@dataclass(frozen=True)
class Extension:
    """An extension of PostgreSQL that the datasource asks for."""

    name: str
    version: str | None = None
    namespace: str | None = None


@dataclass(frozen=True)
class EnumType:
    """An enumerated type."""

    name: QualifiedName
    values: tuple[str, ...]


@dataclass(frozen=True)
class ColumnType:
    """What a column holds.

    Attributes:
        scalar: Prisma's name of the type; for an enum, see `enum`.
        native: the database's type in Prisma's words, also where the schema leaves it to Prisma's default; None for an
            enum and for `Unsupported("…")`.
    """

    scalar: str
    native: NativeType | None = None
    enum: QualifiedName | None = None
    is_list: bool = False


@dataclass(frozen=True)
class Autoincrement:
    """The next number of a sequence that belongs to the column: PostgreSQL's SERIAL."""


@dataclass(frozen=True)
class Now:
    """The time at which the transaction began."""


@dataclass(frozen=True)
class Value:
    """A fixed value: a string without its quotes, or a number or truth value as it is written."""

    text: str


@dataclass(frozen=True)
class ListValue:
    """A fixed list of values."""

    values: tuple[Value, ...]


@dataclass(frozen=True)
class Expression:
    """The database's own expression, from `dbgenerated("…")`."""

    text: str


Default: TypeAlias = Autoincrement | Now | Value | ListValue | Expression


@dataclass(frozen=True)
class Column:
    """A column."""

    name: str
    type: ColumnType
    nullable: bool
    default: Default | None = None

    @property
    def needs_value(self) -> bool:
        """Whether it cannot be added to a table with rows just so."""
        return not self.nullable and self.default is None


@dataclass(frozen=True)
class IndexColumn:
    """A column in an index; without `operator_class` the index uses the default one of the column's type."""

    name: str
    descending: bool = False
    operator_class: str | None = None


@dataclass(frozen=True)
class Condition:
    """One comparison in the predicate of a partial index; `value` None stands for NULL."""

    column: str
    is_equal: bool
    value: Value | None
    type: ColumnType


@dataclass(frozen=True)
class IndexKey:
    """A primary key, unique index or index.

    Attributes:
        kind: `id`, `unique` or `index`.
        method: as Prisma names it, such as `Gin`; None for a B-tree.
        where: the predicate of a partial index: the database's own expression, or conditions that must all hold.
    """

    kind: str
    name: str
    columns: tuple[IndexColumn, ...]
    method: str | None = None
    where: str | tuple[Condition, ...] | None = None

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key; the actions are spelled as in SQL."""

    name: str
    columns: tuple[str, ...]
    target: QualifiedName
    references: tuple[str, ...]
    on_delete: str
    on_update: str

    def demands_as(self, other: ForeignKey) -> bool:
        """Whether the two demand the same of rows, whatever they are called and do."""
        pairs, others = ({*zip(key.columns, key.references, strict=True)} for key in (self, other))
        return self.target == other.target and pairs == others


@dataclass(frozen=True)
class Table:
    """A table with everything that hangs on it; the keys of the dictionaries are names in the database.

    Attributes:
        is_join: it belongs to an implicit many-to-many relation, and Prisma 5 made it with another key.
    """

    name: QualifiedName
    columns: dict[str, Column]
    indexes: dict[str, IndexKey]
    foreign_keys: dict[str, ForeignKey]
    is_join: bool = False

    @property
    def primary_index(self) -> IndexKey | None:
        """Its primary key."""
        return next((index for index in self.indexes.values() if index.kind == "id"), None)

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The columns of its primary key; empty without one."""
        return self.primary_index.column_names if self.primary_index else ()

    @property
    def secondary_indexes(self) -> tuple[IndexKey, ...]:
        """Its indexes besides the primary key."""
        return tuple(index for index in self.indexes.values() if index.kind != "id")


@dataclass(frozen=True)
class Database:
    """Everything that Prisma Migrate makes of a schema in a database.

    Attributes:
        views: the views that the schema speaks of, each with the text of its block; Prisma leaves them to the user.
        extensions: None when the datasource does not say which there are to be.
    """

    tables: dict[QualifiedName, Table]
    enums: dict[QualifiedName, EnumType]
    views: dict[QualifiedName, str] = field(default_factory=dict)
    extensions: dict[str, Extension] | None = None

    @property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces of its tables and types, each once, in order."""
        names = (name.namespace for name in (*self.enums, *self.tables))
        return tuple(dict.fromkeys(namespace for namespace in names if namespace is not None))
