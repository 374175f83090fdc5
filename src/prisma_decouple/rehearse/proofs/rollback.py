"""The way back: what it restores, what stops it, and what it loses."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from prisma_decouple.rehearse.fingerprint import differences, fingerprint
from prisma_decouple.rehearse.proofs.rows import prove_backfill, prove_rows
from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.rows.statements import insert, select, written
from prisma_decouple.rehearse.run import connect, run_batch

if TYPE_CHECKING:
    from prisma_decouple.model.database import QualifiedName
    from prisma_decouple.rehearse.fingerprint import Fingerprint
    from prisma_decouple.rehearse.stage import Stage

    Written = tuple[QualifiedName, tuple[str, ...]]

# How many rows of each kind are written after the migration.
_NEW = 3


def prove_rollback(stage: Stage) -> list[Proof]:
    """There and back, there again, and back with new rows."""
    if not stage.subject.down:
        return [Proof("way back", "fact", "there is no down.sql, so there is no way back")]
    last = _salvaged(stage, stage.subject.salvage) if stage.subject.salvage else _stops(stage)
    return [*_there_and_back(stage), _stays(stage), last]


def _there_and_back(stage: Stage) -> list[Proof]:
    claim = "down.sql restores the old structure and every old row"
    again = "up again leads to the same new state"
    old = fingerprint(stage.main.address, stage.old)
    with stage.copy(stage.main) as address:
        run_batch(address, stage.subject.up)
        new = stage.look(address)
        outcome = run_batch(address, stage.subject.down)
        if outcome.error:
            return [Proof("way back", "NOT proved", claim, f"it stops: {outcome.error}")]
        back = fingerprint(address, stage.old)
        found = old.differences(back)
        first = _judged(stage, claim, old, back, found)
        if old.counts == back.counts:
            differs = _differs_again(stage, address, new)
        else:
            again = "up again leads to what the rules say of the rows that are left"
            differs = _wrong_again(stage, address, new)
    second = Proof("there again", "NOT proved" if differs else "proved", again, "\n".join(differs[:5]))
    return [first, second]


def _differs_again(stage: Stage, address: str, new: Fingerprint) -> list[str]:
    error = run_batch(address, stage.subject.up).error
    return [error] if error else new.differences(stage.look(address))


def _wrong_again(stage: Stage, address: str, new: Fingerprint) -> list[str]:
    """Where rows are gone for good, others that pointed at them may lead elsewhere now; the rules say where."""
    with stage.server.database(address) as left:
        error = run_batch(address, stage.subject.up).error
        if error:
            return [error]
        proofs = [prove_rows(stage, address, since=left), prove_backfill(stage, address, since=left)]
        wrong = [proof.detail for proof in proofs if proof.status == "NOT proved"]
    return differences(new.catalog, stage.look(address).catalog) + wrong


def _judged(stage: Stage, claim: str, old: Fingerprint, back: Fingerprint, found: list[str]) -> Proof:
    """Exact, or lossy where the plan says so; a loss that nobody declared is a mistake."""
    if not found:
        rows = sum(count for count, *_ in back.rows.values())
        return Proof("way back", "proved", claim, f"exact: {rows:,} rows", rows, {"label": "exact"})
    declared = [step.loses for step in stage.subject.plan.up if step.loses]
    lost = sum(max(old.rows[name][0] - back.rows.get(name, (0,))[0], 0) for name in old.rows)
    if declared and old.catalog == back.catalog:
        detail = f"lossy, as declared: {lost} rows are gone for good ({'; '.join(declared)})"
        return Proof(
            "way back", "proved", claim.replace("every old row", "what is declared"), detail, lost, {"label": "lossy"}
        )
    return Proof("way back", "NOT proved", claim, "\n".join(found[:5]), lost or None, {"label": "lossy"})


def _stays(stage: Stage) -> Proof:
    """Rows that both schemas can hold survive the way back."""
    claim = "rows written since the migration that the old schema can hold stay"
    with stage.copy(stage.small) as address:
        run_batch(address, stage.subject.up)
        rows = _write(stage, address, stage.subject.touched, demanded=False)
        was = _read(stage, address, rows)
        outcome = run_batch(address, stage.subject.down)
        if outcome.error:
            return Proof("new rows stay", "NOT proved", claim, f"down.sql stops: {outcome.error}")
        now = _read(stage, address, rows)
    lost = [
        f"{'/'.join(key)} of {name.name}"
        for (name, key), one, other in zip(rows, was, now, strict=True)
        if one != other
    ]
    if not rows:
        return Proof("new rows stay", "fact", "no row can be made that both schemas hold")
    detail = f"{len(lost)} rows are gone or changed; the first: {lost[0]}" if lost else f"{len(rows)} rows"
    return Proof("new rows stay", "NOT proved" if lost else "proved", claim, detail, len(lost or rows))


def _read(stage: Stage, address: str, rows: list[Written]) -> list[tuple[str | None, ...] | None]:
    """What both schemas know of rows."""
    found = []
    with closing(connect(address)) as connection:
        for name, key in rows:
            old, new = stage.old.tables[name], stage.new.tables[name]
            both = [
                each
                for each, column in new.columns.items()
                if each in old.columns and old.columns[each].type == column.type
            ]
            found.append(select(connection, new, both, key))
    return found


def _stops(stage: Stage) -> Proof:
    """Rows that the old schema cannot hold stop it before anything happens, table by table."""
    claim = "rows written since that the old schema cannot hold stop down.sql, and nothing is lost"
    wrong: list[str] = []
    told: list[str] = []
    total = 0
    for table, columns in stage.subject.demanded.items():
        with stage.copy(stage.small) as address:
            run_batch(address, stage.subject.up)
            count = len(_write(stage, address, (table,), demanded=True))
            total += count
            if not count:
                continue
            there = fingerprint(address, stage.new)
            outcome = run_batch(address, stage.subject.down)
            found = there.differences(fingerprint(address, stage.new))
            if not outcome.error:
                wrong.append(f"{count} rows of {table.name} without {', '.join(columns)} did not stop it")
            elif found:
                wrong.append(f"it stops, but has changed something: {found[0]}")
            told.append(outcome.error)
    if not stage.subject.demanded:
        return Proof("new rows stop it", "fact", "the old schema can hold every row that the new one can")
    if not total:
        return Proof("new rows stop it", "not tried", claim, "no such row can be made")
    return Proof("new rows stop it", "NOT proved" if wrong else "proved", claim, "\n".join(wrong or told[:1]), total)


def _salvaged(stage: Stage, namespace: str) -> Proof:
    """Rows that the old schema cannot hold are set aside with what hangs on them, and come home the next time."""
    claim = "rows that the old schema cannot hold are set aside by down.sql, and up again brings them home"
    with stage.copy(stage.small) as address:
        run_batch(address, stage.subject.up)
        count = 0
        for table in stage.subject.demanded:
            count += len(_write(stage, address, (table,), demanded=True))
            count += _take_away(stage, address, table)
        there = stage.look(address)
        wrong = run_batch(address, stage.subject.down).error
        aside = _rows_in(address, namespace)
        left = {name: found[0] for name, found in fingerprint(address, stage.old).rows.items()}
        missing = sum(found[0] - left.get(name, 0) for name, found in there.rows.items())
        wrong = wrong or run_batch(address, stage.subject.up).error
        differs = [wrong] if wrong else there.differences(stage.look(address))
        if not differs and aside < max(missing, count):
            differs = [f"{missing} rows left their tables, and {aside} were set aside"]
        if not differs and _rows_in(address, namespace):
            differs = [f"{namespace} still has rows after the way up"]
    detail = "\n".join(differs[:5]) or f"salvaged: {count} rows and {aside - count} that hang on them"
    return Proof(
        "new rows salvaged", "NOT proved" if differs else "proved", claim, detail, aside, {"label": "salvaged"}
    )


def _take_away(stage: Stage, address: str, name: QualifiedName) -> int:
    """Take from an old row what the old schema demands: such a row has others that hang on it."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} = NULL").format(sql.Identifier(each)) for each in stage.subject.demanded[name]
    )
    table = identifier(name)
    query = sql.SQL("UPDATE {} SET {} WHERE ctid = (SELECT min(ctid) FROM {})").format(table, columns, table)
    with closing(connect(address)) as connection:
        return connection.execute(query).rowcount


