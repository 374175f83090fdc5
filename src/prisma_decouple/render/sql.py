"""A migration as SQL: one template for each kind of step, put together in one transaction."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from prisma_decouple.errors import PlanError
from prisma_decouple.plan import steps
from prisma_decouple.plan.migration import fits_one_transaction, locked_exclusively, locked_for_writing, tables_of
from prisma_decouple.plan.salvage import ReturnRows, SalvageRows
from prisma_decouple.plan.steps import Step, TableStep
from prisma_decouple.render import postgresql
from prisma_decouple.render.environment import environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template

    from prisma_decouple.model.database import QualifiedName
    from prisma_decouple.plan.migration import Migration

# What a person reads above the steps of one kind; the first that fits.
_HEADINGS: tuple[tuple[tuple[type[Step], ...], str], ...] = (
    ((steps.LockTables,), "Tables whose rows may have to leave, or point at rows that do"),
    ((steps.RenameTable, steps.RenameColumn), "New names"),
    ((steps.RequireNoRows, steps.RequireNoValues), "Rows that stand in the way"),
    ((steps.CreateNamespace, steps.CreateExtension, steps.ChangeExtension), "Namespaces and extensions"),
    ((steps.RenameEnum, steps.RenameEnumValue, steps.CreateEnum, steps.AddEnumValues), "New types"),
    (
        (steps.SuspendForeignKey,),
        "Foreign keys without an index, of which each row that leaves would have the whole table read; they come again",
    ),
    (
        (steps.DropForeignKey, steps.DropIndex, steps.DropPrimaryKey, steps.DropJoinKey),
        "Constraints and indexes that are replaced or not needed any more",
    ),
    ((steps.RenameIndex, steps.RenameForeignKey), "Constraints and indexes that get another name"),
    ((steps.CreateTable,), "New tables"),
    ((SalvageRows,), "Rows that the old schema cannot hold"),
    ((ReturnRows,), "Rows that a way back has set aside"),
    ((steps.FillColumns, steps.RequireValues, steps.RemoveRows), "Data"),
    ((steps.SetNotNull,), "Columns that every row has a value in"),
    ((steps.RequireUnique, steps.AddPrimaryKey, steps.CreateIndex), "Indexes"),
    ((steps.RequireReferences, steps.AddForeignKey), "Foreign keys"),
    ((steps.RestoreRows,), "Rows that were moved aside"),
    ((steps.DropTable,), "Tables that are not needed any more"),
    ((steps.DropEnum,), "Types that nothing uses any more"),
    ((steps.DropExtension,), "Extensions that nothing uses any more"),
    ((Step,), "Columns"),
)


# Where the order of the steps is not to be touched: it is that of the rules, or one makes way for the next.
_IN_ORDER = ("Data", "New names", "New types")

# What looks at rows and writes none.
_GUARDS = (
    steps.RequireConvertible,
    steps.RequireNoRows,
    steps.RequireNoValues,
    steps.RequireReferences,
    steps.RequireUnique,
    steps.RequireValues,
)


def render_up(
    migration: Migration, *, name: str, description: str, provider: str, lock_timeout: str | None = None
) -> str:
    """The text of migration.sql.

    Args:
        migration: the steps.
        name: the migration's name.
        description: what it is for.
        provider: of the datasource.
        lock_timeout: how long it waits for a lock before it gives up, `5s`; for ever when None.

    Returns:
        One transaction, with a head that says what it does and what to expect.

    Raises:
        PlanError: there is no way to write it for this database.
        InputError: `lock_timeout` is no duration.
    """
    return _template("up").render(
        name=name,
        description=description,
        questions=migration.questions,
        notes=migration.notes,
        **_contents(migration.up, provider, lock_timeout),
    )


def render_down(
    migration: Migration, *, name: str, description: str, provider: str, lock_timeout: str | None = None
) -> str:
    """The text of down.sql; arguments and errors as for `render_up`."""
    contents = _contents(migration.down, provider, lock_timeout)
    later = _template("later_migrations").render(name=name).strip("\n") + "\n"
    contents["sections"].insert(0, ("Migrations that would have to go back first", [later], False))
    lost = [step.loses for step in migration.up if step.loses]
    filled = any(isinstance(step, steps.FillColumns) for step in migration.up)
    return _template("down").render(name=name, description=description, lost=lost, filled_before=filled, **contents)


def render_difference(
    migration: Migration,
    *,
    source: str,
    target: str,
    provider: str,
    down: bool = False,
    lock_timeout: str | None = None,
) -> str:
    """The SQL between two schemas, for a person to read and to use.

    Args:
        migration: the steps.
        source: what the steps begin with.
        target: what they end with.
        provider: of the datasource.
        down: whether to write the way back, from `target` to `source`.
        lock_timeout: how long it waits for a lock before it gives up, `5s`; for ever when None.

    Returns:
        One transaction with a head; a mere comment when there is nothing to do.

    Raises:
        PlanError: there is no way to write it for this database.
        InputError: `lock_timeout` is no duration.
    """
    way, ends = (migration.down, (target, source)) if down else (migration.up, (source, target))
    return _template("difference").render(
        source=ends[0],
        target=ends[1],
        questions=() if down else migration.questions,
        notes=migration.notes,
        is_atomic=fits_one_transaction(way),
        settings=postgresql.settings_for(step for step in way if isinstance(step, steps.AlterColumnType)),
        **_contents(way, provider, lock_timeout),
    )


def speaks(provider: str) -> bool:
    """Whether there is SQL for the database of a datasource's provider."""
    return provider in {"postgresql", "postgres"}


