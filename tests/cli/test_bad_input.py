"""Bad input: one clear message, exit code 2, and every file as it was."""

from __future__ import annotations

import os
import re
import resource

import pytest

from .conftest import RULES, SCHEMA, TIME, files_in

JOB = ("--rules", "rules.yaml", "--timestamp", TIME, "--out", "build")


@pytest.fixture(autouse=True)
def unchanged(project, request):
    """Give the project the files that the test is marked with; afterwards every file has to be as it was."""
    mark = request.node.get_closest_marker("files")
    for name, content in (mark.args[0] if mark else {}).items():
        (project / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files_in(project)
    yield
    assert files_in(project) == before


def test_a_missing_schema(run):
    result = run("nowhere.prisma", *JOB)

    assert result.status == 2
    assert result.err == (
        "E101 there is no file or folder `nowhere.prisma`\nhint: name the schema file or its folder\n"
    )


def test_no_schema_where_prisma_looks(project, run, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))

    result = run("--out", "build")

    assert result.status == 2
    assert "there is no schema here" in result.err


def test_a_folder_without_a_schema(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")

    result = run(folder, *JOB)

    assert result.status == 2
    assert f"there is no `.prisma` file in the folder `{folder}`" in result.err


@pytest.mark.files({"broken.prisma": "model Post {\n  id  Int @id\n  tags [String]\n}\n"})
def test_a_syntax_error_shows_the_line_and_the_place(run):
    result = run("broken.prisma", *JOB)

    assert result.status == 2
    assert result.err.startswith("broken.prisma:3:3: E201 ")
    assert "\n  tags [String]\n  ^" in result.err
    assert "\nhint: " in result.err


@pytest.mark.files({"open.prisma": "model Post {\n  id Int @id\n"})
def test_a_block_that_is_not_closed(run):
    result = run("open.prisma", *JOB)

    assert result.status == 2
    assert "is a `}` missing?" in result.err


@pytest.mark.files({"unknown.prisma": SCHEMA.replace("loginId Int", "loginId Itn")})
def test_an_unknown_type_gets_the_nearest_right_one(run):
    result = run("unknown.prisma", *JOB)

    assert result.status == 2
    assert result.err.startswith(
        "unknown.prisma:20:11: E202 `Itn` is neither a type of Prisma nor a model, enum or type"
    )
    assert "did you mean `Int`? (V301)" in result.err


@pytest.mark.files({"invalid.prisma": SCHEMA.replace("id      Int   @id", "id      Int   @id @id")})
def test_a_schema_that_prisma_would_not_accept(run):
    result = run("invalid.prisma", *JOB)

    assert result.status == 2
    assert result.err.startswith("invalid.prisma:")
    assert "(V402)" in result.err
    assert result.err.endswith("hint: `prisma-decouple check` reports this, and 1 more; so does `prisma validate`\n")


@pytest.mark.files({"empty.prisma": ""})
def test_an_empty_file(run):
    result = run("empty.prisma", *JOB)

    assert result.status == 2
    assert result.err == "E101 `empty.prisma` holds no schema: there is no model, enum or datasource in it\n"


@pytest.mark.files({"binary.prisma": b"\x7fELF\0\0\0"})
def test_a_binary_file(run):
    result = run("binary.prisma", *JOB)

    assert result.status == 2
    assert result.err == "E101 `binary.prisma` is a binary file, not a schema\n"


@pytest.mark.files({"latin.prisma": "// caf\xe9\n".encode("latin-1")})
def test_a_file_that_is_not_utf8(run):
    result = run("latin.prisma", *JOB)

    assert result.status == 2
    assert result.err == "latin.prisma:1:7: E101 `latin.prisma` is not UTF-8 text\nhint: save the file as UTF-8\n"


@pytest.mark.files({"wide.prisma": SCHEMA.encode("utf-16"), "wide.yaml": RULES.encode("utf-16")})
@pytest.mark.parametrize("arguments", [["wide.prisma", *JOB], [*JOB, "--rules", "wide.yaml"]], ids=["schema", "rules"])
def test_a_file_of_two_bytes_for_each_letter(run, arguments):
    result = run(*arguments)

    assert result.status == 2
    assert result.err.startswith("wide.")
    assert "is UTF-16 text\nhint: save the file as UTF-8\n" in result.err


@pytest.mark.files({"rules.yaml": "# one\n# caf\xe9\n".encode("latin-1")})
def test_a_rule_file_that_is_not_utf8(run):
    result = run(*JOB)

    assert result.status == 2
    assert result.err == "rules.yaml:2:6: E101 `rules.yaml` is not UTF-8 text\nhint: save the file as UTF-8\n"


@pytest.mark.files({"rules.yaml": RULES.replace("name: origin", f"name: {'x' * 60}")})
def test_a_rule_file_whose_name_cannot_name_a_migration(run):
    result = run(*JOB)

    assert result.status == 2
    assert result.err.startswith(f"rules.yaml:1:7: E301 `{'x' * 60}` cannot name a migration\n")
    assert "\nhint: use a few words of letters and digits, at most 52 with what joins them\n" in result.err


@pytest.mark.files({"prisma-decouple.yaml": "rules:\n  - nope.yaml\n"})
def test_settings_that_name_a_rule_file_that_is_not_there(run):
    result = run("check")

    assert result.status == 2
    assert result.err == (
        "prisma-decouple.yaml:2:5: E301 there is no rule file `nope.yaml`\n"
        "  - nope.yaml\n    ^^^^^^^^^\nhint: known here: decouple-integration\n"
    )


@pytest.mark.files({"bom.prisma": "\ufeff" + SCHEMA})
def test_a_byte_order_mark(run):
    result = run("bom.prisma", *JOB)

    assert result.status == 2
    assert "byte order mark" in result.err


@pytest.mark.files({"rules.yaml": RULES.replace("to: Source", "to: Suorce")})
def test_an_unknown_model_in_a_rule_is_shown_in_the_rule_file(run):
    result = run(*JOB)

    assert result.status == 2
    assert result.err == (
        "rules.yaml:5:38: E302 the schema has no model `Suorce`\n"
        "  - add_relation: { model: Post, to: Suorce, backfill: [login.sourceId] }\n"
        "                                     ^^^^^^\n"
        "hint: did you mean `Source`?\n"
    )


@pytest.mark.files({"rules.yaml": RULES.replace("login.sourceId", "login.source.nmae")})
def test_a_path_that_does_not_exist_is_shown_in_the_rule_file(run):
    result = run(*JOB)

    assert result.status == 2
    assert result.err.startswith("rules.yaml:5:")
    assert "`Source` has no field `nmae`" in result.err


@pytest.mark.files({"other.prisma": SCHEMA.replace('"postgresql"', '"mysql"')})
def test_a_database_that_has_no_migrations_here(run):
    result = run("other.prisma", *JOB)

    assert result.status == 2
    assert result.err == (
        "other.prisma:2:14: E401 migrations can be written for PostgreSQL only so far, not for mysql\n"
        '  provider = "mysql"\n'
        "             ^^^^^^^\n"
        "hint: what the TypeScript has to do is told for every database: "
        "diff --from OLD --to NEW --out DIR --code DIR\n"
    )


@pytest.mark.files({"none.prisma": SCHEMA[SCHEMA.index("model") :]})
def test_a_schema_without_a_datasource(run):
    result = run("none.prisma", *JOB)

    assert result.status == 2
    assert "no datasource" in result.err


@pytest.mark.files({"build": "a file, not a folder"})
def test_a_target_that_is_a_file(run):
    result = run(*JOB)

    assert result.status == 2
    assert "`build` is not a folder" in result.err


@pytest.mark.files({"summary.json": "mine"})
def test_a_target_that_is_there(run):
    result = run("--rules", "rules.yaml", "--timestamp", TIME, "--out", ".")

    assert result.status == 2
    assert (
        result.err == "E101 `summary.json` is there already\nhint: --force replaces it; or write elsewhere with --out\n"
    )


@pytest.mark.parametrize(("word", "meant"), [("chek", "check"), ("rehears", "rehearse"), ("formt", "format")])
def test_a_misspelt_command(run, word, meant):
    result = run(word, "schema.prisma")

    assert result.status == 2
    assert f"there is no command and no schema `{word}`; did you mean `{meant}`?" in result.err


def test_another_migration_of_that_name(project, run):
    (project / "build" / "migrations" / "20250101000000_origin").mkdir(parents=True)

    result = run(*JOB)

    assert result.status == 2
    assert "there is a migration of this name already: `build/migrations/20250101000000_origin`" in result.err


def test_a_target_that_cannot_be_written(project, run, monkeypatch):
    def no_space(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "build/migrations")

    monkeypatch.setattr("tempfile.mkstemp", no_space)

    result = run(*JOB)

    assert result.status == 2
    assert "cannot be written: No space left on device; nothing was" in result.err
    assert not (project / "build").exists()


def test_a_disk_that_is_full_before_all_is_written(project, run):
    # No file of this process may be longer: the first one that is, is written in part.
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        result = run(*JOB)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))

    assert result.status == 2
    assert re.match("E101 `build/[a-z].*` cannot be written: File too large; nothing was", result.err)
    assert not (project / "build").exists()


