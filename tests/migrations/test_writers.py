"""Somebody writes while rows leave their tables: what was acknowledged is there afterwards, or comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import sleep

import psycopg

from judges.psql import rows, value

SCHEMA = """\
model Source {
  id   Int    @id @default(autoincrement())
  name String @unique
}

model Post {
  id       Int       @id
  url      String
  comments Comment[]
}

model Comment {
  id      Int     @id
  postId  Int
  post    Post    @relation(fields: [postId], references: [id], onDelete: Cascade)
  replies Reply[]
  stars   Star[]
}

model Reply {
  id        Int     @id
  commentId Int
  comment   Comment @relation(fields: [commentId], references: [id], onDelete: Cascade)
}

model Star {
  id        Int      @id
  commentId Int?
  comment   Comment? @relation(fields: [commentId], references: [id])
}
"""

# Post 2 has to leave.
ROWS = """\
INSERT INTO "Source" (name) VALUES ('youtube');
INSERT INTO "Post" VALUES (1, 'https://youtube.com'), (2, 'nonsense');
INSERT INTO "Comment" VALUES (1, 1), (2, 2);
INSERT INTO "Reply" VALUES (1, 1), (2, 2);
INSERT INTO "Star" VALUES (1, 1);
"""

RULES = """\
name: origin
rules:
  - add_relation:
      model: Post
      to: Source
      backfill: [{ host_of: url, lookup: name, hosts: { youtube.com: youtube } }]
      unresolved: quarantine
"""

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def up_beside(job, write):
    """Run the migration beside an open transaction, which is committed as soon as the migration waits."""
    with ThreadPoolExecutor() as pool, closing(psycopg.connect(job.url)) as writer:
        writer.execute(write)
        migration = pool.submit(job.up)
        while not migration.done() and not value(job.url, WAITING):
            sleep(0.01)
        writer.commit()
        migration.result()


def pairs(url, table):
    return [tuple(row.values()) for row in rows(url, f"SELECT * FROM {table} ORDER BY 1")]


def test_a_row_that_is_hung_on_one_that_leaves_leaves_too_and_comes_back(job):
    made = job(SCHEMA, RULES, ROWS)

    up_beside(made, 'INSERT INTO "Reply" VALUES (99, 2)')

    assert pairs(made.url, 'origin_quarantine."Reply"') == [(2, 2), (99, 2)]
    made.down()
    assert pairs(made.url, '"Reply"') == [(1, 1), (2, 2), (99, 2)]


def test_a_row_that_is_moved_to_one_that_stays_stays(job):
    made = job(SCHEMA, RULES, ROWS)

    up_beside(made, 'UPDATE "Reply" SET "commentId" = 1 WHERE id = 2')

    assert pairs(made.url, '"Reply"') == [(1, 1), (2, 1)]


def test_a_key_that_may_be_null_is_remembered(job):
    made = job(SCHEMA, RULES, ROWS)

    up_beside(made, 'INSERT INTO "Star" VALUES (99, 2)')

    assert pairs(made.url, '"Star"') == [(1, 1), (99, None)]
    made.down()
    assert pairs(made.url, '"Star"') == [(1, 1), (99, 2)]
