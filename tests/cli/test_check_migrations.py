"""`check` and the migrations: which ones are looked at, what is printed, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from judges.marks import on_one_server
from judges.squawk import program

FIRST, SECOND, THIRD = "20250101000000_init", "20250201000000_name", "20250301000000_owner"
NEW = "20250401000000_again"
INIT = 'CREATE TABLE "Login" ("id" INTEGER PRIMARY KEY);\n'
NAME = 'ALTER TABLE "Login" ADD COLUMN "name" TEXT NOT NULL;\n'
OWNER = 'ALTER TABLE "Login" ADD COLUMN "owner" TEXT NOT NULL;\n'
LOCK = 'provider = "postgresql"\n'


def put(folder, **scripts):
    """Write a folder of migrations; a lock in it says that they are for PostgreSQL."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "migration_lock.toml").write_text(LOCK)
    for name, text in scripts.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "migration.sql").write_text(text)
    return folder


@pytest.fixture(autouse=True)
def _without_squawk(monkeypatch):
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def migrations(project):
    """Three migrations beside the schema, of which the later two add a required column each."""
    return put(project / "prisma" / "migrations", **{FIRST: INIT, SECOND: NAME, THIRD: OWNER})


def places(result):
    """File and line of each problem."""
    return [f"{each['file']}:{each['line']}" for each in json.loads(result.out)["problems"]]


def script(name, folder="prisma/migrations"):
    return f"{folder}/{name}/migration.sql"


def test_the_last_migration_beside_a_schema_is_judged_with_it(migrations, run):
    result = run("check")

    assert result.status == 1
    assert result.out == (
        f"{script(THIRD)}:1:32: D301 the required column `owner` has no value for the rows that `Login` may have\n"
        'ALTER TABLE "Login" ADD COLUMN "owner" TEXT NOT NULL;\n'
        "                               ^^^^^^^\n"
        "hint: Add the column without NOT NULL, fill it with UPDATE, and only then SET NOT NULL,"
        " all in one transaction; or give it a DEFAULT.\n"
    )


def test_what_earlier_migrations_have_is_counted(project, run):
    put(project / "prisma" / "migrations", **{FIRST: INIT, SECOND: NAME, THIRD: "SELECT 1;"})

    result = run("check")

    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("1 more in earlier migrations of prisma/migrations; ")


def test_clean_migrations_are_silent(project, run):
    put(project / "prisma" / "migrations", **{FIRST: INIT})

    result = run("check")

    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize("output_format", ["json", "github", "sarif"])
def test_every_format_names_the_place(migrations, run, output_format):
    result = run("check", "--output-format", output_format)

    assert result.out.count(script(THIRD)) == 1
    assert "D301" in result.out


def test_they_can_be_left_out(migrations, run):
    assert run("check", "--no-migrations").status == 0


@pytest.mark.parametrize("since", [FIRST, "202501"])
def test_all_that_comes_after_what_is_applied_is_judged(project, migrations, run, since):
    (project / "prisma-decouple.yaml").write_text(f"migrations: {{ since: {since} }}\n")

    result = run("check", "--output-format", "json")

    assert places(result) == [f"{script(SECOND)}:1", f"{script(THIRD)}:1"]
    assert result.err == ""


@pytest.mark.parametrize("since", [SECOND, "202502011", '"20250202"', "20250202"])
def test_what_is_applied_is_left_alone(project, migrations, run, since):
    (project / "prisma-decouple.yaml").write_text(f"migrations: {{ since: {since} }}\n")

    result = run("check", "--output-format", "json")

    assert places(result) == [f"{script(THIRD)}:1"]
    assert result.err == ""


def test_a_code_can_be_turned_off(project, migrations, run):
    (project / "prisma-decouple.yaml").write_text("disable: [D301]\n")

    assert run("check").status == 0


def test_a_code_that_does_not_exist_cannot_be_turned_off(project, migrations, run):
    (project / "prisma-decouple.yaml").write_text("disable: [D399]\n")

    result = run("check")

    assert result.status == 2
    assert "there is no invariant `D399` of migrations" in result.err


def test_a_hook_names_scripts_and_only_these_are_judged_with_the_history_before_them(project, migrations, run):
    put(migrations, **{NEW: 'ALTER TABLE "Login" ADD COLUMN IF NOT EXISTS "name" TEXT NOT NULL;'})

    result = run("check", script(THIRD), script(NEW), "--output-format", "json")

    assert places(result) == [f"{script(THIRD)}:1"]
    assert result.err == ""


