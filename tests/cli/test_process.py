"""The command line as a process: what a shell, a pipe or a hook sees of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import SCHEMA

COMMAND = [sys.executable, "-m", "prisma_decouple"]
ENTRY = [str(Path(sys.executable).with_name("prisma-decouple"))]


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "schema.prisma"
    path.write_text(SCHEMA, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", [COMMAND, ENTRY], ids=["module", "entry point"])
@pytest.mark.parametrize(
    ("change", "status"),
    [(("", ""), 0), (("Login[]", "Logon[]"), 1), (("model Login {", "model Login"), 1)],
    ids=["clean", "unknown type", "syntax error"],
)
def test_the_exit_status_is_that_of_the_command(command, schema, change, status):
    schema.write_text(SCHEMA.replace(*change), encoding="utf-8")

    assert subprocess.run([*command, "check", schema], capture_output=True, check=False).returncode == status


def test_bad_usage_is_status_2(schema):
    assert subprocess.run([*COMMAND, "check", "--nonsense", schema], capture_output=True, check=False).returncode == 2


def test_a_pipe_gets_all_of_a_long_output(schema):
    schema.write_text("".join(f"model M{at} {{\n  id Nothing @id\n}}\n" for at in range(3_000)), encoding="utf-8")

    out = subprocess.run([*COMMAND, "check", schema], capture_output=True, text=True, check=False).stdout

    assert all(f":{3 * at + 2}:" in out for at in (0, 1_500, 2_999))


def test_nothing_is_said_to_a_reader_that_has_gone(schema):
    schema.write_text("".join(f"model M{at} {{\n  id Nothing @id\n}}\n" for at in range(3_000)), encoding="utf-8")
    with subprocess.Popen([*COMMAND, "check", schema], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()

        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
@pytest.mark.parametrize("command", [["check"], ["diff", "--from", "empty", "--to"], ["format", "--stdout"]])
def test_an_output_that_cannot_be_written_is_told(schema, command):
    schema.write_text(SCHEMA.replace("Login[]", "Logon[]") if command == ["check"] else SCHEMA, encoding="utf-8")

    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, *command, schema], stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "E101 the output cannot be written: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
def test_a_message_that_cannot_be_written_changes_no_status():
    with Path("/dev/full").open("w") as full:
        assert subprocess.run([*COMMAND, "check", "nowhere.prisma"], stderr=full, check=False).returncode == 2


@pytest.mark.parametrize(
    ("stream", "change", "status"), [(">&-", "Login[]", 0), (">&-", "Logon[]", 1), ("2>&-", "Logon[]", 1)]
)
def test_a_stream_that_the_shell_has_closed_leads_nowhere(schema, stream, change, status):
    schema.write_text(SCHEMA.replace("Login[]", change), encoding="utf-8")

    done = subprocess.run(
        ["sh", "-c", f'"$@" {stream}', "sh", *COMMAND, "check", schema], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (status, "")
