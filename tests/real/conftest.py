"""The schema that the built-in rules were written for, with rows, before and after the main job."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from judges.availability import shared
from judges.psql import psql
from judges.snapshot import Snapshot, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from judges.oracle import Prisma, ScriptMode
    from judges.postgres import Server

POSTS = 20_000
"""With them come a fifth as many tasks and twice as many mentions."""

MIGRATION = "20260101000000_decouple_integration"


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder with the schema before, its database, and what its author wrote by hand."""
    return shared("real", "sentiment-hound")


@pytest.fixture(scope="session")
def run_main_job(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Path], subprocess.CompletedProcess[str]]:
    """Runs the command as a user would, from a folder that has nothing to do with the checkout."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(schema: Path, out: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "prisma_decouple", schema, "--out", out, "--timestamp", MIGRATION[:14]]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=elsewhere)

    return run


@pytest.fixture(scope="session")
def refactored(
    real: Path,
    run_main_job: Callable[[Path, Path], subprocess.CompletedProcess[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder with everything that the main job wrote."""
    out = tmp_path_factory.mktemp("refactored") / "out"
    done = run_main_job(real / "before.prisma", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def up(refactored: Path) -> Path:
    return refactored / "migrations" / MIGRATION / "migration.sql"


@pytest.fixture(scope="session")
def down(refactored: Path) -> Path:
    return refactored / "migrations" / MIGRATION / "down.sql"


@pytest.fixture(scope="session")
def first_migration(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `migrations` folder that the project has before the main job."""
    folder = tmp_path_factory.mktemp("history") / "migrations"
    (folder / "20250101000000_init").mkdir(parents=True)
    shutil.copy(real / "init.sql", folder / "20250101000000_init" / "migration.sql")
    (folder / "migration_lock.toml").write_text('provider = "postgresql"\n')
    return folder


@pytest.fixture
def migrations(first_migration: Path, up: Path, tmp_path: Path) -> Path:
    """The `migrations` folder with the new migration in it."""
    folder = tmp_path / "migrations"
    shutil.copytree(first_migration, folder)
    shutil.copytree(up.parent, folder / MIGRATION)
    return folder


@pytest.fixture(scope="session")
def with_rows(postgres: Server, prisma: Prisma, real: Path, first_migration: Path) -> Callable[[int], str]:
    """Names a template with the schema before, deployed by Prisma, and rows for this number of posts."""

    def template(posts: int) -> str:
        def load(url: str) -> None:
            prisma.deploy(url, first_migration)
            psql(url, real / "rows.sql", variables={"posts": posts})

        return postgres.template(f"{posts} posts", load)

    return template


@pytest.fixture
def loaded(postgres: Server, with_rows: Callable[[int], str]) -> Iterator[str]:
    """The address of a database with rows, before the migration."""
    with postgres.database(with_rows(POSTS)) as url:
        yield url


@pytest.fixture
def lightly_loaded(postgres: Server, with_rows: Callable[[int], str]) -> Iterator[str]:
    """As `loaded`, for tests that look at all rows again and again."""
    with postgres.database(with_rows(200)) as url:
        yield url


@pytest.fixture(scope="session")
def before(postgres: Server, with_rows: Callable[[int], str]) -> Snapshot:
    """What is in `loaded`."""
    with postgres.database(with_rows(POSTS)) as url:
        return snapshot(url)


@pytest.fixture(params=["batch", "split"])
def mode(request: pytest.FixtureRequest) -> ScriptMode:
    """How Prisma sends a migration: as a whole up to 7.3, statement by statement from 7.4 on."""
    return request.param


@pytest.fixture
def deployed(
    postgres: Server, prisma: Prisma, with_rows: Callable[[int], str], migrations: Path, mode: ScriptMode
) -> Iterator[str]:
    """The address of a database with rows, after Prisma deployed the migration."""

    def deploy(url: str) -> None:
        assert prisma.deploy(url, migrations, mode) == [MIGRATION]

    with postgres.database(postgres.template(f"deployed as {mode}", deploy, base=with_rows(POSTS))) as url:
        yield url


@pytest.fixture
def migrated(postgres: Server, with_rows: Callable[[int], str], up: Path) -> Iterator[str]:
    """The address of a database with rows, after psql ran the migration."""
    template = postgres.template("migrated", lambda url: psql(url, up), base=with_rows(POSTS))
    with postgres.database(template) as url:
        yield url
