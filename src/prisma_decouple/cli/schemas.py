"""From the files that a hook or an editor names to the schemas that they are parts of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.cli.locate import DATASOURCE, folders_above, named_schema
from prisma_decouple.cli.paths import resolved
from prisma_decouple.errors import InputError
from prisma_decouple.syntax.parser import schema_files

if TYPE_CHECKING:
    from collections.abc import Iterable


class Target(msgspec.Struct):
    """A schema to look at.

    Attributes:
        root: its file or folder.
        files: the files that were named; None when all of it was.
    """

    root: Path
    files: set[Path] | None = set()

    def concerns(self, path: str) -> bool:
        """Whether a file of the schema was named."""
        return self.files is None or resolved(Path(path)) in self.files


def deleted_files() -> list[Path]:
    """The schema files that a commit deletes, or what lies between two revisions that pre-commit compares.

    Returns:
        Them; none where git knows of nothing.
    """
    import subprocess  # noqa: PLC0415 - only hooks ask

    ends = [os.environ.get(f"PRE_COMMIT_{name}_REF") for name in ("FROM", "TO")]
    compared = ["...".join(each for each in ends if each)] if all(ends) else ["--cached"]
    shown = ["--diff-filter=D", "--no-renames", "--name-only", "--relative", "-z", "--", "*.prisma"]
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it is to be run
            ["git", "diff", *compared, *shown],  # noqa: S607 - the git that has called the hook
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except OSError:
        return []
    return [Path(name) for name in done.stdout.split("\0") if name]


def group_by_schema(paths: Iterable[Path], deleted: Iterable[Path] = ()) -> list[Target]:
    """Find out which schemas the paths are parts of.

    Args:
        paths: folders, each a schema, and files. A file is a part of the folder above it that has, over all its files,
            one datasource; with more than one each file is a schema of its own.
        deleted: files that are gone, of whose schemas something may be left.

    Returns:
        Each schema once, in the order in which it was first named.
    """
    targets: dict[Path, Target] = {}
    for path in paths:
        root = path if path.is_dir() else _schema_of(path)
        target = targets.setdefault(resolved(root), Target(root))
        if path.is_dir() or root == path:
            target.files = None
        elif target.files is not None:
            target.files.add(resolved(path))
    for path in deleted:
        left = next((each for folder in path.parents for each in sorted(folder.glob("*.prisma"))), None)
        if left is not None:
            root = _schema_of(left)
            targets.setdefault(resolved(root), Target(root, set()))
    return list(targets.values())


def _schema_of(file: Path) -> Path:
    """The topmost folder with schema files above a file, when they are one schema, or that which is configured."""
    top: Path | None = None
    for folder in file.parents:
        if not any(folder.glob("*.prisma")):
            break
        top = folder
    siblings = [] if top is None else schema_files(top)
    sources = [each for each in siblings if _has_datasource(each)]
    if top is not None and len(siblings) > 1 and len(sources) == 1:
        return top
    return file if file in sources else _configured(file) or file


def _configured(file: Path) -> Path | None:
    """The folder that a project names as its schema, when the file is in it."""
    for folder in folders_above(file):
        try:
            named = named_schema(folder)
        except InputError:
            continue  # what is computed may be anything
        if named is not None and named[0].is_dir() and resolved(file).is_relative_to(resolved(named[0])):
            return named[0]
    return None


def _has_datasource(file: Path) -> bool:
    return DATASOURCE.search(file.read_text(encoding="utf-8", errors="replace")) is not None
