"""`--tsc` on the command line: what both commands say of the compiler. Its stand-ins here are scripts."""

from __future__ import annotations

import pytest

from prisma_decouple.__main__ import main
from prisma_decouple.syntax.nodes import Schema
from prisma_decouple.syntax.parser import parse_schema
from prisma_decouple.typescript.tsc.homes import in_one_place

from .stand_ins import code_base_in, write_files

BEFORE = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Task {
  id    Int    @id
  title String
}
"""
AFTER = BEFORE.replace("title String", "title String\n  new   String")
RULES = """\
name: kinds
rules:
  - add_field: { model: Task, field: new, type: String, required: true, backfill: [{ value: plain }] }
"""
ASKED = "compiler    2 new errors, 0 removed by the patch, 2 left"
OFFERED = "compiler    not asked: TypeScript is installed here, and --tsc asks it as well"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Write files into the code base, or beside it, and run a command in it: the last line of what it says."""
    code_base = code_base_in(tmp_path / "code")
    write_files(code_base, {"schema.prisma": BEFORE, "kinds.yaml": RULES})
    monkeypatch.chdir(code_base)

    def command(*arguments, files=None):
        write_files(code_base, files or {})
        assert main([*arguments, "--out", "../build"]) == 0
        return capsys.readouterr().err.splitlines()[-1]

    return command


def test_the_compiler_is_offered_where_it_is_installed(run):
    assert run("schema.prisma", "--rules", "kinds.yaml", "--code", ".") == OFFERED


def test_no_compiler_is_offered_without_node(run, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)

    assert run("schema.prisma", "--rules", "kinds.yaml", "--code", ".").startswith("code ")


def test_no_compiler_is_offered_without_code(run):
    assert run("schema.prisma", "--rules", "kinds.yaml").startswith("code ")


@pytest.mark.parametrize(
    ("source", "target"),
    [("schema.prisma", "../after.prisma"), ("../before.prisma", "schema.prisma"), ("before.prisma", "schema.prisma")],
    ids=["the old one is in the code base", "the new one is", "both are"],
)
def test_diff_asks_the_compiler_whichever_schema_is_that_of_the_code_base(run, source, target):
    files = {source: BEFORE, target: AFTER}

    assert run("diff", "--from", source, "--to", target, "--code", ".", "--tsc", files=files) == ASKED


def test_diff_offers_the_compiler_as_well(run):
    files = {"../after.prisma": AFTER}

    assert run("diff", "--from", "schema.prisma", "--to", "../after.prisma", "--code", ".", files=files) == OFFERED


def test_of_a_folder_the_first_file_takes_what_another_schema_has(tmp_path):
    folder = Schema((*_parsed(tmp_path / "db" / "a.prisma", "// a"), *_parsed(tmp_path / "db" / "b.prisma", "// b")))
    other = Schema(_parsed(tmp_path.parent / "other.prisma", "// c"))
    a, b = (file.path for file in folder.files)

    assert in_one_place(tmp_path, other, folder) == ({a: "// c", b: ""}, {a: "// a", b: "// b"})


def test_of_two_schemas_in_the_code_base_the_one_that_prisma_finds_is_written_over(tmp_path):
    before, after = (
        Schema(_parsed(tmp_path / "before.prisma", "// a")),
        Schema(_parsed(tmp_path / "schema.prisma", "// b")),
    )
    path = str(tmp_path / "schema.prisma")

    assert in_one_place(tmp_path, before, after) == ({path: "// a"}, {path: "// b"})


def test_the_files_of_a_folder_that_are_the_same_before_and_after_keep_their_texts(tmp_path):
    paths = [tmp_path / "a.prisma", tmp_path / "b.prisma"]
    before, after = (Schema(tuple(file for path in paths for file in _parsed(path, text))) for text in ("// 1", "// 2"))
    a, b = map(str, paths)

    assert in_one_place(tmp_path, before, after) == ({a: "// 1", b: "// 1"}, {a: "// 2", b: "// 2"})


def test_the_same_files_before_and_after_keep_their_texts(tmp_path):
    path = tmp_path / "schema.prisma"

    assert in_one_place(tmp_path, Schema(_parsed(path, "// a")), Schema(_parsed(path, "// b"))) == (
        {str(path): "// a"},
        {str(path): "// b"},
    )


def _parsed(path, text):
    return parse_schema(text, path=str(path)).files
