"""Rows on their way into a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from prisma_decouple.model.database import Autoincrement

if TYPE_CHECKING:
    import psycopg

    from prisma_decouple.model.database import Database, QualifiedName
    from prisma_decouple.rehearse.rows.population import Population
    from prisma_decouple.rehearse.rows.table import Cells

# Rows in one piece of COPY: enough to be fast, and not so many that memory would tell.
_PIECE = 5_000


def fill(
    connection: psycopg.Connection, population: Population, rows: int, database: Database
) -> dict[QualifiedName, int]:
    """Write the rows of all tables.

    Args:
        connection: to a database with the tables; those with foreign keys already take the rows as well.
        population: makes the rows.
        rows: how many in all.
        database: the structure.

    Returns:
        How many rows each table got.
    """
    counts = dict.fromkeys(database.tables, 0)
    for name, cells in population.tables(rows):
        columns = [column for column in cells if cells[column]]
        if columns:
            counts[name] = len(cells[columns[0]])
            copy(connection, name, cells)
            _move_sequences(connection, database, name)
    return counts


def copy(connection: psycopg.Connection, name: QualifiedName, cells: Cells) -> None:
    """Write rows with COPY."""
    names = sql.SQL(", ").join(map(sql.Identifier, cells))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(identifier(name), names)
    columns = list(cells.values())
    with connection.cursor() as cursor, cursor.copy(command) as stream:
        for start in range(0, len(columns[0]), _PIECE):
            piece = zip(*(column[start : start + _PIECE] for column in columns), strict=True)
            stream.write("\n".join(map("\t".join, piece)) + "\n")


def identifier(name: QualifiedName) -> sql.Identifier:
    """A table's name for psycopg."""
    return sql.Identifier(*(part for part in (name.namespace, name.name) if part))


def _move_sequences(connection: psycopg.Connection, database: Database, name: QualifiedName) -> None:
    """Let the sequences go on behind the numbers that are there."""
    for column in database.tables[name].columns.values():
        if isinstance(column.default, Autoincrement):
            table = identifier(name).as_string(connection)
            highest = sql.SQL("(SELECT max({}) FROM {})").format(sql.Identifier(column.name), identifier(name))
            query = sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), {})")
            connection.execute(query.format(sql.Literal(table), sql.Literal(column.name), highest))
