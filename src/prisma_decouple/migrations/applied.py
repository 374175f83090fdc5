"""What became of the migrations in a database: `_prisma_migrations` against the folder."""

from __future__ import annotations

import hashlib
import importlib.util
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.errors import DatabaseError, Place
from prisma_decouple.migrations.findings import EDITED, FAILED, OUT_OF_ORDER, REMOVED
from prisma_decouple.migrations.folder import SCRIPT
from prisma_decouple.migrations.verdict import Verdict
from prisma_decouple.sql.address import for_libpq, namespace_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

    from prisma_decouple.migrations.folder import MigrationFolder

_INSTALL = 'pip install "prisma-decouple[rehearse]"'
_SECONDS = 10
_CHECKSUM_LENGTH = 64
_QUERY = """
    SELECT migration_name, checksum, finished_at IS NOT NULL FROM {} WHERE rolled_back_at IS NULL ORDER BY started_at"""


class Applied(NamedTuple):
    """A migration that a database knows.

    Attributes:
        name: of its folder.
        checksum: of its script, as it was.
        is_finished: it was applied to its end, or somebody has said so.
    """

    name: str
    checksum: str
    is_finished: bool


def read_applied(url: str) -> list[Applied]:
    """The migrations that a database knows, without those that were rolled back; nothing is changed.

    Args:
        url: the database's address, as Prisma writes it.

    Raises:
        DatabaseError: psycopg is not installed, the address is none, or the database cannot be reached or read.
    """
    if importlib.util.find_spec("psycopg") is None:
        raise DatabaseError("to look into a database the package `psycopg` is needed", hint=_INSTALL)
    import psycopg  # noqa: PLC0415 - only who names a database needs it

    parts = _parts(url)
    try:
        with psycopg.connect(for_libpq(url), connect_timeout=_SECONDS, prepare_threshold=None) as connection:
            connection.read_only = True
            return _read(connection, namespace_in(url))
    except psycopg.Error as error:
        hint = " ".join(str(error).split())
        if parts.get("password"):
            hint = hint.replace(parts["password"], "…")
        where = f"`{parts.get('dbname', '')}` on `{parts.get('host', 'localhost')}`"
        raise DatabaseError(f"the migrations in {where} cannot be read", hint=hint) from None


def _parts(url: str) -> dict[str, str]:
    """The parts of an address, checked here because libpq's own messages would repeat what may be the password."""
    from psycopg import Error  # noqa: PLC0415 - as above
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(for_libpq(url)).items()}
    except (Error, ValueError):
        parts = {"port": ""}
    # With a `/` in it, half of a password is taken for the port and the name.
    if not parts.get("port", "0").replace(",", "").isdecimal() or "@" in parts.get("dbname", ""):
        hint = "postgresql://user:password@host:5432/database, with special characters percent-encoded"
        raise DatabaseError("this is no address of a PostgreSQL database", hint=hint)
    return parts


def _read(connection: Connection[tuple[object, ...]], namespace: str) -> list[Applied]:
    from psycopg import sql  # noqa: PLC0415 - as in `read_applied`

    table = sql.Identifier(namespace, "_prisma_migrations")
    found = connection.execute("SELECT to_regclass(%s)", (table.as_string(connection),)).fetchone()
    if found is None or found[0] is None:
        return []
    rows = connection.execute(sql.SQL(_QUERY).format(table))
    return [Applied(str(name), str(checksum), bool(done)) for name, checksum, done in rows]


def compare(folder: MigrationFolder, applied: Sequence[Applied], since: str) -> Iterator[Verdict]:
    """How the folder and the database differ.

    Args:
        folder: the migrations as they are.
        applied: those that the database knows.
        since: only what comes after this name is compared.
    """
    scripts = {each.name: each for each in folder.migrations}
    for each in applied:
        script = scripts.get(each.name)
        path = script.path if script is not None else (folder.path / each.name / SCRIPT).as_posix()
        place = script.place(0, 1) if script is not None else Place(path, 1, 1)
        if each.name <= since:
            continue
        if not each.is_finished:
            yield Verdict.of(FAILED, f"`{each.name}` has begun in the database and has not ended", place)
        elif script is None:
            yield Verdict.of(REMOVED, f"`{each.name}` is applied in the database and is not here any more", place)
        elif not matches(script.data, each.checksum):
            yield Verdict.of(EDITED, f"`{each.name}` is not what it was when it was applied", place)
    yield from _out_of_order(folder, applied, since)


def _out_of_order(folder: MigrationFolder, applied: Sequence[Applied], since: str) -> Iterator[Verdict]:
    """New migrations whose names come before one that is applied."""
    names = {each.name for each in applied}
    last = max((each.name for each in applied if each.is_finished), default="")
    for each in folder.migrations:
        if since < each.name < last and each.name not in names:
            message = f"`{each.name}` is not applied, and `{last}`, which comes after it, is"
            yield Verdict.of(OUT_OF_ORDER, message, each.place(0, 1))


def matches(script: bytes, checksum: str) -> bool:
    """Whether a checksum is that of a script, with any line ends (prisma-engines, `checksum.rs`).

    Old versions wrote the bytes of a checksum without leading zeros.
    """
    variants = (script, script.replace(b"\r\n", b"\n"), script.replace(b"\n", b"\r\n"))
    for variant in variants:
        digest = hashlib.sha256(variant).digest()
        written = digest.hex() if len(checksum) == _CHECKSUM_LENGTH else "".join(f"{byte:x}" for byte in digest)
        if written == checksum:
            return True
    return False
