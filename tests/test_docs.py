"""The documentation is tested: its examples run, and what is generated is up to date."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from prisma_decouple.cli.main import COMMANDS, DEFAULT
from prisma_decouple.rules.rulefile import parse_rules

from .cli.conftest import RULES, SCHEMA

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


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
