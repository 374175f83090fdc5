"""Which file goes where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.cli.locate import migrations_home
from prisma_decouple.cli.output import patch_of
from prisma_decouple.errors import InputError
from prisma_decouple.refactoring import migration_folder

if TYPE_CHECKING:
    from prisma_decouple.refactoring import Change
    from prisma_decouple.syntax.nodes import Schema

# How the paths of a migration's files begin in a change.
_MIGRATIONS = "migrations/"


@dataclass(frozen=True)
class Layout:
    """Where a change is written.

    Attributes:
        folder: the root of everything but the migrations.
        schema: where the schema was read: a file, or a folder.
        schema_target: where it goes.
        migrations: the folder of all migrations.
    """

    folder: Path
    schema: Path
    schema_target: Path
    migrations: Path

    @classmethod
    def into(cls, out: Path, schema: Path) -> Layout:
        """A folder of its own: `schema.prisma`, or the schema's folder under its own name, and the rest beside.

        Raises:
            InputError: `out` is a file.
        """
        if out.exists() and not out.is_dir():
            raise InputError(f"`{out}` is not a folder", hint="--out names the folder to write into")
        name = schema.resolve().name if schema.is_dir() else "schema.prisma"
        return cls(out, schema, out / name, out / "migrations")

    @classmethod
    def beside(cls, schema: Path, tree: Schema) -> Layout:
        """Where the schema is, with the migration where Prisma looks for it.

        Raises:
            InputError: prisma.config.ts computes that place.
        """
        home = next((file.path for file in tree.files if any(b.keyword == "datasource" for b in file.blocks)), None)
        migrations = migrations_home(schema, [(file.path, str(file)) for file in tree.files])
        return cls(Path(home or tree.files[0].path).parent, schema, schema, migrations)

    def schema_files(self, change: Change) -> dict[Path, str]:
        """The text of each file of the schema, by target."""
        if not self.schema.is_dir():
            return {self.schema_target: str(change.schema)}
        return {
            self.schema_target / Path(file.path).relative_to(self.schema): str(file) for file in change.schema.files
        }

    def files(self, change: Change) -> dict[Path, str]:
        """Everything, by target."""
        return {**self.schema_files(change), **{self._target(path): text for path, text in change.files.items()}}

    def _target(self, path: str) -> Path:
        """Where a file of the change goes; its path begins with `migrations/` when it belongs to one."""
        inside = path.removeprefix(_MIGRATIONS)
        return self.migrations / inside if inside != path else self.folder / path

    def as_patch(self, change: Change) -> str:
        """A patch for `git apply`: the schema changed in place, the migration new beside it."""
        pairs = zip(change.before.files, change.schema.files, strict=True)
        parts = [patch_of(Path(old.path), str(old), str(new)) for old, new in pairs if new is not old]
        new_files = {path: text for path, text in change.files.items() if path.startswith(_MIGRATIONS)}
        parts += [patch_of(self._target(path), None, text) for path, text in sorted(new_files.items())]
        return "".join(parts)

    def refuse_second_migration(self, change: Change) -> None:
        """A migration of the same name under another time is most likely the same one, written before.

        Raises:
            InputError: there is one.
        """
        if change.migration is None:
            return
        own = change.migration.folder
        others = [each.name for each in _migrations(self.migrations, own[15:]) if each.name != own]
        if others:
            where = self.migrations / others[0]
            hint = "give another --name; where no database has it yet, --force writes it anew"
            raise InputError(f"there is a migration of this name already: `{where}`", hint=hint)


def existing_timestamp(migrations: Path, name: str) -> str | None:
    """The timestamp of the migration of that name that was written before, so that it can be written again."""
    there = _migrations(migrations, migration_folder(name, "20000101000000")[15:])
    return there[-1].name[:14] if there else None


def _migrations(folder: Path, name: str) -> list[Path]:
    pattern = re.compile(rf"\d{{14}}_{re.escape(name)}")
    return sorted(each for each in folder.iterdir() if pattern.fullmatch(each.name)) if folder.is_dir() else []
