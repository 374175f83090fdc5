"""`check` from the command line: what is looked at, what is printed, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess

import pytest

from .conftest import SCHEMA

MAIN = "prisma/schema.prisma"


def test_a_clean_schema_is_silent(project, run):
    result = run("check")

    assert (result.status, result.out, result.err) == (0, "", "")


def test_a_finding_is_shown_with_its_reason_and_exit_status_one(project, run):
    result = run("check", "--enable", "D101")

    assert result.status == 1
    assert result.out.startswith(
        f"{MAIN}:14:3: D101 the relation `Login.source` has no index that begins with (sourceId)\n"
    )
    assert "\n  source   Source @relation" in result.out
    assert "\nhint: PostgreSQL makes no index for a foreign key." in result.out


def test_what_prisma_would_not_accept_is_an_error(project, run):
    (project / "prisma" / "schema.prisma").write_text(SCHEMA.replace("loginId Int", "loginId Itn"))

    result = run("check", "--output-format", "json")

    [problem] = json.loads(result.out)["problems"]
    assert result.status == 1
    assert (problem["severity"], problem["line"]) == ("error", 20)


def test_the_settings_of_the_project_are_used(project, run):
    (project / "prisma-decouple.yaml").write_text(
        "enable: [D104]\n"
        "invariants:\n"
        "  - code: T1\n"
        "    models: { with_field: loginId }\n"
        "    must: { have_relation: { to: Source } }\n"
        "    because: a post has a source\n"
    )

    result = run("check")

    assert result.status == 1
    assert f"{MAIN}:18:1: T1 the model `Post` has no relation to `Source`" in result.out
    assert "hint: a post has a source" in result.out


def test_the_settings_may_be_in_pyproject(project, run):
    (project / "pyproject.toml").write_text('[tool.prisma-decouple]\nenable = ["D101"]\n')

    assert run("check").status == 1


def test_a_mistake_in_the_settings_is_bad_input(project, run):
    (project / "prisma-decouple.yaml").write_text("invariants:\n  - models: {}\n    must: { have_indx: [a] }\n")

    result = run("check")

    assert result.status == 2
    assert result.err.startswith("prisma-decouple.yaml:3:13: E301 unknown key `have_indx`")


@pytest.mark.parametrize(
    "text",
    ["[tool.prisma-decouple]\nenabel = []\n", "[tool.prisma-decouple", '[tool.prisma-decouple]\nenable = ["X1"]\n'],
)
def test_a_mistake_in_pyproject_is_bad_input(project, run, text):
    (project / "pyproject.toml").write_text(text)

    assert run("check").status == 2


def test_an_unknown_code_is_bad_input(project, run):
    result = run("check", "--enable", "D11")

    assert result.status == 2
    assert "there is no invariant `D11`" in result.err


def test_what_rules_promise_is_watched_over(project, run):
    assert run("check", "--rules", "rules.yaml").status == 1

    run("--rules", "rules.yaml", "--in-place")

    assert run("check", "--rules", "rules.yaml").status == 0


def test_somebody_couples_the_models_again(project, run):
    run("--rules", "rules.yaml", "--in-place")
    schema = project / "prisma" / "schema.prisma"
    schema.write_text(schema.read_text().replace("Login? ", "Login  ").replace("loginId  Int?", "loginId  Int"))

    result = run("check", "--rules", "rules.yaml")

    assert result.status == 1
    assert "D201 the relation `Post.login` is not optional" in result.out
    assert "hint: a rule has made `Post.login` optional" in result.out


def test_fix_mends_and_reports_the_rest(project, run):
    result = run("check", "--enable", "D101", "--enable", "D105", "--fix")

    assert result.status == 1
    assert "2 mended in prisma/schema.prisma" in result.err
    assert "D101" not in result.out
    assert "D105" in result.out
    assert "  @@index([loginId])\n}" in (project / "prisma" / "schema.prisma").read_text()


def test_fix_without_anything_to_mend_writes_nothing(project, run):
    before = (project / "prisma" / "schema.prisma").stat().st_mtime_ns

    run("check", "--enable", "D105", "--fix")

    assert (project / "prisma" / "schema.prisma").stat().st_mtime_ns == before


def test_what_is_left_of_a_schema_is_judged_when_a_commit_deletes_a_file_of_it(project, run):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    folder = project / "prisma" / "schema"
    folder.mkdir()
    schema = (project / "prisma" / "schema.prisma").read_text()
    (folder / "main.prisma").write_text(schema + "\nmodel Tag {\n  id  Int @id\n  use Use\n}\n")
    (folder / "uses.prisma").write_text("enum Use {\n  ONE\n}\n")
    (project / "prisma" / "schema.prisma").unlink()
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "x"]):
        subprocess.run([*git, *command], check=True)

    assert run("check", "--deleted", "--enable", "D101").status == 0
    subprocess.run([*git, "rm", "--quiet", "prisma/schema/uses.prisma"], check=True)
    result = run("check", "--deleted", "--enable", "D101")

    assert result.status == 1
    assert "V301 `Use` is neither" in result.out
    assert "D101" not in result.out


def test_a_named_file_of_a_schema_is_judged_with_the_whole_schema(project, run):
    folder = project / "prisma" / "schema"
    folder.mkdir()
    (project / "prisma" / "schema.prisma").rename(folder / "main.prisma")
    (folder / "users.prisma").write_text("model Users {\n  id Int @id\n}\n")

    result = run("check", "prisma/schema/users.prisma", "--enable", "D104", "--enable", "D101")

    assert result.status == 1
    assert result.out.startswith("prisma/schema/users.prisma:1:1: D104")
    assert "D101" not in result.out


def test_several_schemas_in_one_folder_are_several_schemas(project, run):
    (project / "prisma" / "other.prisma").write_text(SCHEMA)

    result = run("check", "prisma/schema.prisma", "prisma/other.prisma", "--enable", "D101", "--output-format", "json")

    assert {problem["file"] for problem in json.loads(result.out)["problems"]} == {MAIN, "prisma/other.prisma"}


@pytest.fixture
def type_in(monkeypatch):
    def send(text):
        class Stdin:
            buffer = io.BytesIO(text.encode())

        monkeypatch.setattr("sys.stdin", Stdin)

    return send


def test_an_editor_can_send_the_text(project, run, type_in):
    type_in(SCHEMA.replace("loginId Int", "loginId Itn"))

    result = run("check", "--stdin-filename", MAIN)

    assert result.status == 1
    assert result.out.startswith(f"{MAIN}:20:11:")


def test_an_editor_can_send_nothing(project, run, type_in):
    type_in("")

    assert run("check", "--stdin-filename", MAIN).status == 0


def test_an_editor_can_send_a_file_that_is_not_saved_yet(project, run, type_in):
    (project / "prisma" / "schema.prisma").rename(project / "prisma" / "main.prisma")
    type_in("model New {\n  id Itn @id\n}\n")
    in_a_folder = run("check", "--stdin-filename", "prisma/new.prisma")
    type_in("model New {\n  id Itn @id\n}\n")
    alone = run("check", "--stdin-filename", "elsewhere/new.prisma")

    assert in_a_folder.out.startswith("prisma/new.prisma:2:6: V301")
    assert alone.out.startswith("elsewhere/new.prisma:2:6: V301")


def test_a_file_is_a_part_of_the_schema_that_is_configured(project, run):
    folder = project / "db"
    for path, text in {"base/main.prisma": SCHEMA, "more/cat.prisma": "model Cat {\n  post Post\n}\n"}.items():
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(text)
    alone = run("check", "db/more/cat.prisma").out
    (project / "prisma.config.ts").write_text('export default { schema: "db" }')

    configured = run("check", "db/more/cat.prisma").out

    assert "`Post` is neither a type of Prisma nor a model" in alone
    assert "`Post` is neither" not in configured
    assert "db/more/cat.prisma:2:3: V" in configured


def test_a_missing_file_is_bad_input(project, run):
    result = run("check", "nowhere.prisma")

    assert result.status == 2
    assert "there is no file or folder `nowhere.prisma`" in result.err


@pytest.mark.parametrize("output_format", ["json", "github", "sarif"])
def test_every_format_reports_the_same_problems(project, run, output_format):
    assert run("check", "--enable", "D101", "--output-format", output_format).out.count("D101") >= 2


def test_the_version_of_prisma_can_be_chosen(project, run):
    assert run("check", "--prisma", "6").status == 0

    result = run("check", "--prisma", "7")

    assert result.status == 1
    assert f"{MAIN}:3:" in result.out


def test_a_schema_that_prisma_rejects_is_not_asked_for_more(project, run):
    (project / "prisma" / "schema.prisma").write_text(SCHEMA.replace("  posts    Post[]\n", ""))

    result = run("check", "--enable", "D101", "--output-format", "json")

    codes = {problem["code"] for problem in json.loads(result.out)["problems"]}
    assert result.status == 1
    assert all(code.startswith("V") for code in codes)


def test_what_a_change_breaks_in_another_file_is_told(project, run):
    folder = project / "prisma" / "schema"
    folder.mkdir()
    (project / "prisma" / "schema.prisma").rename(folder / "main.prisma")
    (folder / "users.prisma").write_text("model Users {\n  id   Int  @id\n  post Post\n}\n")

    result = run("check", "prisma/schema/main.prisma")

    assert result.status == 1
    assert result.out.startswith("prisma/schema/users.prisma:3:3: V")


@pytest.mark.parametrize("command", ["check", "format"])
def test_a_schema_may_be_named_as_prisma_does(project, run, command):
    (project / "prisma" / "schema.prisma").rename(project / "other.prisma")

    assert run(command, "--schema", "other.prisma").status == 0
    assert run(command, "--schema=gone.prisma").status == 2


def test_what_is_no_file_beside_a_schema_is_passed_over(project, run):
    (project / "prisma" / "folder.prisma").mkdir()

    assert run("check", MAIN).status == 0
    assert run("check", "prisma").status == 0


@pytest.mark.parametrize("command", ["check", "format"])
def test_a_link_to_itself_is_bad_input(project, run, command):
    (project / "loop.prisma").symlink_to("loop.prisma")

    result = run(command, "loop.prisma")

    assert result.status == 2
    assert "`loop.prisma` cannot be read" in result.err
