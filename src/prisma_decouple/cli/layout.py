"""Which file goes where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.cli.locate import migrations_home
from prisma_decouple.cli.output import patch_of
from prisma_decouple.cli.paths import resolved
from prisma_decouple.errors import InputError
from prisma_decouple.refactoring import migration_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from prisma_decouple.refactoring import Change
    from prisma_decouple.syntax.nodes import Schema

# How the paths of a migration's files begin in a change.
_MIGRATIONS = "migrations/"
# Of a timestamp.
_FORMAT = "%Y%m%d%H%M%S"


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

    @cached_property
    def is_in_place(self) -> bool:
        """Whether the schema is written over the one that was read, so that another run begins where this one ends."""
        return resolved(self.schema_target) == resolved(self.schema)

    def replaceable(self, change: Change, *, in_place: bool) -> frozenset[Path]:
        """The files that may be there and are written anew without being asked.

        Args:
            change: what is written.
            in_place: the schema is to be replaced, and what only tells of an earlier run with it.
        """
        if not in_place:
            return frozenset()
        told = earlier_files(self.folder)
        same = [path for path, text in self.files(change).items() if _holds(path, text)]
        return frozenset([*self.schema_files(change), *told, *same])

    def given_way(self, change: Change) -> list[str]:
        """The names of the files that an earlier run has left to tell of itself, and that say something else now."""
        files = self.files(change)
        return [f"`{path}`" for path in earlier_files(self.folder) if path in files and not _holds(path, files[path])]

    def left_over(self, change: Change) -> list[Path]:
        """The files that an earlier run has left to tell of itself, and of which this one has none."""
        files = self.files(change)
        return [path for path in earlier_files(self.folder) if path not in files]

    def earlier_timestamp(self, name: str, again: Callable[[str], Change], *, force: bool) -> str | None:
        """The timestamp that earlier migrations of that name ask for; None when now will do.

        Where the schema is changed in place, an earlier migration has led to it and is needed still: only the same
        bytes take its place.

        Args:
            name: of the migration, as it was asked for.
            again: gives the change under a timestamp.
            force: whether an earlier migration may be replaced elsewhere.
        """
        there = self._of_name(migration_folder(name, "20000101000000")[15:])
        if not there or not (force or self.is_in_place):
            return None
        times = [each.name[:14] for each in reversed(there)]
        if not self.is_in_place:
            return times[0]
        return next((time for time in times if self._has_migration(again(time))), _later(times[0]))

    def refuse_second_migration(self, change: Change, *, force: bool) -> None:
        """A migration of the same name under another time is most likely the same one, written before.

        Args:
            change: what is about to be written.
            force: whether somebody knows of it.

        Raises:
            InputError: there is one, or the very folder has another migration to which the schema owes what it has.
        """
        if change.migration is None:
            return
        folder = self.migrations / change.migration.folder
        if self.is_in_place and (folder / "migration.sql").exists() and not self._has_migration(change):
            hint = "leave out --timestamp, or give another --name"
            raise InputError(f"`{folder}` is another migration, from which this one goes on", hint=hint)
        others = [each for each in self._of_name(folder.name[15:]) if each.name != folder.name]
        if not others or (force and self.is_in_place):
            return
        hint = "give another --name; where no database has it yet, --force writes it anew"
        if self.is_in_place:
            hint = "give another --name; --force puts the new one beside it under the same name"
        elif force:
            hint = f"leave out --timestamp to write `{others[-1].name}` anew, or give another --name"
        raise InputError(f"there is a migration of this name already: `{others[0]}`", hint=hint)

    def later_migration(self, change: Change) -> str | None:
        """The last migration when Prisma runs it after the one that is about to be written, which is new."""
        if change.migration is None or not self.migrations.is_dir():
            return None
        names = [each.name for each in self.migrations.iterdir() if re.match(r"\d{14}_", each.name) and each.is_dir()]
        last, name = max(names, default=""), change.migration.folder
        return last if last > name and name not in names else None

    def _has_migration(self, change: Change) -> bool:
        """Whether the migration is there to the byte."""
        files = {path: text for path, text in change.files.items() if path.startswith(_MIGRATIONS)}
        return bool(files) and all(_holds(self._target(path), text) for path, text in files.items())

    def _of_name(self, name: str) -> list[Path]:
        pattern = re.compile(rf"\d{{14}}_{re.escape(name)}")
        there = self.migrations.iterdir() if self.migrations.is_dir() else ()
        return sorted(each for each in there if pattern.fullmatch(each.name))


def earlier_files(folder: Path) -> list[Path]:
    """What an earlier run has left beside the migrations, to tell of itself; only what it can be known by."""
    summary, hints, patch = folder / "summary.json", folder / "code" / "hints.json", folder / "code" / "changes.patch"
    found = [summary] if _json_with(summary, "version", "rules", "migration", "why_no_migration") else []
    if document := _json_with(hints, "version", "guide", "counts", "hints"):
        guide = Path(str(document["guide"])).name
        found += [hints, hints.parent / guide, patch]
    return [path for path in found if path.is_file()]


def _json_with(path: Path, *keys: str) -> dict[str, object]:
    """The object in a file of JSON that has these keys; empty when it is not such a file."""
    import json  # noqa: PLC0415 - most runs find none

    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) and {*keys} <= {*value} else {}


def _holds(path: Path, text: str) -> bool:
    """Whether a file is there with this very text."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def _later(timestamp: str) -> str | None:
    """A timestamp behind another one; None when now will do."""
    second = datetime.strptime(timestamp, _FORMAT).replace(tzinfo=timezone.utc) + timedelta(seconds=1)
    return max(second, datetime.now(timezone.utc)).strftime(_FORMAT)
