"""The rows of one table, column by column: that is what makes them fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prisma_decouple.model.database import Autoincrement
from prisma_decouple.rehearse.rows.order import is_required
from prisma_decouple.rehearse.rows.text import NULL, cell
from prisma_decouple.rehearse.rows.values import domain_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from prisma_decouple.model.database import Column, Database, ForeignKey, IndexKey, QualifiedName, Table
    from prisma_decouple.rehearse.rows.values import Domain

Cells = dict[str, list[str]]
Keys = dict["QualifiedName", Cells]

# Of five rows one has no value where it need not have one.
_NULLS = 0.2
# Of a thousand rows that point somewhere, half point at the first eighth: what is popular is very popular.
_SKEW = 3


@dataclass(frozen=True)
class Wishes:
    """What the rows should have in them beside what the schema demands.

    Attributes:
        present: values that a unique column must have among its values.
        likely: values that a column should often have.
    """

    present: Mapping[tuple[QualifiedName, str], Sequence[str]] = field(default_factory=dict)
    likely: Mapping[tuple[QualifiedName, str], Sequence[str]] = field(default_factory=dict)


class RowMaker:
    """Makes the rows of one table."""

    def __init__(self, database: Database, table: Table, keys: Keys, wishes: Wishes, rng: Random) -> None:
        self._table = table
        self._keys = keys
        self._wishes = wishes
        self._rng = rng
        self._domains = {name: domain_of(column.type, database, rng) for name, column in table.columns.items()}
        self._seen: dict[str, set[tuple[str, ...]]] = {index.name: set() for index in self._uniques()}
        self._taken: dict[str, set[int]] = {}
        self._made = 0

    @property
    def columns(self) -> list[str]:
        """The columns that are written; the database fills in what only it knows."""
        return [name for name in self._table.columns if self._domains[name] is not None]

    def go_on_from(self, other: RowMaker) -> None:
        """Make no row that another one has made; it may be for another version of the table."""
        self._made = other._made
        self._seen |= {name: set(seen) for name, seen in other._seen.items() if name in self._seen}
        self._taken = {name: set(taken) for name, taken in other._taken.items()}

    def make(self, count: int, *, late: Sequence[str] = (), null: Sequence[str] = ()) -> Cells:
        """Make rows.

        Args:
            count: how many; there may be fewer when the schema does not allow more.
            late: foreign keys that stay null.
            null: columns that stay null.

        Returns:
            The cells of each column, all of one length.
        """
        keys = sorted(self._table.foreign_keys.values(), key=lambda key: key.target == self._table.name)
        pointing = {name for key in keys for name in key.columns}
        count = self._possible(count, keys)
        cells: Cells = {name: self._plain(name, count) for name in self.columns if name not in pointing}
        for key in keys:
            if key.target == self._table.name and not self._made:
                self._keys[self._table.name] = cells  # it may point at any row of its own, also at itself
            if key.name in late or set(key.columns) & set(null):
                cells |= {name: [NULL] * count for name in key.columns if name not in cells}
            else:
                self._point(key, cells, count)
        cells |= {name: [NULL] * count for name in null}
        self._made += count
        return self._distinct({name: cells[name] for name in self.columns}, count, keys)

    def _possible(self, count: int, keys: Sequence[ForeignKey]) -> int:
        """How many rows there can be, with a few to spare for later."""
        for (name,) in (index.column_names for index in self._uniques() if len(index.columns) == 1):
            domain = self._domains[name]
            column = self._table.columns[name]
            if domain is not None and domain.limit is not None and not column.nullable:
                count = min(count, domain.limit - self._made)
        for key in keys:
            if is_required(self._table, key) and key.target != self._table.name:
                targets = self._length(key)
                count = min(count, self._room(key)) if self._is_alone(key) else (count if targets else 0)
        return max(count, 0)

    def _plain(self, name: str, count: int) -> list[str]:
        """The cells of a column that points nowhere."""
        column, domain = self._table.columns[name], self._domains[name]
        assert domain is not None, "only columns of a known type are written"  # noqa: S101
        start, rng = self._made, self._rng
        place = (self._table.name, name)
        if isinstance(column.default, Autoincrement):
            return [str(number + number // 7) for number in range(start + 1, start + count + 1)]
        alone, shared = self._uniqueness(name)
        if alone:
            cells = self._unique(column, domain, start, count)
            wanted = [] if start else [cell(value) for value in self._wishes.present.get(place, ())]
            return (wanted + cells)[:count]
        pool = [cell(value) for value in self._pool(place, domain)]
        if shared and domain.limit is None:
            # In a compound key a value comes several times, but not so often that few rows are left.
            pool = [cell(domain.unique(number)) for number in range(start, start + max(count // 3, 10))]
        if column.nullable and not column.type.is_list:
            pool += [NULL] * max(int(len(pool) * _NULLS / (1 - _NULLS)), 1)
        return rng.choices(pool, k=count)

    def _pool(self, place: tuple[QualifiedName, str], domain: Domain) -> Sequence[str]:
        likely = self._wishes.likely.get(place)
        return (*domain.pool, *(value for value in likely for _ in range(20))) if likely else domain.pool

    def _unique(self, column: Column, domain: Domain, start: int, count: int) -> list[str]:
        last = start + count if domain.limit is None else min(start + count, domain.limit)
        cells = [cell(domain.unique(number)) for number in range(start, last)]
        if column.nullable:
            rate = self._rng.random
            cells = [NULL if rate() < _NULLS else each for each in cells]
        return cells + [NULL] * (count - len(cells))

    def _point(self, key: ForeignKey, cells: Cells, count: int) -> None:
        """Let the rows point at rows of another table."""
        length = self._length(key)
        fixed = [name for name in key.columns if name in cells]
        open_columns = [name for name in key.columns if name not in cells]
        optional = not is_required(self._table, key)
        if not length:
            cells |= {name: [NULL] * count for name in open_columns}
            return
        rng = self._rng.random
        if fixed:
            places = self._matching(key, fixed, cells, count)
        elif self._is_alone(key):
            places = self._without_repeats(key, count)
        else:
            places = [int(length * rng() ** _SKEW) for _ in range(count)]
        if optional:
            places = [-1 if rng() < _NULLS else place for place in places]
        for name, reference in zip(key.columns, key.references, strict=True):
            if name in open_columns:
                # The last of the targets' cells stands for "none", which is at -1.
                targets = [*self._keys[key.target][reference], NULL]
                cells[name] = [targets[place] for place in places]

    def _matching(self, key: ForeignKey, fixed: Sequence[str], cells: Cells, count: int) -> list[int]:
        """Rows of the target that agree in the columns that another foreign key has filled; -1 when there is none."""
        references = [key.references[key.columns.index(name)] for name in fixed]
        groups: dict[tuple[str, ...], list[int]] = {}
        for place, found in enumerate(zip(*(self._keys[key.target][name] for name in references), strict=True)):
            groups.setdefault(found, []).append(place)
        wanted = zip(*(cells[name] for name in fixed), strict=True)
        chosen = [self._rng.choice(groups[each]) if each in groups else -1 for each in wanted]
        return chosen[:count]

    def _without_repeats(self, key: ForeignKey, count: int) -> list[int]:
        taken = self._taken.setdefault(key.name, set())
        free = [place for place in range(self._length(key)) if place not in taken]
        chosen = self._rng.sample(free, min(count, len(free)))
        taken.update(chosen)
        return chosen + [-1] * (count - len(chosen))

    def _distinct(self, cells: Cells, count: int, keys: Sequence[ForeignKey]) -> Cells:
        """Leave out rows that a unique index or a required column forbids."""
        required = [name for key in keys for name in key.columns if not self._table.columns[name].nullable]
        bad = {place for name in dict.fromkeys(required) for place, each in enumerate(cells[name]) if each == NULL}
        for index in self._uniques():
            if len(index.columns) > 1 or index.column_names[0] in required:
                bad |= self._repeated(index, cells, bad)  # values of the others were made different
        if not bad:
            return cells
        for key in keys:
            if key.target == self._table.name:
                self._let_go(key, cells, bad)
        kept = [place for place in range(count) if place not in bad]
        return {name: [column[place] for place in kept] for name, column in cells.items()}

    def _repeated(self, index: IndexKey, cells: Cells, bad: set[int]) -> set[int]:
        """The rows whose values in a unique index were there before."""
        seen, repeated = self._seen[index.name], set()
        for place, values in enumerate(zip(*(cells[name] for name in index.column_names), strict=True)):
            if place in bad or NULL in values:
                continue
            if values in seen:
                repeated.add(place)
            seen.add(values)
        return repeated

    def _let_go(self, key: ForeignKey, cells: Cells, bad: set[int]) -> None:
        """Rows that point at rows of their own table which are left out point nowhere, or are left out too."""
        gone = set(bad)
        optional = [name for name in key.columns if self._table.columns[name].nullable]
        while gone:
            keys = {tuple(cells[name][place] for name in key.references) for place in gone}
            pointing = zip(*(cells[name] for name in key.columns), strict=True)
            lost = {place for place, values in enumerate(pointing) if values in keys} - bad
            for name in optional:
                for place in lost:
                    cells[name][place] = NULL
            gone = set() if optional else lost
            bad |= gone

    def _length(self, key: ForeignKey) -> int:
        columns = self._keys.get(key.target, {})
        return len(columns.get(key.references[0], ()))

    def _room(self, key: ForeignKey) -> int:
        """How many more rows a one-to-one relation has room for; every tenth target stays free for new rows."""
        length = self._length(key)
        spare = 0 if self._made else length // 10
        return length - len(self._taken.get(key.name, ())) - spare

    def _is_alone(self, key: ForeignKey) -> bool:
        """Whether no two rows may point at the same."""
        return any(set(index.column_names) <= set(key.columns) for index in self._uniques())

    def _uniques(self) -> list[IndexKey]:
        return [index for index in self._table.indexes.values() if index.kind in {"id", "unique"}]

    def _uniqueness(self, name: str) -> tuple[bool, bool]:
        """Whether a column is unique alone, and whether it is together with others."""
        sets = [index.column_names for index in self._uniques() if name in index.column_names]
        return (name,) in sets, bool(sets)
