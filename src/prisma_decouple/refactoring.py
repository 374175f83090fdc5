"""The main job: a schema and rules in, one reviewable change out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError, PlanError
from prisma_decouple.model.names import MOST_OF_LABEL, migration_label
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan.migration import plan_migration
from prisma_decouple.plan.salvage import with_salvage
from prisma_decouple.render.code import code_files
from prisma_decouple.render.sql import render_down, render_up, speaks
from prisma_decouple.render.summary import render_summary
from prisma_decouple.rules.apply import apply_rules
from prisma_decouple.rules.intents import ways_of
from prisma_decouple.rules.rulefile import RuleSet, load_rules
from prisma_decouple.syntax.nodes import Schema
from prisma_decouple.syntax.places import place_of
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.general import general_hints
from prisma_decouple.typescript.hints import ScanResult

if TYPE_CHECKING:
    from pathlib import Path

    from prisma_decouple.model.datamodel import DataModel
    from prisma_decouple.plan.migration import Migration
    from prisma_decouple.rules.apply import Application
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import Hint

_TIMESTAMP = re.compile(r"\d{14}")
_NO_SQL = (
    "MongoDB has no SQL and no constraints to migrate; fill the new fields of the documents with a script of your own."
)


@dataclass(frozen=True)
class MigrationFiles:
    """A migration as Prisma keeps it.

    Attributes:
        folder: its name under `migrations/`: 14 digits and the migration's name.
        up: the text of migration.sql.
        down: the text of down.sql.
        plan: the steps behind them.
    """

    folder: str
    up: str
    down: str
    plan: Migration


@dataclass(frozen=True)
class Change:
    """What a refactoring did.

    Attributes:
        before: the schema that came in.
        application: the schema that went out, and what each rule had to say.
        rules: what was asked for.
        migration: None when nothing changed, or when the database has no SQL; `why_no_migration` says which.
        facts: the change as user code feels it.
        scan: the places in the code; without code to look at, what to look for.
    """

    before: Schema
    application: Application
    rules: RuleSet
    migration: MigrationFiles | None
    why_no_migration: str
    facts: SchemaFacts
    scan: ScanResult

    @property
    def changed(self) -> bool:
        """Whether the rules changed anything; False when the schema had it all already."""
        return self.application.changed

    @property
    def schema(self) -> Schema:
        """The new schema."""
        return self.application.schema

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The places in the code that the change is felt at."""
        return self.scan.hints

    @property
    def notes(self) -> tuple[str, ...]:
        """What the rules found done already, or could not do, and what the migration leaves to a person to do."""
        of_rules = tuple(note for outcome in self.application.outcomes for note in outcome.notes)
        return of_rules + (self.migration.plan.notes if self.migration else ())

    @cached_property
    def files(self) -> dict[str, str]:
        """Everything that is written besides the schema: text by POSIX path."""
        written = code_files(self.facts, self.scan) | {"summary.json": self.summary}
        if self.migration is not None:
            folder = f"migrations/{self.migration.folder}"
            written[f"{folder}/migration.sql"] = self.migration.up
            written[f"{folder}/down.sql"] = self.migration.down
        return written

    @cached_property
    def summary(self) -> str:
        """What was done, rule by rule and step by step, as JSON."""
        folder = self.migration.folder if self.migration else None
        plan = self.migration.plan if self.migration else None
        return render_summary(self.rules, self.application, folder, plan, self.why_no_migration, self.scan)


def refactor(
    schema: Schema,
    rules: RuleSet | None = None,
    *,
    name: str | None = None,
    timestamp: str | None = None,
    code: Path | None = None,
    tsc: bool = False,
    salvage: bool = False,
    lock_timeout: str | None = None,
) -> Change:
    """Refactor a schema together with what hangs on it. Nothing is written.

    Args:
        schema: the tree, from `parse_schema` or `read_schema`.
        rules: what to do; the built-in `decouple-integration` when None.
        name: the migration's name; that of the rules when None.
        timestamp: the 14 digits in front of it, UTC; now when None.
        code: the root of the TypeScript that uses the schema.
        tsc: whether its own compiler is asked as well, in a temporary copy of it.
        salvage: whether the way back sets rows aside that the old schema cannot hold, instead of stopping at them.
        lock_timeout: how long either way waits for a lock before it gives up, `5s`; for ever when None.

    Returns:
        The new schema, the migration there and back, and the hints for the code.

    Raises:
        InputError: `schema` or `rules` is something else, `name` or `timestamp` cannot be the name of a migration,
            `lock_timeout` is no duration, or `code` is no folder.
        RuleError: a rule does not fit the schema.
        SchemaError: the schema does not mean anything.
        PlanError: the migration cannot be written.
    """
    rules = rules or load_rules()
    _require(schema, Schema, "parse_schema makes one of a text, read_schema of a file or folder")
    _require(rules, RuleSet, "load_rules makes one of a rule file, parse_rules of its text")
    folder = migration_folder(name or rules.name, timestamp)
    before = read_model(schema)
    application = apply_rules(schema, rules)
    after = read_model(application.schema)
    facts = facts_of(before, after, rules.code, ways_of(application.intents))
    why = _why_no_migration(application, before.provider)
    migration = None
    if not why:
        _refuse_other_databases(schema, before.provider)
        plan = _planned(application, before, after, folder, salvage=salvage)
        migration = _rendered(plan, folder, rules.description, before.provider or "", lock_timeout)
    scan = examine(facts, code, (schema, application.schema) if tsc and application.changed else None)
    return Change(schema, application, rules, migration, why, facts, scan)


