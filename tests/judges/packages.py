"""npm packages for the judges, in the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

from judges.availability import missing

FILES = ("package.json", "package-lock.json", ".npmrc")


def install_packages(folder: Path, what: str) -> Path:
    """Install the npm packages that a folder names, once per lock file.

    Args:
        folder: has the package.json and the lock file.
        what: what they are, for the message when they cannot be had.

    Returns:
        The folder with `node_modules`.
    """
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            missing(f"{program}, which runs {what}")
    digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()[:16]
    packages = _cache() / f"packages-{digest}"
    with FileLock(f"{packages}.lock"):
        if not packages.exists():
            _install(folder, packages, what)
    return packages


def _cache() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "prisma-decouple-tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _install(source: Path, target: Path, what: str) -> None:
    """Install beside the target and rename, so that an interrupted installation is never taken for a whole one."""
    with TemporaryDirectory(dir=target.parent) as temporary:
        folder = Path(temporary) / "packages"
        folder.mkdir()
        for name in FILES:
            shutil.copy(source / name, folder)
        command = ["npm", "ci", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            missing(f"{what}, npm ci says: {done.stderr.strip()[-500:]}")
        folder.rename(target)
