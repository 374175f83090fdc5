"""`check`: the invariants of a project, kept or not."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from prisma_decouple.errors import (
    DecoupleError,
    InputError,
    Place,
    RuleFileError,
    SchemaSyntaxError,
    did_you_mean,
)
from prisma_decouple.invariants.declared import Finding, Invariant
from prisma_decouple.invariants.ignores import UNUSED, ignores_in
from prisma_decouple.migrations.findings import CODES
from prisma_decouple.model.reader import read_model
from prisma_decouple.model.validation import validate_schema
from prisma_decouple.syntax.parser import parse_schema
from prisma_decouple.syntax.places import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from prisma_decouple.invariants.ready import Ready
    from prisma_decouple.migrations.findings import Deployment
    from prisma_decouple.migrations.folder import Migration, MigrationFolder
    from prisma_decouple.migrations.squawk import Remark
    from prisma_decouple.migrations.verdict import Verdict
    from prisma_decouple.syntax.nodes import Schema

CONFIG_FILES = ("prisma-decouple.yaml", "prisma-decouple.yml")


class MigrationSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a project wants of its migrations.

    Attributes:
        since: a migration's name or the beginning of one, such as 20250101; only what comes after it is judged. Without
            it, the last migration is: those before it are most likely applied.
        squawk: whether squawk is asked too, where it is installed.
    """

    since: str | int = ""
    squawk: bool = True


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a project wants of its schema: prisma-decouple.yaml, or `[tool.prisma-decouple]` in pyproject.toml.

    Attributes:
        schemas: the schemas of a monorepo, as files, folders or patterns: what is checked when none is named.
        enable: the codes of ready-made invariants that are on.
        disable: the codes of invariants of migrations that are off.
        rules: rule files, or names of built-in ones, whose promises are kept.
        invariants: those that the project declares itself.
        migrations: what it wants of its migrations.
    """

    schemas: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    invariants: tuple[Invariant, ...] = ()
    migrations: MigrationSettings = MigrationSettings()


@dataclass(frozen=True)
class Report:
    """A finding at its place.

    Attributes:
        finding: what was found.
        place: where.
    """

    finding: Finding
    place: Place

    @property
    def code(self) -> str:
        """The code of the invariant."""
        return self.finding.code

    @property
    def message(self) -> str:
        """One sentence."""
        return self.finding.message


def load_settings(folder: Path) -> Settings | None:
    """The settings in a folder.

    Returns:
        Those of prisma-decouple.yaml, else of pyproject.toml; None when neither has any.

    Raises:
        InputError: a file cannot be read.
        RuleFileError: a setting is wrong; the place is in the file.
    """
    for name in CONFIG_FILES:
        file = folder / name
        if file.is_file():
            from prisma_decouple.rules.document import read_document  # noqa: PLC0415 - most projects have no such file

            return _checked(read_document(file.as_posix(), _read(file)).convert((), Settings))
    project = folder / "pyproject.toml"
    return _from_project(project) if project.is_file() else None


def nearest_settings(folders: Sequence[Path]) -> tuple[Settings, Path]:
    """The settings that count for a schema, and the folder that they are in.

    Args:
        folders: from that of the schema up to that of the project.

    Raises:
        InputError: as `load_settings`.
        RuleFileError: likewise.
    """
    for folder in folders:
        settings = load_settings(folder)
        if settings is not None:
            return settings, folder
    return Settings(), folders[-1]


def extended(settings: Settings, *, rules: Iterable[str] = (), enable: Iterable[str] = ()) -> Settings:
    """Settings with more rule files and more ready-made invariants.

    Raises:
        RuleFileError: there is no invariant of that code.
    """
    codes = (*settings.enable, *(code for code in enable if code not in settings.enable))
    return _checked(msgspec.structs.replace(settings, enable=codes, rules=(*settings.rules, *rules)))


@dataclass(frozen=True)
class LanguageProblem:
    """Something that Prisma would say; attributes as in `Diagnostic`, and a hint."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    place: Place
    hint: str = ""


def check_language(
    files: Sequence[tuple[str, str]], *, version: Literal["6", "7"] | None = None
) -> list[LanguageProblem]:
    """What `prisma validate` would say of a schema, and every syntax error with a hint.

    Args:
        files: pairs of path and text.
        version: `6` or `7`; by the schema itself when None.
    """
    errors = [each for path, text in files for each in _syntax_errors(path, text)]
    if errors:
        return [LanguageProblem("error", each.code, each.message, place_in(files, each), each.hint) for each in errors]
    texts = dict(files)
    return [
        LanguageProblem(
            "error" if each.severity == "error" else "warning",
            each.code,
            each.message,
            Place.of_offset(each.path, texts[each.path], each.span[0], each.span[1] - each.span[0]),
        )
        for each in validate_schema(files, version=version)
    ]


@dataclass(frozen=True)
class MigrationReport:
    """What is to be said of the migrations of a schema.

    Attributes:
        verdicts: in their order.
        earlier: how many there would be of those before the last one, when nothing says from where on to judge.
    """

    verdicts: list[Verdict]
    earlier: int