def test_scripts_that_are_named_beside_their_schema_are_all_that_is_judged(migrations, run):
    result = run("check", "prisma/schema.prisma", script(THIRD), "--output-format", "json")

    assert places(result) == [f"{script(THIRD)}:1"]


@pytest.mark.parametrize("path", ["prisma/migrations", f"prisma/migrations/{THIRD}"])
def test_a_folder_of_migrations_may_be_named(migrations, run, path):
    result = run("check", path, "--output-format", "json")

    assert f"{script(THIRD)}:1" in places(result)
    assert (f"{script(SECOND)}:1" in places(result)) == (path == "prisma/migrations")


def test_a_script_may_be_named_from_its_own_folder(migrations, run, monkeypatch):
    monkeypatch.chdir(migrations / THIRD)

    assert places(run("check", "migration.sql", "--output-format", "json")) == [f"../{THIRD}/migration.sql:1"]


@pytest.mark.parametrize(
    ("path", "message"),
    [("prisma/rows.sql", "`prisma/rows.sql` is no migration"), (script("x"), "there is no file `prisma/migrations/x/")],
)
def test_other_sql_is_bad_input(migrations, run, path, message):
    result = run("check", path)

    assert result.status == 2
    assert message in result.err


def test_a_file_of_a_schema_of_several_stands_for_itself(project, migrations, run):
    schema = (project / "prisma" / "schema.prisma").read_text()
    (project / "prisma" / "schema.prisma").write_text(schema.partition("model Login")[0])
    (project / "prisma" / "login.prisma").write_text("model Login" + schema.partition("model Login")[2])

    assert run("check", "prisma/login.prisma").status == 0
    assert run("check", "prisma").status == 1


@pytest.mark.parametrize("provider", ["sqlite", "mysql", "cockroachdb"])
def test_only_sql_for_postgresql_is_judged(migrations, run, provider):
    (migrations / "migration_lock.toml").write_text(f'provider = "{provider}"\n')

    assert run("check").status == 0
    assert run("check", script(SECOND)).status == 0


def test_without_a_lock_the_schema_says_what_it_is_for(project, migrations, run):
    (migrations / "migration_lock.toml").unlink()

    assert run("check").status == 1

    schema = project / "prisma" / "schema.prisma"
    schema.write_text(schema.read_text().replace('"postgresql"', '"sqlite"'))

    assert run("check").status == 0


def test_the_folder_is_where_prisma_keeps_it(project, run):
    put(project / "db" / "changes", **{FIRST: INIT, SECOND: NAME})
    put(project / "prisma" / "migrations", **{FIRST: INIT, THIRD: OWNER})
    (project / "prisma.config.ts").write_text(
        'export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "db/changes" } });'
    )

    assert places(run("check", "--output-format", "json")) == [f"{script(SECOND, 'db/changes')}:1"]


def test_a_configuration_that_does_not_say_leaves_the_usual_place(project, migrations, run):
    (project / "prisma.config.ts").write_text('export default defineConfig({ migrations: { seed: "tsx seed.ts" } });')

    assert run("check").status == 1


def test_a_computed_folder_is_refused_and_not_guessed(project, migrations, run):
    (project / "prisma.config.ts").write_text("export default defineConfig({ migrations: { path: process.env.DIR } });")

    result = run("check")

    assert result.status == 2
    assert "prisma.config.ts:1:" in result.err
    assert "the place of the migrations is computed here" in result.err
    assert "--no-migrations" in result.err
    assert run("check", "--no-migrations").status == 0


