"""What hangs on rows that have to leave their table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.model.database import column_type, foreign_key_of, is_implicit, join_table_name, table_name
from prisma_decouple.plan.steps import (
    DeleteRows,
    Dependent,
    DropForeignKey,
    LockTables,
    QuarantineRows,
    RemoveRows,
    ResumeForeignKey,
    Store,
    StoredTable,
    SuspendForeignKey,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from prisma_decouple.model.database import Database, ForeignKey, IndexKey, QualifiedName, Table
    from prisma_decouple.model.datamodel import DataModel, Model
    from prisma_decouple.plan.steps import Step


def removals(
    after: DataModel,
    roots: Sequence[Model],
    *,
    namespace: str,
    owner: str,
    passing: Collection[QualifiedName],
) -> dict[str, tuple[tuple[Dependent, ...], Store]]:
    """What leaves with the rows of each of these models.

    Args:
        after: the new schema, for what points at what.
        roots: the models whose rows may have to leave.
        namespace: where they go.
        owner: the migration that moves them.
        passing: the enumerated types that the way back drops.

    Returns:
        By model name what hangs on its rows, and the store, which is the same for all.
    """
    dependents = {model.name: tuple(_dependents(after, model)) for model in roots}
    every = list(dict.fromkeys(each for group in dependents.values() for each in group))
    leaving = dict.fromkeys([*map(table_name, roots), *(each.table for each in every if each.follows)])
    links = tuple(each for each in every if not each.follows)
    store = Store(namespace, owner, tuple(_stored(after, table, passing) for table in leaving), links)
    return {name: (group, store) for name, group in dependents.items()}


def key_columns(model: Model) -> tuple[str, ...]:
    """The columns that identify a row; a model that Prisma is told to ignore may have none but PostgreSQL's own."""
    return tuple(model.scalars[name].column for name in model.key) or ("ctid",)


def locks_for_removal(steps: Sequence[Step]) -> Iterator[LockTables]:
    """The locks with which nobody can write what hangs on leaving rows between the look at them and their removal.

    They come first, each in the strongest mode that any step needs: a lock that grows later can end in a deadlock.
    SHARE ROW EXCLUSIVE is the weakest one that keeps writers out and that only one transaction can have
    (https://www.postgresql.org/docs/current/explicit-locking.html).

    Args:
        steps: all of a way.
    """
    stores = [step.store for step in steps if isinstance(step, RemoveRows)]
    every = [each.table for store in stores for each in store.tables]
    every += [link.table for store in stores for link in store.links]
    exclusive = {table for step in steps for table, mode in step.locks if mode == "ACCESS EXCLUSIVE"}
    for mode, closed in (("ACCESS EXCLUSIVE", True), ("SHARE ROW EXCLUSIVE", False)):
        tables = tuple(table for table in dict.fromkeys(every) if (table in exclusive) is closed)
        if tables:
            yield LockTables(tables, mode)


def suspensions(before: Database, after: Database, steps: Sequence[Step]) -> Iterator[Step]:
    """The foreign keys that are dropped while rows leave, and added again.

    PostgreSQL looks for rows that point at one that leaves, each time in the whole table when the key has no index.
    To check all rows once is faster by far. It takes the strongest lock on both tables, so it is done only where that
    is taken anyway. A new index would not do: the transaction that makes it may not be able to use it (PostgreSQL's
    src/backend/access/heap/README.HOT), and has to keep readers out to drop it.

    Args:
        before: the database in which the rows leave.
        after: what it becomes.
        steps: all of the way.
    """
    exclusive = {table for step in steps for table, mode in step.locks if mode == "ACCESS EXCLUSIVE"}
    for table, key in _slow_keys(before, steps):
        stays = table.name in after.tables and after.tables[table.name].foreign_keys.get(key.name) == key
        if stays and {table.name, key.target} <= exclusive and not _drops(steps, table, key):
            yield SuspendForeignKey(table.name, key)
            yield ResumeForeignKey(table.name, key)


def slow_removals(before: Database, steps: Sequence[Step]) -> Iterator[str]:
    """One sentence for each foreign key whose table is read once for every row that leaves: Prisma makes it no index.

    Args:
        before: the database in which the rows leave.
        steps: all of the way.
    """
    for table, key in _slow_keys(before, steps):
        if not _drops(steps, table, key):
            columns = ", ".join(key.columns)
            yield (
                f"no index begins with {columns} of {table.name}, so that table is read as a whole for each"
                f" row of {key.target} that leaves; when there are many, make the index before, with CREATE INDEX"
                " CONCURRENTLY, for which nobody has to wait, and drop it afterwards"
            )