def check_migrations(
    folder: MigrationFolder,
    settings: Settings,
    *,
    named: Collection[str] | None = None,
    deployment: Deployment | None = None,
    squawk: str | None = None,
    database_url: str | None = None,
) -> MigrationReport:
    """Check migrations.

    Args:
        folder: the migrations of a schema for PostgreSQL.
        settings: what to check, and since when.
        named: the names of those to judge; None when nobody has named any.
        deployment: how Prisma sends a script, when that is known.
        squawk: the program to ask too.
        database_url: a database whose migrations are compared with the folder.

    Raises:
        InputError: squawk gives no answer.
        DatabaseError: the database cannot be looked into.
    """
    from prisma_decouple.migrations.judging import judge  # noqa: PLC0415 - many projects have no migrations

    since = str(settings.migrations.since)
    judged = [each for each in folder.migrations if each.name > since and (named is None or each.name in named)]
    wanted = judged if since or named is not None else judged[-1:]
    found = judge(
        folder.migrations,
        wanted={each.name for each in judged},
        disabled=settings.disable,
        deployment=deployment,
        remarks=_remarks(wanted, squawk) if squawk else None,
    )
    paths = {each.path for each in wanted}
    shown, earlier = [], 0
    for each in found:
        if each.place.path in paths:
            shown.append(each)
        else:
            earlier += 1
    return MigrationReport([*_compared(folder, settings, database_url), *shown], earlier)


def _remarks(migrations: Sequence[Migration], squawk: str) -> dict[str, list[Remark]]:
    from prisma_decouple.migrations.squawk import ask_squawk  # noqa: PLC0415 - most people have none

    return ask_squawk(squawk, migrations)


def _compared(folder: MigrationFolder, settings: Settings, database_url: str | None) -> list[Verdict]:
    if database_url is None:
        return []
    from prisma_decouple.migrations.applied import compare, read_applied  # noqa: PLC0415 - it needs a driver

    found = compare(folder, read_applied(database_url), str(settings.migrations.since))
    return [each for each in found if each.code not in settings.disable]


def place_in(files: Sequence[tuple[str, str]], error: DecoupleError) -> Place:
    """Where an error stands; the beginning of the first file when it does not say."""
    return error.place or Place(files[0][0], 1, 1)


def _syntax_errors(path: str, text: str) -> tuple[DecoupleError, ...]:
    try:
        parse_schema(text, path)
    except SchemaSyntaxError as error:
        return (error, *error.others)
    return ()


def invariants_of(settings: Settings, folder: Path) -> Iterator[Invariant]:
    """What a project declares and what its rules promise; the ready-made ones are apart.

    Raises:
        InputError: a rule file cannot be read.
        RuleFileError: a rule file is wrong.
    """
    yield from settings.invariants
    if not settings.rules:
        return
    from prisma_decouple.rules.rulefile import builtin_names, load_rules  # noqa: PLC0415 - as `_enabled`

    for name in settings.rules:
        yield from load_rules(name if name in builtin_names() else folder / name).invariants


def check_invariants(schema: Schema, settings: Settings, folder: Path) -> list[Report]:
    """Check a schema.

    Args:
        schema: the tree, all files of it.
        settings: what to check.
        folder: where the paths of rule files begin.

    Returns:
        What was found and is not ignored, and the ignore comments that are not needed, in the order of the files.

    Raises:
        SchemaError: the schema does not mean anything.
        InputError: as `invariants_of`.
        RuleFileError: likewise.
    """
    invariants: list[Ready | Invariant] = [*_enabled(settings), *invariants_of(settings, folder)]
    ignores = ignores_in(schema)
    if not invariants and not ignores:
        return []
    data = read_model(schema)
    found = [finding for each in invariants for finding in each.findings(data)]
    silenced = {(ignore.code, id(ignore.node)) for ignore in ignores}
    reports = [_report(schema, each) for each in found if (each.code, id(each.node)) not in silenced]
    needed = {(finding.code, id(finding.node)) for finding in found}
    for ignore in ignores:
        if (ignore.code, id(ignore.node)) not in needed:
            finding = Finding(UNUSED, f"nothing here is to be ignored by `{ignore.code}`", schema.files[0].blocks[0])
            reports.append(Report(finding, ignore.place))
    order = {file.path: at for at, file in enumerate(schema.files)}
    return sorted(reports, key=lambda each: (order[each.place.path], each.place.line, each.place.column, each.code))


def _enabled(settings: Settings) -> list[Ready]:
    """The ready-made invariants that are on; their file is read only when there are any."""
    if not settings.enable:
        return []
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415

    known = ready_invariants()
    for code in settings.enable:
        if code not in known:
            raise RuleFileError(f"there is no invariant `{code}`", hint=did_you_mean(code, known))
    return [known[code] for code in settings.enable]


def _report(schema: Schema, finding: Finding) -> Report:
    place = place_of(schema, finding.node)
    return Report(finding, place or Place(schema.files[0].path, 1, 1))


def _checked(settings: Settings) -> Settings:
    _enabled(settings)
    for code in settings.disable:
        if code not in CODES:
            raise RuleFileError(f"there is no invariant `{code}` of migrations", hint=did_you_mean(code, CODES))
    return settings


def _from_project(file: Path) -> Settings | None:
    try:
        tools = tomllib.loads(_read(file)).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"`{file}` is not TOML: {error}") from None
    try:
        return _checked(msgspec.convert(tools["prisma-decouple"], Settings)) if "prisma-decouple" in tools else None
    except msgspec.ValidationError as error:
        raise RuleFileError(f"`[tool.prisma-decouple]` in `{file}`: {error}") from None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"`{file}` cannot be read") from None
