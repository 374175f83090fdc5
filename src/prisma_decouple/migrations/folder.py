"""A folder of migrations, as Prisma reads it."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import msgspec

from prisma_decouple.errors import InputError, Place

SCRIPT = "migration.sql"
LOCK = "migration_lock.toml"
_PROVIDER = r'(?m)^\s*provider\s*=\s*"([^"]*)"'


class Migration(msgspec.Struct, frozen=True, dict=True):
    """One migration.

    Attributes:
        name: of its folder, which Prisma sorts by and keeps in the database.
        path: of its script, as messages name it.
        data: the script, to the byte.
    """

    name: str
    path: str
    data: bytes

    @cached_property
    def text(self) -> str:
        """The script."""
        return self.data.decode("utf-8", errors="replace")

    def place(self, offset: int, length: int) -> Place:
        """Where something stands in it."""
        return Place.of_offset(self.path, self.text, offset, length)


class MigrationFolder(msgspec.Struct, frozen=True):
    """The migrations of a schema.

    Attributes:
        path: the folder.
        provider: the kind of database that they are for; None when nothing says so.
        migrations: in the order in which they are applied.
    """

    path: Path
    provider: str | None
    migrations: tuple[Migration, ...]


def read_migrations(path: Path) -> MigrationFolder:
    """Read a folder of migrations: every folder in it with a `migration.sql`, by name.

    Raises:
        InputError: something in it cannot be read.
    """
    try:
        lock = path / LOCK
        provider = re.search(_PROVIDER, lock.read_text(encoding="utf-8", errors="replace")) if lock.is_file() else None
        scripts = sorted(
            (each for each in path.glob(f"*/{SCRIPT}") if each.is_file()), key=lambda each: each.parent.name
        )
        found = tuple(Migration(each.parent.name, each.as_posix(), each.read_bytes()) for each in scripts)
    except OSError:
        raise InputError(f"`{path}` cannot be read") from None
    return MigrationFolder(path, provider[1] if provider else None, found)