def render_step(step: Step) -> str:
    """The SQL of one step, without a comment and with a final newline."""
    return _template(_file_name(step)).render(step=step).strip("\n") + "\n"


def _contents(way: Sequence[Step], provider: str, lock_timeout: str | None) -> dict[str, Any]:
    """What every script shows: its statements under headings, and what to expect of them."""
    if not speaks(provider):
        raise PlanError(f"migrations can be written for PostgreSQL only so far, not for {provider}")
    made = {step.table for step in way if isinstance(step, steps.CreateTable)}
    there = [step for step in way if not isinstance(step, TableStep) or step.table not in made]
    groups = [(heading, list(group)) for heading, group in groupby(_readable(way), key=_heading)]
    return {
        "sections": [(heading, [render_step(step) for step in group], _writes(group)) for heading, group in groups],
        "locked": [name for name in locked_exclusively(way) if name not in made],
        "read_only": [name for name in locked_for_writing(way) if name not in made],
        "filled": tables_of([step for step in way if isinstance(step, steps.FillColumns)]),
        "moves_rows": any(isinstance(step, steps.RemoveRows | steps.RestoreRows) for step in way),
        "looks_at_rows": _writes(way) or any(isinstance(step, _GUARDS) for step in way),
        "indexed": tables_of([step for step in there if isinstance(step, steps.CreateIndex | steps.AddPrimaryKey)]),
        "rewritten": tables_of([step for step in way if isinstance(step, steps.AlterColumnType)]),
        "store": _store(way, steps.QuarantineRows, steps.RestoreRows),
        "salvage": _store(way, SalvageRows, ReturnRows),
        "lock_timeout": postgresql.duration(lock_timeout) if lock_timeout is not None else None,
        "loses": [step.loses for step in way if step.loses],
    }


def _writes(group: Sequence[Step]) -> bool:
    """Whether steps write rows."""
    return any(isinstance(step, steps.FillColumns | steps.RemoveRows | steps.RestoreRows) for step in group)


def _store(way: Sequence[Step], *kinds: type[Step]) -> steps.Store | None:
    """Where steps of just these kinds move rows."""
    movers = (step for step in way if isinstance(step, steps.RemoveRows | steps.RestoreRows) and type(step) in kinds)
    return next((step.store for step in movers), None)


def _readable(way: Sequence[Step]) -> list[Step]:
    """The steps with those of one heading together where they follow each other, table by table."""
    result: list[Step] = []
    for heading, group in groupby(way, key=_heading):
        run = list(group)
        if heading not in _IN_ORDER:
            places = {name: place for place, name in enumerate(tables_of(run))}
            run.sort(key=lambda step: (_drops_key(step), _place(step, places)))
        result += run
    return result


def _place(step: Step, places: Mapping[QualifiedName, int]) -> int:
    return places[step.table] if isinstance(step, TableStep) else -1


def _drops_key(step: Step) -> bool:
    """Whether foreign keys of other tables may rest on what it drops; they are dropped under the same heading."""
    if isinstance(step, steps.DropIndex):
        return step.index.kind == "unique"
    return isinstance(step, steps.DropPrimaryKey | steps.DropJoinKey)


def _heading(step: Step) -> str:
    if isinstance(step, steps.RequireValues) and step.undoing:
        return "Rows that the old schema cannot hold"
    return next(heading for kinds, heading in _HEADINGS if isinstance(step, kinds))


def _file_name(step: Step) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(step).__name__).lower()


def _template(name: str) -> Template:
    """A template with the filters that spell PostgreSQL."""
    shared = environment()
    if "identifier" not in shared.filters:
        for function in (
            postgresql.identifier,
            postgresql.table,
            postgresql.literal,
            postgresql.kept_in,
            postgresql.column_type,
            postgresql.native_type,
            postgresql.definition,
            postgresql.typed_literal,
            postgresql.default,
            postgresql.converted,
            postgresql.cast,
            postgresql.sequence_name,
            postgresql.sequence_type,
            postgresql.index_column,
            postgresql.predicate,
            postgresql.in_dollars,
            postgresql.cut,
            postgresql.position,
            postgresql.in_comment,
        ):
            shared.filters[function.__name__] = function
    return shared.get_template(f"sql/postgresql/{name}.sql.jinja")
