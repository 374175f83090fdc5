"""A small project to run commands in, and the commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from prisma_decouple.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Source {
  id     Int     @id
  logins Login[]
}

model Login {
  id       Int    @id
  sourceId Int
  source   Source @relation(fields: [sourceId], references: [id])
  posts    Post[]
}

model Post {
  id      Int   @id
  loginId Int
  login   Login @relation(fields: [loginId], references: [id])
}
"""

RULES = """\
name: origin
description: A post has a source.
rules:
  - make_optional: { model: Post, field: login }
  - add_relation: { model: Post, to: Source, backfill: [login.sourceId] }
code:
  guide: createPost
"""

TIME = "20260101000000"


@dataclass
class Result:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with a schema and a rule file, which is the current folder."""
    (tmp_path / "prisma").mkdir()
    (tmp_path / "prisma" / "schema.prisma").write_text(SCHEMA)
    (tmp_path / "rules.yaml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys):
    """Run the command line in this process."""

    def run_command(*arguments: str) -> Result:
        status = main([*map(str, arguments)])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return run_command


def files_in(folder: Path) -> dict[str, bytes]:
    """All files under a folder, by path, with what is in them."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def unchanged(project):
    """Fail the test when any file of the project is not as it was."""
    before = files_in(project)
    yield before
    assert files_in(project) == before
