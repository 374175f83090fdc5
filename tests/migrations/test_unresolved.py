"""Rows for which no source leads to a value: failed, quarantined, deleted, or given one."""

from __future__ import annotations

import re
from hashlib import md5

import pytest

from judges.catalog import catalog, differences
from judges.checksums import checksums, columns
from judges.psql import identifier, psql, rows, value

SCHEMA = """\
model Source {
  id     Int     @id @default(autoincrement())
  name   String  @unique
  logins Login[]
}

model Login {
  id        Int        @id @default(autoincrement())
  sourceId  Int?
  source    Source?    @relation(fields: [sourceId], references: [id])
  documents Document[]
  letters   Letter[]
}

model Document {
  id        Int        @id @default(autoincrement())
  url       String
  loginId   Int
  login     Login      @relation(fields: [loginId], references: [id])
  parentId  Int?
  parent    Document?  @relation("Versions", fields: [parentId], references: [id])
  versions  Document[] @relation("Versions")
  pages     Page[]
  bookmarks Bookmark[]
  tags      Tag[]
  audit     Audit?
  stamps    Stamp[]
}

/// Leaves with its document: the database would delete it too.
model Page {
  id         Int      @id @default(autoincrement())
  documentId Int
  document   Document @relation(fields: [documentId], references: [id], onDelete: Cascade)
  notes      Note[]
}

/// Leaves with its page: it cannot be without one. Its key has two columns.
model Note {
  pageId Int
  number Int
  page   Page @relation(fields: [pageId], references: [id])

  @@id([pageId, number])
}

/// Stays without its document: its key may be null.
model Bookmark {
  id         Int       @id @default(autoincrement())
  documentId Int?
  document   Document? @relation(fields: [documentId], references: [id])
}

model Audit {
  id         Int      @id @default(autoincrement())
  documentId Int      @unique
  document   Document @relation(fields: [documentId], references: [id])
}

model Tag {
  id        Int        @id @default(autoincrement())
  documents Document[]
}

model Letter {
  id      Int     @id @default(autoincrement())
  loginId Int
  login   Login   @relation(fields: [loginId], references: [id])
  stamps  Stamp[]
}

/// Hangs on two models whose rows may leave.
model Stamp {
  documentId Int
  document   Document @relation(fields: [documentId], references: [id], onDelete: Cascade)
  letterId   Int
  letter     Letter   @relation(fields: [letterId], references: [id], onDelete: Cascade)

  @@id([documentId, letterId])
}
"""

# Logins 1 and 3 have a source. Documents 1 and 5 resolve by login, 2 and 3 by host, 4 and 6 not at all.
ROWS = """\
INSERT INTO "Source" (name) VALUES ('youtube'), ('reddit');
INSERT INTO "Login" ("sourceId") VALUES (1), (NULL), (2);
INSERT INTO "Document" (url, "loginId", "parentId") VALUES
  ('https://www.youtube.com/a', 1, NULL),
  ('https://m.YouTube.com/b', 2, 1),
  ('https://old.reddit.com/c', 2, 2),
  ('nonsense', 2, 2),
  ('https://example.org/', 3, 4),
  ('https://youtube.com.example.org/', 2, 3);
INSERT INTO "Page" ("documentId") SELECT id FROM "Document";
INSERT INTO "Note" SELECT id, 1 FROM "Page";
INSERT INTO "Bookmark" ("documentId") SELECT id FROM "Document";
INSERT INTO "Bookmark" ("documentId") VALUES (NULL);
INSERT INTO "Audit" ("documentId") SELECT id FROM "Document";
INSERT INTO "Tag" DEFAULT VALUES;
INSERT INTO "_DocumentToTag" SELECT id, 1 FROM "Document";
INSERT INTO "Letter" ("loginId") VALUES (1), (2);
INSERT INTO "Stamp" SELECT d.id, l.id FROM "Document" d, "Letter" l;
"""

HOSTS = "{ host_of: url, lookup: name, hosts: { youtube.com: youtube, reddit.com: reddit } }"


