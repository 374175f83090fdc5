"""Steps on rows: where values come from, and what becomes of rows that have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from prisma_decouple.plan.steps.base import Step, TableStep
from prisma_decouple.plan.steps.guards import is_equal_to_the_letter

if TYPE_CHECKING:
    from prisma_decouple.model.database import ColumnType, QualifiedName
    from prisma_decouple.plan.casts import Conversion


@dataclass(frozen=True)
class RelationJoin:
    """The record that a relation leads to.

    Attributes:
        alias: its name in the statement: the relation path.
        on: for each column of the key the alias and column on the near side, and the column on this side.
    """

    alias: str
    table: QualifiedName
    on: tuple[tuple[str | None, str, str], ...]


@dataclass(frozen=True)
class HostJoin:
    """The record whose unique column `by`, of that type, has the value that belongs to the host of the URL in `url`."""

    alias: str
    table: QualifiedName
    by: str
    url: str
    hosts: tuple[tuple[str, str], ...]
    type: ColumnType


@dataclass(frozen=True)
class RecordJoin:
    """The record whose unique column `by` has a fixed value."""

    alias: str
    table: QualifiedName
    by: str
    value: str | int


@dataclass(frozen=True)
class Cast:
    """How a value of one type is told in another."""

    conversion: Conversion
    before: ColumnType
    after: ColumnType


@dataclass(frozen=True)
class FoundIn:
    """Columns of a joined record; alias None is the row itself.

    Attributes:
        casts: for each column how its value comes into the one that is filled, None as it is; empty when all are so.
        trial: where its single value comes from, and how, when the column that is filled may not hold it.
        may_be_half: some of its columns may be null while others are not, and then it is none.
    """

    alias: str | None
    columns: tuple[str, ...]
    casts: tuple[Cast | None, ...] = ()
    trial: Trial | None = None
    may_be_half: bool = False


@dataclass(frozen=True)
class Trial:
    """A value that may not fit: the column where it is, and how it comes into the one that is filled."""

    alias: str | None
    column: str
    cast: Cast

    @property
    def is_value_tried_once(self) -> bool:
        """Whether equal values fare equally, so that one of them can stand for many rows."""
        return is_equal_to_the_letter(self.cast.before)


@dataclass(frozen=True)
class KeyJoin:
    """The record whose key `by` is what was found where no foreign key sees to it that there is such a record."""

    alias: str
    table: QualifiedName
    by: str
    found: FoundIn


Join: TypeAlias = RelationJoin | HostJoin | RecordJoin | KeyJoin


@dataclass(frozen=True)
class LiteralValue:
    """A literal of a column's type, perhaps only where another column has a value."""

    value: str | int | float | bool
    type: ColumnType
    when: FoundIn | None = None


@dataclass(frozen=True)
class Fill:
    """Columns that are filled together from the first choice that has a value.

    What a row holds already stays, and a choice counts only where it agrees with that.

    Attributes:
        columns: one for each column of a choice.
        kept: those that were there before and may be null.
        given: those that were there before and never are.
        preset: those that are new and have a default, which stays where nothing is found.
        unfilled_leave: rows for which nothing is found leave their table.
    """

    columns: tuple[str, ...]
    choices: tuple[FoundIn | LiteralValue, ...]
    kept: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    preset: tuple[str, ...] = ()
    unfilled_leave: bool = False

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns that rows get a value in."""
        return tuple(column for column in self.columns if column not in self.given)

    @property
    def shared(self) -> tuple[str, ...]:
        """The columns of a compound key in which a choice may contradict what a row holds."""
        return (*self.given, *self.kept) if len(self.columns) > 1 else ()

    @property
    def is_conditional(self) -> bool:
        """Whether its columns are to be taken from a choice only where all of them can be."""
        halves = any(isinstance(choice, FoundIn) and choice.may_be_half for choice in self.choices)
        return bool(self.shared) or (len(self.columns) > 1 and (halves or len(self.choices) > 1))

    @property
    def trials(self) -> tuple[int, ...]:
        """The places of the choices whose values the column may not hold."""
        return tuple(at for at, choice in enumerate(self.choices) if isinstance(choice, FoundIn) and choice.trial)

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The columns of which one has to be null for a row to be filled; none where one of them is new."""
        return self.kept if self.kept == self.filled else ()


