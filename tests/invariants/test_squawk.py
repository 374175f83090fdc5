"""squawk's findings, beside ours."""

from __future__ import annotations

import json
import stat
import sys

import pytest

from judges.squawk import program
from prisma_decouple.errors import InputError
from prisma_decouple.migrations.folder import Migration
from prisma_decouple.migrations.judging import judge
from prisma_decouple.migrations.squawk import ask_squawk, find_squawk


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Ask the real one about a script, with ours in between."""
    monkeypatch.chdir(tmp_path)

    def run(script):
        (tmp_path / "migration.sql").write_text(script)
        migration = Migration("m", "migration.sql", script.encode())
        remarks = ask_squawk(program(), [migration])
        return [(each.code, stretch(each.place)) for each in judge([migration], wanted={"m"}, remarks=remarks)]

    return run


def stretch(place):
    return place.line, place.source[place.column - 1 : place.column - 1 + place.length]


def test_a_finding_stands_at_its_place_also_behind_letters_of_several_bytes(said):
    assert ("squawk:prefer-text-field", (2, "VARCHAR(10)")) in said(
        '-- é\nALTER TABLE "Käse" ADD COLUMN "größe" VARCHAR(10);\n'
    )


def test_what_ours_says_too_is_said_once(said):
    codes = {code for code, _ in said('ALTER TABLE "Cat" ADD COLUMN "a" TEXT NOT NULL;\n')}

    assert "D301" in codes
    assert "squawk:adding-required-field" not in codes
    assert "squawk:require-lock-timeout" in codes


def test_what_ours_has_been_told_to_ignore_squawk_does_not_say_either(said):
    script = '-- prisma-decouple-ignore D301 it is empty\nALTER TABLE "Cat" ADD COLUMN "a" TEXT NOT NULL;\n'

    assert {code for code, _ in said(script)} & {"D301", "D001", "squawk:adding-required-field"} == set()


def test_its_own_settings_and_comments_count(said, tmp_path):
    script = 'DROP TABLE "Cat";\n-- squawk-ignore ban-drop-table\nDROP TABLE "Dog";\n'
    (tmp_path / ".squawk.toml").write_text('excluded_rules = ["require-lock-timeout", "require-statement-timeout"]\n')

    assert said(script) == [
        ("squawk:ban-drop-table", (1, 'DROP TABLE "Cat";')),
        ("squawk:prefer-robust-stmts", (1, 'DROP TABLE "Cat";')),
        ("squawk:prefer-robust-stmts", (3, 'DROP TABLE "Dog";')),
    ]


def test_a_script_that_is_sent_as_a_whole_need_not_be_repeatable(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    migration = Migration("m", "m.sql", b'DROP TABLE "Cat";\n')
    (tmp_path / "m.sql").write_bytes(migration.data)

    def rules(**options):
        return {each.rule for each in ask_squawk(program(), [migration], **options).get("m.sql", [])}

    assert rules() - rules(in_transaction=True) == {"prefer-robust-stmts"}


def test_nothing_to_judge_is_not_asked_about():
    assert ask_squawk("no such program", []) == {}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("print('no JSON')", "gives no answer that can be read"),
        ("print('[{}]')", "gives no answer that can be read"),
        ("sys.exit('bad .squawk.toml')", "failed: bad .squawk.toml"),
    ],
)
def test_a_squawk_that_does_not_work_is_said_so(tmp_path, body, message):
    fake = tmp_path / "squawk"
    fake.write_text(f"#!{sys.executable}\nimport sys\n{body}\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)

    with pytest.raises(InputError, match=message) as caught:
        ask_squawk(str(fake), [Migration("m", "m.sql", b"SELECT 1;")])

    assert "squawk: false" in caught.value.hint


def test_that_of_the_project_comes_before_the_one_on_the_path(tmp_path, monkeypatch):
    folders = [tmp_path / "packages" / "db", tmp_path]
    for bin_folder in (tmp_path / "node_modules" / ".bin", tmp_path / "elsewhere"):
        bin_folder.mkdir(parents=True)
        (bin_folder / "squawk").write_text(json.dumps("x"))
        (bin_folder / "squawk").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))

    assert find_squawk(folders) == str(tmp_path / "node_modules" / ".bin" / "squawk")
    assert find_squawk([tmp_path / "packages"]) == str(tmp_path / "elsewhere" / "squawk")
    monkeypatch.setenv("PATH", "")
    assert find_squawk([tmp_path / "packages"]) is None
