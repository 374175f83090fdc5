"""Formatting by cases that a person can read, and by Prisma's own formatter."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import read_cases
from prisma_decouple import format_schema
from prisma_decouple.errors import SchemaSyntaxError
from prisma_decouple.formatting import format_files

FOLDER = Path(__file__).parent / "cases"


def cases(*names):
    return [
        pytest.param(case, id=f"{name}: {case['name']}")
        for name in names
        for case in read_cases(FOLDER / f"{name}.yaml")
    ]


@pytest.mark.parametrize("case", cases("layout", "completion", "differences"))
def test_before_becomes_after(case):
    assert format_schema(case["before"]) == case["after"]


@pytest.mark.parametrize("case", cases("layout", "completion", "differences"))
def test_what_is_formatted_is_not_touched_again(case):
    assert format_schema(case["after"]) == case["after"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("case", cases("layout"))
def test_every_kind_of_newline_becomes_lf(case, newline):
    assert format_schema(case["before"].replace("\n", newline)) == case["after"]


@pytest.mark.parametrize("engine", ["6", "7"])
@pytest.mark.parametrize("case", cases("layout", "completion"))
def test_prisma_formats_in_the_same_way(prisma, case, engine):
    assert prisma.format(case["before"], engine) == case["after"]


@pytest.mark.parametrize("case", cases("differences"))
def test_prisma_differs_only_where_it_is_written_down(prisma, case):
    assert prisma.format(case["before"]) == case["prisma"] != case["after"]


def test_an_empty_schema_is_one_newline():
    assert format_schema("") == "\n"


def test_what_is_not_the_language_is_refused():
    with pytest.raises(SchemaSyntaxError):
        format_schema("model A {\n  id [Int]\n}\n")


def test_relations_between_files_are_completed_in_their_files():
    user, post = "model User {\n  id Int @id\n}\n", "model Post {\n  id Int @id\n  user User\n}\n"

    formatted = dict(format_files([("user.prisma", user), ("post.prisma", post)]))

    assert formatted["user.prisma"] == "model User {\n  id    Int    @id\n  posts Post[]\n}\n"
    assert "userId Int\n" in formatted["post.prisma"]
