"""The hooks, run by pre-commit itself on a repository that has never seen this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
import yaml

from judges.availability import ROOT, missing

CLEAN = "model A {\n  id Int @id\n}\n"
INVALID = "model A {\n  id Itn @id\n}\n"
UGLY = "model A {\n id Int @id\n}\n"


def git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit_all(folder):
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """One cache for all runs, so that the environment of the hooks is made once."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """A repository with the hooks as they are in the checkout, committed or not, and its only revision."""
    if not (ROOT / ".git").exists():
        missing("a git checkout, from which pre-commit installs the hooks")
    folder = tmp_path_factory.mktemp("hooks")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    return folder, commit_all(folder)


@pytest.fixture
def run_hook(tmp_path, home, hooks):
    """Commit files, or that they are gone, and run one of the hooks on all of them, or on those that came last."""
    source, revision = hooks

    def run(hook, *commits):
        git(tmp_path, "init", "--quiet")
        used = {"repo": str(source), "rev": revision, "hooks": [{"id": hook}]}
        (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [used]}))
        for files in commits:
            for path, text in files.items():
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                if text is None:
                    (tmp_path / path).unlink()
                else:
                    (tmp_path / path).write_text(text)
            commit_all(tmp_path)
        changed = ["--from-ref", "HEAD~1", "--to-ref", "HEAD"] if len(commits) > 1 else ["--all-files"]
        command = [sys.executable, "-m", "pre_commit", "run", hook, *changed]
        environment = {**os.environ, "PRE_COMMIT_HOME": str(home)}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_clean_schema_passes(run_hook):
    done = run_hook("prisma-check", {"schema.prisma": CLEAN})

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_schema_that_prisma_would_not_accept_fails(run_hook):
    done = run_hook("prisma-check", {"schema.prisma": INVALID})

    assert done.returncode == 1
    assert "schema.prisma:2:6" in done.stdout


def test_a_schema_that_is_not_formatted_is_formatted_and_fails(run_hook, tmp_path):
    done = run_hook("prisma-format", {"schema.prisma": UGLY})

    assert done.returncode == 1
    assert (tmp_path / "schema.prisma").read_text() == CLEAN


def migration(number, column):
    path = f"db/prisma/migrations/2025010{number}000000_{column}/migration.sql"
    return {path: f"ALTER TABLE cat ADD COLUMN {column} INT NOT NULL;\n"}


def test_a_new_migration_is_judged_and_those_that_are_applied_are_not(run_hook):
    schema = {"db/prisma/schema.prisma": CLEAN}

    done = run_hook("prisma-migrations", {**schema, **migration(1, "old")}, migration(2, "new"))

    assert done.returncode == 1
    assert "db/prisma/migrations/20250102000000_new/migration.sql:1:28: D301" in done.stdout
    assert "old" not in done.stdout


def test_the_settings_of_a_package_count_at_the_root(run_hook):
    settings = {"db/prisma-decouple.yaml": "migrations: { since: 20250102 }\n"}

    done = run_hook("prisma-migrations", {**settings, **migration(1, "old"), **migration(2, "new")})

    assert done.returncode == 1
    assert "D301 the required column `new`" in done.stdout
    assert "old" not in done.stdout


MAIN = 'datasource db {\n  provider = "postgresql"\n}\n'
OWNER = "model Owner {\n  id   Int   @id\n  cats Cat[]\n}\n"
CAT = """\
model Cat {
  id      Int   @id
  ownerId Int
  owner   Owner @relation(fields: [ownerId], references: [id])
}
"""
FOLDER = {"db/main.prisma": MAIN, "db/models/owner.prisma": OWNER, "db/models/cat.prisma": CAT}


def test_of_a_schema_in_several_files_only_those_that_changed_are_judged(run_hook):
    settings = {"prisma-decouple.yaml": "enable: [D101, D105]\n"}
    moved = {"db/models/owner.prisma": OWNER.replace("model Owner", "// People.\nmodel Owner")}

    done = run_hook("prisma-check", {**FOLDER, **settings}, moved)

    assert done.returncode == 1
    assert "db/models/owner.prisma:2:1: D105" in done.stdout
    assert "cat.prisma" not in done.stdout


def test_what_a_change_breaks_in_another_file_fails(run_hook):
    done = run_hook("prisma-check", FOLDER, {"db/models/owner.prisma": OWNER.replace("  cats Cat[]\n", "")})

    assert done.returncode == 1
    assert "db/models/cat.prisma:4:3: V" in done.stdout


def test_what_breaks_when_a_file_is_deleted_fails(run_hook):
    done = run_hook("prisma-check", FOLDER, {"db/models/owner.prisma": None})

    assert done.returncode == 1
    assert "db/models/cat.prisma:4:11: V301" in done.stdout


def test_nothing_is_asked_of_a_commit_without_schemas(run_hook):
    settings = {"prisma-decouple.yaml": "enable: [D101, D105]\n"}

    done = run_hook("prisma-check", {**FOLDER, **settings}, {"README": "x"})

    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_files_that_changed_are_formatted_and_with_the_whole_schema(run_hook, tmp_path):
    ugly = CAT.replace("Int   @id", "Int @id")
    without = OWNER.replace("  cats Cat[]\n", "")
    old = {**FOLDER, "db/models/cat.prisma": ugly, "db/models/owner.prisma": CLEAN.replace("A", "Owner")}

    done = run_hook("prisma-format", old, {"db/models/owner.prisma": without})

    assert done.returncode == 1
    assert (tmp_path / "db/models/cat.prisma").read_text() == ugly
    assert (tmp_path / "db/models/owner.prisma").read_text() == OWNER


def test_settings_with_a_mistake_fail_and_say_where(run_hook):
    done = run_hook("prisma-check", {"schema.prisma": CLEAN, "prisma-decouple.yaml": "enable: [D999]\n"})

    assert done.returncode == 1
    assert "prisma-decouple.yaml:1:10: E301 there is no invariant `D999`" in done.stdout


def test_a_schema_is_checked_without_its_migrations(run_hook):
    done = run_hook("prisma-check", {"db/prisma/schema.prisma": CLEAN, **migration(1, "old")})

    assert done.returncode == 0, done.stdout + done.stderr


def test_schemas_of_several_packages_are_checked_each_by_itself(run_hook):
    datasource = 'datasource db {\n  provider = "postgresql"\n}\n'
    shop = {"shop/prisma/main.prisma": datasource, "shop/prisma/cat.prisma": CLEAN}

    done = run_hook("prisma-check", {**shop, "blog/prisma/schema.prisma": datasource + INVALID})

    assert done.returncode == 1
    assert "blog/prisma/schema.prisma:5:6" in done.stdout
    assert "shop/" not in done.stdout
