"""The migration, on real servers with rows in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judges.oracle import Prisma, PrismaError, ScriptMode
from judges.psql import psql, value
from judges.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from pathlib import Path

# For the row of a table, the provider that it must get: worked out here from the old columns alone.
OF_ITS_INTEGRATION = '(SELECT i."providerId" FROM "Integration" i WHERE i.id = one."integrationId")'
OF_ITS_POST = """(
    SELECT i."providerId" FROM "Post" p JOIN "Integration" i ON i.id = p."integrationId" WHERE p.id = one."postId"
)"""
OF_ITS_KEYWORD = '(SELECT k."providerId" FROM "TrackedKeyword" k WHERE k.id = one."trackedKeywordId")'
PROVIDERS = {
    "Post": OF_ITS_INTEGRATION,
    "Task": OF_ITS_INTEGRATION,
    "Mention": f"coalesce({OF_ITS_POST}, {OF_ITS_KEYWORD})",
}

# By what they hang on; the third kind shows that the post comes before the keyword.
MENTIONS = {
    "a post only": '"postId" IS NOT NULL AND "trackedKeywordId" IS NULL',
    "a keyword only": '"postId" IS NULL AND "trackedKeywordId" IS NOT NULL',
    "a post and a keyword of another provider": f"{OF_ITS_POST} <> {OF_ITS_KEYWORD}",
    "nothing": '"postId" IS NULL AND "trackedKeywordId" IS NULL',
}

FAILURE = "SELECT 1 / 0"


@pytest.mark.parametrize("kind", MENTIONS)
def test_the_rows_have_mentions_of_each_kind(loaded: str, kind: str):
    assert value(loaded, f'SELECT count(*) FROM "Mention" AS one WHERE {MENTIONS[kind]}') > 100


@pytest.mark.parametrize("engine", ["6", "7"])
def test_prisma_finds_no_drift_after_it_deployed_the_migration(prisma: Prisma, deployed: str, refactored: Path, engine):
    assert prisma.drift(deployed, refactored / "schema.prisma", engine) == ""


@pytest.mark.parametrize("table", PROVIDERS)
def test_every_row_has_the_provider_that_its_old_columns_lead_to(deployed: str, table: str):
    wrong = f'SELECT count(*) FROM "{table}" AS one WHERE one."providerId" IS DISTINCT FROM {PROVIDERS[table]}'

    assert value(deployed, wrong) == 0


@pytest.mark.parametrize("table", ["Post", "Task"])
def test_no_row_that_must_have_a_provider_is_without(deployed: str, table: str):
    assert value(deployed, f'SELECT count(*) FROM "{table}" WHERE "providerId" IS NULL') == 0


def test_a_mention_that_hangs_on_nothing_has_no_provider(deployed: str):
    assert value(deployed, f'SELECT count("providerId") FROM "Mention" WHERE {MENTIONS["nothing"]}') == 0


def test_every_old_column_of_every_row_is_unchanged(deployed: str, before: Snapshot):
    assert before.differences_of_old_rows(deployed) == []


def test_no_table_came_or_went_and_each_has_as_many_rows(deployed: str, before: Snapshot):
    after = snapshot(deployed)

    assert {table: rows.count for table, rows in after.checksums.items()} == {
        table: rows.count for table, rows in before.checksums.items()
    }


def test_deleting_an_integration_keeps_what_it_fetched(migrated: str):
    psql(migrated, 'DELETE FROM "Integration" WHERE id = 7')

    assert value(migrated, 'SELECT count(*) FROM "Post"') == 20_000
    assert value(migrated, 'SELECT count(*) FROM "Post" WHERE "integrationId" IS NULL AND "providerId" IS NOT NULL') > 0


@pytest.mark.parametrize("engine", ["6", "7"])
def test_all_migrations_replayed_in_a_shadow_database_give_the_schema(
    prisma: Prisma, database: str, migrations: Path, refactored: Path, engine
):
    assert prisma.replay_drift(database, migrations, refactored / "schema.prisma", engine) == ""


def test_prisma_deploys_all_migrations_on_an_empty_database(
    prisma: Prisma, database: str, migrations: Path, refactored: Path, mode: ScriptMode
):
    assert len(prisma.deploy(database, migrations, mode)) == 2
    assert prisma.drift(database, refactored / "schema.prisma") == ""


def test_psql_that_stops_at_any_statement_leaves_the_database_as_it_was(prisma: Prisma, lightly_loaded: str, up: Path):
    before = snapshot(lightly_loaded)
    statements = prisma.statements(up.read_text())

    for count in range(1, len(statements)):
        script = ";\n".join([*statements[:count], FAILURE, *statements[count:]]) + ";"
        done = psql(lightly_loaded, script, check=False)

        assert done.returncode != 0
        assert "division by zero" in done.stderr
        assert before.differences(snapshot(lightly_loaded)) == [], f"it failed after {statements[count - 1]}"


def test_a_deployment_that_fails_at_its_end_leaves_the_database_as_it_was(
    prisma: Prisma, lightly_loaded: str, migrations: Path, mode: ScriptMode
):
    before = snapshot(lightly_loaded)
    script = migrations / "20260101000000_decouple_integration" / "migration.sql"
    whole, commit, rest = script.read_text().rpartition("COMMIT;")
    assert whole
    script.write_text(f"{whole}{FAILURE};\n{commit}{rest}")

    with pytest.raises(PrismaError):
        prisma.deploy(lightly_loaded, migrations, mode)

    assert before.differences(snapshot(lightly_loaded)) == []
