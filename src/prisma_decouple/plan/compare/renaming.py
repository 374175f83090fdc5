"""The same database under other names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.model.names import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from prisma_decouple.model.database import Column, Database, QualifiedName, Table

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
