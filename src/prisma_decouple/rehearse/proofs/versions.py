"""Both versions of the application against both schemas: which order of deploying survives."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg

from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.rows.statements import insert, select, update, written
from prisma_decouple.rehearse.run import connect, message, run_batch

if TYPE_CHECKING:
    from prisma_decouple.model.database import Database, QualifiedName, Table
    from prisma_decouple.rehearse.rows import Population
    from prisma_decouple.rehearse.rows.statements import Row
    from prisma_decouple.rehearse.stage import Stage


def prove_versions(stage: Stage) -> list[Proof]:
    """Play the statements of either version on the database before and after the migration."""
    population = stage.small.population
    assert population is not None, "the small database is always a made one"  # noqa: S101
    with stage.copy(stage.small) as old_address, stage.copy(stage.small) as new_address:
        run_batch(new_address, stage.subject.up)
        failures = {
            (code, schema): _failures(stage, address, database, makes)
            for schema, address in (("old", old_address), ("new", new_address))
            for code, database, makes in (
                ("old", stage.old, population.adapted(stage.old)),
                ("new", stage.new, population.adapted(stage.new)),
            )
        }
    return [_own_schema(failures), _order(stage, failures)]


Failures = "dict[tuple[str, str], list[str]]"


def _own_schema(failures: dict[tuple[str, str], list[str]]) -> Proof:
    claim = "each version of the application works with its own schema"
    wrong = [f"{code} code: {line}" for code in ("old", "new") for line in failures[code, code]]
    return Proof("own schema", "NOT proved" if wrong else "proved", claim, "\n".join(wrong[:5]))


def _order(stage: Stage, failures: dict[tuple[str, str], list[str]]) -> Proof:
    """Which of the two may be deployed first."""
    old_on_new, new_on_old = failures["old", "new"], failures["new", "old"]
    if not old_on_new and not new_on_old:
        verdict = "either order survives"
    elif not old_on_new:
        verdict = "run the migration, then deploy the code"
    elif not new_on_old:
        verdict = "deploy the code, then run the migration"
    else:
        verdict = (
            "neither order survives: stop the writers of these tables, run the migration, deploy the code, start them"
        )
    lines = [verdict]
    lines += [f"old code after the migration: {line}" for line in old_on_new]
    lines += [f"new code before the migration: {line}" for line in new_on_old]
    for name, columns in stage.subject.demanded.items():
        lines.append(f"old code cannot read rows of {name.name} that new code writes without {', '.join(columns)}")
    data = {"old_on_new": old_on_new, "new_on_old": new_on_old}
    return Proof("deploy order", "fact", "which order of deploying survives", "\n".join(lines), data=data)


def _failures(stage: Stage, address: str, database: Database, population: Population) -> list[str]:
    """What a version's statements run into; each is rolled back."""
    found: list[str] = []
    with closing(connect(address)) as connection:
        for name in stage.subject.touched:
            if name in database.tables and name not in population.order.empty:
                found += _of_table(connection, database.tables[name], population, name)
    return found


def _of_table(connection: psycopg.Connection, table: Table, population: Population, name: QualifiedName) -> list[str]:
    rows = list(written(table, population.more(name, 2)))
    found = []
    for kind in ("INSERT", "SELECT", "UPDATE"):
        connection.execute("BEGIN")
        try:
            _play(connection, table, rows, kind)
        except psycopg.errors.ForeignKeyViolation:
            pass  # the rules have taken away the row that this one points at; no version of the code is to blame
        except psycopg.Error as error:
            found.append(f"{kind} on {name.name} fails: {message(error)}")
        connection.execute("ROLLBACK")
    return found


def _play(connection: psycopg.Connection, table: Table, rows: list[Row], kind: str) -> None:
    """One statement with the whole list of columns, as Prisma Client writes it."""
    if kind == "SELECT":
        select(connection, table, list(table.columns))
    elif kind == "INSERT":
        for row in rows[:1]:
            insert(connection, table, row)
    else:
        key = select(connection, table, table.primary_key) if table.primary_key else None
        fixed = {each for index in table.indexes.values() if index.kind != "index" for each in index.column_names}
        for row in rows[1:]:
            changes = {each: value for each, value in row.items() if each not in fixed}
            if key is not None and changes:
                update(connection, table, [str(part) for part in key], changes)
