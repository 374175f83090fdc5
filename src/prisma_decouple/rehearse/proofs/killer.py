"""The killer: few rows that the old schema allows and that make the migration fail, found and shrunk by Hypothesis."""

from __future__ import annotations

import importlib.util
import re
from contextlib import closing
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg

from prisma_decouple.rehearse.report import Proof
from prisma_decouple.rehearse.rows.order import in_order_of_keys, is_required
from prisma_decouple.rehearse.rows.statements import insert, literal_insert
from prisma_decouple.rehearse.rows.text import cell
from prisma_decouple.rehearse.rows.values import domain_of
from prisma_decouple.rehearse.run import connect, message
from prisma_decouple.sql.script import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prisma_decouple.model.database import Database, ForeignKey, QualifiedName, Table
    from prisma_decouple.rehearse.stage import Stage

    Draw = Callable[[Any], Any]
    Row = dict[str, str | None]

# So many attempts take a few seconds, and find what depends on one null or one value.
ATTEMPTS = 300
_MOST_ROWS = 3
_MOST_VALUES = 40
# These cannot be tried out in a transaction that is taken back.
_ALONE = re.compile(r"\bconcurrently\b|^\s*vacuum\b", re.IGNORECASE)


class _Killed(Exception):  # noqa: N818 - no error of ours, but what was looked for
    """Rows that make the migration fail."""

    def __init__(self, rows: Mapping[QualifiedName, Sequence[Row]], error: str) -> None:
        super().__init__(error)
        self.rows = rows
        self.error = error


def prove_no_killer(stage: Stage) -> list[Proof]:
    """Look for rows that kill the migration."""
    claim = "no few rows that the old schema allows make it fail"
    script = [each.text for each in statements(stage.subject.up) if not each.control]
    if importlib.util.find_spec("hypothesis") is None:
        return [
            Proof("killer", "fact", "nobody looked for rows that make it fail: the package `hypothesis` is not here")
        ]
    if any(_ALONE.search(text) for text in script):
        return [Proof("killer", "fact", "nobody looked for rows that make it fail: it cannot be taken back")]
    with stage.empty() as address, closing(connect(address)) as connection:
        killed = _search(stage, connection, script)
    if killed is None:
        return [Proof("killer", "proved", claim, f"{ATTEMPTS} attempts")]
    lines = [
        literal_insert(stage.old.tables[name], {column: [cell(value)] for column, value in row.items()}, 0)
        for name, rows in killed.rows.items()
        for row in rows
    ]
    count = len(lines)
    return [Proof("killer", "NOT proved", claim, "\n".join([killed.error, *lines]), count, {"rows": lines})]


