"""Running a script as `prisma migrate deploy` does: as one batch, or statement by statement."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus

from prisma_decouple.sql.script import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prisma_decouple.sql.script import Statement

# Relations of the user's that this connection has locked.
_LOCKS = """
    SELECT DISTINCT c.oid::regclass::text,
      upper(regexp_replace(regexp_replace(l.mode, 'Lock$', ''), '(.)([A-Z])', '\\1 \\2', 'g'))
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND c.relkind IN ('r', 'p')
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"""


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Attributes:
        error: the first error of the server, empty when there was none.
        seconds: how long it took.
        state: the code of the error (PostgreSQL's manual, "Error Codes").
    """

    error: str
    seconds: float
    state: str = ""


@dataclass(frozen=True)
class Measured:
    """One statement of a run.

    Attributes:
        line: where it is in the script.
        title: its first words.
        seconds: how long it took.
        locks: the tables that it locked first, or more strongly than those before it, each with the mode.
        held: for how many seconds these locks were held: until the end of the transaction.
        wal: how many bytes it wrote to the log.
    """

    line: int
    title: str
    seconds: float
    locks: tuple[tuple[str, str], ...] = ()
    held: float = 0.0
    wal: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def connect(address: str) -> psycopg.Connection:
    """A connection that begins no transaction by itself."""
    return psycopg.connect(address, autocommit=True)


def message(error: psycopg.Error) -> str:
    """What the server said, on one line, without where in the script."""
    return error.diag.message_primary or " ".join(str(error).split())


def run_batch(address: str, script: str) -> Outcome:
    """Send the whole script as one simple query, as Prisma does up to 7.3."""
    began = time.perf_counter()
    with closing(connect(address)) as connection:
        try:
            connection.execute(script.encode())
        except psycopg.Error as error:
            return Outcome(message(error), time.perf_counter() - began, error.sqlstate or "")
    return Outcome("", time.perf_counter() - began)


def run_split(address: str, script: str) -> Outcome:
    """Send statement after statement, as Prisma does from 7.4 on; the first error ends it."""
    began = time.perf_counter()
    with closing(connect(address)) as connection:
        for statement in statements(script):
            try:
                connection.execute(statement.text.encode())
            except psycopg.Error as error:  # noqa: PERF203 - the first one ends it
                return Outcome(f"line {statement.line}: {message(error)}", time.perf_counter() - began)
    return Outcome("", time.perf_counter() - began)


def run_measured(address: str, script: str) -> tuple[Outcome, tuple[Measured, ...]]:
    """The same as `run_split`, with what each statement took."""
    began = time.perf_counter()
    with closing(connect(address)) as connection:
        meter = _Meter(connection)
        for statement in statements(script):
            try:
                meter.run(statement)
            except psycopg.Error as error:  # noqa: PERF203
                error_text = f"line {statement.line}: {message(error)}"
                return Outcome(error_text, time.perf_counter() - began), meter.measured()
        return Outcome("", time.perf_counter() - began), meter.measured()


class _Meter:
    """Runs statements and looks at what they do."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._found: list[Measured] = []
        self._open = 0
        self._held: set[tuple[str, str]] = set()

    def run(self, statement: Statement) -> None:
        """Run one; outside a transaction it gets one of its own, or its locks would be gone before anybody looks."""
        wrapped = self._is_idle() and not statement.control
        position = self._position()
        try:
            seconds = self._run_wrapped(statement) if wrapped else self._timed(statement.text)
        except psycopg.errors.ActiveSqlTransaction:
            self._connection.rollback()
            seconds, wrapped = self._timed(statement.text), False
        locks: tuple[tuple[str, str], ...] = ()
        if not self._is_idle():
            now = {(str(table), str(mode)) for table, mode in self._connection.execute(_LOCKS.encode())}
            locks, self._held = tuple(sorted(now - self._held)), self._held | now
        if wrapped:
            self._connection.execute("COMMIT")
        wal = self._position() - position
        self._found.append(Measured(statement.line, statement.title, seconds, locks, wal=wal))
        if self._is_idle():
            self._close()

    def measured(self) -> tuple[Measured, ...]:
        """All statements so far."""
        self._close()
        return tuple(self._found)

    def _close(self) -> None:
        """A transaction has ended, and with it the locks of its statements."""
        left = 0.0
        for place in range(len(self._found) - 1, self._open - 1, -1):
            left += self._found[place].seconds
            self._found[place] = replace(self._found[place], held=left if self._found[place].locks else 0.0)
        self._open, self._held = len(self._found), set()

    def _run_wrapped(self, statement: Statement) -> float:
        self._connection.execute("BEGIN")
        return self._timed(statement.text)

    def _timed(self, text: str) -> float:
        began = time.perf_counter()
        self._connection.execute(text.encode())
        return time.perf_counter() - began

    def _is_idle(self) -> bool:
        return self._connection.info.transaction_status == TransactionStatus.IDLE

    def _position(self) -> int:
        """How many bytes the server has written to its log so far."""
        row = self._connection.execute("SELECT pg_current_wal_insert_lsn() - '0/0'").fetchone()
        return int(row[0]) if row else 0


RUNS: dict[str, Callable[[str, str], Outcome]] = {"batch": run_batch, "split": run_split}


def strongest(measured: Sequence[Measured]) -> dict[str, float]:
    """How long each table was locked against everybody, in seconds."""
    found: dict[str, float] = {}
    for each in measured:
        for table, mode in each.locks:
            if mode == "ACCESS EXCLUSIVE":
                found[table] = max(found.get(table, 0.0), each.held)
    return found
