"""The migration is applied as `migrate deploy` does it, and everything about the result is asked."""

from __future__ import annotations

import re
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from prisma_decouple.rehearse.fingerprint import (
    catalog,
    differences,
    namespaces,
    present,
    without_positions,
)
from prisma_decouple.rehearse.proofs.rows import prove_backfill, prove_rows
from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.run import RUNS, connect, run_batch, run_measured, strongest

if TYPE_CHECKING:
    import psycopg

    from prisma_decouple.model.database import ForeignKey, Table
    from prisma_decouple.rehearse.run import Measured, Outcome
    from prisma_decouple.rehearse.stage import Stage

_ROWS = re.compile(r"\b(\d+) row")
# As many differences as somebody reads.
SHOWN = 5


@dataclass(frozen=True)
class Application:
    """What applying the migration showed.

    Attributes:
        worked: whether there is a new state to go on with.
    """

    proofs: tuple[Proof, ...]
    statements: tuple[Measured, ...]
    worked: bool


def prove_application(stage: Stage) -> Application:
    """Apply the migration to an empty database, and in both ways to one with rows."""
    proofs = [_on_empty(stage)]
    with ExitStack() as stack:
        batch, split = (stack.enter_context(stage.copy(stage.main)) for _ in range(2))
        outcome = run_batch(batch, stage.subject.up)
        measured_outcome, statements = run_measured(split, stage.subject.up)
        proofs.append(_applied(outcome, measured_outcome))
        if outcome.error:
            return Application(tuple(proofs), statements, worked=False)
        if not measured_outcome.error:
            proofs.append(_same(stage, batch, split))
        proofs += [
            _structure(stage, batch),
            prove_rows(stage, batch),
            prove_backfill(stage, batch),
            _keys(stage, batch),
        ]
        proofs.append(_cost(stage, split, statements))
    return Application(tuple(proofs), statements, worked=True)


def rows_in(text: str) -> int | None:
    """The number of rows that a message speaks of."""
    match = _ROWS.search(text)
    return int(match[1]) if match else None


def listed(lines: list[str]) -> str:
    """The first few lines, and how many more there are."""
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *more])


def _on_empty(stage: Stage) -> Proof:
    claim = "it runs on an empty database, as a shadow database needs it"
    for way, run in RUNS.items():
        with stage.empty() as address:
            outcome = run(address, stage.subject.up)
        if outcome.error:
            return Proof("empty", "NOT proved", claim, f"sent as {way}: {outcome.error}")
    return Proof("empty", "proved", claim)


def _applied(batch: Outcome, split: Outcome) -> Proof:
    claim = "it runs on these rows, as one batch and statement by statement"
    ways = {"batch": batch, "split": split}
    failed = {way: outcome.error for way, outcome in ways.items() if outcome.error}
    if failed:
        # The first error of a batch is the one that counts; those of a transaction that has failed already do not.
        told = [f"sent as {way} it stops: {error}" for way, error in failed.items()]
        detail = told[0] if len(set(failed.values())) == 1 else "\n".join(told)
        return Proof("applies", "NOT proved", claim, detail, rows_in(detail))
    seconds = {way: round(outcome.seconds, 3) for way, outcome in ways.items()}
    return Proof(
        "applies", "proved", claim, f"{batch.seconds:.2f} s and {split.seconds:.2f} s", data={"seconds": seconds}
    )


def _same(stage: Stage, batch: str, split: str) -> Proof:
    claim = "both ways lead to the same database"
    found = stage.look(batch).differences(stage.look(split))
    return Proof("both ways", "NOT proved" if found else "proved", claim, listed(found))


def _structure(stage: Stage, address: str) -> Proof:
    """What changed in the catalog has to be what differs between the two schemas when each is made from nothing.

    Comparing changes, not catalogs, leaves alone what a user's database has beside the schema.
    """
    claim = "no drift: the catalog is what the new schema says"
    expected_old, expected_new = stage.expected_catalogs()
    names = namespaces(stage.old, stage.new)
    with closing(connect(stage.main.address)) as old, closing(connect(address)) as new:
        was, now = without_positions(catalog(old, names)), without_positions(catalog(new, names))
    wanted = {key: expected_new.get(key) for key in _changed(expected_old, expected_new)}
    planned = {key: value for key, value in {**was, **wanted}.items() if value is not None}
    found = [
        line.replace(" became ", ", but is ").replace(": ", " should be ", 1) for line in differences(planned, now)
    ]
    detail = listed(found) or f"{len(wanted)} objects changed as planned"
    return Proof("structure", "NOT proved" if found else "proved", claim, detail, data={"differences": found})


def _changed(before: dict[tuple[str, str], object], after: dict[tuple[str, str], object]) -> set[tuple[str, str]]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _keys(stage: Stage, address: str) -> Proof:
    """Asked of the rows themselves, so that it holds for constraints that were never validated, and without any."""
    claim = "every foreign key leads to a row"
    lost: list[str] = []
    total = checked = 0
    with closing(connect(address)) as connection:
        there = present(connection, stage.new)
        for table in stage.new.tables.values():
            for key in table.foreign_keys.values():
                if set(key.columns) <= set(there.get(table.name, ())) and key.target in there:
                    checked += 1
                    if count := _dangling(connection, table, key):
                        total += count
                        lost.append(f"{count} rows of {table.name} by {', '.join(key.columns)}")
    detail = listed(lost) or f"{checked} foreign keys"
    return Proof("foreign keys", "NOT proved" if lost else "proved", claim, detail, total if lost else None)


def _dangling(connection: psycopg.Connection, table: Table, key: ForeignKey) -> int:
    """How many rows point at nothing."""
    both = sql.SQL(" AND ")
    given = [sql.SQL("here.{} IS NOT NULL").format(sql.Identifier(name)) for name in key.columns]
    pairs = [
        sql.SQL("there.{} = here.{}").format(sql.Identifier(far), sql.Identifier(near))
        for near, far in zip(key.columns, key.references, strict=True)
    ]
    query = sql.SQL("SELECT count(*) FROM {} AS here WHERE {} AND NOT EXISTS (SELECT FROM {} AS there WHERE {})")
    found = connection.execute(
        query.format(identifier(table.name), both.join(given), identifier(key.target), both.join(pairs))
    ).fetchone()
    return int(found[0]) if found else 0


def _cost(stage: Stage, address: str, statements: tuple[Measured, ...]) -> Proof:
    """What it took. Nobody can say how much is too much; for the locks, see the writers."""
    wal = sum(each.wal for each in statements)
    size = "SELECT pg_database_size(current_database())"
    sizes = []
    for each in (stage.main.address, address):
        with closing(connect(each)) as connection:
            row = connection.execute(size).fetchone()
            sizes.append(int(row[0]) if row else 0)
    locked = strongest(statements)
    longest = max(locked.values(), default=0.0)
    detail = (
        f"{_size(wal)} of WAL, {_size(sizes[1] - sizes[0])} more disk, {len(locked)} tables locked for {longest:.2f} s"
    )
    data = {"wal_bytes": wal, "disk_bytes": sizes[1] - sizes[0], "locked_seconds": locked}
    return Proof("cost", "fact", "what it takes", detail, data=data)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
