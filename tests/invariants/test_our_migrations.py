"""What the program writes keeps the invariants of migrations."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from case_files import read_cases
from judges.availability import ROOT
from prisma_decouple import load_rules, parse_rules, parse_schema, read_schema, refactor
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan.migration import plan_difference
from prisma_decouple.render.sql import render_difference
from prisma_decouple.syntax.nodes import Schema

from .histories import verdicts

TESTS = Path(__file__).parents[1]
DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n\n'
EXAMPLE = ROOT / "examples" / "sentiment"


def cases(folder):
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted((TESTS / folder / "cases").glob("*.yaml"))
        for case in read_cases(file)
        if "error" not in case
    ]


def difference(before, after, *, down=False):
    migration = plan_difference(read_model(before), read_model(after), allow_loss=True)
    return render_difference(migration, source="a", target="b", provider="postgresql", down=down)


def schema(text):
    return parse_schema(text if "datasource" in text else DATASOURCE + text)


@pytest.mark.parametrize("case", cases("rules"))
def test_those_of_rules_are_clean_there_and_back(case):
    before = schema(case["before"])
    migration = refactor(before, parse_rules(yaml.safe_dump({"rules": case["rules"]}))).migration
    scripts = [migration.up, migration.down] if migration is not None else []
    history = [difference(Schema(()), before), *scripts]

    assert [verdicts(history[:count]) for count in range(1, len(history) + 1)] == [[] for _ in history]


@pytest.mark.parametrize("case", cases("plan"))
def test_those_between_two_schemas_are_clean_there_and_back(case):
    before, after = schema(case["before"]), schema(case["after"])
    history = [difference(Schema(()), before), difference(before, after)]

    assert verdicts(history) == []
    assert verdicts([*history, difference(before, after, down=True)]) == []


def test_that_of_the_example_is_clean_there_and_back():
    before = read_schema(EXAMPLE / "prisma" / "schema.prisma")
    migration = refactor(before, load_rules(EXAMPLE / "decouple.yaml")).migration
    history = [difference(Schema(()), before), migration.up]

    assert verdicts(history[:1]) == []
    assert verdicts(history) == []
    assert verdicts([*history, migration.down]) == []
