"""A judge that accepts everything is none: each of them sees what it is there to see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from judges.psql import SqlError, psql, rows
from judges.sarif import Complaint, validate_sarif
from judges.snapshot import snapshot
from judges.squawk import Finding, squawk

if TYPE_CHECKING:
    from pathlib import Path

    from judges.oracle import Engine, Prisma

SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Post {
  id    Int    @id
  title String
}
"""

DATABASE = """
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE TABLE "Post" (id INTEGER PRIMARY KEY, title TEXT NOT NULL, CHECK (title <> ''));
    INSERT INTO "Post" VALUES (1, 'one'), (2, 'two');
"""

CHANGES = {
    "the order of columns": 'ALTER TABLE "Post" RENAME title TO x; ALTER TABLE "Post" ADD title TEXT, DROP x;',
    "the order of enum values": "ALTER TYPE mood ADD VALUE 'fair' BEFORE 'bad'",
    "a check": 'ALTER TABLE "Post" DROP CONSTRAINT "Post_title_check"',
    "a default": """ALTER TABLE "Post" ALTER title SET DEFAULT ''""",
    "a sequence": "CREATE SEQUENCE numbers",
    "a trigger": 'CREATE TRIGGER t BEFORE UPDATE ON "Post" EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    "a comment": """COMMENT ON TABLE "Post" IS 'new'""",
    "one value": """UPDATE "Post" SET title = 'three' WHERE id = 2""",
    "two values that change places": """UPDATE "Post" SET title = CASE id WHEN 1 THEN 'two' ELSE 'one' END""",
    "a row": 'DELETE FROM "Post" WHERE id = 2',
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_snapshot_sees(database: str, change: str):
    psql(database, DATABASE)
    before = snapshot(database)

    psql(database, CHANGES[change])

    assert before.differences(snapshot(database))


def test_a_snapshot_does_not_see_where_rows_lie_on_the_disk(database: str):
    psql(database, DATABASE)
    before = snapshot(database)

    psql(database, """UPDATE "Post" SET title = title WHERE id = 1; VACUUM FULL "Post";""")

    assert before.differences(snapshot(database)) == []


def test_the_old_rows_are_compared_in_their_old_columns_only(database: str):
    psql(database, DATABASE)
    before = snapshot(database)

    psql(database, """ALTER TABLE "Post" ADD "new" INTEGER DEFAULT 1""")
    assert before.differences_of_old_rows(database) == []

    psql(database, """UPDATE "Post" SET title = 'three' WHERE id = 2""")
    assert len(before.differences_of_old_rows(database)) == 1


def test_psql_stops_at_the_first_error_and_says_what_it_was(database: str):
    with pytest.raises(SqlError, match="division by zero"):
        psql(database, "SELECT 1 / 0; CREATE TABLE late ();")

    assert rows(database, "SELECT FROM pg_class WHERE relname = 'late'") == []


def test_psql_knows_variables(database: str):
    assert psql(database, "SELECT :count + 1", variables={"count": 41}).stdout == "42\n"


@pytest.mark.parametrize("engine", ["6", "7", "8"])
def test_prisma_names_the_line_of_an_error(prisma: Prisma, engine: Engine):
    [error] = prisma.validate(SCHEMA.replace("String", "Strin"), engine)

    assert (error.line, error.file) == (8, "schema.prisma")


def test_prisma_sees_the_datasource_as_it_is_when_asked(prisma: Prisma):
    [error] = prisma.validate(SCHEMA, "7", fit_url=False)

    assert "`url` is no longer supported" in error.message


def test_prisma_reads_the_files_of_a_folder(prisma: Prisma, tmp_path: Path):
    for name, text in {"a.prisma": SCHEMA, "b.prisma": "model Tag {\n  id Int @id\n}\n"}.items():
        (tmp_path / name).write_text(text)

    assert [model["name"] for model in prisma.dmmf(tmp_path)["datamodel"]["models"]] == ["Post", "Tag"]


def test_prisma_says_what_a_live_database_lacks(prisma: Prisma, database: str):
    psql(database, prisma.sql(None, SCHEMA))
    assert prisma.drift(database, SCHEMA) == ""

    assert 'ADD COLUMN     "more" INTEGER' in prisma.drift(database, SCHEMA.replace("String", "String\n  more Int?"))


def test_a_script_is_split_at_the_semicolons_that_end_statements(prisma: Prisma):
    statements = [
        "-- a comment; with a semicolon\nSELECT ';', E'\\';', \";\"",
        "DO $body$ BEGIN PERFORM 1; END $body$",
        "/* outer; /* inner; */ still; */ SELECT $$;$$",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
    ]

    assert prisma.statements(";\n".join(statements) + ";\n-- the end;\n") == statements


def test_squawk_counts_lines_from_one(tmp_path: Path):
    (tmp_path / "migration.sql").write_text('BEGIN;\nDROP TABLE "Post";\nCOMMIT;\n')

    assert Finding(2, "ban-drop-table") in squawk(tmp_path / "migration.sql")


@pytest.mark.parametrize(
    ("result", "complaint"),
    [
        ({"level": "grave", "message": {"text": "It is."}}, Complaint("error", "$.runs[0].results[0].level")),
        ({"level": "error"}, Complaint("error", "$.runs[0].results[0]")),
        (
            {
                "message": {"text": "It is."},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "/etc/hosts"}}}],
            },
            Complaint("error", "SARIF1004"),
        ),
    ],
    ids=["unknown value", "nothing said", "no address"],
)
def test_sarif_is_held_against_its_schema_and_its_specification(tmp_path: Path, result, complaint):
    run = {"tool": {"driver": {"name": "x"}}, "results": [{"ruleId": "X1", **result}]}

    assert complaint in validate_sarif(json.dumps({"version": "2.1.0", "runs": [run]}), tmp_path)
