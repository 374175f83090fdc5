"""Migrations of public repositories: what is found is what Prisma itself has warned of when it wrote them."""

from __future__ import annotations

import json
import re

import pytest

from judges.availability import SHARED, shared
from prisma_decouple.migrations.folder import Migration
from prisma_decouple.migrations.judging import judge


def is_of_postgresql(folder):
    return json.loads((folder / "meta.json").read_text(encoding="utf-8"))["provider"] in {"postgresql", "postgres"}


REFACTORS = sorted(each.name for each in (SHARED / "corpus" / "refactors").glob("*") if is_of_postgresql(each))

# The comments that Prisma puts at the head of a script that may fail.
WARNED = re.compile(
    r"Added the required column `(\w+)` to the `(\w+)` table without a default value"
    r"|Made the column `(\w+)` on table `(\w+)` required"
    r"|Changed the type of `(\w+)` on the `(\w+)` table\. No cast exists, the column would be dropped and recreated,"
    r" which cannot be done if there is data"
)
FOUND = re.compile(r"column `(\w+)` has no value for the rows that `(\w+)`|^`(\w+)` of `(\w+)` becomes required")


def columns(pattern, text):
    """Pairs of column and table."""
    return {tuple(group for group in match.groups() if group) for match in pattern.finditer(text)}


@pytest.fixture(params=REFACTORS or ["none"])
def script(request):
    folder = shared("corpus", "refactors", request.param)
    return (folder / "migration.sql").read_bytes()


@pytest.mark.parametrize("deployment", [None, "batch", "split"])
def test_a_required_column_is_found_where_prisma_has_warned_of_it_and_nothing_fills_it(script, deployment):
    text = script.decode()
    verdicts = list(judge([Migration("m", "m.sql", script)], wanted={"m"}, deployment=deployment))

    found = {pair for each in verdicts for pair in columns(FOUND, each.message)}
    warned = columns(WARNED, text)
    assigned, renamed = re.findall(r'SET\s+"?(\w+)"?\s*=', text, re.IGNORECASE), re.findall(r'TO "(\w+)"', text)
    assert found <= warned or "Warnings:" not in text
    assert {name for name, _ in warned - found} <= {*assigned, *renamed}
