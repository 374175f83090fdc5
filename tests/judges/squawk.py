"""squawk, a linter of PostgreSQL migrations."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from typing import TYPE_CHECKING, NamedTuple

from judges.availability import missing

if TYPE_CHECKING:
    from pathlib import Path


class Finding(NamedTuple):
    """One finding; lines are counted from 1."""

    line: int
    rule: str


def program() -> str:
    """Return where it is."""
    found = shutil.which("squawk", path=sysconfig.get_path("scripts")) or shutil.which("squawk")
    return found or missing("squawk, of the package squawk-cli")


def squawk(file: Path) -> list[Finding]:
    """Return what squawk has to say about a file of SQL, in the order of its lines."""
    command = [program(), "--reporter=json", "--no-error-on-unmatched-pattern", str(file)]
    # An empty folder as the working directory: a configuration file of somebody's must not decide.
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=file.parent)
    if not done.stdout.strip():
        raise RuntimeError(f"squawk failed: {done.stderr}")
    return sorted(Finding(each["line"] + 1, each["rule_name"]) for each in json.loads(done.stdout))
