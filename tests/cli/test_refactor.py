"""The main job from the command line: what is written, and where."""

from __future__ import annotations

import json
import subprocess

import pytest

from judges.psql import psql

from .conftest import SCHEMA, TIME, files_in

# What the database looks like before the first migration.
SETUP = """\
CREATE TABLE "Source" ("id" INTEGER NOT NULL CONSTRAINT "Source_pkey" PRIMARY KEY);
CREATE TABLE "Login" ("id" INTEGER NOT NULL CONSTRAINT "Login_pkey" PRIMARY KEY, "sourceId" INTEGER NOT NULL);
CREATE TABLE "Post" ("id" INTEGER NOT NULL CONSTRAINT "Post_pkey" PRIMARY KEY, "loginId" INTEGER NOT NULL);
ALTER TABLE "Post" ADD CONSTRAINT "Post_loginId_fkey" FOREIGN KEY ("loginId") REFERENCES "Login" ("id");
"""

JOB = ("--rules", "rules.yaml", "--timestamp", TIME)


def test_everything_is_written_under_out(project, run):
    result = run("prisma/schema.prisma", *JOB, "--out", "build")

    assert result.status == 0
    assert set(files_in(project / "build")) == {
        "schema.prisma",
        f"migrations/{TIME}_origin/migration.sql",
        f"migrations/{TIME}_origin/down.sql",
        "code/createPost.md",
        "code/hints.json",
        "summary.json",
    }


def test_the_input_is_left_alone(project, run):
    run("prisma/schema.prisma", *JOB, "--out", "build")

    assert (project / "prisma" / "schema.prisma").read_text() == SCHEMA


def test_the_same_input_and_timestamp_give_the_same_bytes(project, run):
    run("prisma/schema.prisma", *JOB, "--out", "one")
    run("prisma/schema.prisma", *JOB, "--out", "two")

    assert files_in(project / "one") == files_in(project / "two")


def test_results_are_files_and_talk_goes_to_stderr(project, run):
    result = run("prisma/schema.prisma", *JOB, "--out", "build")

    assert result.out == ""
    assert f"build/migrations/{TIME}_origin" in result.err


def test_a_run_on_its_own_output_changes_nothing_and_says_so(project, run):
    run("prisma/schema.prisma", *JOB, "--out", "build")

    result = run("build/schema.prisma", *JOB, "--out", "again")

    assert result.status == 0
    assert "Nothing to do" in result.err
    assert not (project / "again").exists()


def test_without_a_name_the_schema_is_found_where_prisma_finds_it(project, run):
    assert run(*JOB, "--out", "build").status == 0
    assert (project / "build" / "schema.prisma").exists()


def test_package_json_says_where_the_schema_is(project, run):
    (project / "db").mkdir()
    (project / "prisma" / "schema.prisma").rename(project / "db" / "main.prisma")
    (project / "package.json").write_text(json.dumps({"prisma": {"schema": "db/main.prisma"}}))

    assert run(*JOB, "--out", "build").status == 0


def test_in_place_replaces_the_schema_and_adds_the_rest_beside_it(project, run):
    result = run(*JOB, "--in-place")

    assert result.status == 0
    assert "sourceId Int" in (project / "prisma" / "schema.prisma").read_text()
    assert (project / "prisma" / "migrations" / f"{TIME}_origin" / "migration.sql").exists()


@pytest.mark.parametrize("there", [True, False], ids=["there", "not there yet"])
def test_in_place_the_migration_goes_where_the_configuration_has_them(project, run, there):
    (project / "prisma" / "schema").mkdir()
    (project / "prisma" / "schema.prisma").rename(project / "prisma" / "schema" / "main.prisma")
    config = 'export default { schema: "prisma/schema", migrations: { path: "prisma/history" } }'
    (project / "prisma.config.ts").write_text(config)
    if there:
        (project / "prisma" / "history" / "20250101000000_first").mkdir(parents=True)

    result = run(*JOB, "--in-place")

    assert (project / "prisma" / "history" / f"{TIME}_origin" / "migration.sql").exists()
    assert not (project / "prisma" / "schema" / "migrations").exists()
    assert f"migration   prisma/history/{TIME}_origin" in result.err


