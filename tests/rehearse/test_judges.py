"""Migrations that are right pass, and each that is wrong in its own way fails with the right line."""

from __future__ import annotations

import pytest

from prisma_decouple.rehearse.rehearsal import PARTS, Settings, rehearse_on
from prisma_decouple.rehearse.subject import subject_of
from prisma_decouple.rules.rulefile import load_rules, parse_rules
from prisma_decouple.syntax.parser import parse_schema, read_schema

from .conftest import EXAMPLE

SCHEMA = """\
datasource db {
  provider = "postgresql"
}

model Source {
  id     Int     @id @default(autoincrement())
  name   String  @unique
  logins Login[]
}

model Login {
  id        Int        @id @default(autoincrement())
  sourceId  Int%s
  source    Source%s   @relation(fields: [sourceId], references: [id])
  documents Document[]
}

model Document {
  id      Int    @id @default(autoincrement())
  url     String
  loginId Int
  login   Login  @relation(fields: [loginId], references: [id])
}
"""
STRICT, LOOSE = SCHEMA % ("", ""), SCHEMA % ("?", "?")
RULES = """\
name: origin
rules:
  - make_optional: { model: Document, field: loginId }
  - add_relation: { model: Document, to: Source, backfill: [login.sourceId], unresolved: %s }
"""


def rehearsed(server, schema, rules, up=None, down=None, tmp_path=None, parts=(), *, salvage=False, **settings):
    """The lines of the result by name; `up` and `down` change the scripts before they are rehearsed."""
    settings = {"rows": 400, "skip": frozenset(PARTS) - set(parts), **settings}
    tree, rule_set, folder = parse_schema(schema), parse_rules(rules), None
    if up or down:
        subject = subject_of(tree, rule_set, salvage=salvage)
        folder = tmp_path
        (folder / "migration.sql").write_text(up(subject.up) if up else subject.up)
        (folder / "down.sql").write_text(down(subject.down) if down else subject.down)
    result = rehearse_on(server, subject_of(tree, rule_set, folder, salvage=salvage), Settings(**settings))
    return {proof.name: proof for proof in result.proofs}, result


def not_proved(proofs):
    return {name for name, proof in proofs.items() if proof.status == "NOT proved"}


def test_the_built_in_rules_pass_on_the_schema_that_they_are_for(server):
    tree = read_schema(EXAMPLE / "prisma" / "schema.prisma")

    result = rehearse_on(server, subject_of(tree, load_rules()), Settings(rows=2000))

    assert result.proved, result.as_text()
    assert result.as_text().endswith("All proved.\n")


def test_rows_that_the_rules_leave_unresolved_stop_it_and_are_counted(server):
    proofs, result = rehearsed(server, LOOSE, RULES % "fail", parts=PARTS)

    assert not result.proved
    assert not_proved(proofs) == {"applies", "killer"}
    assert {name for name, proof in proofs.items() if proof.status == "not tried"} == {*PARTS} - {"killer"}
    assert "have no sourceId" in proofs["applies"].detail
    assert proofs["applies"].rows > 0


@pytest.mark.parametrize("unresolved", ["quarantine", "delete", "{ value: { name: reddit } }"])
def test_rows_that_the_rules_take_care_of_are_where_they_say(server, unresolved):
    proofs, _ = rehearsed(server, LOOSE, RULES % unresolved, parts=["rollback"])

    assert not_proved(proofs) == set(), [proof.detail for proof in proofs.values()]
    assert proofs["way back"].data["label"] == ("lossy" if unresolved == "delete" else "exact")
    assert ("rows that the rules take away" in proofs["old rows"].detail) == (unresolved in {"quarantine", "delete"})


FILLED = """\
name: origin
rules:
  - add_relation: { model: Login, to: Source, unresolved: { value: { name: reddit } } }
"""


