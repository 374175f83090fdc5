"""The hooks, run by pre-commit itself on a repository that has never seen this one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from judges.availability import ROOT, missing

CLEAN = "model A {\n  id Int @id\n}\n"
INVALID = "model A {\n  id Itn @id\n}\n"
UGLY = "model A {\n id Int @id\n}\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One cache for all runs, so that the environment of the hooks is made once."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def run_hook(tmp_path, home):
    """Commit a schema into a new repository and run one of the hooks on it."""
    if not (ROOT / ".git").exists():
        missing("a git checkout, from which pre-commit installs the hooks")

    def git(*arguments):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def run(hook, text):
        (tmp_path / "schema.prisma").write_text(text)
        git("init", "--quiet")
        git("add", ".")
        git("commit", "--quiet", "--message", "x")
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), hook, "--all-files"]
        environment = {**os.environ, "PRE_COMMIT_HOME": str(home)}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_clean_schema_passes(run_hook):
    done = run_hook("prisma-check", CLEAN)

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_schema_that_prisma_would_not_accept_fails(run_hook):
    done = run_hook("prisma-check", INVALID)

    assert done.returncode == 1
    assert "schema.prisma:2:3" in done.stdout


def test_a_schema_that_is_not_formatted_is_formatted_and_fails(run_hook, tmp_path):
    done = run_hook("prisma-format", UGLY)

    assert done.returncode == 1
    assert (tmp_path / "schema.prisma").read_text() == CLEAN
