"""down.sql: back to the old structure and the old rows, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judges.psql import psql
from judges.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from judges.oracle import Prisma

# Three rows each that the old schema cannot hold.
NEW_ROWS = {
    "Post": """
        INSERT INTO "Post"
            ("remoteId", title, "postUrl", "publishedAt", "commentCount", "userId", "providerId", "updatedAt")
        SELECT 'new', 'new', 'https://example.org', now(), 0, 'u1', 1, now() FROM generate_series(1, 3)""",
    "Task": """
        INSERT INTO "Task" (type, "userId", "providerId", "updatedAt")
        SELECT 'ANALYZE_POST', 'u1', 1, now() FROM generate_series(1, 3)""",
}


def test_the_way_back_restores_the_structure_and_every_row(migrated: str, down: Path, before: Snapshot):
    psql(migrated, down)

    assert before.differences(snapshot(migrated)) == []


def test_prisma_finds_no_drift_from_the_old_schema_on_the_way_back(
    prisma: Prisma, migrated: str, down: Path, real: Path
):
    psql(migrated, down)

    assert prisma.drift(migrated, real / "before.prisma") == ""


def test_one_can_go_there_and_back_again(migrated: str, up: Path, down: Path):
    there = snapshot(migrated)

    psql(migrated, down)
    psql(migrated, up)

    assert there.differences(snapshot(migrated)) == []


@pytest.mark.parametrize("table", NEW_ROWS)
def test_rows_that_the_old_schema_cannot_hold_stop_it_and_are_counted(migrated: str, down: Path, table: str):
    psql(migrated, NEW_ROWS[table])
    there = snapshot(migrated)

    done = psql(migrated, down, check=False)

    assert done.returncode != 0
    [error] = [line for line in done.stderr.splitlines() if "ERROR:" in line]
    assert "3 row" in error
    assert table in error
    assert there.differences(snapshot(migrated)) == []


def test_it_says_what_to_do_about_such_rows_and_then_works(migrated: str, down: Path):
    psql(migrated, NEW_ROWS["Post"])

    assert "HINT:" in psql(migrated, down, check=False).stderr

    psql(migrated, 'DELETE FROM "Post" WHERE "integrationId" IS NULL')
    assert psql(migrated, down).returncode == 0


def test_a_way_back_that_fails_at_any_statement_changes_nothing(
    prisma: Prisma, lightly_loaded: str, up: Path, down: Path
):
    psql(lightly_loaded, up)
    there = snapshot(lightly_loaded)
    statements = prisma.statements(down.read_text())

    for count in range(1, len(statements)):
        script = ";\n".join([*statements[:count], "SELECT 1 / 0", *statements[count:]]) + ";"

        assert "division by zero" in psql(lightly_loaded, script, check=False).stderr
        assert there.differences(snapshot(lightly_loaded)) == [], f"it failed after {statements[count - 1]}"
