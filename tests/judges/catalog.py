"""The whole structure of a PostgreSQL database, for a strict comparison.

Prisma's drift check does not see the order of columns, the order of enum values, sequences and identity, CHECK and
exclusion constraints, NOT VALID and DEFERRABLE, operator classes, expression indexes, collations, triggers, views,
policies, comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from judges.psql import rows

if TYPE_CHECKING:
    from collections.abc import Collection

Catalog = dict[tuple[str, str], Any]

# By kind: a query for `name` and `what`. "catalogued" are the tables of the namespaces that were asked for.
QUERIES = {
    "tables": """
        SELECT t.name, json_build_object('kind', t.relkind, 'persistence', t.relpersistence,
            'row security', t.relrowsecurity, 'comment', obj_description(t.oid)) AS what
        FROM catalogued t""",
    "columns": """
        SELECT t.name || '.' || a.attname AS name, json_build_object(
            'position', row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum),
            'type', format_type(a.atttypid, a.atttypmod), 'not null', a.attnotnull,
            'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity, 'generated', a.attgenerated,
            'collation', (SELECT collname FROM pg_collation WHERE oid = a.attcollation)) AS what
        FROM catalogued t
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum""",
    "constraints": """
        SELECT t.name || '.' || c.conname AS name,
            json_build_object('definition', pg_get_constraintdef(c.oid), 'validated', c.convalidated) AS what
        FROM catalogued t JOIN pg_constraint c ON c.conrelid = t.oid""",
    "indexes": """
        SELECT i.indexrelid::regclass::text AS name,
            json_build_object('definition', pg_get_indexdef(i.indexrelid), 'valid', i.indisvalid) AS what
        FROM catalogued t JOIN pg_index i ON i.indrelid = t.oid""",
    "triggers": """
        SELECT t.name || '.' || g.tgname AS name, to_json(pg_get_triggerdef(g.oid)) AS what
        FROM catalogued t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal""",
    "policies": """
        SELECT t.name || '.' || p.polname AS name, to_json(pg_get_expr(p.polqual, p.polrelid)) AS what
        FROM catalogued t JOIN pg_policy p ON p.polrelid = t.oid""",
    "enums": """
        SELECT e.oid::regtype::text AS name,
            to_json(ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = e.oid ORDER BY enumsortorder)) AS what
        FROM pg_type e JOIN namespaces n ON n.oid = e.typnamespace WHERE e.typtype = 'e'""",
    "sequences": """
        SELECT c.oid::regclass::text AS name, json_build_object('type', format_type(s.seqtypid, NULL), 'owner', (
            SELECT d.refobjid::regclass || '.' || a.attname FROM pg_depend d
            JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))) AS what
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN namespaces n ON n.oid = c.relnamespace""",
    "views": """
        SELECT c.oid::regclass::text AS name, to_json(pg_get_viewdef(c.oid)) AS what
        FROM pg_class c JOIN namespaces n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')""",
    "functions": """
        SELECT f.oid::regprocedure::text AS name, to_json(f.prosrc) AS what
        FROM pg_proc f JOIN namespaces n ON n.oid = f.pronamespace
        WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')""",
}

# Prisma's own table of what it applied is not part of the schema.
SCOPE = """
    WITH namespaces AS (SELECT oid FROM pg_namespace WHERE nspname IN ({names})),
    catalogued AS (
        SELECT c.*, c.oid::regclass::text AS name FROM pg_class c JOIN namespaces n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
    )"""


def catalog(url: str, namespaces: Collection[str] = ("public",)) -> Catalog:
    """Return everything that the database's catalog says of these namespaces, by (kind, name)."""
    names = ", ".join("'{}'".format(name.replace("'", "''")) for name in namespaces)
    parts = [f"SELECT '{kind}' AS kind, * FROM ({query}) AS {kind}" for kind, query in QUERIES.items()]
    # In one query, as each call of psql costs more than the query itself.
    found = rows(url, SCOPE.format(names=names) + "\nUNION ALL\n".join(f"({part})" for part in parts))
    return {(row["kind"], row["name"]): row["what"] for row in found}


def differences(before: Catalog, after: Catalog) -> list[str]:
    """Return one line for each thing that differs, empty when the two are equal."""
    return [
        f"{kind} {name}: {before.get((kind, name))} became {after.get((kind, name))}"
        for kind, name in sorted(before.keys() | after.keys())
        if before.get((kind, name)) != after.get((kind, name))
    ]