def test_a_column_that_was_there_may_be_filled_where_it_was_empty(server):
    proofs, _ = rehearsed(server, LOOSE, FILLED, parts=["rollback"])

    assert not_proved(proofs) == set(), proofs
    assert proofs["way back"].data["label"] == "lossy"
    assert "which rows of Login had no sourceId" in proofs["way back"].detail


def test_a_column_that_was_there_must_not_be_filled_where_it_had_a_value(server, tmp_path):
    def greedy(script):
        start = script.index("BEGIN;")
        return script[:start] + script[start:].replace(
            'COALESCE("target"."sourceId", "found"."sourceId")', "1"
        ).replace(' AND "target"."sourceId" IS NULL', "")

    proofs, _ = rehearsed(server, LOOSE, FILLED, up=greedy, tmp_path=tmp_path)

    assert {"old rows", "backfill"} <= not_proved(proofs)


LATER = """\
name: origin
rules:
  - add_field:
      { model: Login, field: by, type: String, required: true, backfill: [source.name], unresolved: quarantine }
  - add_relation: { model: Document, to: Login, field: last, name: last, required: false, backfill: [login] }
  - add_relation: { model: Document, to: Login, field: next, name: next, required: false }
  - add_field: { model: Document, field: none, type: Int, backfill: [next.id] }
  - add_field: { model: Document, field: kind, type: String, attributes: '@default("x")', backfill: [next.source.name] }
  - add_field: { model: Document, field: like, type: String, required: true, backfill: [kind] }
  - add_field: { model: Document, field: at, type: DateTime, required: true, attributes: "@default(now())" }
"""


def test_what_later_rules_add_is_empty_until_then_or_has_its_default(server):
    proofs, _ = rehearsed(server, LOOSE, LATER, rows=60)

    assert not_proved(proofs) == set(), [proof.detail for proof in proofs.values()]


TREE = LOOSE.replace(
    "  loginId Int\n",
    """  loginId Int
  parentId Int?
  parent   Document?  @relation("replies", fields: [parentId], references: [id])
  replies  Document[] @relation("replies")
""",
)


@pytest.mark.parametrize("unresolved", ["quarantine", "delete"])
def test_rows_that_point_at_rows_of_their_own_table_can_be_written_afterwards(server, unresolved):
    proofs, _ = rehearsed(server, TREE, RULES % unresolved, parts=["rollback", "writers", "versions"])

    assert not_proved(proofs) == set(), proofs
    assert proofs["new rows stop it"].rows > 0


FAR = """\
rules:
  - add_field:
      { model: Document, field: up, type: Int, required: true, backfill: [parent.parent.id], unresolved: delete }
"""


def test_up_again_may_lead_elsewhere_where_rows_are_gone_for_good(server):
    """What pointed at them points nowhere now, so the rules take away more."""
    proofs, _ = rehearsed(server, TREE, FAR, parts=["rollback"], rows=60)

    assert not_proved(proofs) == set(), proofs
    assert "the rows that are left" in proofs["there again"].claim


def test_a_migration_that_forgets_the_backfill_fails(server, tmp_path):
    def forgetful(script):
        begin, end = script.index("UPDATE"), script.index("DO $migration$")
        return script[:begin] + 'UPDATE "Document" SET "sourceId" = (SELECT min(id) FROM "Source");\n' + script[end:]

    proofs, _ = rehearsed(server, STRICT, RULES % "fail", up=forgetful, tmp_path=tmp_path)

    assert not_proved(proofs) == {"backfill"}
    assert proofs["backfill"].rows > 0
    assert "Document.sourceId are wrong; the first:" in proofs["backfill"].detail


def test_a_migration_that_changes_an_old_column_fails(server, tmp_path):
    proofs, _ = rehearsed(
        server,
        STRICT,
        RULES % "fail",
        up=lambda script: script.replace("COMMIT;", """UPDATE "Document" SET url = '-' WHERE id < 10;\nCOMMIT;"""),
        tmp_path=tmp_path,
    )

    assert not_proved(proofs) == {"old rows"}
    assert "rows of Document hold something else in url" in proofs["old rows"].detail