def rules(unresolved, more=""):
    return f"""\
name: origin
rules:
  - make_optional: {{ model: Document, field: login }}
  - add_relation:
      model: Document
      to: Source
      backfill: [login.source, {HOSTS}]
      unresolved: {unresolved}
{more}"""


def sources_of_documents(url):
    return {row["id"]: row["sourceId"] for row in rows(url, 'SELECT id, "sourceId" FROM "Document"')}


def count(url, table):
    return value(url, f'SELECT count(*) FROM "{table}"')


def test_fail_says_how_many_and_which_and_changes_nothing(job):
    made = job(SCHEMA, rules("fail"), ROWS)
    before = made.contents()

    stderr = made.up(check=False)

    assert "2 row(s) of Document have no sourceId" in stderr
    assert "the first: 4, 6" in stderr
    assert made.contents() == before


def test_quarantine_moves_rows_with_everything_that_hangs_on_them(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)

    stderr = made.up()

    assert sources_of_documents(made.url) == {1: 1, 2: 1, 3: 2, 5: 2}
    assert "14 row(s), of Document and of what hangs on it, were moved to the namespace origin_quarantine" in stderr
    assert {table: count(made.url, table) for table in ("Page", "Note", "Audit", "_DocumentToTag", "Stamp")} == {
        "Page": 4,
        "Note": 4,
        "Audit": 4,
        "_DocumentToTag": 4,
        "Stamp": 8,
    }


def test_quarantine_leaves_rows_that_can_be_without(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)

    made.up()

    assert count(made.url, "Bookmark") == 7
    assert value(made.url, 'SELECT count("documentId") FROM "Bookmark"') == 4
    assert value(made.url, 'SELECT "parentId" FROM "Document" WHERE id = 5') is None


def test_the_way_back_brings_quarantined_rows_and_their_links_home(job, there_and_back):
    there_and_back(job(SCHEMA, rules("quarantine"), ROWS))


