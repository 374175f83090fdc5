"""The pytest plugin, used as a team would use it."""

from __future__ import annotations

import pytest

from .cli.conftest import RULES, SCHEMA


@pytest.fixture
def team(pytester):
    """A project with a schema, a rule file and one test."""
    (pytester.path / "schema.prisma").write_text(SCHEMA)
    (pytester.path / "rules.yaml").write_text(RULES)
    pytester.makepyfile('def test_rules(assert_refactoring):\n    assert_refactoring("schema.prisma", "rules.yaml")\n')
    return pytester


def run(team, *arguments):
    return team.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


def test_every_output_is_kept(team):
    result = run(team, "--snapshot-update")

    result.assert_outcomes(passed=1)
    [file] = (team.path / "__snapshots__").glob("*.ambr")
    kept = file.read_text()
    assert all(name in kept for name in ["[schema]", "migration.sql]", "down.sql]", "createPost.md]", "hints.json]"])


def test_what_did_not_change_passes(team):
    run(team, "--snapshot-update")

    run(team).assert_outcomes(passed=1)


def test_a_rule_that_does_something_else_fails(team):
    run(team, "--snapshot-update")
    (team.path / "rules.yaml").write_text(RULES.replace("name: origin", "name: source"))

    run(team).assert_outcomes(failed=1)


def test_rules_that_change_nothing_fail(team):
    (team.path / "rules.yaml").write_text("rules:\n  - add_index: { models: [Post], fields: [id] }\n")

    result = run(team, "--snapshot-update")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*the rules change nothing in schema.prisma*"])


def test_without_syrupy_it_says_what_is_missing(team):
    result = run(team, "-p", "no:syrupy")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert_refactoring needs syrupy: pip install syrupy*"])
