"""Names may hold anything, and the head of a migration tells the truth about its locks."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from judges.installations import psql_program
from judges.psql import psql, rows, value
from prisma_decouple.render.postgresql import duration

NASTY = """\
model Source {
  id    Int     @id @default(autoincrement()) @map("the \\"id\\"")
  kinds Login[]

  @@map("sel'ect ${migration}$ from")
}

model Login {
  id        Int        @id @default(autoincrement()) @map("order")
  sourceId  Int        @map("größe des Ursprungs")
  source    Source     @relation(fields: [sourceId], references: [id])
  mood      Mood?
  documents Document[]

  @@map("user")
}

enum Mood {
  CALM @map("calm's")

  @@map("mo'od")
}

model Document {
  id      Int   @id @default(autoincrement()) @map("missing")
  loginId Int   @map("日本 -- x")
  login   Login @relation(fields: [loginId], references: [id], map: "a \\"quoted\\" constraint")

  @@map("table.with % and 'quotes' $migration$")
}
"""

# By hand, as Prisma's own SQL does not escape quotes.
STRUCTURE = """\
CREATE TYPE "mo'od" AS ENUM ('calm''s');
CREATE TABLE "sel'ect ${migration}$ from" ("the ""id""\" SERIAL PRIMARY KEY);
CREATE TABLE "user" (
  "order" SERIAL PRIMARY KEY,
  "größe des Ursprungs" INTEGER NOT NULL
    REFERENCES "sel'ect ${migration}$ from" ON DELETE RESTRICT ON UPDATE CASCADE,
  "mood" "mo'od"
);
CREATE TABLE "table.with % and 'quotes' $migration$" (
  "missing" SERIAL PRIMARY KEY,
  "日本 -- x" INTEGER NOT NULL
    CONSTRAINT "a ""quoted"" constraint" REFERENCES "user" ON DELETE RESTRICT ON UPDATE CASCADE
);
"""

RULES = """\
name: origin
description: >
  A description with 'quotes', $migration$ and -- dashes; it is long enough
  to be wrapped over more than one line of the head of the migration.
rules:
  - make_optional: { model: Document, field: login }
  - add_relation: { model: Document, to: Source, backfill: [login.sourceId], unresolved: %s }
  - add_index: { models: [Document], fields: [sourceId, loginId] }
  - add_field: { model: Document, field: mood, type: Mood, required: true, attributes: "@default(CALM)" }
  - add_field: { model: Document, field: before, type: Mood, backfill: [{ value: CALM, when: login.mood }] }
"""

ROWS = """\
INSERT INTO "sel'ect ${migration}$ from" DEFAULT VALUES;
INSERT INTO "user" ("größe des Ursprungs") VALUES (1);
INSERT INTO "table.with % and 'quotes' $migration$" ("日本 -- x") VALUES (1), (1);
"""


@pytest.mark.parametrize("unresolved", ["fail", "quarantine", "delete"])
def test_any_name_is_quoted_right(job, there_and_back, unresolved):
    there_and_back(job(NASTY, RULES % unresolved, ROWS, STRUCTURE))


def test_the_message_about_a_row_without_a_value_can_be_written_for_any_name(job):
    made = job(NASTY, (RULES % "fail").replace("[login.sourceId]", "[]"), ROWS, STRUCTURE)

    stderr = made.up(check=False)

    assert "2 row(s) of table.with % and 'quotes' $migration$ have no sourceId" in stderr


HELD = """
SELECT DISTINCT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.pid = pg_backend_pid() AND l.mode IN (%s) AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace;"""


@pytest.mark.parametrize(
    "more", ["", "  - add_index: { models: [Login], fields: [mood] }\n"], ids=["keys", "an index on another table"]
)
def test_the_head_names_the_tables_that_nobody_else_can_use_or_write(job, more):
    made = job(NASTY, RULES % "fail" + more, ROWS, STRUCTURE)
    script = made.change.migration.up

    def told(pattern):
        found = re.search(pattern, script)
        return set(re.findall(r'"((?:[^"]|"")*)"', found[1])) if found else set()

    def held(*modes):
        look = HELD % ", ".join(f"'{mode}'" for mode in modes)
        return set(psql(made.url, script.replace("COMMIT;", look + "\nROLLBACK;")).stdout.splitlines())

    closed = held("AccessExclusiveLock")

    assert told(r"nobody else can read or write (.*)\.\n") == closed
    assert told(r"others can read (.*), but not write\.\n") == held("ShareLock", "ShareRowExclusiveLock") - closed


SEVERAL = """\
datasource db {
  provider = "postgresql"
  schemas  = ["shop", "staff"]
}

model Customer {
  id Int @id

  @@map("User")
  @@schema("shop")
}

model Employee {
  id Int @id

  @@map("User")
  @@schema("staff")
}
"""
POINTS = "rules: [{ add_relation: { model: Customer, to: Employee, unresolved: %s } }]"
QUALIFIED = """
SELECT DISTINCT format('%%I.%%I', nspname, relname) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.pid = pg_backend_pid() AND l.mode IN (%s) AND c.relkind = 'r' AND nspname IN ('shop', 'staff');"""


def test_the_head_names_tables_with_their_namespace(job):
    made = job(SEVERAL, POINTS % "fail")
    script = made.change.migration.up

    def held(mode):
        return psql(made.url, script.replace("COMMIT;", QUALIFIED % f"'{mode}'" + "\nROLLBACK;")).stdout.splitlines()

    assert held("AccessExclusiveLock") == ['shop."User"']
    assert 'nobody else can read or write "shop"."User".\n' in script
    assert held("ShareRowExclusiveLock") == ['shop."User"', 'staff."User"']
    assert 'others can read "staff"."User", but not write.\n' in script


@pytest.mark.parametrize("unresolved", ["fail", "quarantine", "delete"])
def test_messages_name_tables_with_their_namespace(job, unresolved):
    made = job(SEVERAL, POINTS % unresolved, 'INSERT INTO shop."User" VALUES (1)')

    assert "1 row(s)" + (" of " if unresolved == "fail" else ", of ") + "shop.User" in made.up(check=False)


def test_the_time_that_it_waits_for_locks_can_be_limited_as_the_head_says(job):
    made = job(NASTY, RULES % "fail", ROWS, STRUCTURE)
    script = made.change.migration.up
    statement = re.search("`(SET LOCAL lock_timeout[^`]*)` behind BEGIN, or --lock-timeout 5s,", script)[1]

    told = psql(made.url, script.replace("BEGIN;\n", f"BEGIN;\n{statement}\n", 1)).stderr

    assert "SET LOCAL can only be used in transaction blocks" not in told
    assert value(made.url, """SELECT count("sourceId") FROM "table.with % and 'quotes' $migration$" """) == 2


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_lock_that_it_waits_for_too_long_ends_it_and_nothing_is_changed(job, way):
    made = job(NASTY, RULES % "fail", ROWS, STRUCTURE, lock_timeout="200ms")
    if way == "down":
        made.up()
    before = made.contents()

    with psycopg.connect(made.url) as user:
        user.execute('SELECT * FROM "user"')
        told = getattr(made, way)(check=False)

    assert "canceling statement due to lock timeout" in told
    assert made.contents() == before
    getattr(made, way)()
    assert made.contents() != before


def test_a_server_understands_a_time_as_people_write_it(database):
    times = {"500ms": "500ms", "5s": "5s", "1m": "1min", "1h": "1h", "5 min": "5min", "1.5s": "1500ms", "0.5h": "30min"}

    shown = [psql(database, f"SET lock_timeout = '{duration(time)}'; SHOW lock_timeout;").stdout for time in times]

    assert [each.strip() for each in shown] == list(times.values())


def test_a_serial_key_goes_on_where_it_was(job):
    made = job(NASTY, RULES % "fail", ROWS, STRUCTURE)

    made.up()
    made.down()
    psql(made.url, ROWS)

    [row] = rows(made.url, """SELECT max("missing") AS last FROM "table.with % and 'quotes' $migration$" """)
    assert row["last"] == 4
    assert value(made.url, 'SELECT count(*) FROM "user"') == 2


SLOW = "no index begins with {0} of {1}, so that table is read as a whole for each row of {2} that leaves"


@pytest.mark.parametrize("unresolved", ["fail", "quarantine", "delete"])
@pytest.mark.parametrize(
    "index", ["", "@@index([documentId, id])", "@@unique([documentId])", "@@index([id, documentId])"]
)
def test_a_key_without_an_index_is_named_where_rows_may_leave(job, unresolved, index):
    schema = f"""\
model Source {{
  id Int @id
}}

model Document {{
  id    Int    @id
  pages Page[]
}}

model Page {{
  id         Int      @id
  documentId Int
  document   Document @relation(fields: [documentId], references: [id])
  {index}
}}
"""
    rule = f"add_relation: {{ model: Document, to: Source, unresolved: {unresolved} }}"

    change = job(schema, f"rules: [{{ {rule} }}]").change

    told = SLOW.format("documentId", "Page", "Document")
    is_slow = unresolved != "fail" and "[documentId" not in index
    assert any(told in note for note in change.notes) is is_slow
    assert (f"--   * Left to you: {told}" in change.migration.up) is is_slow


TREE = """\
model Source {
  id Int @id
}

model Page {
  id       Int    @id
  parentId Int?
  parent   Page?  @relation("Tree", fields: [parentId], references: [id])
  children Page[] @relation("Tree")
}
"""


@pytest.fixture
def tree(job):
    """Pages that all have to leave, each below another one."""
    rules = "name: tree\nrules: [{ add_relation: { model: Page, to: Source, unresolved: quarantine } }]"
    pages = "SELECT id, nullif(id, 1) - 1 FROM generate_series(1, 300) AS id"
    return job(TREE, rules, f'INSERT INTO "Page" (id, "parentId") {pages}')


def test_a_table_is_not_read_for_each_row_that_leaves_it_when_nobody_can_read_it_anyway(tree, there_and_back):
    assert not any("no index begins with" in note for note in tree.change.notes)

    there_and_back(tree)

    reads = "SELECT seq_scan FROM pg_stat_user_tables WHERE relid = '\"Page\"'::regclass"
    before = value(tree.url, reads)
    tree.up()
    assert value(tree.url, 'SELECT count(*) FROM "Page"') == 0
    assert value(tree.url, reads) - before < 100


@pytest.mark.parametrize(
    "made",
    [
        'ALTER TABLE "Page" ALTER CONSTRAINT "Page_parentId_fkey" DEFERRABLE',
        'COMMENT ON CONSTRAINT "Page_parentId_fkey" ON "Page" IS \'kept\'',
    ],
)
def test_a_foreign_key_that_could_not_come_again_as_it_was_stays(tree, made):
    psql(tree.url, made)
    look = "SELECT oid FROM pg_constraint WHERE conname = 'Page_parentId_fkey'"
    before = value(tree.url, look)

    tree.up()

    assert value(tree.url, 'SELECT count(*) FROM "Page"') == 0
    assert value(tree.url, look) == before


def run_as_told(script, pattern, folder, **environment):
    """Run the command in a head as somebody would who copies it; what it wrote to stderr."""
    command = re.search(rf"^--\s+({pattern}.*)$", script, re.MULTILINE)[1]
    path = f"{Path(psql_program()).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


def test_the_head_says_how_to_see_why_it_failed(job, tmp_path):
    made = job(NASTY, (RULES % "fail").replace("[login.sourceId]", "[]"), ROWS, STRUCTURE)
    (tmp_path / "migration.sql").write_text(made.change.migration.up)
    url = f"{made.url}?schema=public"

    assert "have no sourceId" in run_as_told(made.change.migration.up, "sed", tmp_path, DATABASE_URL=url)
    psql(made.url, "DELETE FROM \"table.with % and 'quotes' $migration$\"")
    before = made.contents()
    assert "ERROR" not in run_as_told(made.change.migration.up, "sed", tmp_path, DATABASE_URL=url)
    assert made.contents() == before


KNOWN = """\
CREATE TABLE _prisma_migrations (migration_name VARCHAR(255), finished_at TIMESTAMPTZ, rolled_back_at TIMESTAMPTZ);
"""


def test_the_way_back_stops_while_a_later_migration_stands(job):
    made = job(TREE, "name: tree\nrules: [{ add_relation: { model: Page, to: Source, required: false } }]")
    made.up()
    psql(
        made.url,
        KNOWN
        + """INSERT INTO _prisma_migrations VALUES
          ('20270101000000_applied_before', '2026-01-01'), ('20260101000000_tree', '2026-01-02'),
          ('20260101000001_later', '2026-01-03'), ('20260101000002_failed', NULL);
        INSERT INTO _prisma_migrations VALUES ('20260101000003_back', '2026-01-04', '2026-01-05');""",
    )
    before = made.contents()

    assert "migrations that came later still stand: 20260101000001_later\n" in made.down(check=False)
    assert made.contents() == before
    psql(made.url, "DELETE FROM _prisma_migrations WHERE migration_name = '20260101000001_later'")
    made.down()


def test_the_head_says_how_to_run_the_way_back_with_the_url_that_prisma_has(job, prisma, tmp_path):
    made = job(TREE, "name: tree\nrules: [{ add_relation: { model: Page, to: Source, required: false } }]")
    (tmp_path / "down.sql").write_text(made.change.migration.down)
    applied = KNOWN + "INSERT INTO _prisma_migrations VALUES ('20260101000000_tree', now());"
    structure = prisma.sql(None, str(made.change.before))
    psql(made.url, made.change.migration.up + applied)
    psql(made.url, f"CREATE SCHEMA tenant; SET search_path = tenant; {structure}{made.change.migration.up}{applied}")
    places = "SELECT table_schema FROM information_schema.columns WHERE column_name = 'sourceId'"
    known = "SELECT (SELECT count(*) FROM public._prisma_migrations), (SELECT count(*) FROM tenant._prisma_migrations)"

    def down(schema, **environment):
        return run_as_told(
            made.change.migration.down, "psql", tmp_path, DATABASE_URL=f"{made.url}?schema={schema}", **environment
        )

    assert 'PGOPTIONS="-c search_path=NAME"' in made.change.migration.down
    assert down("tenant", PGOPTIONS="-c search_path=tenant") == ""
    assert [row["table_schema"] for row in rows(made.url, places)] == ["public"]
    assert psql(made.url, known).stdout == "1|0\n"
    assert down("public") == ""
    assert rows(made.url, places) == []
    assert psql(made.url, known).stdout == "0|0\n"
