"""Servers and scratch databases: nothing is touched that was not made here, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from prisma_decouple.rehearse.errors import RehearsalError, require
from prisma_decouple.rehearse.server import Server, open_server
from prisma_decouple.rehearse.server.embedded import embedded

from .conftest import EXAMPLE

SCHEMA = EXAMPLE / "prisma" / "schema.prisma"


def databases(address):
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_a_database_that_was_not_made_here_is_neither_copied_nor_dropped(server):
    for touch in (server.drop, server.create):
        with pytest.raises(RehearsalError, match="was not made by this rehearsal"):
            touch(server.address)


def test_two_runs_on_one_server_do_not_see_each_other(server):
    others = [Server("one", server.address), Server("other", server.address)]
    made = [other.create() for other in others]

    others[0].drop_all()

    assert str(conninfo_to_dict(made[1])["dbname"]) in databases(server.address)
    others[1].drop_all()


def test_scratch_databases_are_gone_after_an_error(server):
    before = databases(server.address)

    def fail():
        with open_server(server.address) as other:
            other.create()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert databases(server.address) == before


def test_what_was_committed_survives_a_crash_and_nothing_else():
    with embedded() as own:
        address = own.create()
        with closing(psycopg.connect(address)) as connection:
            connection.execute("CREATE TABLE t (a INT)")
            connection.commit()
            connection.execute("INSERT INTO t VALUES (1)")
            own.crash()
        with closing(psycopg.connect(address)) as connection:
            assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)


@pytest.fixture
def temporary():
    """A folder that the server's user can enter; pytest's own are for root alone when root runs the tests."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("moment", ["the cluster is made", "the server runs"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_whoever_ends_it(server, temporary, number, moment):
    command = [sys.executable, "-m", "prisma_decouple", "rehearse", SCHEMA, "--rows", "20000"]
    with subprocess.Popen(command, env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.PIPE) as run:
        file = "*/maker" if moment == "the cluster is made" else "*/.s.PGSQL.5432.lock"
        process = wait_until(lambda: number_in(temporary, file))
        run.send_signal(number)

        assert run.wait(60) == {signal.SIGKILL: -signal.SIGKILL}.get(number, 130)
    wait_until(lambda: not list(temporary.iterdir()))
    wait_until(lambda: not exists(process))


def number_in(folder, file):
    """The number in the first line of a file, once it is there; initdb's own is not there for long."""
    with suppress(OSError, StopIteration):
        head, end, _ = next(folder.glob(file)).read_text().partition("\n")
        return int(head) if end else None


def exists(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    return found


def test_a_missing_package_is_named_with_the_command_that_installs_it():
    with pytest.raises(RehearsalError, match="no_such_package") as caught:
        require("no_such_package")

    assert "prisma-decouple[rehearse]" in caught.value.hint
