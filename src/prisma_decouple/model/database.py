"""The database that Prisma makes of a schema: tables, columns, constraints and indexes, in PostgreSQL's words.

Types stay Prisma's own here; how a dialect spells them is the renderer's business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.model.names import foreign_key_name, index_name, primary_key_name, unique_name

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel, Enum, Index, Model, NativeType, RelationField, ScalarField


@dataclass(frozen=True)
class QualifiedName:
    """A name in the database, with its namespace when the schema gives one."""

    namespace: str | None
    name: str


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
        is_serial: the database numbers the rows (`autoincrement()`).
    """

    scalar: str
    native: NativeType | None = None
    enum: QualifiedName | None = None
    is_list: bool = False
    is_serial: bool = False


@dataclass(frozen=True)
class Column:
    """A column; `default` is the text of Prisma's expression, as in `now()` or `"en"`."""

    name: str
    type: ColumnType
    nullable: bool
    default: str | None = None


@dataclass(frozen=True)
class IndexKey:
    """A primary key, unique index or index."""

    kind: str
    name: str
    columns: tuple[str, ...]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key; the actions are spelled as in SQL."""

    name: str
    columns: tuple[str, ...]
    target: QualifiedName
    references: tuple[str, ...]
    on_delete: str
    on_update: str


@dataclass(frozen=True)
class Table:
    """A table with everything that hangs on it; the keys of the dictionaries are names in the database."""

    name: QualifiedName
    columns: dict[str, Column]
    indexes: dict[str, IndexKey]
    foreign_keys: dict[str, ForeignKey]

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The columns of its primary key; empty without one."""
        return next((index.columns for index in self.indexes.values() if index.kind == "id"), ())


@dataclass(frozen=True)
class Database:
    """Everything that a schema makes in a database, except the join tables of implicit many-to-many relations.

    Attributes:
        join_tables: for each such relation its name and the two models; Prisma derives the tables from nothing else.
    """

    tables: dict[QualifiedName, Table]
    enums: dict[QualifiedName, EnumType]
    join_tables: frozenset[tuple[str, str, str]]


# Prisma Client computes these; the column has no default (Prisma's reference, "Attribute functions").
_CLIENT_FUNCTIONS = {"uuid", "cuid", "nanoid", "ulid", "auto"}

_ACTIONS = {
    "Cascade": "CASCADE",
    "Restrict": "RESTRICT",
    "NoAction": "NO ACTION",
    "SetNull": "SET NULL",
    "SetDefault": "SET DEFAULT",
}


def describe_database(model: DataModel) -> Database:
    """The database of a schema, with the names and referential actions that Prisma would choose."""
    # Prisma Migrate leaves views to the user.
    tables = [_table(model, each) for each in model.models.values() if not each.is_view]
    enums = [EnumType(enum_name(enum), tuple(value for _, value in enum.values)) for enum in model.enums.values()]
    return Database(
        {table.name: table for table in tables}, {enum.name: enum for enum in enums}, frozenset(_join_tables(model))
    )


def table_name(model: Model) -> QualifiedName:
    """The table of a model."""
    return QualifiedName(model.namespace, model.table)


def enum_name(enum: Enum) -> QualifiedName:
    """The type of an enum."""
    return QualifiedName(enum.namespace, enum.type_name)


def foreign_key_of(data: DataModel, model: Model, relation: RelationField) -> ForeignKey:
    """The constraint of a relation field that holds the key, with Prisma's defaults for what the schema leaves open.

    Without `onDelete` it is SET NULL when all its fields are optional and RESTRICT otherwise; without `onUpdate` it is
    CASCADE (Prisma's reference, "Referential actions").
    """
    target = data.models[relation.target]
    columns = tuple(model.scalars[field].column for field in relation.fields)
    optional = all(model.scalars[field].is_optional for field in relation.fields)
    return ForeignKey(
        name=relation.constraint or foreign_key_name(model.table, columns),
        columns=columns,
        target=table_name(target),
        references=tuple(target.scalars[field].column for field in relation.references),
        on_delete=_ACTIONS[relation.on_delete or ("SetNull" if optional else "Restrict")],
        on_update=_ACTIONS[relation.on_update or "Cascade"],
    )


def _table(data: DataModel, model: Model) -> Table:
    scalars = {field.name: field for field in model.scalars.values()}
    columns = [_column(data, field) for field in scalars.values()]
    indexes = [_index(model, index) for index in model.indexes if index.kind != "fulltext"]
    relations = [relation for relation in model.relations.values() if relation.fields and data.has_foreign_keys]
    keys = [foreign_key_of(data, model, relation) for relation in relations]
    return Table(
        name=table_name(model),
        columns={column.name: column for column in columns},
        indexes={index.name: index for index in indexes},
        foreign_keys={key.name: key for key in keys},
    )


def _column(data: DataModel, field: ScalarField) -> Column:
    default = _default(data, field)
    is_serial = default is not None and default.startswith("autoincrement(")
    enum = enum_name(data.enums[field.type]) if field.is_enum else None
    column_type = ColumnType(field.type, field.native_type, enum, field.is_list, is_serial)
    # Prisma makes the column of a list nullable, and writes an empty list instead of a null itself.
    return Column(field.column, column_type, nullable=not field.is_required, default=default)


def _default(data: DataModel, field: ScalarField) -> str | None:
    """The default as the database sees it: an enum's value by its name there, and nothing where the client fills in."""
    if field.default is None:
        return None
    text = str(field.default).strip()
    if text.split("(")[0] in _CLIENT_FUNCTIONS:
        return None
    if field.is_enum and not field.is_list:
        return json.dumps(dict(data.enums[field.type].values).get(text, text), ensure_ascii=False)
    return text


def _index(model: Model, index: Index) -> IndexKey:
    columns = tuple(model.scalars[name].column if name in model.scalars else name for name in index.names)
    default_name = {"id": lambda: primary_key_name(model.table), "unique": lambda: unique_name(model.table, columns)}
    name = index.name or default_name.get(index.kind, lambda: index_name(model.table, columns))()
    per_field = tuple(f"{part.name}.{key}: {value}" for part in index.fields for key, value in part.options)
    return IndexKey(index.kind, name, columns, (*(f"{key}: {value}" for key, value in index.options), *per_field))


def _join_tables(data: DataModel) -> set[tuple[str, str, str]]:
    """Each implicit many-to-many relation once, whichever of its two ends is read first."""
    found: set[tuple[str, str, str]] = set()
    for model in data.models.values():
        for relation in model.relations.values():
            opposite = data.opposite(model, relation)
            if relation.is_list and not relation.fields and opposite is not None and opposite.is_list:
                first, second = sorted((model.name, relation.target))
                found.add((relation.relation or f"{first}To{second}", first, second))
    return found
