"""The reason why this project exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judges.oracle import Prisma, PrismaError, ScriptMode
from judges.psql import psql

if TYPE_CHECKING:
    from pathlib import Path


def test_the_migration_that_prisma_generates_fails_on_the_first_table_with_rows(loaded: str, real: Path):
    done = psql(loaded, real / "author-migration.sql", check=False)

    assert done.returncode != 0
    assert 'column "providerId" of relation "Post" contains null values' in done.stderr


def test_prisma_cannot_deploy_the_migration_that_it_generates(
    loaded: str, real: Path, prisma: Prisma, migrations: Path, mode: ScriptMode
):
    [generated] = [each for each in migrations.iterdir() if each.name.endswith("_decouple_integration")]
    (generated / "migration.sql").write_text((real / "author-migration.sql").read_text())

    with pytest.raises(PrismaError, match="Null constraint failed"):
        prisma.deploy(loaded, migrations, mode)
