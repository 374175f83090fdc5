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
