"""`explain`: operations and codes, in words."""

from __future__ import annotations

import pytest

from prisma_decouple.invariants.ready import ready_invariants
from prisma_decouple.migrations.ready import ready_migration_invariants
from prisma_decouple.model.validation.registry import CHECKS
from prisma_decouple.rules.operations import OPERATIONS


def test_everything_that_can_be_explained_is_listed(run):
    result = run("explain")

    listed = {line.split()[0] for line in result.out.splitlines() if line.startswith("  ")}
    assert result.status == 0
    codes = {*ready_invariants(), *ready_migration_invariants(), *(check.code for check in CHECKS)}
    assert listed >= {*OPERATIONS, *codes}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_explained_with_all_its_settings(run, name):
    out = run("explain", name).out

    assert out.startswith(f"{name}: ")
    for setting in OPERATIONS[name].__struct_fields__:
        assert f"\n  {setting}" in out


def test_what_a_setting_needs_and_is_without_it_is_told(run):
    out = run("explain", "add_relation").out

    assert "\n  model (required): the model whose records get the key.\n" in out
    assert "\n  required (default true): whether every record needs one;" in out


@pytest.mark.parametrize("code", ["D101", "d101"])
def test_an_invariant_is_explained_with_examples(run, code):
    out = run("explain", code).out

    assert out.startswith("D101: foreign keys are indexed\n")
    assert "\nFound:\n\n  model Owner {\n" in out
    assert "    @@index([ownerId])\n" in out


def test_a_code_of_the_language_is_one_line(run):
    assert run("explain", "V103").out == "V103: There is more than one datasource.\n"


@pytest.mark.parametrize(
    "code", ["D000", "D001", "D201", "D202", "D203", "D204", "E001", "E101", "E201", "E301", "E501"]
)
def test_every_code_that_somebody_may_meet_is_explained(run, code):
    result = run("explain", code)

    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"{code}: ")


def test_an_unknown_topic_is_bad_input(run):
    result = run("explain", "D999")

    assert (result.status, result.out) == (2, "")
    assert "there is no operation and no code `D999`\nhint: `prisma-decouple explain` lists them all\n" in result.err


def test_a_misspelt_operation_gets_the_nearest_right_one(run):
    assert "hint: did you mean `add_relation`?" in run("explain", "add_relatoin").err


def test_an_invariant_of_migrations_is_explained_with_its_sql(run):
    assert 'Found:\n\n  ALTER TABLE "Cat" ADD COLUMN' in run("explain", "D301").out
    assert "Found:" not in run("explain", "D307").out
