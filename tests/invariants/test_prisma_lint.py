"""Every rule of prisma-lint can be said here, and finds the same; prisma-lint itself is asked."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from case_files import read_cases
from judges.command_lines import installed
from prisma_decouple import parse_schema
from prisma_decouple.checking.schema import check_invariants
from prisma_decouple.checking.settings import load_settings

CASES = read_cases(Path(__file__).with_name("prisma_lint.yaml"))


@pytest.fixture(params=CASES, ids=lambda case: case["rule"])
def case(request):
    return request.param


def test_what_says_the_same_here_finds_it(tmp_path, case):
    (tmp_path / "prisma-decouple.yaml").write_text(json.dumps(case["here"]))
    settings = load_settings(tmp_path)

    reports = check_invariants(parse_schema(case["schema"]), settings, tmp_path)

    assert [report.place.line for report in reports] == case["found"]


def test_prisma_lint_finds_it(tmp_path, case):
    (tmp_path / ".prismalintrc.json").write_text(json.dumps({"rules": {case["rule"]: ["error", case["there"]]}}))
    (tmp_path / "schema.prisma").write_text(case["schema"])
    program = installed("prisma-lint") / "dist" / "cli.js"

    command = ["node", program, "--output-format", "json", "schema.prisma"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    # A warning that a rule is deprecated comes before.
    violations = json.loads((done.stderr + done.stdout).splitlines()[-1])["violations"]
    assert {each["ruleName"] for each in violations} == {case["rule"]}
    assert sorted({_line(case, each) for each in violations}) == case["found"]


def _line(case, violation):
    """Where we report what they report."""
    line = violation["location"]["startLine"]
    moved = {theirs: ours for ours, theirs in case.get("elsewhere", {}).items()}
    return moved.get(line, line)


def test_every_rule_of_prisma_lint_is_here():
    rules = {file.stem for file in (installed("prisma-lint") / "dist" / "rules").glob("*.js")}

    assert {case["rule"] for case in CASES} == rules - {file for file in rules if file.endswith(".test")}
