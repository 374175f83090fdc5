"""A comment silences one code at one place, and says so when it is not needed any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.checking.schema import check_invariants
from prisma_decouple.checking.settings import Settings

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


@pytest.mark.parametrize(
    ("code", "schema"),
    [
        ("D104", "model Cats {\n  id Int @id\n} // prisma-decouple-ignore D104 as the table\n"),
        ("D104", "/* prisma-decouple-ignore D104 as the table */\nmodel Cats {\n  id Int @id\n}\n"),
        ("D109", "enum E {\n  /// prisma-decouple-ignore D109 as it was\n  calm\n}\n"),
        ("D109", "enum E {\n  calm // prisma-decouple-ignore D109 as it was\n}\n"),
        (
            "D116",
            "model A {\n  a Int @id\n  b Int\n  // prisma-decouple-ignore D116\n  @@index([b])\n  @@index([b, a])\n}\n",
        ),
        ("D105", 'model BlackCat {\n  a Int @id\n\n  @@map("x") // prisma-decouple-ignore D105 legacy\n}\n'),
    ],
)
def test_everything_that_can_be_found_can_be_silenced_where_it_stands(code, schema):
    assert reports(schema, code) == []


@pytest.mark.parametrize(
    ("schema", "line", "column"),
    [
        ("// prisma-decouple-ignore D104\n\nmodel A {\n  id Int @id\n}\n", 1, 27),
        ("model A {\n  id Int @id\n}\n\n// prisma-decouple-ignore D104\n", 5, 27),
        ("model A {\n  id Int @id\n  // prisma-decouple-ignore D104\n\n  b Int\n}\n", 3, 29),
        ("model A {\n  id Int @id\n  // prisma-decouple-ignore D104\n}\n", 3, 29),
        ("model A {\n  id Int @id // prisma-decouple-ignore\n}\n", 2, 17),
        ('generator x {\n  provider = "x" // prisma-decouple-ignore D104\n}\n', 2, 44),
    ],
)
def test_a_comment_that_stands_alone_silences_nothing_and_is_reported(schema, line, column):
    assert reports(schema, "D104") == [("D001", line, column)]


def test_a_comment_that_a_blank_line_parts_from_the_block_is_not_for_it():
    schema = "// prisma-decouple-ignore D104\n\nmodel Cats {\n  id Int @id\n}\n"

    assert reports(schema, "D104") == [("D001", 1, 27), ("D104", 3, 1)]


def test_a_comment_is_for_its_code_and_its_place_only():
    schema = "model A {\n  id Int @id\n  // prisma-decouple-ignore D107\n  bad_one Int\n  bad_two Int\n}\n"

    assert reports(schema, "D106") == [("D001", 3, 29), ("D106", 4, 3), ("D106", 5, 3)]


def test_a_comment_that_is_not_needed_is_reported():
    schema = "model A {\n  id Int @id // prisma-decouple-ignore D106 once it was bad\n}\n"

    assert reports(schema, "D106") == [("D001", 2, 40)]
