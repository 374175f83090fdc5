"""Node, and the programs of installed packages that it runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LONGEST_RUN = 900
_MODULES = "node_modules"


def is_at_hand(root: Path) -> bool:
    """Whether Node is there, and TypeScript is installed in a code base itself or above it."""
    places = (each / _MODULES / "typescript" for each in (root, *root.parents))
    return shutil.which("node") is not None and any(each.is_dir() for each in places)


class CannotCompileError(Exception):
    """The compiler cannot be asked; the message says why."""


class Programs:
    """What can be run in the copy of a code base.

    Args:
        root: the code base.
        copy: the folder of the copy.

    Raises:
        CannotCompileError: Node is missing.
    """

    def __init__(self, root: Path, copy: Path) -> None:
        node = shutil.which("node")
        if node is None:
            raise CannotCompileError("there is no `node` on the path")
        self._node, self._root, self._copy = node, root, copy

    def find(self, folder: Path, name: str) -> Path | None:
        """A program of an installed package, looked for as Node does, in the copy and then above the code base."""
        inside = [each for each in (folder, *folder.parents) if each.is_relative_to(self._copy)]
        candidates = (each / _MODULES / name for each in (*inside, *self._root.parents))
        return next((each for each in candidates if each.exists()), None)

    def find_anywhere(self, name: str) -> Path | None:
        """The same in any package of the copy: one of a workspace may have it for the others."""
        return next((each / name for each in installed(self._copy) if (each / name).exists()), None)

    def run(
        self, command: list[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a script in a folder.

        Raises:
            CannotCompileError: it takes too long.
        """
        try:
            return subprocess.run(  # noqa: S603 - the project's own tools, by their paths
                [self._node, *command],
                cwd=folder,
                env={**os.environ, **(environment or {})},
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_LONGEST_RUN,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            name = os.path.relpath(command[0], self._copy)
            raise CannotCompileError(f"`{name}` takes more than {_LONGEST_RUN // 60} minutes") from error


def installed(root: Path) -> Iterator[Path]:
    """The folders of installed packages in a code base, not those inside of them."""
    for folder, subfolders, _ in os.walk(root):
        if _MODULES in subfolders:
            yield root / folder / _MODULES
        subfolders[:] = [name for name in subfolders if name != _MODULES and not name.startswith(".")]
