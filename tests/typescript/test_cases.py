"""Each case is a few lines of TypeScript and everything that a scan says about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import cases_of


# Of a module, so that the tests of one case follow each other, and it is scanned once for all of them.
@pytest.fixture(scope="module", params=cases_of(Path(__file__).parent / "cases", title="promise"))
def case(request):
    return request.param


@pytest.fixture(scope="module")
def result(case, scan_code):
    return scan_code(case.get("files") or case["code"], configs=case.get("configs"))


def _told(hint):
    place = f"{hint.line}:{hint.column} {hint.kind.value} {hint.confidence.value}"
    return {
        "place": place if hint.file == "code.ts" else f"{hint.file}:{place}",
        "after": None if hint.after is None else "\n".join(hint.after),
    }


def _expected(hint):
    after = hint.get("after")
    return {"place": hint["place"], "after": None if after is None else after.rstrip("\n")}


def test_hints_are_these_and_no_others(case, result):
    assert [_told(hint) for hint in result.hints] == [_expected(hint) for hint in case["hints"]]
    assert [hint.patched for hint in result.hints] == [
        expected.get("patched", hint.patched) for hint, expected in zip(result.hints, case["hints"], strict=True)
    ]
    unsaid = [
        expected["says"]
        for hint, expected in zip(result.hints, case["hints"], strict=True)
        if expected.get("says", "") not in hint.why
    ]
    assert not unsaid
    assert result.fine == case.get("fine", 0)


def test_what_follows_from_a_hint_are_these_lines_and_no_others(case, result):
    lines = [[f"{each.file}:{each.line}" for each in hint.follows] for hint in result.hints]
    assert lines == [expected.get("follows", []) for expected in case["hints"]]


def test_before_is_what_stands_in_the_file_from_the_line_on(case, result):
    files = case.get("files") or {"code.ts": case["code"]}

    for hint in result.hints:
        lines = files[hint.file].split("\n")
        assert list(hint.before) == lines[hint.line - 1 : hint.line - 1 + len(hint.before)]