def test_a_failure_in_the_middle_of_renaming_puts_everything_back(project, run, monkeypatch):
    real, renamed = os.replace, []

    def fail_at_third(source, target):
        if len(renamed) == 2:
            raise OSError(5, "Input/output error", str(source), None, str(target))
        renamed.append(target)
        real(source, target)

    monkeypatch.setattr("pathlib.Path.replace", fail_at_third)

    result = run(*JOB)

    assert len(renamed) == 2
    assert result.status == 2
    assert "Input/output error; nothing was" in result.err


def test_nowhere_to_write_to(run):
    result = run("--rules", "rules.yaml")

    assert result.status == 2
    assert "say where the result goes: --out DIR, --in-place or --diff" in result.err


def test_two_places_to_write_to(run):
    result = run(*JOB, "--in-place")

    assert result.status == 2
    assert "the result goes to one place: --out DIR, --in-place or --diff" in result.err


@pytest.mark.parametrize("timestamp", ["today", "2026010100000", "20261301000000"])
def test_a_timestamp_that_is_no_moment(run, timestamp):
    result = run("--rules", "rules.yaml", "--timestamp", timestamp, "--out", "build")

    assert result.status == 2
    assert f"`{timestamp}` is not a timestamp" in result.err


@pytest.mark.parametrize("duration", ["", "5", "0s", "-1s", "5 sec", "0.4ms", "1,5s", "35792min", "597h"])
def test_a_lock_timeout_that_is_no_duration(run, project, duration):
    for command in (JOB, ("diff", "--from", "empty", "--to", "prisma/schema.prisma")):
        result = run(*command, "--lock-timeout", duration)

        assert result.status == 2
        assert f"`{duration}` is not a duration" in result.err
        assert "write a number and its unit: 500ms, 5s, 2min or 1h" in result.err
    assert not (project / "build").exists()


@pytest.mark.parametrize("name", ["..", "!?", "x" * 53])
def test_a_name_that_cannot_name_a_migration(run, name):
    result = run(*JOB, "--name", name)

    assert result.status == 2
    assert f"`{name}` cannot name a migration" in result.err


def test_a_missing_rule_file(run):
    result = run("--rules", "ruels.yaml", "--out", "build")

    assert result.status == 2
    assert result.err.startswith("E101 the rule file `ruels.yaml` cannot be read")


def test_a_code_folder_that_is_not_there(run):
    result = run(*JOB, "--code", "apps")

    assert result.status == 2
    assert "there is no folder `apps`" in result.err


def test_a_fault_of_ours_is_a_message_and_not_a_traceback(run, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("prisma_decouple.refactoring.plan_migration", broken)

    result = run(*JOB)

    assert result.status == 3
    assert result.err.startswith("E001 prisma-decouple has a fault: ZeroDivisionError: oops\nhint: please report it")
