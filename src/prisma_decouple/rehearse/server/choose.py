"""Which server it is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from prisma_decouple.rehearse.server.embedded import embedded
from prisma_decouple.rehearse.server.scratch import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Prisma reads in an address and libpq does not know (Prisma's reference, "PostgreSQL connector: arguments").
_PRISMAS_OWN = {
    "schema",
    "connection_limit",
    "pool_timeout",
    "pgbouncer",
    "socket_timeout",
    "statement_cache_size",
    "sslidentity",
    "sslpassword",
    "sslaccept",
}


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


def for_libpq(url: str) -> str:
    """A database's address as Prisma writes it, without what only Prisma understands."""
    parts = urlsplit(url)
    if not parts.scheme:
        return url
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _PRISMAS_OWN]
    return urlunsplit(parts._replace(query=urlencode(query)))
