"""Rows of a table without a key, which Prisma is told to ignore for that very reason."""

from __future__ import annotations

import pytest

from judges.psql import rows, value
from prisma_decouple.errors import PlanError

SCHEMA = """\
model Source {
  id   Int    @id @default(autoincrement())
  name String @unique
}

model Post {
  id    Int     @id
  url   String
  notes Note[]
  views View[]  @ignore
}

model Note {
  id     Int    @id
  postId Int
  post   Post   @relation(fields: [postId], references: [id], onDelete: Cascade)
  views  View[] @ignore
}

/// `json` has no equality.
model View {
  number Int?
  extra  Json? @db.Json
  postId Int
  post   Post  @relation(fields: [postId], references: [id], onDelete: Cascade)
  noteId Int?
  note   Note? @relation(fields: [noteId], references: [id], onDelete: KEY_OF_NOTE)

  @@ignore
}
"""

# The rows of post 2 have to go; they come first in one table and last in the other.
ROWS = """\
INSERT INTO "Source" (name) VALUES ('youtube');
INSERT INTO "Post" VALUES (1, 'https://youtube.com'), (2, 'nonsense');
INSERT INTO "Note" VALUES (1, 1), (2, 2);
INSERT INTO "View" VALUES (7, '{"a":  1}', 1, NULL), (7, '{"a":  1}', 1, NULL), (NULL, NULL, 1, 1),
  (7, '{"a":  1}', 2, 2), (7, '{"a":  1}', 2, 2), (NULL, NULL, 2, NULL);
"""


def rules(unresolved):
    return f"""\
name: origin
rules:
  - add_relation:
      model: Post
      to: Source
      backfill: [{{ host_of: url, lookup: name, hosts: {{ youtube.com: youtube }} }}]
      unresolved: {unresolved}
"""


def with_key_of_note(action):
    return SCHEMA.replace("KEY_OF_NOTE", action)


LEFT = [(7, 1, None), (7, 1, None), (None, 1, 1)]


@pytest.mark.parametrize(
    ("unresolved", "action"), [("quarantine", "Cascade"), ("delete", "Cascade"), ("delete", "SetNull")]
)
def test_just_the_rows_that_hang_on_what_goes_go_too(job, unresolved, action):
    made = job(with_key_of_note(action), rules(unresolved), ROWS)

    stderr = made.up()

    assert "5 row(s), of Post and of what hangs on it" in stderr
    assert [tuple(row.values()) for row in rows(made.url, 'SELECT number, "postId", "noteId" FROM "View"')] == LEFT


def test_rows_that_hold_the_same_come_back_as_often_as_they_were_there(job, there_and_back):
    made = job(with_key_of_note("Cascade"), rules("quarantine"), ROWS)

    there_and_back(made)
    made.up()

    assert value(made.url, 'SELECT count(*) FROM origin_quarantine."View"') == 3


def test_a_key_is_not_taken_from_rows_that_nothing_could_find_again(job):
    with pytest.raises(PlanError, match="rows of View may lose their noteId for a time") as raised:
        job(with_key_of_note("SetNull"), rules("quarantine"), ROWS)

    assert raised.value.hint == "give it an id or a unique field, or choose `unresolved: fail`"
