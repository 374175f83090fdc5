"""One embedded server for all tests of the rehearsal."""

from __future__ import annotations

from pathlib import Path

import pytest

from judges.availability import missing
from prisma_decouple.rehearse.errors import RehearsalError
from prisma_decouple.rehearse.server import open_server

EXAMPLE = Path(__file__).parents[2] / "examples" / "sentiment"


@pytest.fixture(scope="session")
def server():
    """A server of the rehearsal's own kind."""
    try:
        with open_server() as opened:
            yield opened
    except RehearsalError as error:
        missing(str(error))


@pytest.fixture
def scratch(server):
    """The connection string of an empty database."""
    with server.database() as address:
        yield address
