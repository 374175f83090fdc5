"""The connection is cut, and the server is killed, at every statement in turn."""

from __future__ import annotations

import threading
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import psycopg
from psycopg.conninfo import conninfo_to_dict

from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.run import RUNS, connect, run_batch
from prisma_decouple.sql.script import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prisma_decouple.rehearse.fingerprint import Fingerprint
    from prisma_decouple.rehearse.stage import Stage
    from prisma_decouple.sql.script import Statement

# In a batch the server stops here until it, or the connection, is gone.
_STOP = "SELECT pg_sleep(600)"
_WAIT_SECONDS = 30.0
_POLL_SECONDS = 0.005


def prove_crashes(stage: Stage) -> list[Proof]:
    """One line for each way in which the script is sent."""
    return [_Crashes(stage, way).proof() for way in RUNS]


class _Crashes:
    """All crashes of one way."""

    def __init__(self, stage: Stage, way: str) -> None:
        self._stage = stage
        self._way = way
        self._script = statements(stage.subject.up)
        self._old = self._look(stage.small.address)
        with stage.copy(stage.small) as address:
            run_batch(address, stage.subject.up)
            self._new = self._look(address)
        self._between: list[tuple[str, Statement, list[str]]] = []
        self._address = ""

    def proof(self) -> Proof:
        """Crash at every statement, then run it once more."""
        sent = "as one batch" if self._way == "batch" else "statement by statement"
        claim = f"sent {sent}, it is all or nothing whatever breaks off, and a second run succeeds"
        kinds: dict[str, Callable[[], None]] = {"the connection is cut": self._cut}
        if self._stage.server.crash is not None:
            kinds["the server is killed"] = self._kill
        self._address = self._stage.server.create(self._stage.small.address)
        try:
            for told, kind in kinds.items():
                for count in range(1, len(self._script)):
                    self._crash_at(count, told, kind)
            second = self._second_run()
        finally:
            self._stage.server.drop(self._address)
        points = len(kinds) * (len(self._script) - 1)
        if self._between:
            return Proof(f"crash {self._way}", "NOT proved", claim, self._told(points), data=self._data())
        told = second or f"{points} crashes: {', '.join(kinds)}"
        return Proof(f"crash {self._way}", "NOT proved" if second else "proved", claim, told)

    def _crash_at(self, count: int, told: str, kind: Callable[[], None]) -> None:
        """Crash behind so many statements, and see what is left."""
        if self._way == "batch":
            self._break_off_batch(count, kind)
        else:
            self._break_off_split(count, kind)
        now = self._look(self._address)
        changes = self._old.differences(now)
        if changes and self._new.differences(now):
            self._between.append((told, self._script[count - 1], changes))
        if changes:
            self._stage.server.drop(self._address)
            self._address = self._stage.server.create(self._stage.small.address)

    def _break_off_split(self, count: int, kind: Callable[[], None]) -> None:
        with suppress(psycopg.Error), closing(connect(self._address)) as connection:
            for statement in self._script[:count]:
                connection.execute(statement.text.encode())
            kind()

    def _break_off_batch(self, count: int, kind: Callable[[], None]) -> None:
        texts = [statement.text for statement in self._script]
        script = ";\n".join([*texts[:count], _STOP, *texts[count:]])
        running = threading.Thread(target=run_quietly, args=(self._address, script))
        running.start()
        with closing(connect(self._stage.server.address)) as observer:
            # Where a statement cannot be in a batch, the batch ends by itself.
            _wait_until(lambda: not running.is_alive() or self._sleeps(observer))
        kind()
        running.join()

    def _sleeps(self, observer: psycopg.Connection) -> bool:
        query = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event = 'PgSleep'"
        return observer.execute(query, (self._database(),)).fetchone() is not None

    def _cut(self) -> None:
        connected, database = "FROM pg_stat_activity WHERE datname = %s", (self._database(),)
        with closing(connect(self._stage.server.address)) as observer:
            # From 14 on the server can wait by itself, but only in steps of 100 ms.
            observer.execute(f"SELECT pg_terminate_backend(pid) {connected}", database)
            _wait_until(lambda: observer.execute(f"SELECT 1 {connected}", database).fetchone() is None)

    def _kill(self) -> None:
        if self._stage.server.crash is not None:
            self._stage.server.crash()

    def _second_run(self) -> str:
        """Run it on the database that has gone through all of this; what is wrong, or nothing."""
        outcome = RUNS[self._way](self._address, self._stage.subject.up)
        if outcome.error:
            return f"a second run fails: {outcome.error}"
        found = self._new.differences(self._look(self._address))
        return f"a second run leads elsewhere: {found[0]}" if found else ""

    def _told(self, points: int) -> str:
        told, statement, changes = self._between[0]
        with self._stage.copy(self._stage.small) as address:
            self._address, kept = address, self._address
            self._break_off_split(self._script.index(statement) + 1, self._cut)
            second = RUNS[self._way](address, self._stage.subject.up).error
            self._address = kept
        return "\n".join(
            [
                f"{len(self._between)} of {points} crashes leave the database between the old and the new",
                f"the first: {told} behind line {statement.line}, {statement.title}",
                f"then {changes[0]}",
                f"and a second run {'fails: ' + second if second else 'succeeds'}",
            ]
        )

    def _data(self) -> dict[str, Sequence[object]]:
        return {"between": [{"crash": told, "line": each.line} for told, each, _ in self._between]}

    def _database(self) -> str:
        return str(conninfo_to_dict(self._address)["dbname"])

    def _look(self, address: str) -> Fingerprint:
        return self._stage.look(address)


def run_quietly(address: str, script: str) -> None:
    """Send a batch that is going to be broken off."""
    with suppress(psycopg.Error):
        run_batch(address, script)


def _wait_until(seen: Callable[[], bool]) -> None:
    """Look again and again, though not for ever."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while not seen() and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
