"""A database's address as Prisma writes it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

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


def for_libpq(url: str) -> str:
    """A database's address as Prisma writes it, without what only Prisma understands."""
    parts = urlsplit(url)
    if not parts.scheme:
        return url
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _PRISMAS_OWN]
    return urlunsplit(parts._replace(query=urlencode(query)))


def namespace_in(url: str) -> str:
    """The namespace that Prisma works in (`?schema=`)."""
    return dict(parse_qsl(urlsplit(url).query)).get("schema") or "public"