def test_diff_has_the_migration_where_the_configuration_has_them(project, run):
    (project / "prisma.config.ts").write_text('export default { migrations: { path: "history" } }')

    assert f"+++ b/history/{TIME}_origin/migration.sql" in run(*JOB, "--diff").out


def test_the_guard_for_names_looks_where_the_configuration_has_them(project, run):
    (project / "prisma.config.ts").write_text('export default { migrations: { path: "history" } }')
    (project / "history" / "20250101000000_origin").mkdir(parents=True)

    result = run(*JOB, "--in-place")

    assert result.status == 2
    assert "there is a migration of this name already: `history/20250101000000_origin`" in result.err


@pytest.fixture
def first(project, run):
    """The migration of a first run in place; afterwards it has to be as it was."""
    assert run(*JOB, "--in-place").status == 0
    folder = project / "prisma" / "migrations" / f"{TIME}_origin"
    before = files_in(folder)
    yield folder
    assert files_in(folder) == before


def add_rule(project):
    """One more rule, as when the first migration turns out to lack something."""
    rules = project / "rules.yaml"
    rules.write_text(rules.read_text().replace("code:", "  - add_index: { models: [Post], fields: [sourceId] }\ncode:"))


def test_in_place_a_second_migration_of_the_same_name_is_asked_about(project, run, first):
    add_rule(project)
    before = files_in(project)

    result = run("--rules", "rules.yaml", "--in-place")

    assert result.status == 2
    assert f"there is a migration of this name already: `prisma/migrations/{TIME}_origin`" in result.err
    assert "hint: give another --name; --force puts the new one beside it under the same name" in result.err
    assert files_in(project) == before


@pytest.mark.parametrize("timestamp", [[], ["--timestamp", "20270101000000"]], ids=["now", "then"])
@pytest.mark.parametrize("target", [["--in-place"], ["--out", "prisma"]], ids=["in place", "over itself"])
def test_force_puts_what_goes_on_from_a_migration_behind_it(project, run, first, timestamp, target, database):
    psql(database, SETUP + (first / "migration.sql").read_text())
    add_rule(project)

    result = run("prisma/schema.prisma", "--rules", "rules.yaml", *target, "--force", *timestamp)

    assert result.status == 0, result.err
    one, two = sorted((project / "prisma" / "migrations").iterdir())
    assert one == first
    psql(database, (two / "migration.sql").read_text())


def test_force_puts_it_behind_one_of_the_same_second(project, run, monkeypatch):
    run("--rules", "rules.yaml", "--in-place", "--timestamp", "20991231235959")
    add_rule(project)

    assert run("--rules", "rules.yaml", "--in-place", "--force").status == 0
    assert (project / "prisma" / "migrations" / "21000101000000_origin").exists()


def test_nothing_takes_the_place_of_a_migration_that_led_to_the_schema(project, run, first):
    add_rule(project)

    result = run(*JOB, "--in-place", "--force")

    assert result.status == 2
    assert f"`prisma/migrations/{TIME}_origin` is another migration, from which this one goes on" in result.err


def test_in_place_the_same_migration_is_written_again_under_its_own_time(project, run, first):
    (project / "prisma" / "schema.prisma").write_text(SCHEMA)

    result = run("--rules", "rules.yaml", "--in-place")

    assert result.status == 0, result.err
    assert list((project / "prisma" / "migrations").iterdir()) == [first]


def test_in_place_what_an_earlier_run_has_told_gives_way(project, run, first):
    add_rule(project)

    result = run("--rules", "rules.yaml", "--in-place", "--name", "more")

    assert result.status == 0, result.err
    assert json.loads((project / "prisma" / "summary.json").read_text())["migration"]["folder"].endswith("_more")
    names = ", ".join(f"`prisma/{name}`" for name in ("summary.json", "code/hints.json", "code/createPost.md"))
    assert f"note: {names} told of an earlier run, and tell of this one now\n" in result.err


READER = """\
export async function show(id: number) {
  const post = await prisma.post.findUniqueOrThrow({ where: { id }, include: { login: true } });
  return post.login.sourceId;
}
"""


