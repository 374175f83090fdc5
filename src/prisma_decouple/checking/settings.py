"""What a project wants of its schema: prisma-decouple.yaml, or `[tool.prisma-decouple]` in pyproject.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.errors import InputError, RuleFileError, did_you_mean
from prisma_decouple.invariants.declared import Invariant, check_declarations
from prisma_decouple.migrations.findings import CODES, OPTIONAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from prisma_decouple.documents.document import Document, Key
    from prisma_decouple.errors import Place

CONFIG_FILES = ("prisma-decouple.yaml", "prisma-decouple.yml")
_TABLE = ("tool", "prisma-decouple")


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


def load_settings(folder: Path) -> Settings | None:
    """The settings in a folder.

    Returns:
        Those of prisma-decouple.yaml, else of pyproject.toml; None when neither has any.

    Raises:
        InputError: a file cannot be read.
        RuleFileError: a setting is wrong; the place is in the file.
    """
    # Each reader is imported only where there is something to read.
    for name in CONFIG_FILES:
        file = folder / name
        if file.is_file():
            from prisma_decouple.documents.yaml_text import read_yaml  # noqa: PLC0415

            document = read_yaml(file.as_posix(), _read(file))
            return _settings(document, ()) if document.value is not None else Settings()
    project = folder / "pyproject.toml"
    if not project.is_file() or _TABLE[1] not in (text := _read(project)):
        return None
    from prisma_decouple.documents.toml_text import read_toml  # noqa: PLC0415

    document = read_toml(project.as_posix(), text)
    return _settings(document, _TABLE) if _TABLE in document.places else None


def nearest_settings(
    folders: Sequence[Path], known: dict[Path, Settings | None] | None = None
) -> tuple[Settings, Path]:
    """The settings that count for a schema, and the folder that they are in.

    Args:
        folders: from that of the schema up to that of the project.
        known: what has been read so far, by folder; more is added.

    Raises:
        InputError: as `load_settings`.
        RuleFileError: likewise.
    """
    known = {} if known is None else known
    for folder in folders:
        if folder not in known:
            known[folder] = load_settings(folder)
        settings = known[folder]
        if settings is not None:
            return settings, folder
    return Settings(), folders[-1]


def extended(settings: Settings, *, rules: Iterable[str] = (), enable: Iterable[str] = ()) -> Settings:
    """Settings with more rule files and more ready-made invariants.

    Raises:
        RuleFileError: there is no invariant of that code.
    """
    enable = tuple(enable)
    for code in enable:
        _check_ready(code)
    codes = (*settings.enable, *(code for code in enable if code not in settings.enable))
    return msgspec.structs.replace(settings, enable=codes, rules=(*settings.rules, *rules))


def _settings(document: Document, key: Key) -> Settings:
    """The settings under a key of a document."""
    check_declarations(document, (*key, "invariants"))
    settings = document.convert(key, Settings)
    for at, code in enumerate(settings.enable):
        _check_ready(code, document.place((*key, "enable", at)))
    for at, code in enumerate(settings.disable):
        _check_of_migrations(code, document.place((*key, "disable", at)))
    return settings


def _check_ready(code: str, place: Place | None = None) -> None:
    """Refuse a code that no ready-made invariant has."""
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415 - as in `load_settings`

    known = ready_invariants()
    if code in OPTIONAL:
        return
    if code in CODES:
        raise RuleFileError(f"`{code}` is on already", place=place, hint="`disable` turns it off")
    if code not in known:
        raise RuleFileError(f"there is no invariant `{code}`", place=place, hint=did_you_mean(code, known))


def _check_of_migrations(code: str, place: Place | None) -> None:
    """Refuse a code that no invariant of migrations has."""
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415 - as in `load_settings`

    if code in ready_invariants() or code in OPTIONAL:
        raise RuleFileError(f"`{code}` is off", place=place, hint="`enable` is what turns it on")
    if code not in CODES:
        hint = did_you_mean(code, CODES)
        raise RuleFileError(f"there is no invariant `{code}` of migrations", place=place, hint=hint)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"`{file}` cannot be read") from None
