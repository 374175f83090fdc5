"""What the rows should be after a migration: computed here, over the rules' own paths, from rows read before it.

It shares nothing with the SQL of the migration: neither its joins nor its steps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg import sql

from prisma_decouple.model.database import Value, column_type, table_name
from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.rows.text import NULL, cell
from prisma_decouple.render.postgresql import column_type as spelled
from prisma_decouple.rules.intents import Constant, FromHost, FromPath

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import psycopg

    from prisma_decouple.model.database import Column, ColumnType, Database, ForeignKey, QualifiedName, Table
    from prisma_decouple.model.datamodel import DataModel, Model, RelationField
    from prisma_decouple.rules.intents import Backfill, FromRecord, RelationPath, Source

    Row = int
    Choice = Callable[[Row], tuple[str, ...] | None]

# A cell that no value has: what it is, only the database knows, as of the default `now()`.
GIVEN = r"\D"
_URL = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.IGNORECASE)


class Rows:
    """The rows of a database by column, read when they are needed; a row is a number.

    Attributes:
        new: columns that are not there yet, with one that is and what they hold in each row until they are filled.
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        self.new: dict[tuple[QualifiedName, str], tuple[str, str]] = {}
        self._connection = connection
        self._columns: dict[tuple[QualifiedName, str], list[str]] = {}
        self._lookups: dict[tuple[QualifiedName, tuple[str, ...]], dict[tuple[str, ...], int]] = {}
        self._put: set[tuple[QualifiedName, str]] = set()
        # Every column is read by itself, and the rows have to come in the same order each time.
        connection.execute("SET synchronize_seqscans = off")

    def column(self, table: QualifiedName, name: str) -> list[str]:
        """The cells of a column."""
        if (table, name) in self.new and (table, name) not in self._put:
            there, initial = self.new[table, name]
            return [initial] * len(self.column(table, there))
        if (table, name) not in self._columns:
            command = sql.SQL("COPY {} ({}) TO STDOUT").format(identifier(table), sql.Identifier(name))
            self._columns[table, name] = self._lines(command)
        return self._columns[table, name]

    def column_as(self, table: QualifiedName, name: str, held: ColumnType, kind: ColumnType) -> list[str]:
        """The cells of a column in another type. Prisma stores UTC, whatever the time zone of the session."""
        if held == kind or (table, name) in self._put or (table, name) in self.new:
            return self.column(table, name)
        zoned = [each.native is not None and each.native.name == "Timestamptz" for each in (held, kind)]
        told = "({} AT TIME ZONE 'UTC')::{}" if zoned[0] != zoned[1] else "{}::{}"
        value = sql.SQL(told).format(sql.Identifier(name), sql.SQL(spelled(kind)))
        return self._lines(sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(value, identifier(table)))

    def rows(self, table: QualifiedName, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Several columns, row by row."""
        return list(zip(*(self.column(table, name) for name in names), strict=True))

    def put(self, table: QualifiedName, name: str, cells: list[str]) -> None:
        """Give a column other cells, here only."""
        self._columns[table, name] = cells
        self._put.add((table, name))
        self._lookups = {
            place: found for place, found in self._lookups.items() if table != place[0] or name not in place[1]
        }

    def lookup(self, table: QualifiedName, names: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        """The row with these values, for columns that are unique together."""
        if (table, names) not in self._lookups:
            self._lookups[table, names] = {values: row for row, values in enumerate(self.rows(table, names))}
        return self._lookups[table, names]

    def constant(self, value: str, kind: str) -> str:
        """A literal as the cell that it becomes in a column of a type."""
        query = sql.SQL("COPY (SELECT {}::{}) TO STDOUT").format(sql.Literal(value), sql.SQL(kind))
        return self._lines(query)[0]

    def _lines(self, command: sql.Composed) -> list[str]:
        with self._connection.cursor() as cursor, cursor.copy(command) as stream:
            text = b"".join(stream).decode()
        return text.split("\n")[:-1]


class Truth:
    """What every row should hold after the migration, and which rows should be gone.

    Attributes:
        rows: what they hold.
        gone: the rows that leave.
        unlinked: the columns that are set to null for that reason.
        filled: the columns that were there before and get values.
    """

    def __init__(self, connection: psycopg.Connection, before: DataModel, after: DataModel, database: Database) -> None:
        """Look at the rows before the migration.

        Args:
            connection: to the database before the migration.
            before: the old schema.
            after: the new one.
            database: the tables of the new one with all its relations.
        """
        self.rows = Rows(connection)
        self.gone: dict[QualifiedName, set[int]] = {}
        self.unlinked: set[tuple[QualifiedName, str]] = set()
        self.filled: set[tuple[QualifiedName, str]] = set()
        self._before = before
        self._after = after
        self._database = database
        for model in after.models.values():
            self._foresee(model)

    def _foresee(self, model: Model) -> None:
        """The columns that a model gets, which have their default where nobody fills them."""
        old, table = self._before.models.get(model.name), table_name(model)
        if old is None or model.is_view or table not in self._database.tables:
            return
        there = next(iter(old.scalars.values())).column
        for name, scalar in model.scalars.items():
            if name not in old.scalars:
                initial = self._initial(self._database.tables[table].columns[scalar.column])
                self.rows.new[table, scalar.column] = there, initial

    def _initial(self, column: Column) -> str:
        if column.default is None:
            return NULL
        if not isinstance(column.default, Value):
            return GIVEN
        # A new enumerated type is not there yet; its values are their own cells.
        is_enum = column.type.enum is not None
        return cell(column.default.text) if is_enum else self.rows.constant(column.default.text, spelled(column.type))

    def follow(self, intents: Sequence[Backfill]) -> None:
        """Do what the rules say, in their order."""
        for intent in intents:
            model = self._after.models[intent.model]
            self._fill(model, intent)
            if intent.unresolved in {"quarantine", "delete"}:
                table = table_name(model)
                columns = [model.scalars[name].column for name in intent.fields]
                self._remove(table, {row for row, cells in enumerate(self.rows.rows(table, columns)) if NULL in cells})

    def _fill(self, model: Model, intent: Backfill) -> None:
        table = table_name(model)
        columns = [model.scalars[name].column for name in intent.fields]
        old = self._before.models[model.name]
        initial = [self.rows.column(table, column) for column in columns]
        count = len(initial[0])
        # The default of a new column gives way to what is found.
        held = [
            list(cells) if name in old.scalars else [NULL] * count
            for name, cells in zip(intent.fields, initial, strict=True)
        ]
        choices = [self._choice(model, intent, source) for source in intent.sources]
        for row in range(count):
            if any(cells[row] == NULL for cells in held):
                there = [cells[row] for cells in held]
                found = next(
                    (values for choice in choices if (values := choice(row)) is not None and _agree(there, values)),
                    None,
                )
                for cells, value in zip(held, found or (), strict=False):
                    cells[row] = value if cells[row] == NULL else cells[row]
        for name, cells, otherwise in zip(columns, held, initial, strict=True):
            told = [other if value == NULL else value for value, other in zip(cells, otherwise, strict=True)]
            self.rows.put(table, name, told)
        self.filled |= {(table, model.scalars[name].column) for name in intent.fields if name in old.scalars}

    def _choice(self, model: Model, intent: Backfill, source: Source) -> Choice:
        """A source as a function of the row; None when it has no value for it."""
        if isinstance(source, FromPath):
            kinds = [column_type(self._after, model.scalars[name]) for name in intent.fields]
            return self._existing(model, intent, source.path, self._path(model, source.path, kinds))
        if isinstance(source, Constant):
            return self._constant(model, intent, source)
        return self._record(model, source)

    def _existing(self, model: Model, intent: Backfill, path: RelationPath, choice: Choice) -> Choice:
        """Only what is there, where a plain field is to become a key: nothing has seen to that so far."""
        relation = model.relation_with(intent.fields)
        if relation is None or self._after.models[path.model].leads_to(path.fields, relation):
            return choice
        target = self._after.models[relation.target]
        there = table_name(target)
        records = self.rows.lookup(there, tuple(target.scalars[name].column for name in relation.references))

        def value(row: int) -> tuple[str, ...] | None:
            found = choice(row)
            at = records.get(found) if found is not None else None
            return found if at is not None and at not in self.gone.get(there, ()) else None

        return value

    def _constant(self, model: Model, intent: Backfill, source: Constant) -> Choice:
        scalar = model.scalars[intent.fields[0]]
        names = dict(self._after.enums[scalar.type].values) if scalar.is_enum else {}
        text = str(names.get(str(source.value), source.value))
        # A new enumerated type is not there yet; its values are their own cells.
        kind = column_type(self._after, scalar)
        value = (cell(text) if scalar.is_enum else self.rows.constant(text, spelled(kind)),)
        if source.when is None:
            return lambda _: value
        when = self._path(model, source.when)
        return lambda row: value if when(row) is not None else None

    def _record(self, model: Model, source: FromHost | FromRecord) -> Choice:
        target = self._after.models[source.model]
        by, there = target.scalars[source.by].column, table_name(target)
        keys = [self.rows.column(there, target.scalars[name].column) for name in source.keys]
        native = target.scalars[source.by].native_type
        as_compared = str.lower if native is not None and native.name == "Citext" else str
        records = {as_compared(held): row for row, held in enumerate(self.rows.column(there, by))}

        def record(value: str | None) -> tuple[str, ...] | None:
            row = records.get(as_compared(cell(value))) if value is not None else None
            return tuple(cells[row] for cells in keys) if row is not None else None

        if not isinstance(source, FromHost):
            always = record(str(source.value))
            return lambda _: always
        urls = self.rows.column(table_name(model), model.scalars[source.field].column)
        by_host = sorted(
            ((host.lower(), record(value)) for host, value in source.hosts), key=lambda pair: -len(pair[0])
        )
        return lambda row: next((keys for host, keys in by_host if _is_at(urls[row], host)), None)

    def _path(self, model: Model, path: RelationPath, kinds: Sequence[ColumnType] = ()) -> Choice:
        """What the path leads to from a row, in the types of `kinds` where they are given."""
        hops = [self._hop(self._after.models[name], field) for name, field in path.relations]
        end = self._after.models[path.model]
        fields = [end.scalars[name] for name in path.fields]
        ends = [(field.column, column_type(self._after, field)) for field in fields]
        cells = [
            self.rows.column_as(table_name(end), column, held, kind)
            for (column, held), kind in zip(ends, kinds or [held for _, held in ends], strict=True)
        ]
        del model

        def value(row: int) -> tuple[str, ...] | None:
            at = row
            for hop in hops:
                further = hop(at)
                if further is None:
                    return None
                at = further
            found = tuple(column[at] for column in cells)
            return None if NULL in found else found

        return value

    def _hop(self, model: Model, field: str) -> Callable[[int], int | None]:
        """From a row to the one that a relation leads to."""
        relation = model.relations[field]
        target = self._after.models[relation.target]
        near, far = self._ends(model, relation, target)
        there = table_name(target)
        here = self.rows.rows(table_name(model), near)
        found = self.rows.lookup(there, far)

        def hop(row: int) -> int | None:
            at = None if NULL in here[row] else found.get(here[row])
            return None if at in self.gone.get(there, ()) else at

        return hop

    def _ends(self, model: Model, relation: RelationField, target: Model) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The columns of the two sides of a relation, from whichever side it is seen."""
        if relation.fields:
            pairs = (relation.fields, relation.references)
        else:
            owner = self._after.opposite(model, relation)
            assert owner is not None, "a relation without its opposite was refused when the path was read"  # noqa: S101
            pairs = (owner.references, owner.fields)
        near = tuple(model.scalars[name].column for name in pairs[0])
        return near, tuple(target.scalars[name].column for name in pairs[1])

    def _remove(self, table: QualifiedName, rows: set[int]) -> None:
        """Rows leave, and with them all rows that cannot be without them."""
        new = rows - self.gone.setdefault(table, set())
        if not new:
            return
        self.gone[table] |= new
        for other in self._database.tables.values():
            for key in other.foreign_keys.values():
                if key.target == table:
                    self._let_go(other, key, new)

    def _let_go(self, table: Table, key: ForeignKey, gone: set[int]) -> None:
        there = self.rows.rows(key.target, key.references)
        keys = {there[row] for row in gone}
        pointing = {row for row, values in enumerate(self.rows.rows(table.name, key.columns)) if values in keys}
        if not pointing:
            return
        optional = [name for name in key.columns if table.columns[name].nullable]
        if key.on_delete == "CASCADE" or not optional:
            self._remove(table.name, pointing)
            return
        shared = [name for other in table.foreign_keys.values() if other != key for name in other.columns]
        for name in [name for name in optional if name not in shared] or optional:
            cells = list(self.rows.column(table.name, name))
            for row in pointing:
                cells[row] = NULL
            self.rows.put(table.name, name, cells)
            self.unlinked.add((table.name, name))


def _agree(there: Sequence[str], values: Sequence[str]) -> bool:
    """Whether values contradict nothing that a row holds already; where they are one value, it holds nothing."""
    return all(held in {NULL, value} for held, value in zip(there, values, strict=True))


def _is_at(url: str, host: str) -> bool:
    """Whether a URL is at a host or at one of its subdomains."""
    match = _URL.match(url)
    if match is None:
        return False
    name = match[1].rpartition("@")[2].partition(":")[0].lower()
    return name == host or name.endswith(f".{host}")
