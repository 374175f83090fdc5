"""TypeScript's own compiler, on a project whose Prisma client is generated for the schema that it has at the moment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from judges.packages import install_packages

if TYPE_CHECKING:
    from pathlib import Path

_ERROR = re.compile(r"^(?P<file>[^\s(][^(]*)\((?P<line>\d+),(?P<column>\d+)\): error", re.MULTILINE)


@dataclass(frozen=True)
class Compiler:
    """A copy of a project, to be changed at will."""

    project: Path

    def errors(self) -> list[str]:
        """Generate the client for the schema as it is, compile, and return the place of every complaint."""
        stub = self.project / "no-engine"
        stub.touch(mode=0o755)
        engines = ("PRISMA_QUERY_ENGINE_LIBRARY", "PRISMA_QUERY_ENGINE_BINARY", "PRISMA_SCHEMA_ENGINE_BINARY")
        environment = {**os.environ, **dict.fromkeys(engines, str(stub)), "PRISMA_HIDE_UPDATE_MESSAGE": "1"}
        self._run("prisma/build/index.js", "generate", "--no-engine", env=environment, check=True)
        told = self._run("typescript/bin/tsc", "--noEmit", "--pretty", "false").stdout
        return [f"{found['file']}({found['line']},{found['column']})" for found in _ERROR.finditer(told)]

    def _run(self, script, *arguments, env=None, check=False):
        command = ["node", str(self.project / "node_modules" / script), *arguments]
        return subprocess.run(command, cwd=self.project, capture_output=True, text=True, env=env, check=check)


def compiler_of(project: Path, target: Path) -> Compiler:
    """Copy a project and give it the packages of its lock file."""
    packages = install_packages(project, "TypeScript's compiler and Prisma's client")
    shutil.copytree(project, target, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
    modules = target / "node_modules"
    modules.mkdir()
    for package in packages.joinpath("node_modules").iterdir():
        if package.name == "@prisma":
            shutil.copytree(package, modules / package.name)  # it looks beside itself for what is generated
        elif package.name != ".prisma":
            (modules / package.name).symlink_to(package)
    return Compiler(target)