def test_an_editor_can_send_a_script(project, migrations, run, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(NAME.encode() + OWNER.encode())

    monkeypatch.setattr("sys.stdin", Stdin)

    result = run("check", "--stdin-filename", script(SECOND), "--output-format", "json")

    assert places(result) == [f"{script(SECOND)}:1", f"{script(SECOND)}:2"]


def test_an_editor_that_sends_a_schema_hears_of_the_schema(project, migrations, run, monkeypatch):
    class Stdin:
        buffer = io.BytesIO((project / "prisma" / "schema.prisma").read_bytes())

    monkeypatch.setattr("sys.stdin", Stdin)

    assert run("check", "--stdin-filename", "prisma/schema.prisma").status == 0


@pytest.mark.parametrize(
    ("version", "codes"), [("6.19.0", []), ("7.4.0", ["D304"]), (None, ["D304"])], ids=["6.19", "7.4", "unknown"]
)
def test_the_prisma_of_the_project_decides_what_is_atomic(project, run, version, codes):
    put(project / "prisma" / "migrations", **{FIRST: INIT + 'INSERT INTO "Login" VALUES (1);\n'})
    if version:
        (project / "package.json").write_text(json.dumps({"devDependencies": {"prisma": version}}))

    problems = json.loads(run("check", "--output-format", "json").out)["problems"]

    assert [each["code"] for each in problems] == codes
    assert run("check", "--prisma", "6").status == 0


def test_squawk_is_asked_when_it_is_there(project, migrations, run):
    bin_folder = project / "node_modules" / ".bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "squawk").symlink_to(program())

    result = run("check", script(THIRD))

    assert result.status == 1
    assert "D301" in result.out
    assert f"{script(THIRD)}:1:1: squawk:require-lock-timeout Missing `set lock_timeout`" in result.out
    assert "adding-required-field" not in result.out

    (project / "prisma-decouple.yaml").write_text("migrations: { squawk: false }\n")

    assert "squawk" not in run("check", script(THIRD)).out


@on_one_server
def test_a_database_tells_what_was_edited(project, prisma, database, run):
    folder = put(project / "prisma" / "migrations", **{FIRST: INIT})
    prisma.deploy(database, folder)
    put(folder, **{FIRST: INIT + "-- more\n"})

    result = run("check", "--database-url", database)

    assert result.status == 1
    assert result.out.startswith(f"{script(FIRST)}:1:1: D307 `{FIRST}` is not what it was when it was applied")


def test_a_database_that_cannot_be_reached_is_bad_input(migrations, run):
    result = run("check", "--database-url", "postgresql://tom:s3cret@127.0.0.1:1/cats")

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("E102 the migrations in `cats` on `127.0.0.1` cannot be read")
    assert "s3cret" not in result.err


def test_a_database_is_compared_with_one_folder(project, run):
    result = run("check", "--database-url", "postgresql://127.0.0.1:1/cats")

    assert result.status == 2
    assert "--database-url is for the migrations of one schema, and here are those of 0" in result.err


def test_a_check_of_migrations_imports_only_what_it_needs(project):
    put(project / "prisma" / "migrations", **{FIRST: INIT})
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from prisma_decouple.__main__ import main\n"
        f"assert main(['check', '{script(FIRST)}']) == 0\n"
        "heavy = {'psycopg', 'tree_sitter', 'jinja2', 'lark', 'yaml', 'hypothesis', 'dataclasses'}\n"
        "print('imported:', sorted(heavy & set(sys.modules) - before))\n"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert out == "imported: []\n"


def test_an_invariant_of_migrations_may_have_to_be_enabled(project, migrations, run):
    put(migrations, **{NEW: 'CREATE UNIQUE INDEX ON "Login"("sourceId");'})
    assert run("check").status == 0

    result = run("check", "--enable", "D311")

    assert result.status == 1
    assert "D311 (sourceId) of `Login` becomes unique" in result.out
    assert run("check", "--enable", "D301").status == 2


FUTURE = "29990101000000_later"


def test_a_migration_that_is_dated_in_the_future_is_told(project, run):
    put(project / "prisma" / "migrations", **{FIRST: INIT, FUTURE: 'ALTER TABLE "Login" ADD COLUMN "name" TEXT;\n'})

    result = run("check")

    assert result.status == 1
    told = "is dated in the future, so the migrations that are made until then come before it"
    assert f"{script(FUTURE)}:1:1: D312 `{FUTURE}` {told}\n" in result.out
    assert "Give its folder a name with the time of today" in result.out


@pytest.mark.parametrize("name", [SECOND, "0_init", "latest", "later_29990101000000"])
def test_other_names_of_migrations_are_none_of_the_future(project, run, name):
    put(project / "prisma" / "migrations", **{name: INIT})

    assert run("check").status == 0


def test_one_of_the_future_can_be_ignored(project, run):
    text = 'ALTER TABLE "Login" ADD COLUMN "name" TEXT; -- prisma-decouple-ignore D312 a database has it\n'
    put(project / "prisma" / "migrations", **{FIRST: INIT, FUTURE: text})

    assert run("check").status == 0
