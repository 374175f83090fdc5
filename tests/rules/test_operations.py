"""Every operation of the rule language, by cases that a person can read: `cases/<operation>.yaml`."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from case_files import cases_of
from prisma_decouple.errors import RuleError
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan.migration import plan_migration
from prisma_decouple.render.sql import render_step
from prisma_decouple.rules.apply import apply_rules
from prisma_decouple.rules.operations import OPERATIONS
from prisma_decouple.rules.promises import PROMISES
from prisma_decouple.rules.rulefile import parse_rules
from prisma_decouple.syntax.parser import parse_schema, read_schema

FOLDER = Path(__file__).parent / "cases"
CASES = cases_of(FOLDER)


def rules_of(case):
    return parse_rules(yaml.safe_dump({"rules": case["rules"]}))


@pytest.fixture(params=[param for param in CASES if "error" not in param.values[0]])
def case(request):
    return request.param


@pytest.fixture(params=[param for param in CASES if "sql" in param.values[0]])
def migrated(request):
    return request.param


@pytest.fixture(params=[param for param in CASES if "error" in param.values[0]])
def refused(request):
    return request.param


def test_the_rules_turn_before_into_after(case):
    application = apply_rules(parse_schema(case["before"]), rules_of(case))

    assert str(application.schema) == case.get("after", case["before"])
    assert [note for outcome in application.outcomes for note in outcome.notes] == case.get("notes", [])


def test_a_second_run_changes_nothing(case):
    once = apply_rules(parse_schema(case["before"]), rules_of(case)).schema

    twice = apply_rules(parse_schema(str(once)), rules_of(case))

    assert str(twice.schema) == str(once)
    assert not twice.changed
    assert not twice.intents


def test_the_rules_keep_what_they_promise(case):
    rules = rules_of(case)

    model = read_model(apply_rules(parse_schema(case["before"]), rules).schema)

    assert [finding for promise in rules.invariants for finding in promise.findings(model)] == []


def test_what_the_rules_promise_was_not_kept_before_they_changed_anything(case):
    rules = rules_of(case)
    promises = [promise for promise in rules.invariants if case.get("after", case["before"]) != case["before"]]

    model = read_model(parse_schema(case["before"]))

    assert bool([finding for promise in promises for finding in promise.findings(model)]) == bool(promises)


def test_what_the_rules_promise_has_a_code_that_is_explained(case):
    promises = [promise for rule in rules_of(case).rules for promise in rule.operation.promises()]

    assert {promise.code for promise in promises} <= PROMISES.keys()


def test_crlf_stays_crlf(case):
    application = apply_rules(parse_schema(case["before"].replace("\n", "\r\n")), rules_of(case))

    assert str(application.schema) == case.get("after", case["before"]).replace("\n", "\r\n")


def test_the_migration_is_what_the_case_says(migrated):
    schema = parse_schema(migrated["before"])
    application = apply_rules(schema, rules_of(migrated))

    plan = plan_migration(read_model(schema), read_model(application.schema), application.intents, name="case")

    assert "".join(map(render_step, plan.up)) == migrated["sql"]


def test_a_rule_that_does_not_fit_is_refused_at_its_place(refused):
    with pytest.raises(RuleError) as caught:
        apply_rules(parse_schema(refused["before"]), rules_of(refused))

    assert caught.value.message == refused["error"]
    assert caught.value.hint == refused.get("hint", "")
    assert caught.value.place is not None


def test_every_operation_has_cases():
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(OPERATIONS)


def test_an_enum_goes_to_the_file_that_has_those_of_its_namespace(tmp_path):
    source = 'datasource db {\n  provider = "postgresql"\n  url = env("URL")\n  schemas = ["shop", "auth"]\n}\n'
    (tmp_path / "a.prisma").write_text(source, encoding="utf-8")
    for name in ("shop", "auth"):
        enum = f'enum {name.title()} {{\n  ONE\n  @@schema("{name}")\n}}\n'
        (tmp_path / f"{name}.prisma").write_text(enum, encoding="utf-8")
    rules = parse_rules("rules: [{ add_enum: { name: Mood, values: [CALM], schema: auth } }]")

    after = apply_rules(read_schema(tmp_path), rules).schema

    assert {Path(file.path).stem: "Mood" in str(file) for file in after.files} == {
        "a": False,
        "auth": True,
        "shop": False,
    }
