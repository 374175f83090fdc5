"""What a project wants of its schema: prisma-decouple.yaml, or `[tool.prisma-decouple]` in pyproject.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from prisma_decouple.invariants.declared import Invariant  # noqa: TC004 - `settings_text` knows it when it reads

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


class Settings(msgspec.Struct, frozen=True, kw_only=True):
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
    # What reads and understands them is imported only where there is something to read.
    for name in CONFIG_FILES:
        file = folder / name
        if file.is_file():
            from prisma_decouple.checking.settings_text import settings_of  # noqa: PLC0415
            from prisma_decouple.documents.yaml_text import read_yaml  # noqa: PLC0415

            document = read_yaml(file.as_posix(), _read(file))
            return settings_of(document, ()) if document.value is not None else Settings()
    project = folder / "pyproject.toml"
    if not project.is_file() or _TABLE[1] not in (text := _read(project)):
        return None
    from prisma_decouple.documents.toml_text import read_toml  # noqa: PLC0415

    document = read_toml(project.as_posix(), text)
    if _TABLE not in document.places:
        return None
    from prisma_decouple.checking.settings_text import settings_of  # noqa: PLC0415

    return settings_of(document, _TABLE)


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
    if enable:
        from prisma_decouple.checking.settings_text import check_enabled  # noqa: PLC0415 - as in `load_settings`

        for code in enable:
            check_enabled(code)
    codes = (*settings.enable, *(code for code in enable if code not in settings.enable))
    return msgspec.structs.replace(settings, enable=codes, rules=(*settings.rules, *rules))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"`{file}` cannot be read") from None