def _search(stage: Stage, connection: psycopg.Connection, script: Sequence[str]) -> _Killed | None:
    import hypothesis  # noqa: PLC0415 - it takes a while, and may not be there
    from hypothesis import HealthCheck, Phase, configuration, strategies  # noqa: PLC0415

    maker = _Maker(stage)

    @hypothesis.seed(stage.seed)
    @hypothesis.settings(
        max_examples=ATTEMPTS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @hypothesis.given(strategies.data())
    def attempt(data: Any) -> None:  # noqa: ANN401 - Hypothesis has no public name for it
        rows = maker.rows(data.draw)
        connection.execute("BEGIN")
        try:
            hypothesis.assume(_are_valid(connection, stage.old, rows))
            error = _run(connection, script)
        finally:
            connection.execute("ROLLBACK")
        if error:
            raise _Killed(rows, error)

    # It keeps notes about what it does, which have to be gone afterwards.
    with TemporaryDirectory(prefix="decouple-") as home:
        configuration.set_hypothesis_home_dir(home)
        try:
            attempt()
        except _Killed as killed:
            return killed
        finally:
            configuration.set_hypothesis_home_dir(None)
    return None


def _are_valid(connection: psycopg.Connection, database: Database, rows: Mapping[QualifiedName, Sequence[Row]]) -> bool:
    """Whether the old schema allows them."""
    try:
        for name, each in rows.items():
            for row in each:
                insert(connection, database.tables[name], row)
    except psycopg.Error:
        return False
    return True


def _run(connection: psycopg.Connection, script: Sequence[str]) -> str:
    try:
        for text in script:
            connection.execute(text.encode())
    except psycopg.Error as error:
        return message(error)
    return ""


class _Maker:
    """Draws a few rows for the tables that the migration works on, and for those at which they point."""

    def __init__(self, stage: Stage) -> None:
        self._database = stage.old
        rng = Random(stage.seed)  # noqa: S311 - to be repeated, not to be secret
        self._domains = {
            (name, column.name): domain_of(column.type, stage.old, rng)
            for name, table in stage.old.tables.items()
            for column in table.columns.values()
        }
        self._likely = stage.subject.wishes.likely
        self._present = stage.subject.wishes.present
        unfillable = [
            name
            for name, table in stage.old.tables.items()
            if any(column.needs_value and self._domains[name, each] is None for each, column in table.columns.items())
        ]
        order = in_order_of_keys(stage.old, unfillable)
        wanted = _with_targets(stage.old, [name for name in stage.subject.touched if name in stage.old.tables])
        self._tables = [stage.old.tables[name] for name in order.tables if name in wanted and name not in order.empty]

    def rows(self, draw: Draw) -> dict[QualifiedName, list[Row]]:
        """Some rows; the first choice is always the simplest, so that shrinking leads to it."""
        from hypothesis import strategies  # noqa: PLC0415

        made: dict[QualifiedName, list[Row]] = {}
        for table in self._tables:
            count = draw(strategies.integers(0, _MOST_ROWS))
            made[table.name] = []
            for number in range(count):
                row = self._row(table, number, made, draw)
                if row is not None:
                    made[table.name].append(row)
        return made

    def _row(self, table: Table, number: int, made: Mapping[QualifiedName, Sequence[Row]], draw: Draw) -> Row | None:
        row: Row = {}
        for key in table.foreign_keys.values():
            found = self._pointing(table, key, made, draw)
            if found is None:
                return None
            row |= {name: value for name, value in found.items() if name not in row}
        for name in table.columns:
            if name not in row and self._domains[table.name, name] is not None:
                row[name] = self._value(table, name, number, draw)
        return {name: row[name] for name in table.columns if name in row}

    def _pointing(
        self, table: Table, key: ForeignKey, made: Mapping[QualifiedName, Sequence[Row]], draw: Draw
    ) -> Row | None:
        """What a row points at; None when it has to point at something and there is nothing."""
        from hypothesis import strategies  # noqa: PLC0415

        targets = list(range(len(made.get(key.target, ()))))
        choices: list[int | None] = [*targets, *([] if is_required(table, key) else [None])]
        if not choices:
            return None
        place = draw(strategies.sampled_from(choices))
        if place is None:
            return dict.fromkeys(key.columns)
        target = made[key.target][place]
        return {name: target[far] for name, far in zip(key.columns, key.references, strict=True)}

    def _value(self, table: Table, name: str, number: int, draw: Draw) -> str | None:
        from hypothesis import strategies  # noqa: PLC0415

        column, domain = table.columns[name], self._domains[table.name, name]
        assert domain is not None, "only columns of a known type are drawn"  # noqa: S101
        place = (table.name, name)
        is_unique = any(name in index.column_names for index in table.indexes.values() if index.kind != "index")
        plain = domain.unique(number if is_unique and (domain.limit is None or number < domain.limit) else 0)
        special = self._present.get(place, ()) if is_unique else (*self._likely.get(place, ()), *domain.pool)
        values: list[str | None] = [plain, *special[:_MOST_VALUES]]
        if column.nullable and not column.type.is_list:
            values.append(None)
        return str(value) if (value := draw(strategies.sampled_from(values))) is not None else None


def _with_targets(database: Database, names: Sequence[QualifiedName]) -> set[QualifiedName]:
    """Tables with all those at which they point, at any distance."""
    found: set[QualifiedName] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [key.target for key in database.tables[name].foreign_keys.values()]
    return found
