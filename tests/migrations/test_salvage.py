"""A way back that sets new rows aside, and the way there again that brings them home."""

from __future__ import annotations

from judges.psql import psql, rows, value

SCHEMA = """\
model Login {
  id        Int        @id @default(autoincrement())
  documents Document[]
}

model Document {
  id      Int    @id @default(autoincrement())
  loginId Int
  login   Login  @relation(fields: [loginId], references: [id])
  pages   Page[]
}

model Page {
  id         Int      @id @default(autoincrement())
  documentId Int
  document   Document @relation(fields: [documentId], references: [id])
}
"""

RULES = """\
name: origin
rules:
  - make_optional: { model: Document, field: login }
  - add_enum: { name: Mood, values: [CALM, WILD] }
  - add_field: { model: Document, field: mood, type: Mood }
  - add_field: { model: Page, field: mood, type: Mood, required: true, attributes: "@default(CALM)" }
"""

ROWS = """\
INSERT INTO "Login" DEFAULT VALUES;
INSERT INTO "Document" ("loginId") VALUES (1);
INSERT INTO "Page" ("documentId") VALUES (1);
"""

NEW = """\
INSERT INTO "Document" ("mood") VALUES ('WILD'), (NULL);
INSERT INTO "Page" ("documentId", "mood") VALUES (2, 'WILD'), (1, 'WILD');
"""


def test_rows_of_a_type_that_is_dropped_are_set_aside_and_come_home(job):
    made = job(SCHEMA, RULES, ROWS, salvage=True)
    old = made.contents()
    made.up()
    psql(made.url, NEW)
    look = 'SELECT * FROM "Document" ORDER BY id', 'SELECT * FROM "Page" WHERE "documentId" = 2'
    new = [rows(made.url, each) for each in look]

    stderr = made.down()

    assert "3 row(s), of Document and of what hangs on it, were moved to the namespace origin_salvage" in stderr
    assert value(made.url, 'SELECT count(*) FROM "Document"') == 1
    psql(made.url, 'DELETE FROM "Page" WHERE "documentId" = 1 AND id > 1')
    made.up()
    assert [rows(made.url, each) for each in look] == new
    psql(made.url, 'DELETE FROM "Page" WHERE "documentId" = 2; DELETE FROM "Document" WHERE id > 1')
    made.down()
    assert made.contents()[1] == old[1]
