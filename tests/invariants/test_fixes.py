"""What is certain is mended, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.checking.schema import check_invariants
from prisma_decouple.checking.settings import Settings
from prisma_decouple.invariants.fixes import apply_fixes

BEFORE = """\
model Owner {
  id        Int      @id
  cats      Cat[]
  updatedAt DateTime @default(now()) @db.Timestamptz(3)
}

model Cat {
  id      Int    @id
  ownerId Int? // nobody, when it is a stray
  owner   Owner? @relation(fields: [ownerId], references: [id])

  @@map("cats")
}
"""


def fixed(code, text=BEFORE):
    schema = parse_schema(text)
    reports = check_invariants(schema, Settings(enable=(code,)), Path())
    new, count = apply_fixes(schema, [report.finding for report in reports])
    return str(new), count


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("D101", '\n  @@map("cats")', '\n  @@index([ownerId])\n  @@map("cats")'),
        ("D102", "references: [id])", "references: [id], onDelete: SetNull)"),
        ("D111", "@default(now()) @db", "@default(now()) @updatedAt @db"),
    ],
)
def test_a_certain_fix_changes_its_place_only(code, old, new):
    assert fixed(code) == (BEFORE.replace(old, new), 1)


def test_on_delete_is_stated_as_it_is_today():
    required = BEFORE.replace("Int? //", "Int //").replace("Owner? @", "Owner  @")

    assert "onDelete: Restrict)" in fixed("D102", required)[0]


def test_on_delete_is_stated_in_the_words_of_the_database(prisma):
    datasource = 'datasource db {\n  provider = "sqlserver"\n  url      = env("DATABASE_URL")\n}\n\n'
    required = datasource + BEFORE.replace("Int? //", "Int //").replace("Owner? @", "Owner  @").replace(
        "Timestamptz(3)", "DateTime2"
    )

    text, count = fixed("D102", required)

    assert (count, text.count("onDelete: NoAction)")) == (1, 1)
    assert prisma.validate(text) == []


def test_an_index_whose_name_is_taken_is_left_to_somebody_who_can_choose():
    taken = BEFORE.replace('@@map("cats")', '@@index([id, ownerId], map: "cats_ownerId_idx")\n  @@map("cats")')

    assert fixed("D101", taken) == (taken, 0)


def test_a_list_of_keys_in_mongodb_is_no_foreign_key():
    schema = """
        datasource db {
          provider = "mongodb"
          url      = env("DATABASE_URL")
        }

        model Cat {
          id     String   @id @map("_id") @db.ObjectId
          toyIds String[] @db.ObjectId
          toys   Toy[]    @relation(fields: [toyIds], references: [id])
        }

        model Toy {
          id     String   @id @map("_id") @db.ObjectId
          catIds String[] @db.ObjectId
          cats   Cat[]    @relation(fields: [catIds], references: [id])
        }
        """

    assert fixed("D101", schema) == fixed("D102", schema) == (schema, 0)


def test_several_fixes_in_one_block_and_with_other_line_ends():
    windows = BEFORE.replace("\n", "\r\n")
    schema = parse_schema(windows)
    reports = check_invariants(schema, Settings(enable=("D101", "D102", "D111")), Path())

    new, count = apply_fixes(schema, [report.finding for report in reports])

    text = windows
    for code in ("D101", "D102", "D111"):
        text = fixed(code, text)[0]
    assert (str(new), count) == (text, 3)
    assert "\n" not in str(new).replace("\r\n", "")


@pytest.mark.parametrize("code", ["D101", "D102"])
def test_what_is_mended_is_not_found_again(code):
    assert fixed(code, fixed(code)[0]) == (fixed(code)[0], 0)


def test_what_needs_a_decision_is_left_alone():
    assert fixed("D105") == (BEFORE, 0)


def test_what_is_ignored_is_left_alone():
    ignored = BEFORE.replace("  owner   Owner?", "  // prisma-decouple-ignore D101 tiny\n  owner   Owner?")

    assert fixed("D101", ignored) == (ignored, 0)


def test_prisma_formats_what_is_mended_as_it_is(prisma):
    datasource = 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\n'
    text = datasource + BEFORE
    for code in ("D101", "D102", "D111"):
        text = fixed(code, text)[0]

    assert prisma.validate(text) == []
    assert prisma.format(text) == text
