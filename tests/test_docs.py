"""The documentation is tested: its examples run, and what is generated is up to date."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from prisma_decouple import parse_schema
from prisma_decouple.checking.schema import check_invariants
from prisma_decouple.checking.settings import Settings, load_settings
from prisma_decouple.cli.main import COMMANDS, DEFAULT
from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.invariants.selectors import Models
from prisma_decouple.rules.rulefile import parse_rules

from .cli.conftest import RULES, SCHEMA

ROOT = Path(__file__).parents[1]
NOT_THERE = {"not_exist": True}
README = (ROOT / "README.md").read_text(encoding="utf-8")


PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")


def blocks(language, page=README):
    return re.findall(rf"^```{language}\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)


def test_the_generated_pages_are_up_to_date():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)

    pages = generate.pages()

    assert pages
    assert {file: file.read_text(encoding="utf-8") for file in pages} == pages


@pytest.mark.parametrize("text", blocks("yaml"))
def test_the_rule_files_of_the_readme_are_rule_files(text):
    assert parse_rules(text).rules


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    (tmp_path / "decouple.yaml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    names = {"text": SCHEMA}

    for code in blocks("python"):
        exec(code, names)

    assert "sourceId Int" in str(names["change"].schema)
    assert "ADD COLUMN" in names["change"].migration.up


def test_the_commands_of_the_readme_name_files_that_are_there():
    paths = re.findall(r"(?<![\w/])(?:examples|\.ci|docs)/[\w./-]+", README)

    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_hooks_for_pre_commit_run_commands_that_exist():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert {hook["id"]: hook["files"] for hook in hooks} == {
        "prisma-check": r"\.prisma$",
        "prisma-migrations": r"/migration\.sql$",
        "prisma-format": r"\.prisma$",
    }
    assert {hook["entry"].split()[1] for hook in hooks} <= set(COMMANDS)


def test_every_command_is_in_the_readme():
    assert [name for name in COMMANDS if name != DEFAULT and f"prisma-decouple {name}" not in README] == []


def test_the_settings_on_the_page_of_check_are_settings_and_all_of_them(tmp_path):
    [text] = [
        block for block in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) if "enable" in block
    ]
    (tmp_path / "prisma-decouple.yaml").write_text(text)
    (tmp_path / "decouple.yaml").touch()

    settings = load_settings(tmp_path)

    assert all(getattr(settings, name) != getattr(Settings(), name) for name in Settings.__struct_fields__)


def test_the_hooks_on_the_page_of_check_are_the_hooks():
    [text] = [
        block for block in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) if "hooks:" in block
    ]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert {each["id"] for each in yaml.safe_load(text)[0]["hooks"]} == {each["id"] for each in hooks}


def test_the_comments_on_the_page_of_check_silence():
    [schema] = blocks("prisma", PAGE)
    schema += "\nmodel User {\n  id   Int    @id\n  news News[]\n}\n"
    settings = Settings(
        enable=("D101",), invariants=(Invariant(code="D104", models=Models(name="News"), must=NOT_THERE),)
    )

    assert check_invariants(parse_schema(schema), settings, ROOT) == []


def test_every_link_between_the_pages_leads_somewhere():
    for page in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]:
        links = re.findall(r"\]\((?!http)([^)#]*)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        assert [link for link in links if link and not (page.parent / link).exists()] == []
