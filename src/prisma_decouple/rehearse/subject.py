"""What is rehearsed: two schemas, the scripts between them, and what the rules say about rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan.salvage import SalvageRows
from prisma_decouple.plan.steps import FillColumns, HostJoin, RecordJoin, RemoveRows, RequireValues, TableStep
from prisma_decouple.refactoring import refactor
from prisma_decouple.rehearse.errors import RehearsalError
from prisma_decouple.rehearse.rows import Wishes

if TYPE_CHECKING:
    from pathlib import Path

    from prisma_decouple.model.database import QualifiedName
    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.plan.migration import Migration
    from prisma_decouple.rules.intents import Backfill
    from prisma_decouple.rules.rulefile import RuleSet
    from prisma_decouple.syntax.nodes import Schema


@dataclass(frozen=True)
class Subject:
    """A migration that is to be proved.

    Attributes:
        before: the old schema.
        after: the new one.
        up: the text of migration.sql.
        down: the text of down.sql; empty when there is no way back.
        plan: the steps that lead from one schema to the other, for what scripts do not say.
        intents: what the rules say about the values of new columns.
    """

    before: DataModel
    after: DataModel
    up: str
    down: str
    plan: Migration
    intents: tuple[Backfill, ...]

    @property
    def touched(self) -> tuple[QualifiedName, ...]:
        """The tables that the steps work on."""
        return tuple(dict.fromkeys(step.table for step in self.plan.up if isinstance(step, TableStep)))

    @property
    def written(self) -> tuple[QualifiedName, ...]:
        """The tables in which it writes, or may: those too over which rows leave, and that point at such rows."""
        stores = [step.store for step in self.plan.up if isinstance(step, RemoveRows)]
        left = [each.table for store in stores for each in store.tables]
        emptied = [each.table for store in stores for each in store.links]
        return tuple(dict.fromkeys((*self.touched, *left, *emptied)))

    @property
    def demanded(self) -> dict[QualifiedName, tuple[str, ...]]:
        """The columns that the new schema lets be null and the old one does not, by table."""
        found: dict[QualifiedName, tuple[str, ...]] = {}
        for step in self.plan.down:
            if isinstance(step, SalvageRows) or (isinstance(step, RequireValues) and step.undoing):
                found[step.table] = (*found.get(step.table, ()), *step.columns)
        return found

    @property
    def salvage(self) -> str | None:
        """The namespace for rows that the way back sets aside; None when it stops at them."""
        return next((step.store.namespace for step in self.plan.down if isinstance(step, SalvageRows)), None)

    @property
    def wishes(self) -> Wishes:
        """Values that the rules speak of, so that there are rows for which they matter."""
        present: dict[tuple[QualifiedName, str], list[str]] = {}
        likely: dict[tuple[QualifiedName, str], list[str]] = {}
        for step in self.plan.up:
            if not isinstance(step, FillColumns):
                continue
            for join in step.joins:
                if isinstance(join, HostJoin):
                    present.setdefault((join.table, join.by), []).extend(value for _, value in join.hosts)
                    urls = [f"{scheme}{host}{rest}" for host, _ in join.hosts for scheme, rest in _SHAPES]
                    likely.setdefault((step.table, join.url), []).extend(urls)
                elif isinstance(join, RecordJoin):
                    present.setdefault((join.table, join.by), []).append(str(join.value))
        return Wishes({place: list(dict.fromkeys(values)) for place, values in present.items()}, likely)


_SHAPES = (("https://", "/a?b=c#d"), ("http://www.", ""), ("HTTPS://m.", ":443/x"), ("https://user:pass@", "/"))


def subject_of(schema: Schema, rules: RuleSet, migration: Path | None = None, *, salvage: bool = False) -> Subject:
    """What rules make of a schema.

    Args:
        schema: the old schema.
        rules: what is done to it.
        migration: a folder with migration.sql, and down.sql when there is a way back, which are rehearsed instead of
            those that the rules lead to.
        salvage: whether the way back sets rows aside that the old schema cannot hold.

    Raises:
        RehearsalError: the rules change nothing, or the database has no SQL.
        InputError: the folder has no migration.sql.
    """
    change = refactor(schema, rules, timestamp="20000101000000", salvage=salvage)
    if change.migration is None:
        raise RehearsalError(f"there is nothing to rehearse. {change.why_no_migration}".strip())
    up, down = change.migration.up, change.migration.down
    if migration is not None:
        up, down = _read(migration / "migration.sql"), _read(migration / "down.sql", needed=False)
    models = read_model(schema), read_model(change.schema)
    return Subject(*models, up, down, change.migration.plan, change.application.intents)


def _read(file: Path, *, needed: bool = True) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if needed:
            raise InputError(f"there is no file `{file}`", hint="--migration names a migration's folder") from None
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"`{file}` cannot be read: {error}") from None
