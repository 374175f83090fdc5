"""The same database under other names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.model.database import ListValue, Value
from prisma_decouple.model.names import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prisma_decouple.model.database import Column, Database, Default, IndexKey, QualifiedName, Table

    Naming = Callable[[QualifiedName], QualifiedName]

# Where PostgreSQL and Prisma put what has no namespace.
DEFAULT_NAMESPACE = "public"


def one_way_of_naming(before: Database, after: Database) -> tuple[Database, Database]:
    """When one schema names namespaces and the other does not, the other's names get the default one."""
    if bool(before.namespaces) == bool(after.namespaces):
        return before, after
    return _all_in_namespaces(before), _all_in_namespaces(after)


def with_renamed_type(database: Database, old: QualifiedName, new: QualifiedName) -> Database:
    """The database with one enumerated type under another name."""
    return _renamed(database, tables=lambda name: name, types=lambda name: new if name == old else name)


def with_renamed_table(database: Database, old: QualifiedName, new: QualifiedName) -> Database:
    """The database with one table under another name."""
    return _renamed(database, tables=lambda name: new if name == old else name, types=lambda name: name)


def with_renamed_column(database: Database, name: QualifiedName, old: str, new: str) -> Database:
    """The database with one column under another name, everywhere but in predicates that only the database reads."""
    names = {old: new}
    tables = {at: _pointing_at(table, name, names) for at, table in database.tables.items()}
    return replace(database, tables={**tables, name: _with_columns(tables[name], names)})


def _pointing_at(table: Table, name: QualifiedName, names: Mapping[str, str]) -> Table:
    keys = {
        at: replace(key, references=_each(key.references, names)) if key.target == name else key
        for at, key in table.foreign_keys.items()
    }
    return replace(table, foreign_keys=keys)


def _with_columns(table: Table, names: Mapping[str, str]) -> Table:
    columns = (replace(column, name=names.get(column.name, column.name)) for column in table.columns.values())
    keys = {at: replace(key, columns=_each(key.columns, names)) for at, key in table.foreign_keys.items()}
    return replace(
        table,
        columns={column.name: column for column in columns},
        indexes={at: _index_with_columns(index, names) for at, index in table.indexes.items()},
        foreign_keys=keys,
    )


def _index_with_columns(index: IndexKey, names: Mapping[str, str]) -> IndexKey:
    columns = tuple(replace(each, name=names.get(each.name, each.name)) for each in index.columns)
    where = index.where
    if isinstance(where, tuple):
        where = tuple(replace(each, column=names.get(each.column, each.column)) for each in where)
    return replace(index, columns=columns, where=where)


def _each(columns: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(column, column) for column in columns)


def with_renamed_value(database: Database, name: QualifiedName, old: str, new: str) -> Database:
    """The database with one value of an enumerated type under another name."""
    enum = database.enums[name]
    renamed = replace(enum, values=tuple(new if value == old else value for value in enum.values))
    tables = {at: _with_value(table, name, Value(old), Value(new)) for at, table in database.tables.items()}
    return replace(database, tables=tables, enums={**database.enums, name: renamed})


def _with_value(table: Table, name: QualifiedName, old: Value, new: Value) -> Table:
    columns = {
        at: replace(column, default=_default_with(column.default, old, new)) if column.type.enum == name else column
        for at, column in table.columns.items()
    }
    indexes = {at: _index_with_value(index, name, old, new) for at, index in table.indexes.items()}
    return replace(table, columns=columns, indexes=indexes)


def _default_with(default: Default | None, old: Value, new: Value) -> Default | None:
    if isinstance(default, ListValue):
        return ListValue(tuple(new if value == old else value for value in default.values))
    return new if default == old else default


def _index_with_value(index: IndexKey, name: QualifiedName, old: Value, new: Value) -> IndexKey:
    if not isinstance(index.where, tuple):
        return index
    where = (replace(each, value=new) if each.type.enum == name and each.value == old else each for each in index.where)
    return replace(index, where=tuple(where))


def free_name(name: QualifiedName, *databases: Database) -> QualifiedName:
    """`Role_old`, or with a number when that is taken; tables and types share one space of names."""
    taken = {each for database in databases for each in (*database.enums, *database.tables)}
    candidates = (replace(name, name=cut(name.name, f"_old{number or ''}")) for number in range(len(taken) + 1))
    return next(candidate for candidate in candidates if candidate not in taken)


def _all_in_namespaces(database: Database) -> Database:
    def qualify(name: QualifiedName) -> QualifiedName:
        return name if name.namespace else replace(name, namespace=DEFAULT_NAMESPACE)

    return _renamed(database, tables=qualify, types=qualify)


def _renamed(database: Database, tables: Naming, types: Naming) -> Database:
    enums = [replace(enum, name=types(enum.name)) for enum in database.enums.values()]
    found = [_renamed_table(table, tables, types) for table in database.tables.values()]
    return replace(database, tables={table.name: table for table in found}, enums={enum.name: enum for enum in enums})


def _renamed_table(table: Table, tables: Naming, types: Naming) -> Table:
    keys = (replace(key, target=tables(key.target)) for key in table.foreign_keys.values())
    return replace(
        table,
        name=tables(table.name),
        columns={name: _renamed_column(column, types) for name, column in table.columns.items()},
        foreign_keys={key.name: key for key in keys},
    )


def _renamed_column(column: Column, types: Naming) -> Column:
    if column.type.enum is None:
        return column
    return replace(column, type=replace(column.type, enum=types(column.type.enum)))
