"""The readable cases of `tests/plan/cases`, judged by the engine and the catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import cases_of
from judges.catalog import differences
from judges.psql import psql

from .conftest import EMPTY, can_make, migration, whole_catalog, without_order

FOLDER = Path(__file__).parents[1] / "plan" / "cases"
CASES = cases_of(FOLDER)


def with_datasource(text):
    return text if "datasource" in text else EMPTY + text


@pytest.mark.parametrize("case", CASES)
def test_the_case_leaves_no_drift_and_can_be_undone(judge, case):
    before, after = with_datasource(case["before"]), with_datasource(case["after"])
    if not can_make(judge, after):
        pytest.skip("the engine itself cannot make it on this server")
    up, down = migration(before, after)

    with judge.database(before) as url:
        was = whole_catalog(url)
        psql(url, up)
        assert judge.drift(url, after) == ""

        psql(url, down)
        assert differences(without_order(was), without_order(whole_catalog(url))) == []
