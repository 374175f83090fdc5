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
    # What is installed for our own tests takes longer to start than all that is done.
    ours = (part for name in ("cacheprovider", "hypothesispytest", "xdist") for part in ("-p", f"no:{name}"))
    return team.runpytest_subprocess(*ours, *arguments)


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
    (team.path / "rules.yaml").write_text(RULES.replace("sourceId]", "sourceId], unresolved: delete"))

    result = run(team)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["migrations/*_origin/migration.sql is not what it was:", "*+ *DELETE FROM*"])
    assert "\x1b" not in result.stdout.str()


def test_all_outputs_are_compared_before_it_fails(team):
    run(team, "--snapshot-update")
    (team.path / "schema.prisma").write_text(SCHEMA.replace("model Post {", "/// What is said.\nmodel Post {"))

    result = run(team)

    result.assert_outcomes(failed=1)
    assert "is not what it was" in result.stdout.str()
    assert "unused" not in result.stdout.str()


def test_a_mistake_in_the_rules_is_told_as_the_command_line_tells_it(team):
    (team.path / "rules.yaml").write_text(RULES.replace("model: Post, field", "modle: Post, field"))

    result = run(team)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["rules.yaml:4:*: E301 unknown key `modle`", "hint: did you mean `model`?"])
    assert "Traceback" not in result.stdout.str()
    assert "During handling" not in result.stdout.str()


def test_rules_that_change_nothing_fail(team):
    (team.path / "rules.yaml").write_text("rules:\n  - add_index: { models: [Post], fields: [id] }\n")

    result = run(team, "--snapshot-update")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*the rules change nothing in schema.prisma*"])


def test_without_syrupy_it_says_what_is_missing(team):
    result = run(team, "-p", "no:syrupy")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["assert_refactoring needs syrupy: pip install syrupy"])


def test_the_plugin_alone_loads_nothing_of_ours(team):
    team.makepyfile(
        "import sys\n\n\ndef test_modules():\n"
        "    assert {name for name in sys.modules if name.startswith('prisma_decouple')}"
        " == {'prisma_decouple', 'prisma_decouple.testing'}\n"
        "    assert 'lark' not in sys.modules\n"
    )

    run(team, "-p", "no:syrupy").assert_outcomes(passed=1)
