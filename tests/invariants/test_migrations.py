"""Invariants of migrations: what is found in SQL, and how a place is silenced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisma_decouple.migrations.findings import CODES
from prisma_decouple.migrations.ready import ready_migration_invariants
from prisma_decouple.sql.script import statements
from prisma_decouple.sql.tokens import tokens

from .histories import CASES, found, verdicts

READY = [each for each in ready_migration_invariants().values() if each.bad]
ADDED = 'ALTER TABLE "Cat" ADD COLUMN "name" TEXT NOT NULL'


def stretch(place):
    return place.source[place.column - 1 : place.column - 1 + place.length]


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    assert [f"{each.code} at {each.place.line}: {stretch(each.place)}" for each in found(case)] == case["finds"]


def test_every_code_has_a_page_and_those_about_sql_a_case():
    seen = {each.split()[0] for case in CASES for each in case.values[0]["finds"]}

    assert tuple(ready_migration_invariants()) == CODES
    assert {ready.code for ready in READY} == seen


@pytest.mark.parametrize("ready", READY, ids=lambda ready: ready.code)
def test_the_bad_example_of_a_page_is_found_and_the_good_one_is_not(ready):
    assert [each.code for each in verdicts([ready.before, ready.bad], disabled=())] == [ready.code]
    assert verdicts([ready.before, ready.good], disabled=()) == []


@pytest.mark.parametrize("ready", READY, ids=lambda ready: ready.code)
def test_the_hint_says_how_to_mend_it(ready):
    [verdict] = verdicts([ready.before, ready.bad], disabled=())

    assert verdict.hint == " ".join(ready.how.split())


def test_a_code_that_is_off_is_not_found():
    assert verdicts([f"{ADDED};"], disabled=["D301"]) == []


@pytest.mark.parametrize(
    "script",
    [
        f"-- prisma-decouple-ignore D301 the table is empty\n{ADDED};",
        f"{ADDED}; -- prisma-decouple-ignore D301",
        f"{ADDED} -- prisma-decouple-ignore D301\n;",
        f"SELECT 1;\n\n-- why\n-- prisma-decouple-ignore D303, D301\n-- more\n{ADDED};\nSELECT 2;",
        f"/* prisma-decouple-ignore D301 */ {ADDED};",
        'ALTER TABLE "Cat"\r\n  -- prisma-decouple-ignore D301\r\n  ADD COLUMN "name" TEXT NOT NULL;\r\n',
    ],
)
def test_a_comment_above_behind_or_in_a_statement_silences_it(script):
    assert "D301" not in [each.code for each in verdicts([script])]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f"{ADDED};\n-- prisma-decouple-ignore D301\nSELECT 1;", [("D301", 1), ("D001", 2)]),
        (f"-- prisma-decouple-ignore D302\n{ADDED};", [("D001", 1), ("D301", 2)]),
        (f"{ADDED};\n-- prisma-decouple-ignore D301\n", [("D301", 1), ("D001", 2)]),
        (f"COMMENT ON TABLE a IS '-- prisma-decouple-ignore D301';\n{ADDED};", [("D301", 2)]),
    ],
)
def test_a_comment_is_for_its_code_and_its_statement_and_is_reported_when_it_is_not_needed(script, expected):
    assert [(each.code, each.place.line) for each in verdicts([script])] == expected


def test_a_transaction_that_is_never_committed_is_found():
    [verdict] = verdicts(["BEGIN;\nCREATE TABLE cat (id INT);"])

    assert (verdict.code, verdict.place.line) == ("D303", 1)
    assert "never committed" in verdict.message


def test_messages_name_what_they_are_about():
    script = 'ALTER TABLE "my"."Cat" ADD COLUMN "name" TEXT NOT NULL, ALTER COLUMN "Age" SET NOT NULL;'

    assert [each.message for each in verdicts([script])] == [
        "the required column `name` has no value for the rows that `my.Cat` may have",
        "`Age` of `my.Cat` becomes required, but nothing has filled it where it is NULL",
    ]


@pytest.mark.parametrize(
    "script",
    [
        "ALTER TABLE",
        "ALTER TABLE x ADD",
        "ALTER TABLE x ADD COLUMN",
        "ALTER TABLE x ALTER COLUMN",
        "ALTER TABLE x RENAME COLUMN a",
        "ALTER TABLE x SET SCHEMA",
        "CREATE TABLE",
        "CREATE TABLE x (",
        "CREATE TABLE x (,)",
        "CREATE",
        "DROP TABLE",
        "UPDATE",
        "UPDATE x SET",
        "INSERT INTO",
        "DELETE FROM",
        "TRUNCATE",
        "ALTER TYPE x ADD VALUE",
        "COPY",
        "(",
        ")",
        "'",
        "\\d",
    ],
)
def test_what_is_no_sql_is_not_judged(script):
    assert verdicts([f"{script};"]) == []
    assert verdicts([script]) == []
    assert len(statements(script)) == 1


WORDS = [token.text for case in CASES for token in tokens(case.values[0]["migration"])]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_nothing_that_somebody_writes_is_an_error(script):
    verdicts([script])
