"""The rows of a whole database."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from prisma_decouple.rehearse.rows.order import in_order_of_keys
from prisma_decouple.rehearse.rows.table import RowMaker, Wishes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from prisma_decouple.model.database import Database, QualifiedName
    from prisma_decouple.rehearse.rows.table import Cells, Keys

# A table that hangs on others has more rows than they, and one that the migration touches more still.
_GROWTH = 3
_DEEPEST = 2


class Population:
    """Makes rows for every table, and more of them later."""

    def __init__(
        self,
        database: Database,
        *,
        seed: int,
        touched: Collection[QualifiedName] = (),
        wishes: Wishes | None = None,
        keys: Keys | None = None,
    ) -> None:
        """Plan the rows.

        Args:
            database: what they have to obey.
            seed: the same rows for the same number.
            touched: the tables that the migration works on; these have rows whenever they can.
            wishes: what should be among the values.
            keys: what rows that are there already can be pointed at by; none when None.
        """
        self._database = database
        self._seed = seed
        self._touched = touched
        self._wishes = wishes or Wishes()
        self._makers: dict[QualifiedName, RowMaker] = {}
        self._keys: Keys = {} if keys is None else keys
        names = [name for name in database.tables if self._is_unfillable(name)]
        self.order = in_order_of_keys(database, names)
        self.left_empty = self._choose_empty()

    def columns(self, table: QualifiedName) -> list[str]:
        """The columns of a table that are written."""
        return self._maker(table).columns

    def tables(self, rows: int) -> Iterator[tuple[QualifiedName, Cells]]:
        """The rows of all tables, in an order in which they can be written.

        Args:
            rows: how many in all; the schema may allow fewer.
        """
        counts = self._counts(rows)
        for name in self.order.tables:
            late = [key for table, key in self.order.late if table == name]
            cells = self._maker(name).make(counts[name], late=late)
            self._keys[name] = {column: cells[column] for column in self._referenced(name) if column in cells}
            yield name, cells

    def more(self, table: QualifiedName, count: int, *, null: Sequence[str] = ()) -> Cells:
        """More rows of one table, beside those that `tables` made."""
        return self._maker(table).make(count, null=null)

    def adapted(self, database: Database) -> Population:
        """The same rows, as far as they go, seen with another schema: what makes more of them that obey it."""
        keys = dict(self._keys)
        other = Population(database, seed=self._seed, touched=self._touched, wishes=self._wishes, keys=keys)
        for name in database.tables:
            if name in self._makers:
                other._maker(name).go_on_from(self._makers[name])
        return other

    def _maker(self, name: QualifiedName) -> RowMaker:
        if name not in self._makers:
            rng = Random(f"{self._seed} {name.namespace} {name.name}")  # noqa: S311 - to be repeated, not to be secret
            table = self._database.tables[name]
            self._makers[name] = RowMaker(self._database, table, self._keys, self._wishes, rng)
        return self._makers[name]

    def _is_unfillable(self, name: QualifiedName) -> bool:
        written = self._maker(name).columns
        return any(
            column.needs_value and each not in written for each, column in self._database.tables[name].columns.items()
        )

    def _choose_empty(self) -> frozenset[QualifiedName]:
        """A table that the migration does not touch and on which nothing hangs: there are such in every database."""
        hung_on = {key.target for table in self._database.tables.values() for key in table.foreign_keys.values()}
        leaves = [name for name in self.order.tables if name not in hung_on and name not in self._touched]
        return frozenset(Random(self._seed).sample(leaves, 1 if leaves else 0))  # noqa: S311

    def _counts(self, rows: int) -> dict[QualifiedName, int]:
        weights = {
            name: 0
            if name in self.left_empty
            else _GROWTH ** min(level, _DEEPEST) * (3 if name in self._touched else 1)
            for name, level in self.order.levels.items()
        }
        whole = sum(weights.values()) or 1
        return {name: max(rows * weight // whole, 2 if weight else 0) for name, weight in weights.items()}

    def _referenced(self, name: QualifiedName) -> set[str]:
        """The columns at which something points, or might in another schema."""
        keys = (key for table in self._database.tables.values() for key in table.foreign_keys.values())
        unique = (index for index in self._database.tables[name].indexes.values() if index.kind in {"id", "unique"})
        pointed_at = {column for key in keys if key.target == name for column in key.references}
        return pointed_at | {column for index in unique for column in index.column_names}
