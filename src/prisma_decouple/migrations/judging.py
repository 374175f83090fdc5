"""Judging the migrations of a folder, each with the history before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.migrations.dates import in_the_future
from prisma_decouple.migrations.enums import new_values_used
from prisma_decouple.migrations.findings import NOT_IN_TRANSACTION, REQUIRED_COLUMN, UNUSED
from prisma_decouple.migrations.history import History
from prisma_decouple.migrations.ignores import ignores_in
from prisma_decouple.migrations.rows import refused_for_rows
from prisma_decouple.migrations.transactions import out_of_place, torn_transactions
from prisma_decouple.migrations.verdict import Verdict
from prisma_decouple.sql.script import statements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from prisma_decouple.migrations.findings import Deployment, Finding
    from prisma_decouple.migrations.folder import Migration
    from prisma_decouple.migrations.squawk import Remark
    from prisma_decouple.sql.script import Statement

# What squawk says too.
_SAME = {
    "adding-required-field": REQUIRED_COLUMN,
    "ban-concurrent-index-creation-in-transaction": NOT_IN_TRANSACTION,
}


def judge(
    migrations: Sequence[Migration],
    *,
    wanted: Collection[str],
    disabled: Collection[str] = (),
    deployment: Deployment | None = None,
    remarks: Mapping[str, Sequence[Remark]] | None = None,
) -> Iterator[Verdict]:
    """Judge migrations.

    Args:
        migrations: all of them, in order.
        wanted: the names of those to judge; the others only tell what was there before.
        disabled: codes that are off.
        deployment: how Prisma sends a script; None when that is not known, so that neither may go wrong.
        remarks: what squawk says, by the path of the script; left out where one of ours says the same.

    Yields:
        What was found and is not ignored, and the ignore comments that are not needed, in the order of the scripts.
    """
    history = History()
    left = set(wanted)
    for migration in migrations:
        if not left:
            return
        script = statements(migration.text)
        found = list(refused_for_rows(script, history))
        if migration.name in left:
            left.remove(migration.name)
            found += [*torn_transactions(script, deployment), *out_of_place(script, deployment)]
            found += [*new_values_used(script, deployment, history), *in_the_future(migration, script)]
            said = (remarks or {}).get(migration.path, ())
            verdicts = [*_verdicts(migration, script, found, disabled), *_merged(migration, found, said)]
            yield from sorted(verdicts, key=lambda each: (each.place.line, each.place.column, each.code))


def _verdicts(
    migration: Migration, script: Sequence[Statement], found: Sequence[Finding], disabled: Collection[str]
) -> Iterator[Verdict]:
    ignores = list(ignores_in(migration.text, script))
    silenced = {(each.code, id(each.statement)) for each in ignores}
    on = [each for each in found if each.code not in disabled]
    for each in on:
        if (each.code, id(each.statement)) not in silenced:
            place = migration.place(each.token.start, len(each.token.text))
            yield Verdict.of(each.code, each.message, place)
    needed = {(each.code, id(each.statement)) for each in on}
    for ignore in ignores:
        if (ignore.code, id(ignore.statement)) not in needed:
            place = migration.place(ignore.start, len(ignore.code))
            yield Verdict(UNUSED, f"nothing here is to be ignored by `{ignore.code}`", place)


def _merged(migration: Migration, found: Sequence[Finding], remarks: Sequence[Remark]) -> Iterator[Verdict]:
    for remark in remarks:
        ours = (each.statement for each in found if each.code == _SAME.get(remark.rule))
        if not any(statement.start <= remark.start <= statement.end for statement in ours):
            place = migration.place(remark.start, remark.length)
            yield Verdict(f"squawk:{remark.rule}", remark.message, place, remark.hint)
