"""Old rows are as they were, and new values are what the rules say."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from prisma_decouple.model.database import table_name
from prisma_decouple.rehearse.fingerprint import checksum, present
from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.rows.text import NULL
from prisma_decouple.rehearse.run import connect
from prisma_decouple.rehearse.truth import GIVEN, Rows, Truth

if TYPE_CHECKING:
    import psycopg

    from prisma_decouple.model.database import QualifiedName
    from prisma_decouple.rehearse.stage import Stage

_SHOWN = 3


def prove_rows(stage: Stage, address: str, *, since: str | None = None) -> Proof:
    """Every old row is there, and every old column holds what it held, but for what the rules take away or fill.

    Args:
        stage: what is rehearsed.
        address: of the database after the migration.
        since: of the one before it; the rows of the stage when None.
    """
    claim = "every old row and every old column is unchanged"
    with closing(connect(since or stage.main.address)) as old, closing(connect(address)) as new:
        truth = _truth(stage, old)
        wrong: list[str] = []
        total = removed = 0
        kept = _kept(stage, old, new)
        for name, columns in kept.items():
            gone = truth.gone.get(name, set())
            if gone or any(table == name for table, _ in truth.unlinked | truth.filled):
                removed += len(gone)
                bad = _compared_by_row(truth, Rows(new), name, columns)
            else:
                bad = _compared_by_sum(old, new, name, columns)
            if bad is not None:
                wrong.append(bad[0])
                total += bad[1]
    lost = [
        f"the table {name.name} is gone" for name in stage.old.tables if name in stage.new.tables and name not in kept
    ]
    wrong += lost
    told = f"{sum(stage.main.counts.values()):,} rows in {len(kept)} tables"
    taken = f", without {removed} rows that the rules take away" if removed else ""
    return Proof(
        "old rows",
        "NOT proved" if wrong else "proved",
        claim,
        "\n".join(wrong) or told + taken,
        total if wrong else sum(stage.main.counts.values()) - removed,
    )


def prove_backfill(stage: Stage, address: str, *, since: str | None = None) -> Proof:
    """Every value that the rules speak of is the one that they lead to; arguments as for `prove_rows`."""
    claim = "every backfilled value is what the rules say, computed a second way"
    wrong: list[str] = []
    total = checked = 0
    with closing(connect(since or stage.main.address)) as old, closing(connect(address)) as new:
        truth, found = _truth(stage, old), Rows(new)
        for intent in stage.subject.intents:
            model = stage.subject.after.models[intent.model]
            table = table_name(model)
            columns = [model.scalars[name].column for name in intent.fields]
            if set(columns) - set(present(new, stage.new).get(table, ())):
                wrong.append(f"{table.name} has no {', '.join(columns)}")
                continue
            key = [model.scalars[name].column for name in model.key]
            count, bad, first = _compared(truth, found, table, key, columns)
            checked, total = checked + count, total + bad
            if bad:
                wrong.append(f"{bad} of {count} rows of {table.name}.{', '.join(columns)} are wrong; {first}")
    if not stage.subject.intents:
        return Proof("backfill", "proved", claim, "the rules fill nothing", 0)
    detail = "\n".join(wrong) or f"{checked:,} values"
    return Proof("backfill", "NOT proved" if wrong else "proved", claim, detail, total if wrong else checked)


def _truth(stage: Stage, connection: psycopg.Connection) -> Truth:
    truth = Truth(connection, stage.subject.before, stage.subject.after, stage.new)
    truth.follow(stage.subject.intents)
    return truth


def _kept(stage: Stage, old: psycopg.Connection, new: psycopg.Connection) -> dict[QualifiedName, list[str]]:
    """The old columns that the new schema keeps, with their type, and that are there."""
    was, now = present(old, stage.old), present(new, stage.old)
    kept: dict[QualifiedName, list[str]] = {}
    for name, columns in was.items():
        if name not in now:
            continue
        before, after = stage.old.tables[name].columns, stage.new.tables.get(name)
        same = [
            column
            for column in columns
            if column in now[name]
            and (
                column not in before
                or after is None
                or (column in after.columns and after.columns[column].type == before[column].type)
            )
        ]
        if same:
            kept[name] = same
    return kept


def _compared_by_sum(
    old: psycopg.Connection, new: psycopg.Connection, name: QualifiedName, columns: list[str]
) -> tuple[str, int] | None:
    """Compare in the databases; what differs is then looked for column by column."""
    was, now = checksum(old, name, columns), checksum(new, name, columns)
    if was == now:
        return None
    if was[0] != now[0]:
        return f"{name.name} had {was[0]} rows and has {now[0]}", abs(was[0] - now[0])
    bad = [column for column in columns if checksum(old, name, [column]) != checksum(new, name, [column])]
    before, after = (Counter(Rows(connection).rows(name, columns)) for connection in (old, new))
    count = (before - after).total()
    return f"{count} rows of {name.name} hold something else in {', '.join(bad) or 'their columns together'}", count


def _compared_by_row(truth: Truth, new: Rows, name: QualifiedName, columns: list[str]) -> tuple[str, int] | None:
    """Compare here, as rows are gone that the rules take away, point nowhere for that reason, or are filled."""
    gone = truth.gone.get(name, set())
    before = Counter(values for row, values in enumerate(truth.rows.rows(name, columns)) if row not in gone)
    after = Counter(new.rows(name, columns))
    count = max((before - after).total(), (after - before).total())
    return (f"{count} rows of {name.name} are not what the rules leave", count) if count else None


def _compared(
    truth: Truth, found: Rows, table: QualifiedName, key: list[str], columns: list[str]
) -> tuple[int, int, str]:
    """How many values there are, how many are wrong, and the first of them."""
    gone = truth.gone.get(table, set())
    wanted = [values for row, values in enumerate(truth.rows.rows(table, [*key, *columns])) if row not in gone]
    there = found.rows(table, [*key, *columns])
    if not key:
        return len(wanted), (Counter(wanted) - Counter(there)).total(), "the table has no key that could name one"
    size = len(key)
    held = {values[:size]: values[size:] for values in there}
    wrong = [
        (values, held.get(values[:size])) for values in wanted if not _is_as(held.get(values[:size]), values[size:])
    ]
    told = [
        f"{'/'.join(values[:size])} has {_told(actual)}, should have {_told(values[size:])}"
        for values, actual in wrong[:_SHOWN]
    ]
    return len(wanted), len(wrong), f"the first: {'; '.join(told)}"


def _is_as(actual: tuple[str, ...] | None, wanted: tuple[str, ...]) -> bool:
    """Whether a row holds what it should; what only the database knows is any value."""
    return actual is not None and all(
        there == wish or (wish == GIVEN and there != NULL) for there, wish in zip(actual, wanted, strict=True)
    )


def _told(values: tuple[str, ...] | None) -> str:
    if values is None:
        return "no row"
    return "/".join("nothing" if value == NULL else value for value in values)
