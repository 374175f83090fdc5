"""Reports of problems: for people, for programs, for GitHub, and as SARIF."""

from __future__ import annotations

import json

import pytest

from judges.sarif import validate_sarif
from prisma_decouple.errors import Place
from prisma_decouple.render.problems import FORMATS, Problem, render_problems

PLACE = Place("my dir/schéma.prisma", 3, 5, "  a B, 100%", 1)
PROBLEM = Problem("error", "V101", "`B` is unknown: 100%, really\nor not", PLACE, "did you mean `C`?")
WARNING = Problem("warning", "D101", "no index", Place("a.prisma", 1, 1, "\tmodel A {", 7))


def test_text_shows_the_line_with_a_caret_and_the_hint():
    assert render_problems([PROBLEM, WARNING], "text") == (
        "my dir/schéma.prisma:3:5: V101 `B` is unknown: 100%, really\nor not\n"
        "  a B, 100%\n"
        "    ^\n"
        "hint: did you mean `C`?\n"
        "a.prisma:1:1: D101 no index\n"
        "\tmodel A {\n"
        "^^^^^^^\n"
    )


def test_text_has_colours_only_when_asked():
    assert "\x1b[" not in render_problems([PROBLEM], "text")
    assert render_problems([PROBLEM], "text", colour=True).startswith(
        "\x1b[1mmy dir/schéma.prisma:3:5\x1b[0m: \x1b[31mV101"
    )


def test_json_has_everything_by_name():
    [first, second] = json.loads(render_problems([PROBLEM, WARNING], "json"))["problems"]

    assert first == {
        "severity": "error",
        "code": "V101",
        "message": PROBLEM.message,
        "file": "my dir/schéma.prisma",
        "line": 3,
        "column": 5,
        "length": 1,
        "hint": "did you mean `C`?",
    }
    assert second["hint"] is None


def test_github_annotations_are_escaped():
    assert render_problems([PROBLEM], "github") == (
        "::error file=my dir/schéma.prisma,line=3,col=5,endColumn=6,title=V101"
        "::`B` is unknown: 100%25, really%0Aor not%0Adid you mean `C`?\n"
    )


def test_a_colon_or_comma_in_a_path_does_not_end_a_property_of_an_annotation():
    odd = Problem("warning", "D101", "x", Place("C:/a,b.prisma", 1, 1))

    assert "file=C%3A/a%2Cb.prisma,line=1" in render_problems([odd], "github")


def test_every_sarif_result_has_a_rule_and_a_place():
    [run] = json.loads(render_problems([PROBLEM, WARNING], "sarif"))["runs"]

    assert [run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in run["results"]] == ["V101", "D101"]
    [location] = run["results"][0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20dir/sch%C3%A9ma.prisma"},
        "region": {"startLine": 3, "startColumn": 5, "endColumn": 6},
    }


ABSOLUTE = Problem("error", "V102", "x", Place("/srv/a b.prisma", 1, 1))
ON_WINDOWS = Problem("error", "V102", "x", Place("C:\\srv\\a.prisma", 1, 1))


@pytest.mark.parametrize("problems", [[], [PROBLEM, WARNING], [ABSOLUTE, ON_WINDOWS]], ids=["none", "some", "absolute"])
def test_sarif_is_what_the_official_schema_and_the_official_validator_want(tmp_path, problems):
    complaints = validate_sarif(render_problems(problems, "sarif"), tmp_path)

    # The project has no address on the web yet, which is SARIF2005.
    assert [each for each in complaints if each.rule != "SARIF2005"] == []


def test_an_absolute_path_is_an_address_in_sarif():
    run = json.loads(render_problems([ABSOLUTE, ON_WINDOWS], "sarif"))["runs"][0]
    locations = [location for result in run["results"] for location in result["locations"]]

    assert [each["physicalLocation"]["artifactLocation"]["uri"] for each in locations] == [
        "file:///srv/a%20b.prisma",
        "file:///C:/srv/a.prisma",
    ]


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_problems_make_a_report_without_any(output_format):
    report = render_problems([], output_format)

    assert report == "" or json.loads(report)


def test_the_same_problems_make_the_same_report():
    assert render_problems([PROBLEM], "sarif") == render_problems([PROBLEM], "sarif")


def test_a_colon_in_a_path_makes_no_scheme_of_its_first_folder():
    odd = Problem("warning", "D101", "x", Place("a: b/c%.prisma", 1, 1))

    [result] = json.loads(render_problems([odd], "sarif"))["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%3A%20b/c%25.prisma"
