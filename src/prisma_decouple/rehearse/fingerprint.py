"""A database as it is at one moment: its whole structure, and its rows as numbers that the database computes itself."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from psycopg import sql

from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.run import connect

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import psycopg

    from prisma_decouple.model.database import Database, QualifiedName

Catalog: TypeAlias = "dict[tuple[str, str], Any]"
Columns: TypeAlias = "Mapping[QualifiedName, Sequence[str]]"

# By kind: a query for `name` and `what`. What a comparison of two schemas does not see is in it on purpose: whether a
# constraint is valid, what the order of enum values and columns is, which sequence belongs to which column. The
# not-null constraints of PostgreSQL 18 are left out, as the columns say it.
_QUERIES = {
    "table": """
        SELECT t.name, json_build_object('kind', t.relkind, 'persistence', t.relpersistence,
            'row security', t.relrowsecurity) AS what
        FROM catalogued t""",
    "column": """
        SELECT t.name || '.' || a.attname AS name, json_build_object(
            'position', row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum),
            'type', format_type(a.atttypid, a.atttypmod), 'not null', a.attnotnull,
            'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity, 'generated', a.attgenerated) AS what
        FROM catalogued t
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum""",
    "constraint": """
        SELECT t.name || '.' || c.conname AS name,
            json_build_object('definition', pg_get_constraintdef(c.oid), 'validated', c.convalidated) AS what
        FROM catalogued t JOIN pg_constraint c ON c.conrelid = t.oid WHERE c.contype <> 'n'""",
    "index": """
        SELECT i.indexrelid::regclass::text AS name,
            json_build_object('definition', pg_get_indexdef(i.indexrelid), 'valid', i.indisvalid) AS what
        FROM catalogued t JOIN pg_index i ON i.indrelid = t.oid""",
    "trigger": """
        SELECT t.name || '.' || g.tgname AS name, to_json(pg_get_triggerdef(g.oid)) AS what
        FROM catalogued t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal""",
    "enum": """
        SELECT e.oid::regtype::text AS name,
            to_json(ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = e.oid ORDER BY enumsortorder)) AS what
        FROM pg_type e JOIN namespaces n ON n.oid = e.typnamespace WHERE e.typtype = 'e'""",
    "sequence": """
        SELECT c.oid::regclass::text AS name, json_build_object('type', format_type(s.seqtypid, NULL), 'owner', (
            SELECT d.refobjid::regclass || '.' || a.attname FROM pg_depend d
            JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))) AS what
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN namespaces n ON n.oid = c.relnamespace""",
    "view": """
        SELECT c.oid::regclass::text AS name, to_json(pg_get_viewdef(c.oid)) AS what
        FROM pg_class c JOIN namespaces n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')""",
}
_SCOPE = """
    WITH namespaces AS (SELECT oid FROM pg_namespace WHERE nspname = ANY(%s)),
    catalogued AS (
        SELECT c.*, c.oid::regclass::text AS name FROM pg_class c JOIN namespaces n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
    )"""
_DEFAULT_NAMESPACE = "public"


@dataclass(frozen=True)
class Fingerprint:
    """A structure, and for each table the number of its rows and two sums over their hashes."""

    catalog: Catalog
    rows: Mapping[QualifiedName, tuple[int, int, int]]

    @property
    def counts(self) -> dict[QualifiedName, int]:
        """How many rows each table has."""
        return {name: count for name, (count, *_) in self.rows.items()}

    def differences(self, later: Fingerprint) -> list[str]:
        """One line for each thing that differs; empty when the two are equal."""
        return differences(self.catalog, later.catalog) + [
            f"{_rows(self.rows.get(name))} of {name.name} became {_rows(later.rows.get(name))}"
            for name in dict.fromkeys([*self.rows, *later.rows])
            if self.rows.get(name) != later.rows.get(name)
        ]