def _slow_keys(before: Database, steps: Sequence[Step]) -> Iterator[tuple[Table, ForeignKey]]:
    """The foreign keys without an index that point at rows which may leave."""
    stores = [step.store for step in steps if isinstance(step, RemoveRows)]
    leaving = {each.table for store in stores for each in store.tables}
    for table in before.tables.values():
        for key in table.foreign_keys.values():
            if key.target in leaving and not any(_leads(index, key) for index in table.indexes.values()):
                yield table, key


def _drops(steps: Sequence[Step], table: Table, key: ForeignKey) -> bool:
    """Whether a foreign key is not there while rows leave."""
    return any(
        isinstance(step, DropForeignKey) and step.table == table.name and step.foreign_key == key for step in steps
    )


def _leads(index: IndexKey, key: ForeignKey) -> bool:
    """Whether an index finds the rows of a foreign key."""
    first = set(index.column_names[: len(key.columns)])
    return index.method is None and index.where is None and first == set(key.columns)


def with_keys_aside(before: Database, steps: Sequence[Step]) -> Iterator[Step]:
    """The same steps; a deletion knows what may point at its rows from among those that were moved aside before.

    Args:
        before: the database to which moved rows come back.
        steps: in their order.
    """
    aside: dict[QualifiedName, None] = {}
    for step in steps:
        if isinstance(step, QuarantineRows):
            aside |= dict.fromkeys(step.reached)
        if isinstance(step, DeleteRows):
            keys = ((table, key) for table in aside for key in before.tables[table].foreign_keys.values())
            pointing = tuple(
                Dependent(table, key.columns, key.target, key.references, follows=True, key=())
                for table, key in keys
                if key.target in step.reached
            )
            yield replace(step, aside=pointing)
        else:
            yield step


def refuse_nameless_links(dependents: Sequence[Dependent]) -> None:
    """Rows that stay and lose their key have to be found again when it comes back.

    Raises:
        PlanError: their table has nothing that identifies a row.
    """
    for each in dependents:
        if not each.follows and not each.key:
            name, columns = each.table, ", ".join(each.emptied)
            raise PlanError(
                f"rows of {name} may lose their {columns} for a time, and nothing identifies a row of {name}",
                hint="give it an id or a unique field, or choose `unresolved: fail`",
            )


def _row_key(model: Model) -> tuple[str, ...]:
    """The columns that identify a row wherever it is, which PostgreSQL's own `ctid` does not; empty when none do."""
    return tuple(model.scalars[name].column for name in model.key)


def _stored(after: DataModel, table: QualifiedName, passing: Collection[QualifiedName]) -> StoredTable:
    model = next((model for model in after.models.values() if table_name(model) == table), None)
    if model is None:
        return StoredTable(table, ("A", "B"))  # the table of an implicit many-to-many relation
    types = [(field.column, column_type(after, field)) for field in model.scalars.values()]
    return StoredTable(table, _row_key(model), tuple((column, kind) for column, kind in types if kind.enum in passing))


def _dependents(data: DataModel, root: Model) -> Iterator[Dependent]:
    """Every foreign key over which the removal spreads, and those where it ends.

    Rows that cannot be without the row at which they point leave with it: their whole key is required, or the schema
    deletes them with it anyway. Other rows stay, and their key is set to null, or what may be null of it.
    """
    reached, waiting = {root.name}, [root]
    while waiting:
        model = waiting.pop(0)
        yield from _join_tables(data, model)
        for other in data.models.values():
            for relation in other.relations.values():
                if relation.target != model.name or not relation.fields or other.is_view:
                    continue
                key = foreign_key_of(data, other, relation)
                optional = [name for name in relation.fields if other.scalars[name].is_optional]
                follows = key.on_delete == "CASCADE" or not optional
                yield Dependent(
                    table_name(other),
                    key.columns,
                    key.target,
                    key.references,
                    follows,
                    _row_key(other),
                    () if follows else _emptied(other, optional),
                )
                if follows and other.name not in reached:
                    reached.add(other.name)
                    waiting.append(other)


def _emptied(model: Model, optional: Sequence[str]) -> tuple[str, ...]:
    """The columns that cut a relation: what it shares with another one stays where others are enough."""
    own = [name for name in optional if len(model.relations_on(name)) == 1]
    return tuple(model.scalars[name].column for name in own or optional)


def _join_tables(data: DataModel, model: Model) -> Iterator[Dependent]:
    """The tables of the model's implicit many-to-many relations; column A is for the first model in the alphabet."""
    for relation in model.relations.values():
        if not is_implicit(data, model, relation):
            continue
        table = join_table_name(model, data.models[relation.target], relation)
        is_self = model.name == relation.target
        columns = ("A", "B") if is_self else ("A" if model.name < relation.target else "B",)
        for column in columns:
            yield Dependent(table, (column,), table_name(model), key_columns(model), follows=True, key=("A", "B"))
