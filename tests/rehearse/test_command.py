"""The command: what it prints, and with what it exits."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import subprocess
import sys

import pytest

from prisma_decouple.__main__ import main

from .conftest import EXAMPLE

SCHEMA = str(EXAMPLE / "prisma" / "schema.prisma")
QUICK = ["--rows", "300", *(f"--skip={part}" for part in ("rollback", "crash", "writers", "versions", "killer"))]


def test_all_that_is_proved_exits_with_0_and_the_json_says_everything(server, capsys):
    status = main(["rehearse", SCHEMA, "--database-url", server.address, "--output-format", "json", *QUICK])

    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert told["proved"] is True
    assert told["tables"]["User"] > 0
    assert {proof["name"] for proof in told["proofs"]} >= {"applies", "structure", "old rows", "backfill"}
    locked = {table for each in told["statements"] for table, mode in each["locks"] if mode == "ACCESS EXCLUSIVE"}
    assert len(locked) == 4
    assert sum(each["wal"] for each in told["statements"]) > 0


def test_a_finding_exits_with_1(server, capsys, tmp_path):
    (tmp_path / "migration.sql").write_text("SELECT 1;")

    status = main(["rehearse", SCHEMA, "--database-url", server.address, "--migration", str(tmp_path), *QUICK])

    assert status == 1
    out = capsys.readouterr().out
    assert "NOT proved  structure" in out
    assert out.endswith("2 of 8 not proved.\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--migration", "nowhere"], "there is no file"),
        (["--database-url", "postgresql://nobody@127.0.0.1:1/nothing"], "E501 the server of --database-url"),
        (["--rows", "-1"], "Invalid value for '--rows'"),
    ],
)
def test_bad_input_exits_with_2(capsys, arguments, expected):
    assert main(["rehearse", SCHEMA, *QUICK, *arguments]) == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["Citext", "Xml"])
def test_what_the_server_has_not_is_named(server, capsys, tmp_path, kind):
    schema = f"""datasource db {{
  provider = "postgresql"
}}

model Owner {{
  id   Int   @id
  cats Cat[]
}}

model Cat {{
  id      Int    @id
  name    String @db.{kind}
  ownerId Int
  owner   Owner  @relation(fields: [ownerId], references: [id])
}}
"""
    (tmp_path / "schema.prisma").write_text(schema)
    (tmp_path / "rules.yaml").write_text("name: free\nrules:\n  - make_optional: { model: Cat, field: ownerId }\n")
    paths = [str(tmp_path / "schema.prisma"), "--rules", str(tmp_path / "rules.yaml")]

    assert main(["rehearse", *paths, "--database-url", server.address, *QUICK]) == 2
    told = capsys.readouterr().err
    assert "E501 the old schema cannot be made" in told
    assert kind.lower() in told.lower()


def test_rules_that_change_nothing_leave_nothing_to_rehearse(capsys, tmp_path):
    (tmp_path / "rules.yaml").write_text("name: nothing\nrules:\n  - make_optional: { model: User, field: name }\n")

    assert main(["rehearse", SCHEMA, "--rules", str(tmp_path / "rules.yaml")]) == 2
    assert "there is nothing to rehearse" in capsys.readouterr().err


def test_help_does_not_import_the_driver():
    code = (
        "import sys\n"
        "from prisma_decouple.__main__ import main\n"
        "main(['rehearse', '--help'])\n"
        "print('psycopg' in sys.modules)"
    )

    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "--database-url" in out
    assert out.endswith("False\n")


def test_without_the_extra_one_message_says_how_to_install_it(capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    assert main(["rehearse", SCHEMA]) == 2
    assert 'hint: pip install "prisma-decouple[rehearse]"' in capsys.readouterr().err


def test_a_dump_takes_the_place_of_made_rows(server, scratch, tmp_path, capsys):
    import psycopg  # noqa: PLC0415 - the command has to work without it until here

    from prisma_decouple.model.reader import read_model  # noqa: PLC0415
    from prisma_decouple.rehearse.structure import structure_of  # noqa: PLC0415
    from prisma_decouple.syntax.parser import parse_schema  # noqa: PLC0415

    with psycopg.connect(scratch, autocommit=True) as connection, open(SCHEMA, encoding="utf-8") as file:  # noqa: PTH123
        connection.execute(structure_of(read_model(parse_schema(file.read()))).whole)
        connection.execute("""INSERT INTO "User" (id, email) VALUES ('u', 'e')""")
    dump = tmp_path / "dump"
    pg_dump = next(iter(_programs("pg_dump")))
    subprocess.run([pg_dump, "--format=custom", f"--file={dump}", scratch], check=True)

    assert main(["rehearse", SCHEMA, "--database-url", server.address, "--from-dump", str(dump), *QUICK]) == 0
    assert ", 1 rows in 9 tables" in capsys.readouterr().out


def test_a_dump_may_be_an_archive_of_either_form(scratch, tmp_path):
    from prisma_decouple.rehearse.dump import is_plain  # noqa: PLC0415

    for form in ("plain", "custom", "tar"):
        dump = tmp_path / form
        subprocess.run([next(iter(_programs("pg_dump"))), f"--format={form}", f"--file={dump}", scratch], check=True)
        assert is_plain(dump) is (form == "plain")


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (gzip.compress(b"SELECT 1;"), "the dump `{}` is packed", "unpack it first: gunzip --keep {}"),
        (bz2.compress(b"SELECT 1;"), "the dump `{}` is packed", "unpack it first: bunzip2 --keep {}"),
        (lzma.compress(b"SELECT 1;"), "the dump `{}` is packed", "unpack it first: unxz --keep {}"),
        (b"\x7fELF\0", "`{}` is no dump of PostgreSQL: it is not text", "make it with `pg_dump`, as text or with"),
        (b"", "the dump `{}` is empty", ""),
        (b"caf\xe9;", "the dump cannot be restored: ", ""),
    ],
    ids=["gzip", "bzip2", "xz", "program", "empty", "latin 1"],
)
def test_what_is_no_dump_is_told(server, tmp_path, capsys, content, message, hint):
    dump = tmp_path / "dump"
    dump.write_bytes(content)

    assert main(["rehearse", SCHEMA, "--database-url", server.address, "--from-dump", str(dump), *QUICK]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"E501 {message.format(dump)}")
    assert hint.format(dump) in err


def _programs(name):
    from prisma_decouple.rehearse.server.embedded import programs  # noqa: PLC0415

    yield str(programs() / name)
