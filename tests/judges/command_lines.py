"""Prisma's own command line, asked which schema and which migrations it would take."""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Literal

from judges.packages import install_packages

PACKAGES = Path(__file__).parent / "command_lines"

Version = Literal["6", "7"]

# Takes the place of the schema engine: notes what it is told, and says that there is nothing to do.
_ENGINE = """\
import json, sys
if "cli" not in sys.argv:
    for line in sys.stdin:
        request = json.loads(line)
        with open({log!r}, "a") as log:
            log.write(line)
        result = {{"appliedMigrationNames": []}}
        print(json.dumps({{"jsonrpc": "2.0", "id": request["id"], "result": result}}), flush=True)
"""
_LOADED = re.compile(r"^Prisma schema loaded from (.*?)\.?$", re.MULTILINE)


class CommandLineError(Exception):
    """Prisma refused; the message is its own."""


class PrismaCommandLine:
    """Prisma as it is installed in a project; no engine is downloaded or run.

    Args:
        version: which one.
        folder: a folder of its own for what takes the place of engines.
    """

    def __init__(self, version: Version, folder: Path) -> None:
        self.version = version
        self.package = installed(f"prisma{version}")
        self._log = folder / "log"
        self._engine = folder / "engine"
        code = _ENGINE.format(log=str(self._log))
        self._engine.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(code)} "$@"\n')
        self._engine.chmod(self._engine.stat().st_mode | stat.S_IXUSR)

    def schema(self, folder: Path) -> str:
        """Where it finds the schema when it is run in a folder: a path relative to that.

        Raises:
            CommandLineError: it finds none.
        """
        output = self._run(folder, "validate")
        found = _LOADED.search(output)
        if found is None:
            raise CommandLineError(output)
        return found[1] or "."

    def migrations(self, folder: Path) -> str:
        """The folder of migrations that it deploys: a path relative to where it is run.

        Raises:
            CommandLineError: it does not come that far.
        """
        self._log.unlink(missing_ok=True)
        output = self._run(folder, "migrate", "deploy")
        if not self._log.exists():
            raise CommandLineError(output)
        [request] = map(json.loads, self._log.read_text().splitlines())
        return os.path.relpath(request["params"]["migrationsList"]["baseDir"], folder)

    def _run(self, folder: Path, *arguments: str) -> str:
        engine = str(self._engine)
        environment = {
            **os.environ,
            "PRISMA_SCHEMA_ENGINE_BINARY": engine,
            "PRISMA_QUERY_ENGINE_LIBRARY": engine,
            "PRISMA_HIDE_UPDATE_MESSAGE": "1",
            "CHECKPOINT_DISABLE": "1",
            "NO_COLOR": "1",
        }
        command = ["node", str(self.package / "build" / "index.js"), *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr


def installed(package: str) -> Path:
    """The folder of one of the packages."""
    return install_packages(PACKAGES, "Prisma's command line") / "node_modules" / package
