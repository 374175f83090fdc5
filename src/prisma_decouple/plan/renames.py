"""What somebody says was renamed: no comparison can know it, so it is done before anything is compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from prisma_decouple.errors import PlanError, did_you_mean
from prisma_decouple.plan.compare.renaming import (
    with_renamed_column,
    with_renamed_table,
    with_renamed_type,
    with_renamed_value,
)
from prisma_decouple.plan.steps import RenameColumn, RenameEnum, RenameEnumValue, RenameTable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from prisma_decouple.model.database import Database, EnumType, QualifiedName, Table
    from prisma_decouple.plan.steps import Step

    Named = TypeVar("Named", Table, EnumType)


def rename(before: Database, after: Database, wishes: Sequence[str]) -> tuple[list[Step], Database]:
    """Rename tables, columns, enumerated types and their values.

    Args:
        before: the old database.
        after: the new one, which has the new names.
        wishes: each `old=new`, in the words of the database: `User=Account`, `User.bio=about`, `Role=Kind`,
            `Role.ROOT=ADMIN`. What is inside of something that was renamed goes by the old name and by the new one.

    Returns:
        The steps, and the old database as it is after them.

    Raises:
        PlanError: there is no such name, the new one is taken, or the new schema does not have it.
    """
    steps: list[Step] = []
    called: dict[str, str] = {}
    for wish in wishes:
        made, before = _renamed(before, after, wish, called)
        steps += made
        if isinstance(made[0], RenameTable | RenameEnum):
            old, _, new = wish.partition("=")
            called[old] = new
    return steps, before


def _renamed(before: Database, after: Database, wish: str, called: Mapping[str, str]) -> tuple[list[Step], Database]:
    old, separator, new = wish.partition("=")
    if not (old and separator and new):
        raise PlanError(f"`{wish}` is no renaming", hint="write the old name, `=` and the new one: User.bio=about")
    if (table := _find(before.tables, old)) is not None:
        return _renamed_table(before, after, table, new)
    if (enum := _find(before.enums, old)) is not None:
        name = replace(enum.name, name=new)
        _require_new(name.name, _names(before.enums), _names(after.enums))
        return [RenameEnum(enum, name)], with_renamed_type(before, enum.name, name)
    container, _, member = old.rpartition(".")
    container = called.get(container, container)
    if (table := _find(before.tables, container)) is not None and member in table.columns:
        there = after.tables.get(table.name)
        _require_new(new, table.columns, there.columns if there else ())
        return [RenameColumn(table.name, member, new)], with_renamed_column(before, table.name, member, new)
    if (enum := _find(before.enums, container)) is not None and member in enum.values:
        kind = after.enums.get(enum.name)
        _require_new(new, enum.values, kind.values if kind else ())
        return [RenameEnumValue(enum, member, new)], with_renamed_value(before, enum.name, member, new)
    raise PlanError(f"nothing in the old database is called `{old}`", hint=did_you_mean(old, _all_names(before)))


def _renamed_table(before: Database, after: Database, table: Table, new: str) -> tuple[list[Step], Database]:
    name = replace(table.name, name=new)
    _require_new(name.name, _names(before.tables), _names(after.tables))
    steps: list[Step] = [RenameTable(table.name, name)]
    result = with_renamed_table(before, table.name, name)
    there = after.tables.get(name)
    if there is not None and _changes_sides(before, table, there):
        for old, other in (("A", "A_old"), ("B", "A"), ("A_old", "B")):
            steps.append(RenameColumn(name, old, other))
            result = with_renamed_column(result, name, old, other)
    return steps, result


def _changes_sides(before: Database, table: Table, there: Table) -> bool:
    """Whether the column A of an implicit relation's table becomes B: Prisma orders them by the models' names."""
    if not (table.is_join and there.is_join):
        return False
    was, will_be = ({key.columns: key.target for key in each.foreign_keys.values()} for each in (table, there))
    return any(target in before.tables and was.get(key) != target for key, target in will_be.items())


def _find(named: Mapping[QualifiedName, Named], text: str) -> Named | None:
    """By its whole name, or by its bare one where only one has that."""
    whole = [value for name, value in named.items() if str(name) == text]
    bare = [value for name, value in named.items() if name.name == text]
    return whole[0] if whole else bare[0] if len(bare) == 1 else None


def _require_new(name: str, taken: Collection[str], wanted: Collection[str]) -> None:
    if name in taken:
        raise PlanError(f"`{name}` is there already in the old database")
    if name not in wanted:
        raise PlanError(f"nothing in the new schema is called `{name}`", hint=did_you_mean(name, wanted))


def _names(named: Mapping[QualifiedName, object]) -> list[str]:
    return [name.name for name in named]


def _all_names(database: Database) -> list[str]:
    return [
        *map(str, (*database.tables, *database.enums)),
        *(f"{table.name}.{column}" for table in database.tables.values() for column in table.columns),
        *(f"{enum.name}.{value}" for enum in database.enums.values() for value in enum.values),
    ]