@dataclass(frozen=True)
class FillColumns(TableStep):
    """Fill columns of all rows in one statement.

    Attributes:
        key: the columns that identify a row; empty when the table has no such key.
    """

    lock: ClassVar[str | None] = "ROW EXCLUSIVE"
    key: tuple[str, ...]
    joins: tuple[Join, ...]
    fills: tuple[Fill, ...]

    @property
    def loses(self) -> str:
        """Nothing, unless columns were there before: afterwards nobody knows which of their values were null."""
        kept = [column for fill in self.fills for column in fill.kept]
        return f"which rows of {self.table} had no {', '.join(kept)}" if kept else ""


@dataclass(frozen=True)
class Dependent:
    """Rows that point at rows which leave a table.

    Attributes:
        table: where they are.
        columns: their foreign key.
        target: the table at which it points, and `references` its columns.
        follows: they leave too; otherwise the pointer is set to null and remembered.
        key: the columns that identify such a row; empty when none do.
        emptied: the columns that are set to null: those of the foreign key that may be; none when the rows leave.
    """

    table: QualifiedName
    columns: tuple[str, ...]
    target: QualifiedName
    references: tuple[str, ...]
    follows: bool
    key: tuple[str, ...]
    emptied: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoredTable:
    """A table whose rows may leave it.

    Attributes:
        key: the columns that identify a row; empty when none do, and a row is what it holds.
        texts: the columns, with their types, that are kept as text, for the way back drops their types.
    """

    table: QualifiedName
    key: tuple[str, ...]
    texts: tuple[tuple[str, ColumnType], ...] = ()


@dataclass(frozen=True)
class Store:
    """Where rows go that leave their tables; all such steps of a migration share one.

    Attributes:
        namespace: the namespace, beside those that Prisma looks at.
        owner: the migration whose rows it holds; another one may have the same name and want the same namespace.
        links: the foreign keys that are set to null and remembered.
    """

    namespace: str
    owner: str
    tables: tuple[StoredTable, ...]
    links: tuple[Dependent, ...]


@dataclass(frozen=True)
class LockTables(Step):
    """Wait until nobody writes into tables any more, and let nobody write until the end."""

    tables: tuple[QualifiedName, ...]
    mode: str

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """All of them."""
        return tuple((table, self.mode) for table in self.tables)


@dataclass(frozen=True)
class RemoveRows(TableStep):
    """Take the rows whose columns are null out of the table, with everything that hangs on them.

    Attributes:
        dependents: what hangs on them, over any number of tables.
    """

    lock: ClassVar[str | None] = "ROW EXCLUSIVE"
    columns: tuple[str, ...]
    dependents: tuple[Dependent, ...]
    store: Store

    @property
    def reached(self) -> set[QualifiedName]:
        """The tables that rows leave."""
        return {self.table, *(each.table for each in self.dependents if each.follows)}


@dataclass(frozen=True)
class QuarantineRows(RemoveRows):
    """Move them into tables beside."""

    def reverse(self) -> tuple[Step, ...]:
        """Move them back."""
        return (RestoreRows(self.store),)


@dataclass(frozen=True)
class DeleteRows(RemoveRows):
    """Delete them.

    Attributes:
        aside: the foreign keys by which rows that were moved aside before may point at them.
    """

    aside: tuple[Dependent, ...] = ()

    @property
    def loses(self) -> str:
        """Rows."""
        return f"rows of {self.table} for which no value can be found, and everything that hangs on them"


@dataclass(frozen=True)
class Blocked:
    """What keeps rows from coming back: rows at which they point are in another store.

    Attributes:
        store: where those are.
        keys: the foreign keys by which rows may point at them, or at others that do.
    """

    store: Store
    keys: tuple[Dependent, ...]


@dataclass(frozen=True)
class RestoreRows(Step):
    """Move rows back from the tables beside, and drop those.

    Attributes:
        blocked: what may keep some of them there; None when nothing does.
        dropped: the columns of foreign keys that are not there any more when they come.
    """

    lock: ClassVar[str | None] = "ROW EXCLUSIVE"
    store: Store
    blocked: Blocked | None = None
    dropped: tuple[tuple[QualifiedName, str], ...] = ()

    def given_back(self, link: Dependent) -> tuple[str, ...]:
        """The columns of a foreign key that get back what was taken from them."""
        return tuple(column for column in link.emptied if (link.table, column) not in self.dropped)

    def is_cut(self, link: Dependent) -> bool:
        """Whether a foreign key is not there any more."""
        return any((link.table, column) in self.dropped for column in link.columns)