def test_a_migration_that_leaves_something_out_drifts(server, tmp_path):
    def without_key(script):
        return "".join(
            line for line in script.splitlines(keepends=True) if 'ADD CONSTRAINT "Document_sourceId_fkey"' not in line
        )

    proofs, _ = rehearsed(server, STRICT, RULES % "fail", up=without_key, tmp_path=tmp_path)

    assert "structure" in not_proved(proofs)
    assert 'constraint "Document".Document_sourceId_fkey should be definition' in proofs["structure"].detail


def without_transaction(script):
    return script.replace("BEGIN;", "").replace("COMMIT;", "")


def test_a_migration_that_is_not_atomic_in_split_mode_fails(server, tmp_path):
    proofs, _ = rehearsed(server, STRICT, RULES % "fail", up=without_transaction, tmp_path=tmp_path, parts=["crash"])

    assert not_proved(proofs) == {"crash split"}
    detail = proofs["crash split"].detail
    assert "crashes leave the database between the old and the new" in detail
    assert "the first: the connection is cut behind line" in detail
    assert "a second run fails: " in detail


def test_a_way_back_that_loses_a_row_fails(server, tmp_path):
    def losing(script):
        return script.replace("COMMIT;", 'DELETE FROM "Document" WHERE id = (SELECT max(id) FROM "Document");\nCOMMIT;')

    proofs, _ = rehearsed(server, STRICT, RULES % "fail", down=losing, tmp_path=tmp_path, parts=["rollback"])

    assert {"way back", "new rows stay"} <= not_proved(proofs)
    assert "of Document became" in proofs["way back"].detail
    assert proofs["way back"].rows == 1


def test_a_way_back_that_takes_rows_that_the_old_schema_cannot_hold_fails(server, tmp_path):
    def careless(script):
        begin, end = script.index("DO $migration$"), script.index("$migration$;") + len("$migration$;")
        return script[:begin] + 'DELETE FROM "Document" WHERE "loginId" IS NULL;' + script[end:]

    proofs, _ = rehearsed(server, STRICT, RULES % "fail", down=careless, tmp_path=tmp_path, parts=["rollback"])

    assert not_proved(proofs) == {"new rows stop it"}
    assert proofs["new rows stop it"].detail == "3 rows of Document without loginId did not stop it"


def test_a_lock_that_stalls_writers_fails(server, tmp_path):
    def stalling(script):
        return script.replace("COMMIT;", "SELECT pg_sleep(0.6);\nCOMMIT;")

    proofs, _ = rehearsed(server, STRICT, RULES % "fail", up=stalling, tmp_path=tmp_path, parts=["writers"], limit=0.5)

    assert not_proved(proofs) == {"writers wait"}
    assert "on Document, 0." in proofs["writers wait"].detail


# Rows that hang on the ones that are set aside.
HANGING = """
model Page {
  id         Int      @id @default(autoincrement())
  documentId Int
  document   Document @relation(fields: [documentId], references: [id])
}

model Bookmark {
  id         Int       @id @default(autoincrement())
  documentId Int?
  document   Document? @relation(fields: [documentId], references: [id])
}
"""
TAGGED = (
    LOOSE.replace("  loginId Int\n", "  loginId Int\n  pages Page[]\n  bookmarks Bookmark[]\n  tags Tag[]\n")
    + """
model Tag {
  id        Int        @id @default(autoincrement())
  documents Document[]
}

"""
    + HANGING
)


def test_what_is_written_into_tables_that_rows_leave_is_there_or_beside(server):
    proofs, _ = rehearsed(server, TAGGED, RULES % "quarantine", parts=["writers"], rows=100)

    assert not_proved(proofs) == set(), [proof.detail for proof in proofs.values()]
    assert " writes" in proofs["writes kept"].detail