def _rows_in(address: str, namespace: str) -> int:
    """How many rows the tables of a namespace have."""
    query = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(%s)"
    with closing(connect(address)) as connection:
        names = [name for (name,) in connection.execute(query, (f'"{namespace}"',))]
        counts = [connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in names]  # noqa: S608
    return sum(int(count[0]) for count in counts if count)


def _write(stage: Stage, address: str, tables: tuple[QualifiedName, ...], *, demanded: bool) -> list[Written]:
    """Write rows of the new schema; with `demanded`, without the columns that the old schema demands."""
    population = stage.small.population
    assert population is not None, "the small database is always a made one"  # noqa: S101
    adapted = population.adapted(stage.new)
    rows: list[Written] = []
    with closing(connect(address)) as connection:
        for name in tables:
            if name not in stage.new.tables or name not in stage.old.tables:
                continue
            columns = stage.subject.demanded.get(name, ())
            table, null = stage.new.tables[name], columns if demanded else ()
            for row in written(table, adapted.more(name, _NEW, null=null)):
                # What it would point at may be a row that the rules have taken away.
                with suppress(psycopg.errors.ForeignKeyViolation):
                    if demanded or all(row.get(each) is not None for each in columns):
                        rows.append((name, insert(connection, table, row)))
    return rows