def _why_no_migration(application: Application, provider: str | None) -> str:
    """Why there is nothing to migrate; empty when there is."""
    if not application.changed:
        return "The rules change nothing in this schema."
    return _NO_SQL if provider == "mongodb" else ""


def _planned(application: Application, before: DataModel, after: DataModel, folder: str, *, salvage: bool) -> Migration:
    """The steps there and back. What is set aside is called after the folder without its time."""
    label = folder[15:]
    plan = plan_migration(before, after, application.intents, name=label, owner=folder)
    return with_salvage(plan, after, name=label, owner=folder) if salvage else plan


def _rendered(
    plan: Migration, folder: str, description: str, provider: str, lock_timeout: str | None
) -> MigrationFiles:
    """The steps as Prisma keeps them."""
    up, down = (
        render(plan, name=folder, description=description, provider=provider, lock_timeout=lock_timeout)
        for render in (render_up, render_down)
    )
    return MigrationFiles(folder, up, down, plan)


def _require(value: object, kind: type, hint: str) -> None:
    """From Python anything can come.

    Raises:
        InputError: the value is of another kind.
    """
    if not isinstance(value, kind):
        raise InputError(f"this takes a {kind.__name__}, not {type(value).__name__}", hint=hint)


def _refuse_other_databases(schema: Schema, provider: str | None) -> None:
    """There is SQL for PostgreSQL.

    Raises:
        PlanError: the datasource is another one, or there is none.
    """
    if provider is None:
        raise PlanError("the schema has no datasource, so nothing says what its database is")
    if speaks(provider):
        return
    written = next((block.properties.get("provider") for block in schema.blocks("datasource")), None)
    raise PlanError(
        f"migrations can be written for PostgreSQL only so far, not for {provider}",
        place=place_of(schema, written) if written is not None else None,
        hint="what the TypeScript has to do is told for every database: diff --from OLD --to NEW --out DIR --code DIR",
    )


def migration_folder(name: str, timestamp: str | None) -> str:
    """`20260101000000_decouple_integration`: the name of a migration's folder.

    Raises:
        InputError: the name has no letter or digit, or is too long, or the timestamp is not a moment.
    """
    timestamp = timestamp or datetime.now(timezone.utc).strftime("%Y%m%d%H%M%S")
    try:
        if not _TIMESTAMP.fullmatch(timestamp):
            raise ValueError  # noqa: TRY301 - the two ways to be wrong have one message
        datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    except ValueError:
        hint = "14 digits, UTC: year, month, day, hour, minute, second, as in 20260101000000"
        raise InputError(f"`{timestamp}` is not a timestamp", hint=hint) from None
    label = migration_label(name)
    if not label:
        hint = f"use a few words of letters and digits, at most {MOST_OF_LABEL} with what joins them"
        raise InputError(f"`{name}` cannot name a migration", hint=hint)
    return f"{timestamp}_{label}"


def examine(facts: SchemaFacts, code: Path | None, compiled: tuple[Schema, Schema] | None = None) -> ScanResult:
    """Look for the places in a code base where a change of the schema is felt.

    Args:
        facts: the change.
        code: the code base's folder; without it, there are only general hints.
        compiled: the schemas before and after, for which its own compiler is asked as well, in a temporary copy; None
            when it is not asked.

    Raises:
        InputError: it is no folder.
    """
    if code is None:
        return ScanResult(general_hints(facts))
    if not code.is_dir():
        raise InputError(f"there is no folder `{code}`", hint="--code names the root of the TypeScript")
    from prisma_decouple.typescript.scan import scan  # noqa: PLC0415 - tree-sitter is needed only here
    from prisma_decouple.typescript.spoken import with_spoken  # noqa: PLC0415

    result = scan(facts, code)
    if compiled is None:
        return with_spoken(result)
    from prisma_decouple.typescript.tsc.compiler import ask_compiler  # noqa: PLC0415 - only when it is asked for
    from prisma_decouple.typescript.tsc.homes import in_one_place  # noqa: PLC0415

    return with_spoken(ask_compiler(result, code, *in_one_place(code, *compiled), facts))
