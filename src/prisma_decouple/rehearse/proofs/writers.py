"""Writers at work while the migration runs: how long they wait, and whether what they wrote is there."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import psycopg

from prisma_decouple.rehearse.proofs.leaving import leaving
from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.rows.statements import delete, insert, select, update, written
from prisma_decouple.rehearse.run import Outcome, connect, message, run_batch

if TYPE_CHECKING:
    from prisma_decouple.model.database import QualifiedName, Table
    from prisma_decouple.rehearse.proofs.leaving import Leaving
    from prisma_decouple.rehearse.report import Status
    from prisma_decouple.rehearse.rows import Population
    from prisma_decouple.rehearse.rows.statements import Row
    from prisma_decouple.rehearse.stage import Stage

# Before and after the migration the writers are alone for this long.
_ALONE_SECONDS = 0.3
_PAUSE_SECONDS = 0.002
# Rows that a writer has ready for each table; when it runs out of them it only updates and deletes.
_READY = 1000
# Every so many writes one is a deletion of a row that was written before.
_DELETES = 4
# What a database says when two of its users stand in each other's way (PostgreSQL's manual, "Error Codes").
# Prisma Client calls it P2034 and tells its users to try again.
_IN_THE_WAY = {"40001", "40P01"}
# How often the migration is run when it stands in a writer's way.
_ATTEMPTS = 5


@dataclass
class _Write:
    """One write: what it was, when, and what came of it."""

    kind: str
    table: QualifiedName
    began: float
    seconds: float
    error: str = ""
    state: str = ""


@dataclass
class _Writer:
    """A client that writes into one table, and remembers what the database has acknowledged."""

    address: str
    table: Table
    rows: list[Row]
    stop: threading.Event
    writes: list[_Write] = field(default_factory=list)
    there: dict[tuple[str, ...], dict[str, str | None]] = field(default_factory=dict)
    born: dict[tuple[str, ...], float] = field(default_factory=dict)
    gone: set[tuple[str, ...]] = field(default_factory=set)
    fault: str = ""

    def work(self) -> None:
        """Write until told to stop."""
        rng = Random(self.table.name.name)  # noqa: S311 - to be repeated, not to be secret
        fixed = {each for index in self.table.indexes.values() for each in index.column_names}
        fixed |= {each for key in self.table.foreign_keys.values() for each in key.columns}
        free = [name for name in (self.rows[0] if self.rows else ()) if name not in fixed]
        try:
            with closing(connect(self.address)) as connection:
                for number, row in enumerate(self._endless()):
                    if self.stop.wait(_PAUSE_SECONDS):
                        return
                    self._write(connection, rng, number, row, free)
        except psycopg.Error as error:
            self.fault = message(error)

    def _endless(self) -> list[Row | None]:
        return [*self.rows, *([None] * 10**5)]

    def _write(
        self, connection: psycopg.Connection, rng: Random, number: int, row: Row | None, free: list[str]
    ) -> None:
        keys = list(self.there)
        kind = "DELETE" if keys and number % _DELETES == 0 else "UPDATE" if keys and free and number % 2 else "INSERT"
        if kind == "INSERT" and row is None:
            return
        key = rng.choice(keys) if keys else ()
        write = _Write(kind, self.table.name, time.perf_counter(), 0.0)
        try:
            if kind == "INSERT" and row is not None:
                added = insert(connection, self.table, row)
                self.there[added], self.born[added] = {}, write.began
            elif kind == "UPDATE":
                name = rng.choice(free)
                values = update(connection, self.table, key, {name: rng.choice(self.rows)[name]})
                if values is not None:
                    self.there[key][name] = values[0]
            else:
                delete(connection, self.table, key)
                del self.there[key]
                self.gone.add(key)
        except psycopg.Error as error:
            write.error, write.state = message(error), error.sqlstate or ""
        write.seconds = time.perf_counter() - write.began
        self.writes.append(write)

    def lost(self, connection: psycopg.Connection, left: Leaving | None) -> list[str]:
        """What was acknowledged and is not there.

        Args:
            connection: to the database after the migration.
            left: where rows of the table are that the migration has taken away; None when it takes none.
        """
        found = []
        for key, values in self.there.items():
            names = list(values)
            wanted = names or list(self.table.primary_key)
            row = select(connection, self.table, wanted, key)
            if row is None and left is not None:
                row = left.select(connection, self.table, wanted, key)
                if row is None and left.may_be_deleted(self.born[key]):
                    continue
            if row is None:
                found.append(f"the row {'/'.join(key)} of {self.table.name} is gone")
            elif names and list(row) != list(values.values()):
                found.append(f"an update of the row {'/'.join(key)} of {self.table.name} is gone")
        return found + [
            f"the row {'/'.join(key)} of {self.table.name} is there again"
            for key in self.gone
            if select(connection, self.table, self.table.primary_key, key) is not None
        ]


def prove_writers(stage: Stage, limit: float) -> list[Proof]:
    """Let one writer for each table work while the migration runs.

    Args:
        stage: with the rows.
        limit: how many seconds a writer may wait.
    """
    population = stage.generated.population
    assert population is not None, "these rows are made"  # noqa: S101
    with stage.copy(stage.generated) as address:
        writers = _writers(stage, address, population)
        outcome, ran, gave_way = _run(stage, address, writers)
        with closing(connect(address)) as connection:
            left = leaving(stage.subject.plan.up, ran[1])
            lost = [line for writer in writers for line in writer.lost(connection, left.get(writer.table.name))]
    writes = [write for writer in writers for write in writer.writes]
    kept = _kept(writes, lost, outcome, ran, writers)
    clashes = sum(write.state in _IN_THE_WAY for write in writes)
    return [_waiting(writes, ran, limit), kept, *_clashes(clashes, gave_way)]


def _writers(stage: Stage, address: str, population: Population) -> list[_Writer]:
    stop = threading.Event()
    made = population.adapted(stage.old)
    writers = []
    for name in stage.subject.written:
        table = stage.old.tables.get(name)
        if table is not None and table.primary_key and name not in population.order.empty:
            writers.append(_Writer(address, table, list(written(table, made.more(name, _READY))), stop))
    return writers


def _run(stage: Stage, address: str, writers: list[_Writer]) -> tuple[Outcome, tuple[float, float], int]:
    """Run the migration among the writers; when it began, when it ended, and how often it had to give way."""
    outcome, gave_way = Outcome("", 0.0), 0
    threads = [threading.Thread(target=writer.work, daemon=True) for writer in writers]
    try:
        for thread in threads:
            thread.start()
        time.sleep(_ALONE_SECONDS)
        began = time.perf_counter()
        outcome = run_batch(address, stage.subject.up)
        while outcome.state in _IN_THE_WAY and gave_way < _ATTEMPTS:
            gave_way += 1
            outcome = run_batch(address, stage.subject.up)
        ended = time.perf_counter()
        time.sleep(_ALONE_SECONDS)
    finally:
        for writer in writers:
            writer.stop.set()
        for thread in threads:
            thread.join()
    return outcome, (began, ended), gave_way


def _waiting(writes: list[_Write], ran: tuple[float, float], limit: float) -> Proof:
    claim = f"no writer waits longer than {limit:g} s while it runs"
    during = [write for write in writes if write.began < ran[1] and write.began + write.seconds > ran[0]]
    if not during:
        return Proof("writers wait", "proved", claim, "nobody writes into the tables that it works on")
    slowest = max(during, key=lambda write: write.seconds)
    waiting = sum(write.seconds > limit for write in during)
    detail = f"the slowest: {slowest.kind} on {slowest.table.name}, {slowest.seconds:.2f} s"
    status: Status = "NOT proved" if waiting else "proved"
    data = {"slowest_seconds": slowest.seconds, "migration_seconds": ran[1] - ran[0], "writes": len(during)}
    return Proof("writers wait", status, claim, detail, data=data)


def _kept(
    writes: list[_Write], lost: list[str], outcome: Outcome, ran: tuple[float, float], writers: list[_Writer]
) -> Proof:
    claim = "it runs among writers, and no write that was acknowledged is lost"
    wrong = [f"the migration stops: {outcome.error}"] if outcome.error else []
    wrong += [f"{len(lost)} writes are lost; the first: {lost[0]}"] if lost else []
    wrong += [f"a writer of {writer.table.name} broke down: {writer.fault}" for writer in writers if writer.fault]
    refused = Counter(
        (write.kind, write.table.name, write.error)
        for write in writes
        if write.error and write.state not in _IN_THE_WAY
    )
    done = sum(not write.error for write in writes)
    told = [f"{done} writes"]
    told += [f"refused {count} times: {kind} on {table}: {error}" for (kind, table, error), count in refused.items()]
    early = [write for write in writes if write.error and write.began + write.seconds < ran[0]]
    wrong += [f"{len(early)} writes fail even before it: {early[0].error}"] if early else []
    return Proof("writes kept", "NOT proved" if wrong else "proved", claim, "\n".join(wrong or told), done)


def _clashes(writes: int, migrations: int) -> list[Proof]:
    """Deadlocks depend on luck: none here does not mean that there cannot be one, and one is no loss."""
    if not writes + migrations:
        return []
    claim = "it locks tables in another order than writers do, which can end in a deadlock"
    detail = f"{writes} writes failed with P2034 and can be tried again; the migration gave way {migrations} times"
    return [Proof("deadlocks", "fact", claim, detail, data={"writes": writes, "migrations": migrations})]
