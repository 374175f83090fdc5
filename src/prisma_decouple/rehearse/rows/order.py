"""In which order tables can be filled, and which of them have to stay empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from prisma_decouple.model.database import Database, ForeignKey, QualifiedName, Table


@dataclass(frozen=True)
class Order:
    """The order in which tables are filled.

    Attributes:
        tables: those at which others point come first.
        levels: how long the chain of tables is that a table hangs on.
        late: foreign keys that are in the way of an order; they stay null.
        empty: tables that no row can ever be in first, each with the reason.
    """

    tables: tuple[QualifiedName, ...]
    levels: dict[QualifiedName, int]
    late: frozenset[tuple[QualifiedName, str]]
    empty: dict[QualifiedName, str]


def in_order_of_keys(database: Database, unfillable: Iterable[QualifiedName]) -> Order:
    """Order the tables.

    Args:
        database: the tables and what they point at.
        unfillable: tables for which no row can be made.
    """
    empty = dict.fromkeys(unfillable, "a column that needs a value has a type that only the database knows")
    waiting = {name: table for name, table in database.tables.items() if name not in empty}
    levels: dict[QualifiedName, int] = {}
    late: set[tuple[QualifiedName, str]] = set()
    while waiting:
        done = levels.keys() | empty.keys()
        ready = _ready(waiting.values(), done, required_only=False) or _ready(
            waiting.values(), done, required_only=True
        )
        if not ready:
            empty |= dict.fromkeys(waiting, "its rows need rows of a table whose rows need its own")
            break
        for table in ready:
            del waiting[table.name]
            targets = [key.target for key in table.foreign_keys.values() if is_required(table, key)]
            if any(target in empty for target in targets if target != table.name):
                empty[table.name] = "it needs rows of a table that has to stay empty"
                continue
            here = {key.target for key in table.foreign_keys.values()} - {table.name}
            late |= {
                (table.name, key.name) for key in table.foreign_keys.values() if key.target in waiting.keys() - done
            }
            levels[table.name] = 1 + max((levels[target] for target in here if target in levels), default=-1)
    late = {
        (table, key) for table, key in late if _comes_after(levels, database.tables[table].foreign_keys[key], table)
    }
    return Order(tuple(levels), levels, frozenset(late), empty)


def is_required(table: Table, key: ForeignKey) -> bool:
    """Whether every row has to point at something."""
    return not any(table.columns[name].nullable for name in key.columns)


def _ready(waiting: Iterable[Table], done: Collection[QualifiedName], *, required_only: bool) -> list[Table]:
    """The tables whose targets are seen to; a table may always point at itself."""
    return [
        table
        for table in waiting
        if all(
            key.target in done or key.target == table.name or (required_only and not is_required(table, key))
            for key in table.foreign_keys.values()
        )
    ][: 1 if required_only else None]


def _comes_after(levels: dict[QualifiedName, int], key: ForeignKey, table: QualifiedName) -> bool:
    names = list(levels)
    return key.target != table and key.target in levels and names.index(key.target) > names.index(table)
