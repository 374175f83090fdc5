"""The main job from the command line: what is written, and where."""

from __future__ import annotations

import json
import subprocess

import pytest

from .conftest import SCHEMA, TIME, files_in

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


def test_with_code_the_hints_are_places_in_it(project, run):
    (project / "app").mkdir()
    (project / "app" / "posts.ts").write_text(
        "export const add = () => prisma.post.create({ data: { loginId: 0 } });\n"
    )

    run(*JOB, "--out", "build", "--code", "app")

    hints = json.loads((project / "build" / "code" / "hints.json").read_text())["hints"]
    assert {(hint["file"], hint["line"], hint["kind"]) for hint in hints} >= {("posts.ts", 1, "create")}
