"""Enumerated types: created, dropped, and given other values.

PostgreSQL can add a value, though nothing may use it before the transaction ends, and cannot remove one. Where that is
not enough, the type is replaced: the old one steps aside, and its columns are compared as if they had another type.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.model.database import Expression, ListValue, Value
from prisma_decouple.plan.compare.column_types import retyped
from prisma_decouple.plan.compare.renaming import free_name, with_renamed_type
from prisma_decouple.plan.steps import AddEnumValues, CreateEnum, DropEnum, RenameEnum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from prisma_decouple.model.database import Column, Database, Default, EnumType, QualifiedName, Table
    from prisma_decouple.plan.steps import Step


def compare_enums(
    before: Database, after: Database, written: Collection[tuple[QualifiedName, str]]
) -> tuple[list[Step], Database]:
    """Compare the types themselves.

    Args:
        before: the old database.
        after: the new one.
        written: the values of types that the migration writes into rows.

    Returns:
        The steps, and the old database with the types out of the way that are to be replaced.
    """
    steps: list[Step] = [CreateEnum(enum) for name, enum in after.enums.items() if name not in before.enums]
    for name, old in list(before.enums.items()):
        new = after.enums.get(name)
        if new is None and name not in after.tables:
            steps.append(DropEnum(old))
        elif new is None or _must_be_replaced(before, after, old, new, written):
            aside = free_name(name, before, after)
            steps += [RenameEnum(old, aside), *([CreateEnum(new)] if new else []), DropEnum(replace(old, name=aside))]
            before = with_renamed_type(before, name, aside)
        elif {*new.values} - {*old.values}:
            steps.append(AddEnumValues(old, new, tuple(_replacement(before, after, new, old))))
    return steps, before


def _must_be_replaced(
    before: Database,
    after: Database,
    old: EnumType,
    new: EnumType,
    written: Collection[tuple[QualifiedName, str]],
) -> bool:
    """Whether values go, or come and are used at once, or could not be taken away again one column after the other.

    Values in another order are left as they are, as Prisma leaves them.
    """
    if {*old.values} - {*new.values}:
        return True
    added = {*new.values} - {*old.values}
    used = {value for name, value in written if name == new.name}
    for table, column in _columns_of(after, new.name):
        used |= set(_values_in(column.default, added)) | set(_values_in_predicates(table, added))
    dependent = any(_hinders(table, column) for table, column in _columns_of(before, old.name))
    return bool(added and (added & used or dependent))


def _columns_of(database: Database, enum: QualifiedName) -> Iterator[tuple[Table, Column]]:
    for table in database.tables.values():
        for column in table.columns.values():
            if column.type.enum == enum:
                yield table, column


def _values_in(default: Default | None, values: Collection[str]) -> Iterator[str]:
    """Which of the values a default uses; one of the database's own is searched for their text."""
    if isinstance(default, Value):
        yield default.text
    elif isinstance(default, ListValue):
        yield from (value.text for value in default.values)
    elif isinstance(default, Expression):
        yield from (value for value in values if value in default.text)


def _values_in_predicates(table: Table, values: Collection[str]) -> Iterator[str]:
    for index in table.indexes.values():
        if isinstance(index.where, str):
            yield from (value for value in values if value in index.where)
        elif index.where:
            yield from (condition.value.text for condition in index.where if condition.value)


def _hinders(table: Table, column: Column) -> bool:
    """Whether something hangs on the column's type that has to go before the type can be changed."""
    keys = any(column.name in key.columns for key in table.foreign_keys.values())
    return keys or any(index.where is not None or index.method is not None for index in table.indexes.values())


def _replacement(database: Database, other: Database, old: EnumType, new: EnumType) -> Iterator[Step]:
    """Replace a type in a database that is otherwise as it was before."""
    aside = replace(old, name=free_name(old.name, database, other))
    enums = {aside.name: aside, new.name: new}
    yield RenameEnum(old, aside.name)
    yield CreateEnum(new)
    for table, column in _columns_of(database, old.name):
        yield from retyped(table, replace(column, type=replace(column.type, enum=aside.name)), column, enums)
    yield DropEnum(aside)
