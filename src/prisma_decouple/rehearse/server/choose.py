"""Which server it is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from prisma_decouple.rehearse.server.embedded import embedded
from prisma_decouple.rehearse.server.scratch import Server
from prisma_decouple.sql.address import for_libpq

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def open_server(database_url: str | None = None) -> Iterator[Server]:
    """A server, and nothing left of what was made on it at the end.

    Args:
        database_url: of a database of the user's on whose server scratch databases are made; the database itself is not
            touched. An embedded server is started when None.

    Raises:
        RehearsalError: there is no server, or it cannot be reached.
    """
    if database_url is None:
        with embedded() as server:
            yield server
        return
    server = Server("the server of --database-url", for_libpq(database_url))
    try:
        yield server
    finally:
        server.drop_all()