def test_the_way_back_keeps_a_link_that_was_written_since(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    made.up()
    psql(made.url, 'UPDATE "Bookmark" SET "documentId" = 1 WHERE id = 4')

    made.down()

    links = rows(made.url, 'SELECT id, "documentId" FROM "Bookmark" WHERE id IN (4, 6) ORDER BY id')
    assert links == [{"id": 4, "documentId": 1}, {"id": 6, "documentId": 6}]


CANNOT_COME = "rows cannot come back from the namespace origin_quarantine: "


def test_the_way_back_stops_where_a_unique_value_is_taken_and_says_which(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    made.up()
    psql(made.url, """INSERT INTO "Document" (id, url, "loginId", "sourceId") VALUES (4, '', 1, 1)""")
    before = made.contents()

    stderr = made.down(check=False)

    assert CANNOT_COME + 'duplicate key value violates unique constraint "Document_pkey"' in stderr
    assert "Key (id)=(4) already exists." in stderr
    assert "HINT:  Nothing was changed." in stderr
    assert made.contents() == before


def aside(url, table):
    return rows(url, f'SELECT * FROM origin_quarantine."{table}" ORDER BY 1, 2')


def test_moved_rows_that_point_at_rows_that_the_way_back_sets_aside_stay_where_they_are(job):
    made = job(SCHEMA, rules("quarantine"), ROWS, salvage=True)
    old = made.contents()
    made.up()
    psql(made.url, 'UPDATE "Document" SET "loginId" = NULL WHERE id = 3')
    new, moved = made.contents(), {table: aside(made.url, table) for table in ("Document", "Note", "Stamp")}

    # The sixth document is below the third one, and six rows hang on it.
    assert "7 row(s) and 0 link(s) stay in the namespace origin_quarantine" in made.down()
    assert sorted(each["id"] for each in rows(made.url, 'SELECT id FROM "Document"')) == [1, 2, 4, 5]
    assert [each["id"] for each in aside(made.url, "Document")] == [6]
    made.up()
    assert made.contents() == new
    assert {table: aside(made.url, table) for table in moved} == moved

    psql(made.url, 'UPDATE "Document" SET "loginId" = 2 WHERE id = 3')
    made.down()
    assert made.contents() == old
    assert value(made.url, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'origin%'") == 0


def test_a_link_of_a_row_that_the_way_back_sets_aside_is_remembered_until_it_is_home(job):
    made = job(SCHEMA, rules("quarantine"), ROWS, salvage=True)
    old = made.contents()
    made.up()
    # It was below the fourth document, which has left.
    psql(made.url, 'UPDATE "Document" SET "loginId" = NULL WHERE id = 5')
    new = made.contents()

    assert "0 row(s) and 1 link(s) stay in the namespace origin_quarantine" in made.down()
    assert value(made.url, 'SELECT count(*) FROM "Document" WHERE id IN (4, 5)') == 1
    made.up()
    assert made.contents() == new

    psql(made.url, 'UPDATE "Document" SET "loginId" = 3 WHERE id = 5')
    made.down()
    assert made.contents() == old
    assert value(made.url, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'origin%'") == 0


def test_rows_that_stayed_are_not_mixed_with_others_of_the_same_key(job):
    made = job(SCHEMA, rules("quarantine"), ROWS, salvage=True)
    made.up()
    psql(made.url, 'UPDATE "Document" SET "loginId" = NULL WHERE id = 3')
    made.down()
    psql(made.url, """INSERT INTO "Document" (id, url, "loginId") VALUES (6, 'https://youtube.com', 1)""")
    before = made.contents()
    told = "rows of Document have the keys of rows that are kept in the namespace origin_quarantine"

    assert told in made.up(check=False)
    assert made.contents() == before

    psql(made.url, 'UPDATE "Document" SET id = 7 WHERE id = 6')
    made.up()
    assert count(made.url, "Document") == 5


ENUM = """\
  - add_enum: { name: Mood, values: [CALM, WILD] }
  - add_field: { model: Page, field: mood, type: Mood, required: true, backfill: [{ value: WILD }] }
"""


def test_the_way_back_can_drop_a_type_that_quarantined_rows_had(job, there_and_back):
    # The type is there, and its column, when the pages leave with their documents.
    made = job(SCHEMA, rules("quarantine", ENUM), ROWS)

    there_and_back(made)
    made.up()

    assert value(made.url, 'SELECT count(*) FROM origin_quarantine."Page"') == 2


def test_the_way_back_leaves_no_quarantine(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)

    made.up()
    made.down()

    assert value(made.url, "SELECT count(*) FROM pg_namespace WHERE nspname = 'origin_quarantine'") == 0


def test_two_models_can_be_quarantined_with_rows_that_hang_on_both(job, there_and_back):
    letters = """\
  - add_relation: { model: Letter, to: Source, backfill: [login.source], unresolved: quarantine }
"""
    made = job(SCHEMA, rules("quarantine", letters), ROWS)

    there_and_back(made)
    made.up()

    assert count(made.url, "Letter") == 1
    assert count(made.url, "Stamp") == 4


AGAIN = "{ model: Bookmark, to: Document, field: again, name: again, required: false, backfill: [document] }"


@pytest.mark.parametrize("salvage", [False, True])
def test_the_way_back_drops_a_new_key_at_quarantined_rows(job, there_and_back, salvage):
    made = job(
        SCHEMA, rules("quarantine").replace("rules:\n", f"rules:\n  - add_relation: {AGAIN}\n"), ROWS, salvage=salvage
    )

    there_and_back(made)
    made.up()

    assert value(made.url, 'SELECT count("againId") FROM "Bookmark"') == 4


def test_the_way_back_fills_a_key_that_the_same_migration_has_made_optional(job, there_and_back):
    made = job(SCHEMA, rules("quarantine", "  - make_optional: { model: Audit, field: document }\n"), ROWS)

    there_and_back(made)
    made.up()

    assert count(made.url, "Audit") == 6
    assert value(made.url, 'SELECT count("documentId") FROM "Audit"') == 4


def test_the_way_back_stops_at_new_rows_without_such_a_key(job):
    made = job(SCHEMA, rules("quarantine", "  - make_optional: { model: Audit, field: document }\n"), ROWS)
    made.up()
    psql(made.url, 'INSERT INTO "Audit" DEFAULT VALUES')
    before = made.contents()

    stderr = made.down(check=False)

    assert "1 row(s) of Audit have no documentId, which the old schema demands; the first: 7" in stderr
    assert made.contents() == before


def test_nothing_is_made_for_a_quarantine_that_nobody_needs(job, prisma):
    made = job(SCHEMA, rules("quarantine"), "")

    assert made.up() == ""

    assert value(made.url, "SELECT count(*) FROM pg_namespace WHERE nspname = 'origin_quarantine'") == 0


def test_delete_deletes_rows_with_everything_that_hangs_on_them(job):
    made = job(SCHEMA, rules("delete"), ROWS)

    stderr = made.up()

    assert sources_of_documents(made.url) == {1: 1, 2: 1, 3: 2, 5: 2}
    assert "14 row(s), of Document and of what hangs on it, were deleted" in stderr
    assert value(made.url, 'SELECT count("documentId") FROM "Bookmark"') == 4


OWNED = "  - add_relation: { model: Document, to: Source, backfill: [login.source], unresolved: delete }\n"
LETTERS = "  - add_relation: { model: Letter, to: Source, backfill: [login.source], unresolved: quarantine }\n"


def test_delete_stops_at_rows_to_which_others_have_to_come_back(job):
    made = job(SCHEMA, "name: origin\nrules:\n" + LETTERS + OWNED, ROWS)
    before = made.contents()

    stderr = made.up(check=False)

    told = "4 row(s) of Stamp that were moved aside point by documentId at rows of Document that have to be deleted"
    assert told in stderr
    assert "HINT:  Nothing was changed. Let the rule that deletes come before" in stderr
    assert made.contents() == before


def test_what_is_moved_aside_after_others_are_deleted_comes_back(job):
    made = job(SCHEMA, "name: origin\nrules:\n" + OWNED + LETTERS, ROWS)

    made.up()
    made.down()

    assert count(made.url, "Letter") == 2
    assert count(made.url, "Stamp") == 4


def test_delete_is_declared_as_a_loss(job):
    made = job(SCHEMA, rules("delete"))

    loss = "LOST FOR GOOD: rows of Document for which no value can be found"
    assert loss in made.change.migration.up
    assert f"the old rows exactly, but for\n-- what migration.sql has {loss}" in made.change.migration.down


def test_the_way_back_from_delete_restores_the_structure(job):
    made = job(SCHEMA, rules("delete"), ROWS)
    before = catalog(made.url)

    made.up()
    made.down()

    assert differences(before, catalog(made.url)) == []


@pytest.mark.parametrize("unresolved", ["{ value: 2 }", "{ value: { name: reddit } }"])
def test_a_value_is_given_to_the_rest_only(job, there_and_back, unresolved):
    made = job(SCHEMA, rules(unresolved), ROWS)

    there_and_back(made)
    made.up()

    assert sources_of_documents(made.url) == {1: 1, 2: 1, 3: 2, 4: 2, 5: 2, 6: 2}


def test_a_value_that_names_no_record_fails(job):
    made = job(SCHEMA, rules("{ value: { name: tiktok } }"), ROWS)

    assert "2 row(s) of Document have no sourceId" in made.up(check=False)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://youtube.com", 1),
        ("http://www.youtube.com/watch?v=1#t", 1),
        ("HTTPS://M.YOUTUBE.COM:443/x", 1),
        ("https://user:pass@youtube.com/x", 1),
        ("https://youtube.com?next=reddit.com", 1),
        ("https://reddit.com/r/youtube.com", 2),
        ("https://notyoutube.com/", None),
        ("https://youtube.com.example.org/", None),
        ("https://example.org/@youtube.com", None),
        ("youtube.com/x", None),
        ("mailto:a@youtube.com", None),
        ("", None),
        ('\'; DROP TABLE "Source"; --', None),
    ],
)
def test_a_host_stands_for_itself_and_its_subdomains_and_nothing_else(job, url, source):
    quoted = url.replace("'", "''")
    made = job(
        SCHEMA,
        rules("fail")
        .replace("login.source, ", "")
        .replace("to: Source\n", "to: Source\n      required: false\n")
        .replace("      unresolved: fail\n", ""),
        f"""INSERT INTO "Source" (name) VALUES ('youtube'), ('reddit');
        INSERT INTO "Login" DEFAULT VALUES;
        INSERT INTO "Document" (url, "loginId") VALUES ('{quoted}', 1);""",
    )

    made.up()

    assert sources_of_documents(made.url) == {1: source}


@pytest.mark.parametrize(
    ("key", "ids", "youtube"),
    [("Int @id", "1, 2", "2"), ("String @id @db.Uuid", f"'{'a' * 32}', '{'b' * 32}'", f"{'b' * 32}")],
    ids=["by a number", "by a UUID"],
)
def test_a_host_can_name_the_key_itself(job, key, ids, youtube):
    schema = f"model Source {{\n  id {key}\n}}\n\nmodel Page {{\n  id Int @id\n  url String\n}}\n"
    first, second = ids.split(", ")
    made = job(
        schema,
        "rules: [{ add_relation: { model: Page, to: Source, required: false, backfill:"
        f" [{{ host_of: url, lookup: id, hosts: {{ youtube.com: {youtube} }} }}] }} }}]",
        f'INSERT INTO "Source" VALUES ({first}), ({second}); INSERT INTO "Page" VALUES (1, \'https://youtube.com\');',
    )

    made.up()

    assert str(value(made.url, 'SELECT "sourceId" FROM "Page"')).replace("-", "") == youtube


CITEXT = """\
datasource db {
  provider   = "postgresql"
  url        = env("DATABASE_URL")
  extensions = [citext]
}

generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["postgresqlExtensions"]
}

model Source {
  name String @id @db.Citext
}

model Page {
  id     Int     @id
  url    String
  legacy String?
}
"""


def test_case_counts_as_little_as_where_the_record_is_looked_up(job, database):
    if not value(database, "SELECT count(*) FROM pg_available_extensions WHERE name = 'citext'"):
        pytest.skip("the server has no citext")
    hosts = "{ host_of: url, lookup: name, hosts: { youtube.com: youtube } }"
    made = job(
        CITEXT,
        f"rules: [{{ add_relation: {{ model: Page, to: Source, unresolved: delete, backfill: [legacy, {hosts}] }} }}]",
        """INSERT INTO "Source" VALUES ('YouTube'), ('Reddit');
        INSERT INTO "Page" VALUES (1, 'https://youtube.com', NULL), (2, '', 'reddit'), (3, '', 'red');""",
    )

    made.up()

    found = rows(made.url, 'SELECT id, "sourceName"::TEXT FROM "Page" ORDER BY id')
    assert [tuple(row.values()) for row in found] == [(1, "YouTube"), (2, "Reddit")]


def test_two_urls_name_two_hosts(job):
    schema = SCHEMA.replace("  url       String\n", "  url       String\n  other     String?\n")
    two = HOSTS + ", " + HOSTS.replace("host_of: url", "host_of: other")
    made = job(
        schema,
        rules("fail").replace("login.source, ", "").replace(HOSTS, two),
        """INSERT INTO "Source" (name) VALUES ('youtube'), ('reddit');
        INSERT INTO "Login" DEFAULT VALUES;
        INSERT INTO "Document" (url, other, "loginId") VALUES
          ('https://youtube.com', 'https://reddit.com', 1), ('nonsense', 'https://reddit.com', 1);""",
    )

    made.up()

    assert sources_of_documents(made.url) == {1: 1, 2: 2}


def test_two_fields_can_name_records_of_one_value(job):
    schema = SCHEMA.replace("  name   String  @unique\n", "  name   String  @unique\n  slug   String? @unique\n")
    found = "required: true, unresolved: {{ value: {{ {}: x }} }}"
    made = job(
        schema,
        "rules:\n"
        + "".join(
            f"  - add_relation: {{ model: Document, to: Source, field: {by}, {found.format(by)} }}\n"
            for by in ("name", "slug")
        ),
        """INSERT INTO "Source" (name, slug) VALUES ('x', 'y'), ('y', 'x');
        INSERT INTO "Login" DEFAULT VALUES;
        INSERT INTO "Document" (url, "loginId") VALUES ('nonsense', 1);""",
    )

    made.up()

    assert rows(made.url, 'SELECT "nameId", "slugId" FROM "Document"') == [{"nameId": 1, "slugId": 2}]


OF_ANOTHER = "the namespace origin_quarantine, which is there already and is not of this migration and this schema"


@pytest.mark.parametrize("comment", ["'rows that 20250101000000_origin has moved out of public'", "NULL"])
def test_a_namespace_that_is_another_ones_stops_it_before_anything_is_changed(job, comment):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    psql(made.url, f'CREATE SCHEMA origin_quarantine; CREATE TABLE origin_quarantine."Document" (id INT);'
                   f"COMMENT ON SCHEMA origin_quarantine IS {comment};")  # fmt: skip
    before = made.contents()

    assert OF_ANOTHER in made.up(check=False)
    assert made.contents() == before


MADE_ANEW = "the namespace origin_quarantine is there already, with rows of tables that were made anew since"


@pytest.fixture
def made_anew(job, prisma):
    """A database whose tables were dropped when rows had left them, and made again, which leaves the namespace."""
    made = job(SCHEMA, rules("quarantine"), ROWS)
    made.up()
    psql(made.url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public;" + prisma.sql(None, str(made.change.before)))
    return made


def test_what_had_left_before_a_backup_was_restored_is_not_taken_for_what_is_there(made_anew):
    psql(made_anew.url, ROWS + "UPDATE \"Document\" SET url = 'https://reddit.com/repaired' WHERE id = 4")
    before = made_anew.contents()

    assert MADE_ANEW in made_anew.up(check=False)
    assert made_anew.contents() == before

    psql(made_anew.url, "ALTER SCHEMA origin_quarantine RENAME TO earlier")
    made_anew.up()
    assert sources_of_documents(made_anew.url) == {1: 1, 2: 1, 3: 2, 4: 2, 5: 2}


def test_what_had_left_before_a_reset_does_not_come_back(made_anew):
    made_anew.up()
    before = made_anew.contents()

    assert MADE_ANEW in made_anew.down(check=False)
    assert made_anew.contents() == before


def test_what_had_left_before_the_whole_database_was_moved_comes_back_when_somebody_says_so(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    before = made.contents()
    made.up()
    # A dump does not keep the numbers of tables.
    mark = "rows that 20260101000000_origin has moved out of public, of table 1"
    psql(made.url, f"COMMENT ON SCHEMA origin_quarantine IS '{mark}'")

    psql(made.url, re.search("COMMENT ON SCHEMA .*?'(?=;)", made.down(check=False))[0])
    made.down()

    assert made.contents() == before


LONG = "t" * 60


@pytest.mark.parametrize(
    ("tenant", "kept_in"),
    [
        ("Te\"n'ant", "origin_quarantine_Te\"n'ant"),
        (LONG, f"origin_quarantine_{md5(LONG.encode()).hexdigest()}"),
    ],
    ids=["quotes", "too long"],
)
def test_each_schema_of_a_tenant_keeps_its_rows(job, prisma, tenant, kept_in):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    there = f"SET search_path = {identifier(tenant)};"
    up, down = (there + text for text in (made.change.migration.up, made.change.migration.down))
    psql(made.url, f"CREATE SCHEMA {identifier(tenant)};{there}{prisma.sql(None, str(made.change.before))}")
    psql(made.url, there + ROWS)
    tables = columns(made.url) | columns(made.url, identifier(tenant).replace("'", "''"))
    before = catalog(made.url, ("public", tenant)), checksums(made.url, tables)

    made.up()
    assert "14 row(s), of Document and of what hangs on it, were moved" in psql(made.url, up).stderr
    kept = [f'SELECT * FROM {identifier(name)}."Document" ORDER BY id' for name in ("origin_quarantine", kept_in)]
    assert rows(made.url, kept[0]) == rows(made.url, kept[1])
    psql(made.url, down)
    made.down()

    assert (catalog(made.url, ("public", tenant)), checksums(made.url, tables)) == before
    assert value(made.url, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'origin%'") == 0
