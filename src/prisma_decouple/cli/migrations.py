"""The migrations that a check looks at: those that were named, or those that belong to its schemas."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from prisma_decouple.cli.locate import folders_above, locate_migrations
from prisma_decouple.errors import InputError
from prisma_decouple.migrations.folder import LOCK, SCRIPT, MigrationFolder, read_migrations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prisma_decouple.checking.migrations import MigrationReport
    from prisma_decouple.checking.settings import Settings

_PROVIDER = r'(?ms)^[ \t]*datasource\b[^}]*?^[ \t]*provider[ \t]*=[ \t]*"([^"]*)"'
_POSTGRESQL = {"postgresql", "postgres"}


class MigrationTarget(msgspec.Struct):
    """Migrations to look at.

    Attributes:
        folder: all migrations of a schema.
        names: those that were named; None when it belongs to a schema that was.
        is_edited: the text of a script is not the one in its file.
    """

    folder: MigrationFolder
    names: set[str] | None = None
    is_edited: bool = False

    @property
    def is_postgresql(self) -> bool:
        """Whether their SQL is for PostgreSQL; where nothing says so, it is."""
        return self.folder.provider is None or self.folder.provider in _POSTGRESQL

    def read_script(self, data: bytes) -> None:
        """Take another text for the script that was named."""
        scripts = (
            msgspec.structs.replace(each, data=data) if each.name in (self.names or ()) else each
            for each in self.folder.migrations
        )
        self.folder = msgspec.structs.replace(self.folder, migrations=tuple(scripts))
        self.is_edited = True


def named_migrations(paths: Iterable[Path]) -> tuple[list[Path], list[MigrationTarget]]:
    """Tell migrations from schemas.

    Args:
        paths: as somebody, or a hook, has named them: scripts, folders of migrations, anything else.

    Returns:
        Everything else, and the migrations, each folder once.

    Raises:
        InputError: a file of SQL is none that Prisma runs.
    """
    others: list[Path] = []
    targets: dict[Path, MigrationTarget] = {}
    for path in paths:
        folder, name = _folder_of(path)
        if folder is None:
            others.append(path)
            continue
        old = targets.get(folder) or MigrationTarget(read_migrations(folder))
        names = {each.name for each in old.folder.migrations} if name is None else {name}
        targets[folder] = msgspec.structs.replace(old, names=names | (old.names or set()))
    return others, list(targets.values())


def _folder_of(path: Path) -> tuple[Path | None, str | None]:
    """The folder of migrations that a path is in or is, and the name of the one migration that it is."""
    if path.suffix == ".sql":
        if path.name != SCRIPT:
            raise InputError(f"`{path}` is no migration: Prisma runs `{SCRIPT}` in a folder of its own")
        path = path.parent
        if not (path / SCRIPT).is_file():
            raise InputError(f"there is no file `{path / SCRIPT}`")
    if (path / SCRIPT).is_file():
        # Without a folder in front the name would be lost: `check migration.sql` in the migration's own folder.
        return path.parent if path.name else Path(".."), path.name or path.resolve().name
    is_folder = (path / LOCK).is_file() or any(path.glob(f"*/{SCRIPT}"))
    return (path, None) if is_folder else (None, None)


def migrations_of(schema: Path, files: Sequence[tuple[str, str]]) -> MigrationTarget | None:
    """The migrations of a schema; None when it has none.

    Args:
        schema: its file or folder.
        files: pairs of path and text.

    Raises:
        InputError: as `locate_migrations`.
    """
    path = locate_migrations(schema, files)
    if path is None:
        return None
    folder = read_migrations(path)
    provider = next((match[1] for _, text in files if (match := re.search(_PROVIDER, text))), None)
    return MigrationTarget(msgspec.structs.replace(folder, provider=folder.provider or provider))


def check(
    target: MigrationTarget, settings: Settings, database_url: str | None, *, prisma: Literal["6", "7"] | None
) -> MigrationReport:
    """Check migrations.

    Args:
        target: the migrations.
        settings: those that count for them.
        database_url: a database to compare them with.
        prisma: the version that somebody says; else it is looked up.

    Raises:
        InputError: squawk gives no answer.
        DatabaseError: the database cannot be looked into.
    """
    from prisma_decouple.checking.migrations import check_migrations  # noqa: PLC0415 - as all that a check may not need
    from prisma_decouple.migrations.deployment import deployment_of  # noqa: PLC0415
    from prisma_decouple.migrations.squawk import find_squawk  # noqa: PLC0415

    folders = folders_above(target.folder.path)
    return check_migrations(
        target.folder,
        settings,
        named=target.names,
        deployment="batch" if prisma == "6" else deployment_of(folders),
        squawk=find_squawk(folders) if settings.migrations.squawk and not target.is_edited else None,
        database_url=database_url,
    )
