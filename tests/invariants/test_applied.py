"""What a database knows of its migrations, as Prisma's own engine has left it there."""

from __future__ import annotations

import hashlib

import pytest

from judges.marks import on_one_server
from judges.oracle import PrismaError
from judges.psql import psql
from prisma_decouple.errors import DatabaseError
from prisma_decouple.migrations.applied import compare, matches, read_applied
from prisma_decouple.migrations.folder import read_migrations

FIRST, SECOND, THIRD = "20250101000000_cat", "20250102000000_dog", "20250103000000_bird"


@pytest.fixture
def folder(tmp_path):
    for name in (FIRST, SECOND, THIRD):
        (tmp_path / name).mkdir()
        (tmp_path / name / "migration.sql").write_text(f'CREATE TABLE "{name}" (id INT);\n')
    (tmp_path / "migration_lock.toml").write_text('provider = "postgresql"\n')
    return tmp_path


@pytest.fixture
def deployed(folder, prisma, database):
    assert prisma.deploy(database, folder) == [FIRST, SECOND, THIRD]
    return database


def found(folder, url, since=""):
    return [(each.code, each.place.path) for each in compare(read_migrations(folder), read_applied(url), since)]


def script(folder, name):
    return folder / name / "migration.sql"


@on_one_server
def test_what_is_as_it_was_applied_is_not_found(folder, deployed):
    assert found(folder, deployed) == []


@on_one_server
def test_an_edited_migration_is_found(folder, deployed):
    script(folder, SECOND).write_text("SELECT 1;\n")

    assert found(folder, deployed) == [("D307", script(folder, SECOND).as_posix())]


@on_one_server
def test_other_line_ends_are_no_edit(folder, deployed):
    text = script(folder, SECOND).read_bytes()
    script(folder, SECOND).write_bytes(text.replace(b"\n", b"\r\n"))

    assert found(folder, deployed) == []


@on_one_server
def test_a_migration_that_is_gone_is_found(folder, deployed):
    script(folder, SECOND).unlink()

    assert found(folder, deployed) == [("D308", script(folder, SECOND).as_posix())]


@on_one_server
def test_a_new_migration_is_not_found(folder, deployed):
    (folder / "20250104000000_fish").mkdir()
    script(folder, "20250104000000_fish").write_text("SELECT 1;")

    assert found(folder, deployed) == []


@on_one_server
def test_a_new_migration_before_an_applied_one_is_found_and_prisma_would_apply_it(folder, deployed, prisma):
    between = "20250102120000_fish"
    (folder / between).mkdir()
    script(folder, between).write_text("CREATE TABLE fish (id INT);")

    assert found(folder, deployed) == [("D310", script(folder, between).as_posix())]
    assert found(folder, deployed, since=THIRD) == []
    assert prisma.deploy(deployed, folder) == [between]
    assert found(folder, deployed) == []


@on_one_server
def test_what_comes_before_since_is_not_compared(folder, deployed):
    script(folder, FIRST).write_text("SELECT 1;\n")
    script(folder, SECOND).unlink()
    script(folder, THIRD).write_text("SELECT 1;\n")

    assert found(folder, deployed, since=SECOND) == [("D307", script(folder, THIRD).as_posix())]


@on_one_server
def test_a_failed_migration_is_found_until_it_is_resolved(folder, prisma, database):
    script(folder, SECOND).write_text("SELECT 1 / 0;\n")
    with pytest.raises(PrismaError):
        prisma.deploy(database, folder)

    assert found(folder, database) == [("D309", script(folder, SECOND).as_posix())]

    psql(database, f"UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '{SECOND}'")

    assert found(folder, database) == []


@on_one_server
def test_the_namespace_of_the_address_is_looked_into(folder, deployed):
    psql(deployed, "CREATE SCHEMA shop; ALTER TABLE _prisma_migrations SET SCHEMA shop")
    script(folder, SECOND).unlink()

    assert found(folder, f"{deployed}?schema=shop&connection_limit=1") == [("D308", script(folder, SECOND).as_posix())]
    assert found(folder, deployed) == []


@on_one_server
def test_a_database_without_migrations_knows_none(database):
    assert read_applied(database) == []


@on_one_server
def test_nothing_is_written(deployed):
    psql(deployed, "ALTER TABLE _prisma_migrations RENAME TO kept; CREATE SEQUENCE s")
    psql(deployed, "CREATE VIEW _prisma_migrations AS SELECT *, nextval('s') FROM kept")

    with pytest.raises(DatabaseError) as caught:
        read_applied(deployed)

    assert "read-only transaction" in caught.value.hint


@pytest.mark.parametrize("schema", ["", "?schema=public"])
def test_a_database_that_cannot_be_reached_is_one_message_without_the_password(schema):
    with pytest.raises(DatabaseError) as caught:
        read_applied(f"postgresql://tom:s3cret%21@127.0.0.1:1/cats{schema}")

    assert caught.value.message == "the migrations in `cats` on `127.0.0.1` cannot be read"
    assert "s3cret" not in caught.value.report()


@pytest.mark.parametrize(
    "url", ["postgresql://tom:s3/cret@host:x/cats", "mysql://tom:s3cret@host/cats", "s3cret", "//["]
)
def test_what_is_no_address_is_said_without_repeating_it(url):
    with pytest.raises(DatabaseError, match="no address") as caught:
        read_applied(url)

    assert "s3" not in caught.value.report()


def test_without_a_driver_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    with pytest.raises(DatabaseError, match="`psycopg` is needed") as caught:
        read_applied("postgresql://host/cats")

    assert caught.value.hint == 'pip install "prisma-decouple[rehearse]"'


def test_a_checksum_of_an_old_version_has_no_leading_zeros():
    text = b"SELECT 1;\n"
    digest = hashlib.sha256(text).digest()
    assert any(byte < 16 for byte in digest)

    assert matches(text, "".join(f"{byte:x}" for byte in digest))
    assert matches(text, digest.hex())
    assert not matches(b"SELECT 2;\n", digest.hex())
