"""What a linter of migrations has to say: nothing that is not explained here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judges.squawk import squawk

if TYPE_CHECKING:
    from pathlib import Path

ONE_TRANSACTION = "one atomic migration was asked for; CONCURRENTLY and NOT VALID need several transactions"

EXPLAINED = {
    "adding-foreign-key-constraint": ONE_TRANSACTION,
    "constraint-missing-not-valid": ONE_TRANSACTION,
    "require-concurrent-index-creation": ONE_TRANSACTION,
    "adding-not-nullable-field": "the column was filled in the same transaction, which holds the lock anyway",
    "ban-drop-not-null": "that an integration may be missing is the purpose of the migration",
    "ban-drop-constraint": "the foreign key is added again at the end, with the action that Prisma expects",
    "prefer-bigint-over-int": "the type of a foreign key is that of the key that it refers to",
    "require-lock-timeout": "how long to wait is for the operator to say: --lock-timeout, PGOPTIONS or ALTER ROLE",
    "require-statement-timeout": "as for the lock timeout; the data step takes as long as there are rows",
}

NOT_ON_THE_WAY_BACK = {"ban-drop-not-null", "prefer-bigint-over-int", "require-concurrent-index-creation"}

EXPLAINED_ON_THE_WAY_BACK = {
    **{rule: reason for rule, reason in EXPLAINED.items() if rule not in NOT_ON_THE_WAY_BACK},
    "require-concurrent-index-deletion": ONE_TRANSACTION,
    "ban-drop-column": "the column came with the migration; its values follow from the others",
}


def test_everything_that_squawk_says_of_the_migration_is_explained(up: Path):
    assert {finding for finding in squawk(up) if finding.rule not in EXPLAINED} == set()


def test_everything_that_squawk_says_of_the_way_back_is_explained(down: Path):
    assert {finding for finding in squawk(down) if finding.rule not in EXPLAINED_ON_THE_WAY_BACK} == set()


def test_every_explanation_is_needed(up: Path, down: Path):
    said = {finding.rule for finding in squawk(up)}, {finding.rule for finding in squawk(down)}

    assert said == (set(EXPLAINED), set(EXPLAINED_ON_THE_WAY_BACK))