def fingerprint(address: str, database: Database, *, but: Collection[tuple[QualifiedName, str]] = ()) -> Fingerprint:
    """Look at a database.

    Args:
        address: of the database.
        database: the structure that says where to look; tables that are not there are passed over.
        but: columns whose values do not count.
    """
    with closing(connect(address)) as connection:
        found = catalog(connection, namespaces(database))
        there = present(connection, database)
        counted = {name: [each for each in columns if (name, each) not in but] for name, columns in there.items()}
        return Fingerprint(found, checksums(connection, counted))


def namespaces(*databases: Database) -> list[str]:
    """The namespaces that schemas speak of."""
    names = [name.namespace for database in databases for name in (*database.tables, *database.enums)]
    return list(dict.fromkeys([_DEFAULT_NAMESPACE, *(name for name in names if name)]))


def catalog(connection: psycopg.Connection, names: Collection[str]) -> Catalog:
    """Everything that the catalog says of these namespaces, by kind and name."""
    parts = [
        f"(SELECT '{kind}' AS kind, * FROM ({query}) AS part)"  # noqa: S608 - both are written above
        for kind, query in _QUERIES.items()
    ]
    query = "\n".join((_SCOPE, "\nUNION ALL\n".join(parts)))
    # Names come with their namespace unless it is the default one, whatever the user's search path is.
    connection.execute("SET search_path = public")
    return {(kind, name): what for kind, name, what in connection.execute(query.encode(), (list(names),))}


def differences(before: Catalog, after: Catalog) -> list[str]:
    """One line for each thing that differs."""
    return [
        f"{kind} {name}: {_told(before.get((kind, name)))} became {_told(after.get((kind, name)))}"
        for kind, name in sorted(before.keys() | after.keys())
        if before.get((kind, name)) != after.get((kind, name))
    ]


def without_positions(found: Catalog) -> Catalog:
    """A catalog without the order of columns: what a migration adds stands behind what was there."""
    return {
        (kind, name): {part: value for part, value in what.items() if part != "position"} if kind == "column" else what
        for (kind, name), what in found.items()
    }


def present(connection: psycopg.Connection, database: Database) -> dict[QualifiedName, list[str]]:
    """The columns that each table of a structure really has."""
    query = """
        SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') GROUP BY 1, 2"""
    there = {(namespace, table): names for namespace, table, names in connection.execute(query)}
    places = {name: (name.namespace or _DEFAULT_NAMESPACE, name.name) for name in database.tables}
    return {name: there[place] for name, place in places.items() if place in there}


def checksums(connection: psycopg.Connection, columns: Columns) -> dict[QualifiedName, tuple[int, int, int]]:
    """For each table the number of rows, and two sums over the hashes of its rows, whatever their order.

    Args:
        connection: to the database.
        columns: which columns of which tables.
    """
    return {name: checksum(connection, name, names) for name, names in columns.items()}


def checksum(connection: psycopg.Connection, name: QualifiedName, columns: Sequence[str]) -> tuple[int, int, int]:
    """The same for one table."""
    row = sql.SQL("ROW({})::text").format(sql.SQL(", ").join(map(sql.Identifier, columns)))
    sums = [
        sql.SQL("coalesce(sum(hashtextextended({}, {})::numeric), 0)").format(row, sql.Literal(salt)) for salt in (0, 1)
    ]
    query = sql.SQL("SELECT count(*), {}, {} FROM {}").format(*sums, identifier(name))
    found = connection.execute(query).fetchone()
    assert found is not None, "an aggregate always has a row"  # noqa: S101
    return int(found[0]), int(found[1]), int(found[2])


def _rows(found: tuple[int, int, int] | None) -> str:
    return "no table" if found is None else f"{found[0]} rows ({found[1] % 0xFFFF_FFFF:08x})"


def _told(what: object) -> str:
    if what is None:
        return "nothing"
    if isinstance(what, dict):
        return ", ".join(f"{key} {value}" for key, value in what.items() if value not in {None, ""})
    return str(what)