@pytest.mark.parametrize(
    ("place", "more", "again"),
    [
        ("prisma", ["--in-place"], ["--name", "more"]),
        ("build", ["--out", "build"], ["--force"]),
    ],
    ids=["in place", "by force"],
)
def test_a_patch_and_a_guide_of_an_earlier_run_do_not_stay_beside_what_this_one_tells(project, run, place, more, again):
    (project / "app").mkdir()
    (project / "app" / "posts.ts").write_text(READER)
    assert run(*JOB, *more, "--code", "app").status == 0
    told = {file.name for file in (project / place / "code").iterdir()}
    assert told == {"createPost.md", "hints.json", "changes.patch"}
    add_rule(project)
    rules = project / "rules.yaml"
    rules.write_text(rules.read_text().replace("guide: createPost", "guide: addPost"))

    result = run("--rules", "rules.yaml", *more, *again)

    assert result.status == 0, result.err
    assert {file.name for file in (project / place / "code").iterdir()} == {"addPost.md", "hints.json"}
    for name in ("createPost.md", "changes.patch"):
        assert f"note: `{place}/code/{name}` was of an earlier run, and is removed: this one has none\n" in result.err


def test_nothing_outside_is_removed_whatever_a_file_says_of_its_guide(project, run, first):
    (project / "precious.md").write_text("mine")
    hints = project / "prisma" / "code" / "hints.json"
    hints.write_text(json.dumps({**json.loads(hints.read_text()), "guide": "../../precious.md"}))
    add_rule(project)

    assert run("--rules", "rules.yaml", "--in-place", "--name", "more").status == 2
    (project / "prisma" / "code" / "createPost.md").unlink()
    assert run("--rules", "rules.yaml", "--in-place", "--name", "more").status == 0

    assert (project / "precious.md").read_text() == "mine"


@pytest.mark.parametrize("file", ["summary.json", "code/hints.json", "code/createPost.md"])
def test_in_place_a_file_of_somebody_else_stays(project, run, file):
    (project / "prisma" / "code").mkdir()
    (project / "prisma" / file).write_text('{"mine": true}')

    result = run(*JOB, "--in-place")

    assert result.status == 2
    assert f"`prisma/{file}` is there already" in result.err
    assert (project / "prisma" / file).read_text() == '{"mine": true}'


def test_force_and_a_time_of_its_own_are_told_apart(project, run):
    run("--rules", "rules.yaml", "--timestamp", "20250101000000", "--out", "build")

    result = run(*JOB, "--out", "build", "--force")

    assert result.status == 2
    assert "hint: leave out --timestamp to write `20250101000000_origin` anew, or give another --name" in result.err


def test_a_migration_that_is_later_by_its_name_is_told(project, run):
    (project / "prisma" / "migrations" / "20991231000000_tomorrow").mkdir(parents=True)

    note = "note: `20991231000000_tomorrow` is later than this migration by its timestamp, so Prisma runs it after it"
    assert note in run(*JOB, "--diff").err
    assert note in run(*JOB, "--in-place").err


def test_a_link_stays_one_and_the_file_behind_it_is_written(project, run):
    link, behind = project / "prisma" / "schema.prisma", project / "real.prisma"
    link.rename(behind)
    link.symlink_to(behind)

    run("--rules", "rules.yaml", "--timestamp", TIME, "--in-place")

    assert link.is_symlink()
    assert "sourceId" in behind.read_text(encoding="utf-8")


def test_a_folder_of_files_stays_a_folder_of_files(project, run):
    folder = project / "prisma" / "schema"
    folder.mkdir()
    (project / "prisma" / "schema.prisma").rename(folder / "main.prisma")
    (folder / "notes.prisma").write_text("// nothing here yet\nmodel Note {\n  id Int @id\n}\n")

    run("prisma/schema", *JOB, "--out", "build")

    assert (project / "build" / "schema" / "notes.prisma").read_text() == (folder / "notes.prisma").read_text()
    assert "sourceId Int" in (project / "build" / "schema" / "main.prisma").read_text()


def test_diff_prints_a_patch_that_git_applies_and_writes_nothing(project, run, unchanged):
    patch = run(*JOB, "--diff").out

    subprocess.run(["git", "apply", "--check", "-"], input=patch.encode(), cwd=project, check=True)
    assert "+  sourceId Int" in patch
    assert f"migrations/{TIME}_origin/down.sql" in patch


