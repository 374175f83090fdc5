"""A throw-away copy of a code base in which Prisma's client is generated and the code is compiled.

What is installed is linked, not copied, except what the generator writes beside. The code base itself is only read.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

from prisma_decouple.typescript.tsc.client import Client
from prisma_decouple.typescript.tsc.installed import Packages
from prisma_decouple.typescript.tsc.programs import CannotCompileError, Programs, installed
from prisma_decouple.typescript.tsc.projects import Projects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from prisma_decouple.typescript.tsc.projects import CompilerError, Verdict

_NOT_COPIED = shutil.ignore_patterns("node_modules", ".git", ".next", ".turbo")
_QUOTED = re.compile(r"'[^']*'")
# How a package manager is told to install what a lock file says.
_INSTALLERS = {
    "pnpm-lock.yaml": "pnpm install",
    "yarn.lock": "yarn install",
    "bun.lock": "bun install",
    "bun.lockb": "bun install",
}


class Workspace:
    """The copy."""

    def __init__(self, root: Path, copy: Path, configs: Mapping[str, str], within: str = ".") -> None:
        """Copy a code base.

        Args:
            root: the code base, or the folder of all that it needs.
            copy: a folder that is not there yet.
            configs: its `package.json` and `tsconfig` files.
            within: the folder in it whose projects are compiled.

        Raises:
            CannotCompileError: packages, Node, TypeScript or a `tsconfig.json` are missing.
        """
        root = root.resolve()
        programs = Programs(root, copy)
        _demand_packages(root)
        shutil.copytree(root, copy, ignore=_NOT_COPIED, symlinks=True)
        Packages(root, copy).install()
        self._copy = copy
        self._client = Client(programs, copy)
        self._projects = Projects(programs, root, copy, configs, within)

    def write(self, texts: Mapping[str, str]) -> None:
        """Put texts in place of files of the copy."""
        for name, text in texts.items():
            path = self._copy / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def generate(self, schema: str, text: str) -> None:
        """Generate the client.

        Args:
            schema: path of the schema, or of its folder, in the copy.
            text: all of it.

        Raises:
            CannotCompileError: Prisma is not installed, fails, or would write outside the copy.
        """
        self._client.generate(self._copy / schema, text)

    def judge(self) -> Verdict:
        """What the compiler says of every project in the copy.

        Raises:
            CannotCompileError: it does not get as far as the code of any project.
        """
        return self._projects.judge()

    def errors(self) -> list[CompilerError]:
        """The same, without the projects that could not be compiled."""
        return self.judge().without({})


def _demand_packages(root: Path) -> None:
    """Refuse a code base whose packages are not installed, saying how that is done."""
    if any((each / "node_modules").is_dir() for each in root.parents) or next(installed(root), None) is not None:
        return
    if (root / ".pnp.cjs").exists():
        raise CannotCompileError(
            "the packages are installed without `node_modules` (Yarn's Plug'n'Play), where TypeScript does not find "
            "them by itself; `nodeLinker: node-modules` in `.yarnrc.yml` installs them there"
        )
    commands = (command for lock, command in _INSTALLERS.items() if (root / lock).exists())
    raise CannotCompileError(f"no packages are installed: run `{next(commands, 'npm install')}` first")


def difference(errors: Iterable[CompilerError], others: Iterable[CompilerError]) -> list[CompilerError]:
    """The errors that are not among others: said anywhere in their file, or of the same line but for its types.

    What is in a type changes with the schema and with the patch, and the compiler spells it out.
    """
    found, left = list(errors), list(others)
    for likeness in (_saying, _saying_of_line):
        found, left = _unlike(found, left, likeness), _unlike(left, found, likeness)
    return found


def _unlike(
    errors: Iterable[CompilerError], others: Iterable[CompilerError], likeness: Callable[[CompilerError], object]
) -> list[CompilerError]:
    known, found = Counter(map(likeness, others)), []
    for error in errors:
        key = likeness(error)
        if not known[key]:
            found.append(error)
        known[key] -= known[key] > 0
    return found


def _saying(error: CompilerError) -> tuple[object, ...]:
    return error.file, error.code, error.message


def _saying_of_line(error: CompilerError) -> tuple[object, ...]:
    return error.file, error.line, error.code, _QUOTED.sub("", error.message)
