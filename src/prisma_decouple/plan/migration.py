"""The whole migration: all steps in the order in which they can run, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.model.database import describe_database
from prisma_decouple.plan.backfill import backfill_steps, shortened
from prisma_decouple.plan.compare import compare
from prisma_decouple.plan.compare.renaming import one_way_of_naming
from prisma_decouple.plan.order import in_order, merged, reversed_in_order
from prisma_decouple.plan.questions import questions
from prisma_decouple.plan.removal import locks_for_removal, slow_removals, suspensions, with_keys_aside
from prisma_decouple.plan.renames import rename
from prisma_decouple.plan.steps import (
    AddColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropForeignKey,
    DropIndex,
    DropNotNull,
    DropTable,
    FillColumns,
    LiteralValue,
    RemoveRows,
    RequireNoRows,
    RequireNoValues,
    RequireReferences,
    RequireUnique,
    RequireValues,
    RestoreRows,
    SetNotNull,
    Step,
    TableStep,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.model.database import Database, QualifiedName, Table
    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.rules.intents import Backfill


_ROOM_FOR_LOCKS = 5000
# Itself, its primary key and its sequence, and the table for its long values with an index.
_LOCKS_OF_TABLE = 5


@dataclass(frozen=True)
class Migration:
    """Steps forward and back.

    Attributes:
        questions: what only a person can answer.
        notes: what is left to a person to do.
    """

    up: tuple[Step, ...]
    down: tuple[Step, ...]
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def plan_migration(
    before: DataModel,
    after: DataModel,
    intents: Sequence[Backfill] = (),
    *,
    name: str,
    owner: str | None = None,
) -> Migration:
    """Plan the way from one schema to the other, as rules ask for it.

    Args:
        before: what the database looks like now.
        after: what it shall look like.
        intents: where the values of new columns come from.
        name: the migration's name; rows that are moved aside go to a namespace of that name.
        owner: what tells it from another migration of the same name: the name of its folder. `name` when None.

    Returns:
        The steps there and the steps back.

    Raises:
        PlanError: a new required column has no source of values.
    """
    databases = describe_database(before), describe_database(after)
    data = list(with_keys_aside(databases[0], backfill_steps(before, after, intents, name, owner or name)))
    changes = compare(*databases, _written(data))
    _refuse_columns_without_values(changes, data)
    every = [*_guards_of_unique(changes, data), *changes, *data]
    every += suspensions(*databases, every)
    planned = _planned(databases, [*locks_for_removal(every), *every], allow_loss=False)
    notes = (*planned.notes, *shortened(after, intents), *slow_removals(databases[0], every))
    return replace(planned, notes=notes)


def plan_difference(
    before: DataModel, after: DataModel, *, allow_loss: bool = False, renames: Sequence[str] = ()
) -> Migration:
    """Plan the way from one schema to the other when nothing says where values come from.

    What rows would not allow is preceded by a guard that counts them.

    Args:
        before: what the database looks like now.
        after: what it shall look like.
        allow_loss: drop also what may have been renamed, and values that their column's new type cannot take on.
        renames: what was renamed, in the words of the database, such as `User.bio=about`.

    Returns:
        The steps there and the steps back.

    Raises:
        PlanError: something cannot be renamed so.
    """
    old, new = one_way_of_naming(describe_database(before), describe_database(after))
    renaming, old = rename(old, new, renames)
    return _planned((old, new), [*renaming, *_guarded(compare(old, new), old)], allow_loss=allow_loss)


def _planned(databases: tuple[Database, Database], steps: Sequence[Step], *, allow_loss: bool) -> Migration:
    asked = tuple(questions(steps))
    if allow_loss:
        steps = [step for step in steps if not isinstance(step, RequireNoValues)]
    else:
        steps = [*steps, *(question.guard for question in asked if question.guard is not None)]
    up = in_order(merged(steps))
    texts = () if allow_loss else tuple(question.text for question in asked)
    return Migration(up, way_back(up), texts, tuple(_notes(*databases)))


def way_back(up: Sequence[Step]) -> tuple[Step, ...]:
    """The reverse of all steps, last first.

    Looks for rows in the way come before everything, and nothing is done to what is about to be dropped. Only keys that
    were emptied when rows were moved aside are looked at, and required again, when those rows are back.
    """
    back = list(reversed_in_order(up))
    columns = {(step.table, step.column.name) for step in back if isinstance(step, DropColumn)}
    tables = {step.table for step in back if isinstance(step, DropTable)}
    back = [step for step in back if not _is_moot(step, columns, tables) and not _is_fulfilled(step, back)]
    # Steps that moved rows share one store, which is emptied once.
    restored = dict.fromkeys(_without(columns, step) for step in back if isinstance(step, RestoreRows))
    emptied = {(link.table, column) for step in restored for link in step.store.links for column in link.emptied}
    last = [step for step in back if _demands(step, emptied)]
    guards = [step for step in back if isinstance(step, RequireValues | RequireNoRows) and step not in last]
    others = [step for step in back if not isinstance(step, RequireValues | RequireNoRows | RestoreRows)]
    return (*merged(guards), *(step for step in others if step not in last), *restored, *in_order(last))


def _without(columns: set[tuple[QualifiedName, str]], step: RestoreRows) -> RestoreRows:
    """The same for a database in which columns are dropped before."""
    keys = ((link.table, column) for link in step.store.links for column in link.columns)
    return replace(step, dropped=tuple(key for key in dict.fromkeys(keys) if key in columns))


def _demands(step: Step, emptied: set[tuple[QualifiedName, str]]) -> bool:
    """Whether a step demands values in columns that were emptied."""
    if isinstance(step, RequireValues):
        return any((step.table, column) in emptied for column in step.columns)
    return isinstance(step, SetNotNull) and (step.table, step.column) in emptied


def _is_moot(step: Step, columns: set[tuple[QualifiedName, str]], tables: set[QualifiedName]) -> bool:
    """Whether a step of the way back prepares something that is about to be dropped anyway."""
    if isinstance(step, DropNotNull):
        return (step.table, step.column) in columns
    return isinstance(step, DropIndex) and step.table in tables


def _is_fulfilled(step: Step, back: Sequence[Step]) -> bool:
    """Whether rows point where they should because they are new, or because a foreign key has seen to it so far."""
    if not isinstance(step, RequireReferences):
        return False
    others = [each for each in back if isinstance(each, TableStep) and each.table == step.table]
    return any(
        isinstance(each, CreateTable)
        or (isinstance(each, AddColumn) and each.column.name in step.foreign_key.columns)
        or (isinstance(each, DropForeignKey) and each.foreign_key.demands_as(step.foreign_key))
        for each in others
    )


def _guarded(changes: Sequence[Step], before: Database) -> Iterator[Step]:
    """Nothing fills new required columns, so they can come to empty tables only."""
    added = {(step.table, step.column.name) for step in changes if isinstance(step, AddColumn)}
    for step in changes:
        if isinstance(step, AddColumn) and step.later_required:
            yield RequireNoRows(step.table, (step.column.name,))
            yield AddColumn(step.table, step.column)
        elif not isinstance(step, SetNotNull):
            yield step
        elif (step.table, step.column) not in added:
            key = before.tables[step.table].primary_key if step.table in before.tables else ()
            yield RequireValues(step.table, (step.column,), key or ("ctid",), by_rule=False)
            yield step


def _notes(before: Database, after: Database) -> Iterator[str]:
    """What the database does not do by itself any more, or never did."""
    yield from _views(before, after)
    for name, table in after.tables.items():
        if name in before.tables:
            yield from _repeatable(before.tables[name], table)


def _repeatable(before: Table, after: Table) -> Iterator[str]:
    """Unique indexes of several columns that keep fewer rows apart than before: to PostgreSQL no null equals another.

    One column alone that has no value is not there to be kept apart.
    """
    for index in after.secondary_indexes:
        columns = index.column_names
        same = next((each for each in before.indexes.values() if each.column_names == columns), None)
        is_kept = same is not None and {index.kind, same.kind} <= {"id", "unique"} and index.where is None
        empty = [each for each in columns if each in before.columns and _became_nullable(before, after, each)]
        others = [each for each in columns if each not in empty]
        if is_kept and empty and others:
            yield (
                f"{index.name} keeps rows of {after.name} without {' or '.join(empty)} apart no more, as to PostgreSQL"
                f" no null is like another; where their {', '.join(others)} must not repeat, a unique index on it"
                f" helps that is partial: WHERE {' OR '.join(f'{each} IS NULL' for each in empty)}"
            )


def _became_nullable(before: Table, after: Table, column: str) -> bool:
    return not before.columns[column].nullable and after.columns[column].nullable


def _views(before: Database, after: Database) -> Iterator[str]:
    """Views, which Prisma leaves to the user; so do we."""
    for name, text in after.views.items():
        if name not in before.views:
            yield f"the view {name.name} is new in the schema; create it yourself"
        elif before.views[name] != text:
            yield f"the view {name.name} differs in the schema; replace it yourself"
    for name in before.views:
        if name not in after.views:
            yield f"the view {name.name} is gone from the schema; drop it yourself"


def _written(data: Sequence[Step]) -> set[tuple[QualifiedName, str]]:
    """The values of enumerated types that steps write."""
    fills = [fill for step in data if isinstance(step, FillColumns) for fill in step.fills]
    literals = [choice for fill in fills for choice in fill.choices if isinstance(choice, LiteralValue)]
    return {(literal.type.enum, str(literal.value)) for literal in literals if literal.type.enum is not None}


def _guards_of_unique(changes: Sequence[Step], data: Sequence[Step]) -> Iterator[Step]:
    """What rules fill may repeat itself: a constant, or what many rows take from one."""
    filled = {
        (step.table, column)
        for step in data
        if isinstance(step, FillColumns)
        for fill in step.fills
        for column in fill.filled
    }
    guarded = [(step.table, step.index) for step in changes if isinstance(step, RequireUnique)]
    unique = (step for step in changes if isinstance(step, CreateIndex) and step.index.kind == "unique")
    for step in unique:
        is_filled = any((step.table, column) in filled for column in step.index.column_names)
        if is_filled and (step.table, step.index) not in guarded:
            yield RequireUnique(step.table, step.index, by_rule=True)


def _refuse_columns_without_values(changes: Sequence[Step], data: Sequence[Step]) -> None:
    """A column must not become required on a table with rows unless somebody has said what to do about the rows."""
    seen_to = {
        (step.table, column) for step in data if isinstance(step, RequireValues | RemoveRows) for column in step.columns
    }
    for step in changes:
        if isinstance(step, SetNotNull) and (step.table, step.column) not in seen_to:
            raise PlanError(
                f"the column {step.table}.{step.column} becomes required; nothing says where its values come from",
                hint="give the rule a `backfill`",
            )


def fits_one_transaction(steps: Sequence[Step]) -> bool:
    """Whether a server as it comes has room for the locks of all tables and indexes that come and go.

    By default it has 64 for each of 100 connections (PostgreSQL's manual, "max_locks_per_transaction"). Hundreds of
    tables at once are those of a whole schema, from empty or to empty.
    """
    tables = sum(isinstance(step, CreateTable | DropTable) for step in steps)
    indexes = sum(isinstance(step, CreateIndex | DropIndex) for step in steps)
    return tables * _LOCKS_OF_TABLE + indexes < _ROOM_FOR_LOCKS


def tables_of(steps: Sequence[Step]) -> list[QualifiedName]:
    """The tables that steps touch, each once, in order."""
    return list(dict.fromkeys(step.table for step in steps if isinstance(step, TableStep)))


def locked_exclusively(steps: Sequence[Step]) -> list[QualifiedName]:
    """The tables that nobody else can even read until the end, each once, in order."""
    return _locked(steps, {"ACCESS EXCLUSIVE"})


def locked_for_writing(steps: Sequence[Step]) -> list[QualifiedName]:
    """The tables that others can read until the end, but not write."""
    closed = locked_exclusively(steps)
    return [name for name in _locked(steps, {"SHARE", "SHARE ROW EXCLUSIVE"}) if name not in closed]


def _locked(steps: Sequence[Step], modes: set[str]) -> list[QualifiedName]:
    locks = [lock for step in steps for lock in step.locks]
    return list(dict.fromkeys(table for table, mode in locks if mode in modes))
