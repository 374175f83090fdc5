"""`prisma-decouple diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prisma_decouple.__main__ import main

from .conftest import EMPTY

USER = EMPTY + "\nmodel User {\n  id   Int     @id\n  name String?\n}\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Write files and run the command on them: its exit code, and what it wrote to stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.prisma").write_text(text, encoding="utf-8")
        status = main(["diff", *arguments])
        written = capsys.readouterr()
        return status, written.out, written.err

    return command


def test_from_empty(run):
    status, out, err = run("--from", "empty", "--to", "user.prisma", user=USER)

    assert (status, err) == (0, "")
    assert out == (
        "-- From empty to user.prisma\n"
        "--\n"
        "-- What to expect\n"
        "--   * One transaction: all of it happens, or nothing."
        " psql names the reason of a failure in its first error message.\n"
        "\n"
        "BEGIN;\n"
        "\n"
        "-- New tables\n"
        'CREATE TABLE "User" (\n'
        '  "id" INTEGER NOT NULL,\n'
        '  "name" TEXT,\n'
        '  CONSTRAINT "User_pkey" PRIMARY KEY ("id")\n'
        ");\n"
        "\n"
        "COMMIT;\n"
    )


def test_the_way_back_is_marked_with_what_it_loses(run):
    status, out, _ = run("--from", "empty", "--to", "user.prisma", "--down", user=USER)

    assert status == 0
    assert "-- From user.prisma to empty\n" in out
    assert '-- LOST FOR GOOD: the table User with all its rows\nDROP TABLE "User";\n' in out


def test_a_lock_is_waited_for_as_long_as_was_said(run):
    _, out, _ = run("--from", "empty", "--to", "user.prisma", "--lock-timeout", "2min", user=USER)

    assert "--   * A lock that it waits for longer than 2min ends it, and nothing is changed.\n" in out
    assert "BEGIN;\n\nSET LOCAL lock_timeout = '2min';\n" in out


def test_so_is_one_of_a_script_that_is_too_large_for_a_transaction(run):
    tables = "".join(f"model Table{n} {{\n  id Int @id\n}}\n" for n in range(1000))

    _, out, _ = run("--from", "empty", "--to", "large.prisma", "--lock-timeout", "5s", large=EMPTY + tables)

    assert "--   * A lock that it waits for longer than 5s ends it where it is.\n" in out
    assert "\n\nSET lock_timeout = '5s';\n\n-- New tables\n" in out
    assert "BEGIN;" not in out


def test_the_same_schema_twice(run):
    status, out, _ = run("--from", "user.prisma", "--to", "user.prisma", user=USER)

    assert status == 0
    assert out == "-- From user.prisma to user.prisma\n--\n-- Nothing to do: both make the same database.\n"


def test_what_looks_like_a_rename_is_a_question(run):
    schemas = {"before": USER, "after": USER.replace("name", "fullName")}
    question = "User.name is gone and fullName is new, with the same type: was it renamed?"

    status, out, err = run("--from", "before.prisma", "--to", "after.prisma", **schemas)
    assert status == 0
    assert f"--   * QUESTION: {question}" in out
    assert err == f"question: {question} Then say --rename User.name=fullName.\n"

    _, out, err = run("--from", "before.prisma", "--to", "after.prisma", "--rename", "User.name=fullName", **schemas)
    assert 'ALTER TABLE "User" RENAME COLUMN "name" TO "fullName";\n' in out
    assert "LOST FOR GOOD" not in out
    assert err == ""

    _, out, err = run("--from", "before.prisma", "--to", "after.prisma", "--allow-loss", **schemas)
    assert "QUESTION" not in out
    assert "LOST FOR GOOD: the values of User.name" in out
    assert err == ""


def test_views_are_left_to_the_user(run):
    view = USER + "\nview Name {\n  name String @unique\n}\n"

    _, out, err = run("--from", "user.prisma", "--to", "view.prisma", user=USER, view=view)

    assert "-- Left to you: the view Name is new in the schema; create it yourself.\n" in out
    assert err == "note: the view Name is new in the schema; create it yourself\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("model A {\n  id Int @id\n}\n", "neither schema has a datasource, so nothing says what the database is"),
        (USER.replace("postgresql", "cockroachdb"), "PostgreSQL only so far, not for cockroachdb"),
        (USER.replace("postgresql", "sqlite"), "PostgreSQL only so far, not for sqlite"),
        ("model {", "E201"),
    ],
)
def test_what_cannot_be_done_is_said(run, text, message):
    status, out, err = run("--from", "empty", "--to", "other.prisma", other=text)

    assert (status, out) == (2, "")
    assert message in err


def test_postgres_is_postgresql(run):
    schemas = {"a": USER, "b": USER.replace("postgresql", "postgres")}

    status, out, _ = run("--from", "a.prisma", "--to", "b.prisma", **schemas)

    assert status == 0
    assert "Nothing to do" in out


def test_two_databases(run):
    status, _, err = run("--from", "a.prisma", "--to", "b.prisma", a=USER, b=USER.replace("postgresql", "sqlite"))

    assert status == 2
    assert "the schemas are for different databases: postgresql and sqlite" in err


CODE = "export const greet = (user: User) => user.name.trim();\nexport const all = () => prisma.user.findMany();\n"


def test_both_ways_and_the_places_in_the_code_are_written(run, tmp_path):
    (tmp_path / "greet.ts").write_text(CODE, encoding="utf-8")
    schemas = {"before": USER.replace("String?", "String"), "after": USER}

    status, out, err = run(
        "--from", "before.prisma", "--to", "after.prisma", "--out", "build", "--code", ".", **schemas
    )
    hints = json.loads((tmp_path / "build" / "code" / "hints.json").read_text(encoding="utf-8"))["hints"]

    assert (status, out) == (0, "")
    written = ("migration.sql", "down.sql", "code/guide.md", "code/hints.json")
    assert err.splitlines() == [
        *(str(Path("build", name)) for name in written),
        "code        1 hint, 0 of them patched",
    ]
    assert 'ALTER COLUMN "name" DROP NOT NULL' in (tmp_path / "build" / "migration.sql").read_text(encoding="utf-8")
    assert 'ALTER COLUMN "name" SET NOT NULL' in (tmp_path / "build" / "down.sql").read_text(encoding="utf-8")
    assert [(each["file"], each["line"], each["kind"]) for each in hints] == [("greet.ts", 1, "read")]


def test_what_is_there_is_only_replaced_by_force(run, tmp_path):
    ends = ("--from", "empty", "--to", "user.prisma", "--out", "build")

    assert run(*ends, user=USER)[0] == 0
    status, _, err = run(*ends)
    assert (status, err.splitlines()[0]) == (2, f"E101 `{Path('build', 'migration.sql')}` and 1 more are there already")
    assert run(*ends, "--force")[0] == 0


@pytest.mark.parametrize("provider", ["sqlite", "mysql", "mongodb"])
def test_code_is_looked_at_for_any_database_but_there_is_no_sql_for_it(run, tmp_path, provider):
    (tmp_path / "greet.ts").write_text(CODE, encoding="utf-8")
    key = "String @id" + (' @map("_id")' if provider == "mongodb" else "")
    after = USER.replace("postgresql", provider).replace("Int     @id", key)
    schemas = {"before": after.replace("String?", "String"), "after": after}

    status, _, err = run("--from", "before.prisma", "--to", "after.prisma", "--out", "build", "--code", ".", **schemas)

    assert (status, err.splitlines()[0]) == (0, f"note: there is no SQL here for {provider}, only for PostgreSQL")
    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == ["code"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--code", "."), "--code and --force are for what --out DIR writes"),
        (("--force",), "--code and --force are for what --out DIR writes"),
        (("--out", "build", "--down"), "--out writes both ways"),
        (("--out", "build", "--code", "."), "--code needs two schemas"),
        (("--out", "build", "--tsc"), "--tsc asks the compiler of the code that --code names"),
    ],
)
def test_options_that_do_not_go_together(run, arguments, why):
    status, _, err = run("--from", "empty", "--to", "user.prisma", *arguments, user=USER)

    assert status == 2
    assert why in err


def test_code_that_is_not_there(run):
    schemas = {"before": USER, "after": USER.replace("String?", "String")}
    status, _, err = run(
        "--from", "before.prisma", "--to", "after.prisma", "--out", "build", "--code", "gone", **schemas
    )

    assert status == 2
    assert "there is no folder `gone`" in err
