"""Settings in YAML and in TOML: what is wrong is named at its place, with the right word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from case_files import read_cases
from prisma_decouple.checking.settings import Settings, load_settings
from prisma_decouple.errors import RuleFileError

CASES = read_cases(Path(__file__).with_name("settings.yaml"))


@pytest.mark.parametrize("file", ["prisma-decouple.yaml", "pyproject.toml"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mistake_is_named_at_its_place(tmp_path, case, file):
    language = file.rpartition(".")[2]
    text, at = case[language], case["at"]
    (tmp_path / file).write_text(text)

    with pytest.raises(RuleFileError) as caught:
        load_settings(tmp_path)

    place = caught.value.place
    written = at[language] if isinstance(at, dict) else at
    marked = place.source[place.column - 1 : place.column - 1 + place.length].strip("'")
    assert (caught.value.message, caught.value.hint, marked) == (case["message"], case.get("hint", ""), written)
    assert text.splitlines()[place.line - 1] == place.source


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}"])
def test_settings_may_be_empty(tmp_path, text):
    (tmp_path / "prisma-decouple.yaml").write_text(text)

    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    "text", ['[project]\nname = "x"\n', "", "[tool.other]\n", 'x = "prisma-decouple"\n[tool]\n', "[broken"]
)
def test_a_project_without_settings_has_none(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)

    assert load_settings(tmp_path) is None


def test_yaml_and_toml_say_the_same(tmp_path):
    settings = {
        "enable": ["D101"],
        "invariants": [{"code": "T1", "models": {"name": ["A", "B*"]}, "must": {"have_field": {"name": "id"}}}],
        "migrations": {"since": "2025", "squawk": False},
    }
    (tmp_path / "prisma-decouple.yaml").write_text(json.dumps(settings))
    (tmp_path / "toml").mkdir()
    (tmp_path / "toml" / "pyproject.toml").write_text(
        '[tool.prisma-decouple]\nenable = ["D101"]\nmigrations.since = "2025"\nmigrations.squawk = false\n\n'
        '[[tool.prisma-decouple.invariants]]\ncode = "T1"\nmodels.name = ["A", "B*"]\n'
        '[tool.prisma-decouple.invariants.must]\nhave_field = { name = "id" }\n'
    )

    assert load_settings(tmp_path / "toml") == load_settings(tmp_path)
