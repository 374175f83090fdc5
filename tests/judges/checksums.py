"""What is in the rows of a database, as one number for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from judges.psql import identifier, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS = """
    SELECT c.oid::regclass::text AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = '{namespace}'::regnamespace AND c.relname <> '_prisma_migrations'
    GROUP BY c.oid"""


class Checksum(NamedTuple):
    """How many rows a table has, and a hash over them."""

    count: int
    hash: str


def columns(url: str, namespace: str = "public") -> dict[str, list[str]]:
    """Return the columns of every table, keyed by the table's name as SQL writes it."""
    return {row["table"]: row["columns"] for row in rows(url, COLUMNS.format(namespace=namespace))}


def checksums(url: str, only: Mapping[str, Sequence[str]] | None = None) -> dict[str, Checksum]:
    """Hash every row of every table, whatever the order in which the rows lie on the disk.

    Args:
        url: of the database.
        only: the tables and columns to look at; those of the database as it was, so that what was added does not count.
            None means all that there are.
    """
    scope = columns(url) if only is None else only
    return {row["table"]: Checksum(row["count"], row["hash"]) for row in rows(url, _query(scope))} if scope else {}


def _query(scope: Mapping[str, Sequence[str]]) -> str:
    return "\nUNION ALL\n".join(_query_of_table(table, names) for table, names in scope.items())


def _query_of_table(table: str, names: Sequence[str]) -> str:
    # The hashes of the rows are sorted themselves: a set of rows has the same hash with any key, or none.
    row = f"md5(ROW({', '.join(identifier(name) for name in names)})::text)"
    label = table.replace("'", "''")
    whole = f"md5(coalesce(string_agg({row}, '' ORDER BY {row}), ''))"
    return f"SELECT '{label}' AS \"table\", count(*) AS count, {whole} AS hash FROM {table}"
