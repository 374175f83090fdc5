"""PostgreSQL decides whether what is said of a migration is true."""

from __future__ import annotations

import pytest

from judges.marks import on_one_server
from judges.psql import psql
from judges.snapshot import snapshot
from prisma_decouple.migrations.ready import ready_migration_invariants
from prisma_decouple.rehearse.run import RUNS
from prisma_decouple.sql.script import statements

from .histories import CASES, before, found

REFUSED = {"D301", "D302", "D305", "D306", "D311"}
TORN = {"D303", "D304"}
FAILURE = "SELECT 1 / 0;\n"

ROWS = {
    "": 'INSERT INTO "Cat" ("id") VALUES (1)',
    "D311": """INSERT INTO "Cat" ("id", "name") VALUES (1, 'Tom'), (2, 'Tom')""",
}
EXAMPLES = [
    pytest.param(
        {"before": ready.before, "rows": ROWS.get(ready.code, ROWS[""]), "migration": text, "enable": [ready.code]},
        id=f"{ready.code} {ready.name}: {text[:20]}",
    )
    for ready in ready_migration_invariants().values()
    for text in (ready.bad, ready.good)
    if text
]
WITH_ROWS = [case for case in [*CASES, *EXAMPLES] if "rows" in case.values[0]]


def modes(case):
    return [case["deployment"]] if case.get("deployment") else list(RUNS)


@pytest.fixture
def at_the_time(postgres):
    """Makes databases as they are when the last migration of a case comes."""

    def make(case):
        yield from before(case)
        yield case.get("rows", "")

    return lambda case: postgres.database(
        postgres.template(repr([*make(case)]), lambda url: [psql(url, script) for script in make(case)])
    )


@on_one_server
@pytest.mark.parametrize("case", WITH_ROWS)
def test_what_is_found_is_refused_and_what_is_not_is_taken(at_the_time, case):
    errors = []
    for mode in modes(case):
        with at_the_time(case) as url:
            errors.append(RUNS[mode](url, case["migration"]).error)

    assert any(errors) == bool({each.code for each in found(case)} & REFUSED), errors


def is_torn(at_the_time, case, mode):
    """Whether something stays when the migration fails at some statement behind the first one that changes anything."""
    lines = case["migration"]
    for statement in statements(lines)[1:]:
        with at_the_time(case) as url:
            was = snapshot(url)
            error = RUNS[mode](url, f"{lines[: statement.start]}{FAILURE}{lines[statement.start :]}").error
            assert error
            if was.differences(snapshot(url)):
                return True
    return False


@on_one_server
@pytest.mark.parametrize("case", [each for each in CASES if TORN & {line[:4] for line in each.values[0]["finds"]}])
def test_what_is_found_stays_by_halves_when_the_migration_fails(at_the_time, case):
    assert any(is_torn(at_the_time, case, mode) for mode in modes(case))


@on_one_server
@pytest.mark.parametrize("case", [each for each in CASES if each.values[0].get("atomic")])
def test_what_is_atomic_is_gone_when_the_migration_fails(at_the_time, case):
    assert not any(is_torn(at_the_time, case, mode) for mode in modes(case))


@on_one_server
@pytest.mark.parametrize("mode", RUNS)
def test_prisma_says_that_a_transaction_without_an_end_is_applied_and_nothing_is(prisma, database, tmp_path, mode):
    migration = tmp_path / "20250101000000_m" / "migration.sql"
    migration.parent.mkdir()
    migration.write_text("BEGIN;\nCREATE TABLE cat (id INT);\n")
    (tmp_path / "migration_lock.toml").write_text('provider = "postgresql"\n')

    assert prisma.deploy(database, tmp_path, mode) == ["20250101000000_m"]
    assert "cat" not in "".join(snapshot(database).columns)
