"""The SQL between two schemas, by cases that a person can read: `cases/*.yaml`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from case_files import cases_of
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan import order
from prisma_decouple.plan.migration import plan_difference
from prisma_decouple.plan.steps import DropColumn, DropTable, ReplaceColumn, Step
from prisma_decouple.render.sql import render_step
from prisma_decouple.resources import data_directory
from prisma_decouple.syntax.parser import parse_schema

FOLDER = Path(__file__).parent / "cases"
CASES = cases_of(FOLDER)


def model(text):
    return read_model(parse_schema(text))


@pytest.fixture(params=CASES)
def case(request):
    return request.param


def test_the_sql_is_what_the_case_says(case):
    plan = plan_difference(model(case["before"]), model(case["after"]), allow_loss=True)

    assert "".join(map(render_step, plan.up)) == case["up"]


def test_what_may_be_a_rename_is_asked(case):
    plan = plan_difference(model(case["before"]), model(case["after"]))

    assert list(plan.questions) == case.get("questions", [])


def test_a_schema_does_not_differ_from_itself(case):
    for text in (case["before"], case["after"]):
        plan = plan_difference(model(text), model(text))
        assert plan.up == plan.down == ()


def test_every_step_that_drops_values_says_so(case):
    plan = plan_difference(model(case["before"]), model(case["after"]))

    for step in (*plan.up, *plan.down):
        assert step.loses or not isinstance(step, DropColumn | DropTable | ReplaceColumn)


def kinds(kind):
    """All kinds of steps that are made, at any depth below `kind`."""
    below = kind.__subclasses__()
    return {leaf for each in below for leaf in kinds(each)} if below else {kind}


def test_every_kind_of_step_has_its_place_and_its_template():
    places = {kind for phase in order.PHASES for kind in phase}

    for kind in kinds(Step):
        assert places & set(kind.__mro__)
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()
        assert (data_directory("templates") / "sql" / "postgresql" / f"{name}.sql.jinja").exists()
