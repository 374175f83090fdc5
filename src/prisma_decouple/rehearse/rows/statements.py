"""Single rows on their way into a database, with statements shaped like those of Prisma Client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from prisma_decouple.model.database import Autoincrement
from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.rows.text import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import psycopg

    from prisma_decouple.model.database import Table
    from prisma_decouple.rehearse.rows.table import Cells

    Row = Mapping[str, "str | None"]


def written(table: Table, cells: Cells) -> Iterator[Row]:
    """Rows as a client writes them: numbers that the database gives are left to it."""
    columns = [name for name in cells if not isinstance(table.columns[name].default, Autoincrement)]
    for values in zip(*(cells[name] for name in columns), strict=True):
        yield {name: value_of(each) for name, each in zip(columns, values, strict=True)}


def insert(connection: psycopg.Connection, table: Table, row: Row) -> tuple[str, ...]:
    """Insert a row; the values of its key as text."""
    key = _key(table)
    if not row:
        command: sql.Composable = sql.SQL("INSERT INTO {} DEFAULT VALUES").format(identifier(table.name))
    else:
        command = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            identifier(table.name), _list(list(row)), sql.SQL(", ").join([sql.Placeholder()] * len(row))
        )
    returning = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in key)
    found = connection.execute(command + sql.SQL(" RETURNING ") + returning, list(row.values())).fetchone()
    return tuple(map(str, found or ()))


def update(
    connection: psycopg.Connection, table: Table, key: Sequence[str], changes: Row
) -> tuple[str | None, ...] | None:
    """Update one row; the new values as text, None when there is no such row."""
    assignments = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in changes)
    returning = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in changes)
    command = sql.SQL("UPDATE {} SET {} WHERE {} RETURNING {}").format(
        identifier(table.name), assignments, _where(table), returning
    )
    return connection.execute(command, [*changes.values(), *key]).fetchone()


def delete(connection: psycopg.Connection, table: Table, key: Sequence[str]) -> None:
    """Delete one row."""
    connection.execute(sql.SQL("DELETE FROM {} WHERE {}").format(identifier(table.name), _where(table)), list(key))


def select(
    connection: psycopg.Connection, table: Table, columns: Sequence[str], key: Sequence[str] | None = None
) -> tuple[str | None, ...] | None:
    """Read columns of one row as text; of any row when no key is given."""
    fields = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns)
    where = sql.SQL("true") if key is None else _where(table)
    command = sql.SQL("SELECT {} FROM {} WHERE {} LIMIT 1").format(fields, identifier(table.name), where)
    return connection.execute(command, list(key or ())).fetchone()


def literal_insert(table: Table, cells: Cells, place: int) -> str:
    """An INSERT statement for a person to read and run."""
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in cells)
    values = ", ".join(_literal(value_of(column[place])) for column in cells.values())
    return f"INSERT INTO {identifier(table.name).as_string()} ({names}) VALUES ({values});"  # noqa: S608 - to be read


def _literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def _key(table: Table) -> tuple[str, ...]:
    """The columns that name a row; PostgreSQL's own place of it when the table has none."""
    uniques = (
        index.column_names
        for index in table.indexes.values()
        if index.kind == "unique" and not any(table.columns[name].nullable for name in index.column_names)
    )
    return table.primary_key or next(uniques, ()) or ("ctid",)


def _where(table: Table) -> sql.Composed:
    return sql.SQL(" AND ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in _key(table))


def _list(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
