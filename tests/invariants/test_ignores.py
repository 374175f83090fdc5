"""A comment silences one code at one place, and says so when it is not needed any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.checking import Settings, check_invariants

HERE = Path()


def reports(text, *codes):
    found = check_invariants(parse_schema(text), Settings(enable=codes), HERE)
    return [(report.code, report.place.line, report.place.column) for report in found]


@pytest.mark.parametrize(
    "comment",
    [
        "/// prisma-decouple-ignore D106 legacy\n  bad_name Int",
        "// prisma-decouple-ignore D106 legacy\n  // more\n  bad_name Int",
        "//prisma-decouple-ignore D107, D106\n  bad_name Int",
        "bad_name Int // prisma-decouple-ignore D106 legacy",
    ],
)
def test_a_comment_above_or_behind_a_field_silences_it(comment):
    assert ("D106", 4, 3) not in reports(f"model A {{\n  id Int @id\n  {comment}\n}}\n", "D106")
    assert all(code != "D106" for code, _, _ in reports(f"model A {{\n  id Int @id\n  {comment}\n}}\n", "D106"))


@pytest.mark.parametrize(
    "schema",
    [
        "/// prisma-decouple-ignore D104 as the table\nmodel Cats {\n  id Int @id\n}\n",
        "enum E {\n  A\n}\n\n/// Cats.\n/// prisma-decouple-ignore D104 as the table\nmodel Cats {\n  id Int @id\n}\n",
        "model Cats { // prisma-decouple-ignore D104\n  id Int @id\n}\n",
    ],
)
def test_a_comment_above_or_behind_the_opening_of_a_block_silences_it(schema):
    assert reports(schema, "D104") == []


def test_a_comment_that_a_blank_line_parts_from_the_block_is_not_for_it():
    schema = "// prisma-decouple-ignore D104\n\nmodel Cats {\n  id Int @id\n}\n"

    assert reports(schema, "D104") == [("D104", 3, 1)]


def test_a_comment_is_for_its_code_and_its_place_only():
    schema = "model A {\n  id Int @id\n  // prisma-decouple-ignore D107\n  bad_one Int\n  bad_two Int\n}\n"

    assert reports(schema, "D106") == [("D001", 3, 29), ("D106", 4, 3), ("D106", 5, 3)]


def test_a_comment_that_is_not_needed_is_reported():
    schema = "model A {\n  id Int @id // prisma-decouple-ignore D106 once it was bad\n}\n"

    assert reports(schema, "D106") == [("D001", 2, 40)]
