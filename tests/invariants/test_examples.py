"""What teams declare, wherever they write it down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from case_files import read_cases
from prisma_decouple import parse_schema
from prisma_decouple.checking.schema import check_invariants
from prisma_decouple.checking.settings import load_settings

EXAMPLES = read_cases(Path(__file__).with_name("declared.yaml"))
DATASOURCE = 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\n'


@pytest.fixture(params=EXAMPLES, ids=lambda example: example["name"])
def example(request):
    return request.param


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value)


def in_yaml(folder, invariant):
    (folder / "prisma-decouple.yaml").write_text(yaml.safe_dump({"invariants": [invariant]}))


def in_pyproject(folder, invariant):
    lines = [f"{key} = {toml(value)}" for key, value in invariant.items()]
    (folder / "pyproject.toml").write_text("\n".join(["[[tool.prisma-decouple.invariants]]", *lines]))


def in_a_rule_file(folder, invariant):
    (folder / "rules.yaml").write_text(yaml.safe_dump({"invariants": [invariant]}))
    (folder / "prisma-decouple.yaml").write_text("rules: [rules.yaml]\n")


@pytest.mark.parametrize("write", [in_yaml, in_pyproject, in_a_rule_file])
def test_the_bad_schema_is_found_and_the_good_one_is_not(tmp_path, example, write):
    write(tmp_path, example["invariant"])
    settings = load_settings(tmp_path)

    [report] = check_invariants(parse_schema(example["bad"]), settings, tmp_path)

    assert (report.code, report.because) == ("D000", example["invariant"].get("because", ""))
    assert check_invariants(parse_schema(example["good"]), settings, tmp_path) == []


@pytest.mark.parametrize("schema", ["bad", "good"])
def test_prisma_accepts_the_schemas_and_would_not_format_them_otherwise(prisma, example, schema):
    text = DATASOURCE + example[schema]

    assert prisma.validate(text) == []
    assert prisma.format(text) == text