@pytest.mark.parametrize(
    ("unresolved", "more"),
    [("quarantine", 'DELETE FROM origin_quarantine."Page";'), ("delete", 'DELETE FROM "Bookmark";')],
)
def test_a_migration_that_loses_what_was_written_beside_rows_that_leave_fails(server, tmp_path, unresolved, more):
    def careless(script):
        return script.replace("COMMIT;", f"{more}\nCOMMIT;")

    proofs, _ = rehearsed(
        server, TAGGED, RULES % unresolved, up=careless, tmp_path=tmp_path, parts=["writers"], rows=100
    )

    assert "writes kept" in not_proved(proofs)
    assert f"of {more.split(chr(34))[-2]} is gone" in proofs["writes kept"].detail


def test_the_order_of_deploying_is_told_with_its_reasons(server):
    proofs, _ = rehearsed(server, STRICT, RULES % "fail", parts=["versions"])

    assert proofs["own schema"].status == "proved"
    assert proofs["deploy order"].status == "fact"
    first, *reasons = proofs["deploy order"].detail.split("\n")
    assert first.startswith("neither order survives")
    assert any('INSERT on Document fails: null value in column "sourceId"' in reason for reason in reasons)
    assert "old code cannot read rows of Document that new code writes without loginId" in reasons


DEEP = STRICT.replace("  loginId Int\n", "  loginId Int\n  pages Page[]\n  bookmarks Bookmark[]\n") + HANGING


def test_rows_that_are_salvaged_come_home_with_everything_that_hangs_on_them(server):
    proofs, _ = rehearsed(server, DEEP, RULES % "fail", parts=["rollback"], salvage=True)

    assert not_proved(proofs) == set(), proofs
    assert proofs["new rows salvaged"].detail.startswith("salvaged: 4 rows and ")
    assert proofs["new rows salvaged"].rows > 4


def test_salvage_that_forgets_a_row_fails(server, tmp_path):
    def forgetful(script):
        return script.replace("COMMIT;", 'DELETE FROM origin_salvage."Page";\nCOMMIT;')

    proofs, _ = rehearsed(
        server, DEEP, RULES % "fail", down=forgetful, tmp_path=tmp_path, parts=["rollback"], salvage=True
    )

    assert "new rows salvaged" in not_proved(proofs)


def test_the_killer_is_the_smallest_set_of_rows(server, tmp_path):
    proofs, _ = rehearsed(server, LOOSE, RULES % "fail", parts=["killer"])

    error, *rows = proofs["killer"].detail.split("\n")
    assert error.startswith("1 row(s) of Document have no sourceId")
    assert len(rows) == 2
    assert rows[0].startswith('INSERT INTO "Login" ("id", "sourceId") VALUES (')
    assert ", NULL);" in rows[0]
    assert rows[1].startswith('INSERT INTO "Document" ')
    assert list(tmp_path.parent.glob("**/.hypothesis")) == []


def test_no_killer_is_found_where_the_schema_guarantees_the_values(server):
    proofs, _ = rehearsed(server, STRICT, RULES % "fail", parts=["killer"])

    assert proofs["killer"].status == "proved"


def test_a_killer_that_the_made_rows_do_not_show_is_found(server, tmp_path):
    def fragile(script):
        guard = """DO $$ BEGIN IF (SELECT count(*) = 2 AND count(DISTINCT "loginId") = 1 FROM "Document")
            THEN RAISE EXCEPTION 'a pair'; END IF; END $$;"""
        return script.replace("COMMIT;", f"{guard}\nCOMMIT;")

    proofs, _ = rehearsed(server, STRICT, RULES % "fail", up=fragile, tmp_path=tmp_path, parts=["killer"])

    assert not_proved(proofs) == {"killer"}
    error, *rows = proofs["killer"].detail.split("\n")
    assert error == "a pair"
    assert [row.split()[2] for row in rows] == ['"Source"', '"Login"', '"Document"', '"Document"']
