"""What is certain is mended, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.checking import Settings, check_invariants
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
