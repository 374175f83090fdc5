"""Databases that a rehearsal makes and drops. It never opens any other, except to make these."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from prisma_decouple.rehearse.errors import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PREFIX = "prisma_decouple_"

# From 15 on a copy goes through the log unless told otherwise, which is slow for a large database.
_BY_FILE_SINCE = 150000


@dataclass
class Server:
    """A server on which scratch databases can be made.

    Attributes:
        label: what a person calls it.
        address: libpq's connection string to a database from which others can be made.
        crash: kills the server process and starts it again; None when the server is not ours to kill.
    """

    label: str
    address: str
    crash: Callable[[], None] | None = None
    _run: str = field(default_factory=lambda: secrets.token_hex(4))
    _numbers: Iterator[int] = field(default_factory=count)
    _made: list[str] = field(default_factory=list)

    def create(self, template: str | None = None) -> str:
        """Make a database.

        Args:
            template: the connection string of one that was made here, to be copied; nobody may be connected to it.

        Returns:
            Its connection string.

        Raises:
            RehearsalError: the server does not allow it.
        """
        name = f"{PREFIX}{self._run}_{next(self._numbers)}"
        with self._connect() as connection:
            copied = self._name(template) if template else "template0"
            by_file = template is not None and connection.info.server_version >= _BY_FILE_SINCE
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}" + (" STRATEGY file_copy" if by_file else ""))
            self._made.append(name)
            try:
                connection.execute(command.format(sql.Identifier(name), sql.Identifier(copied)))
            except psycopg.Error as error:
                hint = "the user of --database-url needs the right to create databases (ALTER USER … CREATEDB)"
                raise RehearsalError(f"{self.label} makes no database: {error}".strip(), hint=hint) from None
        return make_conninfo(self.address, dbname=name)

    def drop(self, address: str) -> None:
        """Drop a database that was made here, whoever is connected to it."""
        name = self._name(address)
        with self._connect() as connection:
            # WITH (FORCE) is there since PostgreSQL 13; this works with all.
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                (name,),
            )
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        self._made.remove(name)

    def drop_all(self) -> None:
        """Drop everything that is still there."""
        for name in list(self._made):
            self.drop(make_conninfo(self.address, dbname=name))

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """Make a database, yield its connection string, drop it."""
        address = self.create(template)
        try:
            yield address
        finally:
            self.drop(address)

    def _name(self, address: str) -> str:
        name = str(psycopg.conninfo.conninfo_to_dict(address)["dbname"])
        if name not in self._made:
            raise RehearsalError(f"the database {name} was not made by this rehearsal, so it is not touched")
        return name

    def _connect(self) -> psycopg.Connection:
        try:
            return psycopg.connect(self.address, autocommit=True)
        except psycopg.Error as error:
            raise RehearsalError(f"{self.label} cannot be reached: {error}".strip()) from None
