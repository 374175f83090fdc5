"""The databases of one rehearsal: loaded once, copied for every trial."""

from __future__ import annotations

import subprocess
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import psycopg

from prisma_decouple.model.database import Autoincrement, Expression, Now
from prisma_decouple.rehearse.dump import is_plain
from prisma_decouple.rehearse.errors import RehearsalError
from prisma_decouple.rehearse.fingerprint import (
    catalog,
    checksums,
    fingerprint,
    namespaces,
    present,
    without_positions,
)
from prisma_decouple.rehearse.rows import Population, fill
from prisma_decouple.rehearse.run import connect, message
from prisma_decouple.rehearse.server.embedded import programs
from prisma_decouple.rehearse.structure import structure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Database, QualifiedName
    from prisma_decouple.rehearse.fingerprint import Catalog, Fingerprint
    from prisma_decouple.rehearse.server import Server
    from prisma_decouple.rehearse.structure import Structure
    from prisma_decouple.rehearse.subject import Subject

# A crash and its like are the same for any number of rows, so these are tried on few.
SMALL = 300


@dataclass
class Loaded:
    """A database with rows in the old schema.

    Attributes:
        address: of the database, which is only ever copied.
        counts: how many rows each table has.
        population: what made them, and can make more; None for a copy of somebody's data.
    """

    address: str
    counts: dict[QualifiedName, int]
    population: Population | None


class Stage:
    """Where a rehearsal takes place."""

    def __init__(self, server: Server, subject: Subject, *, rows: int, seed: int, dump: Path | None = None) -> None:
        """Make nothing yet.

        Args:
            server: for the databases.
            subject: what is rehearsed.
            rows: how many rows in all are made.
            seed: for the rows.
            dump: a dump of the user's data, in the form of `pg_dump` or of its `--format=custom` or `tar`.
        """
        self.server = server
        self.subject = subject
        self.seed = seed
        self._rows = rows
        self._dump = dump
        self._loaded: dict[int, Loaded] = {}
        self._restored: Loaded | None = None
        self._changes: tuple[Catalog, Catalog] | None = None
        self._old = structure_of(subject.before)
        self._new = structure_of(subject.after)

    @property
    def old(self) -> Database:
        """The old structure, with all its relations."""
        return self._old.database

    @property
    def new(self) -> Database:
        """The new one."""
        return self._new.database

    @property
    def made_anew(self) -> set[tuple[QualifiedName, str]]:
        """The new columns to which the database gives a time, a number or chance, others at each run."""
        return {
            (name, column.name)
            for name, table in self.new.tables.items()
            for column in table.columns.values()
            if name in self.old.tables
            and column.name not in self.old.tables[name].columns
            and isinstance(column.default, Now | Expression | Autoincrement)
        }

    def look(self, address: str) -> Fingerprint:
        """What a database in the new structure is, but for what is made anew at each run."""
        return fingerprint(address, self.new, but=self.made_anew)

    @property
    def main(self) -> Loaded:
        """The rows that matter: the user's, or else as many as were asked for."""
        if self._dump is None:
            return self.generated
        if self._restored is None:
            self._restored = self._restore(self._dump)
        return self._restored

    @property
    def generated(self) -> Loaded:
        """As many rows as were asked for."""
        return self._generate(self._rows)

    @property
    def small(self) -> Loaded:
        """Few rows."""
        return self._generate(min(SMALL, self._rows))

    def clear(self) -> None:
        """Drop what was loaded."""
        for loaded in [*self._loaded.values(), *([self._restored] if self._restored else [])]:
            self.server.drop(loaded.address)
        self._loaded, self._restored = {}, None

    @contextmanager
    def copy(self, loaded: Loaded) -> Iterator[str]:
        """A copy of a database, for one trial."""
        with self.server.database(loaded.address) as address:
            yield address

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database with the old structure and no rows."""
        with self.server.database() as address:
            _execute(address, self._old.whole)
            yield address

    def expected_catalogs(self) -> tuple[Catalog, Catalog]:
        """What the catalog says when each schema is made from nothing, without the order of columns."""
        if self._changes is None:
            self._changes = self._catalog_of(self._old), self._catalog_of(self._new)
        return self._changes

    def _catalog_of(self, structure: Structure) -> Catalog:
        with self.server.database() as address:
            _execute(address, structure.whole)
            with closing(connect(address)) as connection:
                return without_positions(catalog(connection, namespaces(self.old, self.new)))

    def _generate(self, rows: int) -> Loaded:
        if rows not in self._loaded:
            population = Population(self.old, seed=self.seed, touched=self.subject.touched, wishes=self.subject.wishes)
            address = self.server.create()
            _execute(address, self._old.tables)
            with closing(connect(address)) as connection, _of_the_old_schema():
                counts = fill(connection, population, rows, self.old)
            _execute(address, self._old.constraints)
            _execute(address, "ANALYZE")
            self._loaded[rows] = Loaded(address, counts, population)
        return self._loaded[rows]

    def _restore(self, dump: Path) -> Loaded:
        is_sql = is_plain(dump)
        address = self.server.create()
        options = (
            ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file"] if is_sql else ["--no-owner", "--no-acl"]
        )
        target = [str(dump), address] if is_sql else [f"--dbname={address}", str(dump)]
        command = [_client("psql" if is_sql else "pg_restore"), *options, *target]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            # They repeat what they do not understand, in whatever encoding it is.
            told = done.stderr.decode(errors="replace").strip()
            raise RehearsalError(f"the dump cannot be restored: {told[:500]}")
        _execute(address, "ANALYZE")
        with closing(connect(address)) as connection:
            found = checksums(connection, present(connection, self.old))
        counts = {name: count for name, (count, *_) in found.items()}
        return Loaded(address, counts, None)


def _client(name: str) -> str:
    """A program of PostgreSQL's: that of the package, which is as new as its server, or the machine's."""
    try:
        program = programs() / name
    except RehearsalError:
        program = Path(name)
    found = str(program) if program.exists() else which(name)
    if found is None:
        raise RehearsalError(
            f"the program `{name}` is not here", hint="it restores the dump; install PostgreSQL's clients"
        )
    return found


def _execute(address: str, script: str) -> None:
    """Run SQL that makes the old schema; errors as for `_of_the_old_schema`."""
    with closing(connect(address)) as connection, _of_the_old_schema():
        if script:
            connection.execute(script.encode())


@contextmanager
def _of_the_old_schema() -> Iterator[None]:
    """Work on the old schema, before the migration has anything to do with it.

    Raises:
        RehearsalError: the server does not have a type, a function or an extension that the schema uses.
    """
    try:
        yield
    except psycopg.Error as error:
        hint = "give a server that has what the schema needs, with --database-url"
        raise RehearsalError(f"the old schema cannot be made: {message(error)}", hint=hint) from None
