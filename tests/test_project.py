"""What holds for the project as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import prisma_decouple

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    file
    for folder in ("src", "templates", "grammar")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in {".py", ".jinja", ".lark"}
)
MISSION = re.compile(r"\b(?:Post|Task|Mention|Integration|Provider|createTask)\b|\b(?:integration|provider)Id\b")

PLAIN = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Cat {
  id   Int    @id @default(autoincrement())
  name String @db.VarChar(40)
}
"""


def code_of(file):
    """A file without its comments and docstrings: what the program does, not what it tells the reader."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jinja":
        return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    if file.suffix == ".lark":
        return re.sub(r"^//.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r'"""(?:.|\n)*?"""', "", text)
    return re.sub(r"#.*$", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_program_knows_the_models_of_the_mission(file):
    assert not MISSION.findall(code_of(file))


def test_help_imports_neither_the_parser_nor_the_sql_side():
    code = (
        "import sys\n"
        "from prisma_decouple.__main__ import main\n"
        "main(['--help'])\n"
        "heavy = {'lark', 'jinja2', 'yaml', 'msgspec', 'tree_sitter'}\n"
        "heavy |= {'prisma_decouple.plan', 'prisma_decouple.render'}\n"
        "print('imported:', sorted(heavy & set(sys.modules)))\n"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert out.endswith("imported: []\n")


def test_a_check_of_a_plain_schema_imports_only_what_it_needs(tmp_path):
    schema = tmp_path / "schema.prisma"
    schema.write_text(PLAIN, encoding="utf-8")
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"  # a debugger or a coverage tool may have been there first
        "from prisma_decouple.__main__ import main\n"
        f"assert main(['check', {str(schema)!r}]) == 0\n"
        # Defining a dataclass takes longer than reading a model.
        "heavy = {'lark', 'jinja2', 'yaml', 'tree_sitter', 'dataclasses', 'json', 'base64', 'tomllib', 'tempfile'}\n"
        "heavy |= {f'prisma_decouple.{name}' for name in ('rules', 'plan', 'documents', 'sql', 'typescript')}\n"
        "heavy |= {'prisma_decouple.invariants.declared', 'prisma_decouple.model.datamodel'}\n"
        "print('imported:', sorted(heavy & set(sys.modules) - before))\n"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    assert out == "imported: []\n"


@pytest.mark.parametrize("name", prisma_decouple.__all__)
def test_every_public_name_can_be_imported_and_is_documented(name):
    assert getattr(prisma_decouple, name).__doc__


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: prisma_decouple.parse_schema(None), "the text of a schema is a str, not NoneType"),
        (lambda: prisma_decouple.parse_schema(b"model A {}"), "the text of a schema is a str, not bytes"),
        (lambda: prisma_decouple.format_schema(b""), "the text of a schema is a str, not bytes"),
        (lambda: prisma_decouple.parse_files("model A {}"), "the files of a schema are pairs of path and text"),
        (lambda: prisma_decouple.validate_schema("model A {}"), "the files of a schema are pairs of path and text"),
        (lambda: prisma_decouple.validate_schema([]), None),
        (lambda: prisma_decouple.refactor("model A {}"), "this takes a Schema, not str"),
        (lambda: prisma_decouple.refactor(prisma_decouple.parse_schema(""), "x.yaml"), "this takes a RuleSet, not str"),
        (lambda: prisma_decouple.load_rules(None), "a rule file is named by a path, not NoneType"),
        (lambda: prisma_decouple.parse_rules(b""), "the text of a rule file is a str, not bytes"),
    ],
)
def test_what_is_of_another_type_than_a_function_takes_is_told(call, message):
    if message is None:
        assert call() == []
        return
    with pytest.raises(prisma_decouple.DecoupleError) as caught:
        call()

    assert caught.value.message == message


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="refuctor"):
        _ = prisma_decouple.refuctor


def test_no_file_of_the_repository_names_a_place_of_one_machine():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not files:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?:^|[\s\"'=(])/(?:home|root|Users|work)/\w")

    texts = {file: (ROOT / file).read_bytes().decode(errors="replace") for file in files if (ROOT / file).is_file()}
    named = [file for file, text in texts.items() if pattern.search(text)]

    assert named == []
