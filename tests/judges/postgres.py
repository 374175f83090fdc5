"""PostgreSQL servers that the tests start and stop themselves."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judges.psql import SqlError, psql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from judges.installations import Installation

# Nothing that a test writes must survive a power cut. Autovacuum would hold on to databases that are to be copied.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
}

# The server ends and its files go when the pipe on stdin closes: at the end of the session, or when pytest is killed.
KEEPER = '"$@" & server=$!; cat >/dev/null; kill -INT "$server" 2>/dev/null; wait "$server"; rm -rf "$PGDATA" "$HOME"'

# A database is some three hundred files, and every test makes one: with plenty of memory, they are kept there.
MEMORY = Path("/dev/shm")
PLENTY = 4 * 2**30

START_SECONDS = 30


@dataclass
class Server:
    """A running server, private to the test session that started it."""

    port: int
    password: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _templates: dict[str, str] = field(default_factory=dict)

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database, in the form that every client knows."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Create a database, yield its address, drop it."""
        name = f"test_{next(self._numbers)}"
        self._create(name, template)
        try:
            yield self.url(name)
        finally:
            psql(self.url(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def template(self, key: str, load: Callable[[str], object], base: str = "template0") -> str:
        """Return the name of a database for `database(template)`: a copy of `base`, loaded when the key is new."""
        if key not in self._templates:
            name = f"template_{next(self._numbers)}"
            self._create(name, base)
            load(self.url(name))
            self._templates[key] = name
        return self._templates[key]

    def _create(self, name: str, template: str) -> None:
        psql(self.url(), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")


@contextmanager
def running(installation: Installation) -> Iterator[Server]:
    """Start a server on a free port, with files of its own; stop it and remove them at the end.

    Raises:
        SqlError: when it does not start, with its log.
    """
    keeper, server = _start(installation)
    try:
        yield server
    finally:
        keeper.communicate(timeout=60)


def _start(installation: Installation, attempts: int = 3) -> tuple[subprocess.Popen[bytes], Server]:
    """Somebody may take the port between its choice and its use; hence the attempts."""
    log = ""
    for _ in range(attempts):
        in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > PLENTY
        data = Path(tempfile.mkdtemp(prefix="prisma-decouple-", dir=MEMORY if in_memory else None))
        home = Path(tempfile.mkdtemp(prefix="prisma-decouple-"))
        server = Server(_free_port(), secrets.token_hex(12))
        keeper = _launch(installation, home, data, server)
        if _answers(data, server):
            return keeper, server
        log = (home / "log").read_text(errors="replace")
        keeper.communicate(timeout=60)
    raise SqlError(f"{installation.name} does not start:\n{log}")


def _launch(installation: Installation, home: Path, data: Path, server: Server) -> subprocess.Popen[bytes]:
    user = _unprivileged_user()
    (home / "password").write_text(server.password)
    programs = _reachable(installation.bin, home, user)
    if user:  # who will also have to remove all of it
        subprocess.run(["chown", "-R", f"{user['user']}:{user['group']}", home, data], check=True)
    environment = {**os.environ, "HOME": str(home), "PGDATA": str(data), "LC_ALL": "C"}
    options: dict[str, Any] = {**user, "cwd": home, "env": environment}
    identity = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={home / 'password'}"]
    locale = ["--encoding=UTF8", "--no-locale", "--no-sync"]
    subprocess.run([programs / "initdb", *identity, *locale], check=True, capture_output=True, **options)
    settings = [f"--{name}={setting}" for name, setting in {**SETTINGS, "port": server.port}.items()]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "sh", programs / "postgres", *settings],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C is for pytest, which then closes the pipe
            **options,
        )


def _unprivileged_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - Windows has no such module

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(programs: Path, home: Path, user: dict[str, Any]) -> Path:
    """Return the programs, or a copy of them when they are in a folder that their user may not enter."""
    try:
        subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, cwd="/", **user)
    except (PermissionError, subprocess.CalledProcessError):
        # The shared libraries of a wheel are beside its package, and found by their place relative to the program.
        package = programs.parents[1]
        libraries = package.with_name(f"{package.name}.libs")
        copy = home / package.name / programs.parent.name
        shutil.copytree(programs.parent, copy)
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name)
        return copy / programs.name
    return programs


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(data: Path, server: Server) -> bool:
    """Wait until the server takes connections; False when it ended or takes too long."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < START_SECONDS:
        if psql(server.url(), "SELECT 1", check=False).returncode == 0:
            return True
        # PostgreSQL writes this file first of all, and removes it when it gives up.
        if waited > 2 and not (data / "postmaster.pid").exists():
            return False
        time.sleep(0.05)
    return False