def test_diff_of_an_absolute_path_applies_where_it_was_asked_for(project, run):
    patch = run(str(project / "prisma" / "schema.prisma"), *JOB, "--diff").out

    subprocess.run(["git", "apply", "--check", "-"], input=patch.encode(), cwd=project, check=True)


def test_diff_and_in_place_agree(project, run):
    patch = run(*JOB, "--diff").out
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=project, check=True)
    patched = files_in(project)
    subprocess.run(["git", "apply", "-R", "-"], input=patch.encode(), cwd=project, check=True)

    run(*JOB, "--in-place")

    written = files_in(project)
    assert {path: written[path] for path in patched} == patched


def test_the_name_names_the_migration(project, run):
    run(*JOB, "--name", "Posts have a Source!", "--out", "build")

    assert (project / "build" / "migrations" / f"{TIME}_posts_have_a_source").exists()


def test_force_writes_the_same_migration_again_under_its_own_time(project, run):
    run("--rules", "rules.yaml", "--timestamp", "20250101000000", "--out", "build")

    result = run("--rules", "rules.yaml", "--out", "build", "--force")

    assert result.status == 0
    assert [folder.name for folder in (project / "build" / "migrations").iterdir()] == ["20250101000000_origin"]


def test_an_optional_group_of_rules_is_turned_on_by_a_flag(project, run):
    (project / "rules.yaml").write_text(
        "options: { nick: gives posts a nickname }\n"
        "rules:\n"
        "  - make_optional: { model: Post, field: login }\n"
        "  - option: nick\n"
        "    add_field: { model: Post, field: nick, type: String }\n"
    )

    run(*JOB, "--out", "without")
    run(*JOB, "--out", "with", "--enable", "nick")

    assert "nick" not in (project / "without" / "schema.prisma").read_text()
    assert "nick    String?" in (project / "with" / "schema.prisma").read_text()


def test_mongodb_has_no_migration_and_is_told_why(project, run):
    text = SCHEMA.replace('"postgresql"', '"mongodb"').replace(" @id\n", ' @id @map("_id")\n')
    (project / "prisma" / "schema.prisma").write_text(text)

    result = run(*JOB, "--out", "build")

    assert result.status == 0
    assert "MongoDB has no SQL" in result.err
    assert "MongoDB has no SQL" in json.loads((project / "build" / "summary.json").read_text())["why_no_migration"]
    assert not (project / "build" / "migrations").exists()


def test_the_summary_says_what_was_done_and_what_is_lost_on_the_way_back(project, run):
    run(*JOB, "--out", "build")

    summary = json.loads((project / "build" / "summary.json").read_text())

    assert [rule["operation"] for rule in summary["rules"]] == ["make_optional", "add_relation"]
    assert summary["rules"][1]["at"] == "rules.yaml:5"
    assert summary["migration"]["locked_exclusively"] == ["Post", "Login"]
    assert summary["migration"]["loses"] == []
    assert summary["migration"]["down_loses"] == ["the values of Post.sourceId"]


def test_the_summary_names_tables_of_a_namespace_with_it(project, run):
    text = SCHEMA.replace('env("DATABASE_URL")', 'env("DATABASE_URL")\n  schemas  = ["app"]').replace(
        "\n}", '\n  @@schema("app")\n}'
    )
    (project / "prisma" / "schema.prisma").write_text(text.replace('"]\n  @@schema("app")', '"]', 1))

    run(*JOB, "--out", "build")

    steps = json.loads((project / "build" / "summary.json").read_text())["migration"]["up"]
    assert {table for step in steps for table in step["locks"]} == {"app.Post", "app.Login", "app.Source"}


def test_with_code_the_hints_are_places_in_it(project, run):
    (project / "app").mkdir()
    (project / "app" / "posts.ts").write_text(
        "export const add = () => prisma.post.create({ data: { loginId: 0 } });\n"
    )

    run(*JOB, "--out", "build", "--code", "app")

    hints = json.loads((project / "build" / "code" / "hints.json").read_text())["hints"]
    assert {(hint["file"], hint["line"], hint["kind"]) for hint in hints} >= {("posts.ts", 1, "create")}
