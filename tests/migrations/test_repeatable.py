"""A unique index of several columns, one of which may be null afterwards: it keeps fewer rows apart, and says so."""

from __future__ import annotations

import pytest

from judges.psql import psql

SCHEMA = """\
model Author {
  id    Int    @id
  books Book[]
}

model Book {
  id       Int    @id
  title    String
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])

  %s
}
"""
RULES = "name: optional\nrules: [{ make_optional: { model: Book, field: authorId } }]"
TWO_ALIKE = """INSERT INTO "Book" VALUES (1, 'Emma', NULL), (2, 'Emma', NULL)"""
PARTIAL = 'CREATE UNIQUE INDEX "one_of_nobody" ON "Book" ("title") WHERE "authorId" IS NULL'


def told_of(change):
    """The notes on what is not kept apart any more."""
    return [note for note in change.notes if "apart" in note]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("@@unique([authorId, title])", True),
        ('@@unique([title, authorId], map: "books_key")', True),
        ("@@unique([authorId])", False),
        ("@@unique([title])", False),
        ("@@index([authorId, title])", False),
    ],
)
def test_only_a_unique_index_of_the_key_and_more_is_told_of(job, keys, told):
    change = job(SCHEMA % keys, RULES).change

    assert bool(told_of(change)) is told
    assert ("apart no more" in change.migration.up) is told


def test_what_the_note_says_is_so_and_what_it_proposes_helps(job, there_and_back, prisma):
    books = job(SCHEMA % "@@unique([authorId, title])", RULES)
    (note,) = told_of(books.change)
    assert note == (
        "Book_authorId_title_key keeps rows of Book without authorId apart no more, as to PostgreSQL no null is like "
        "another; where their title must not repeat, a unique index on it helps that is partial: WHERE authorId IS NULL"
    )

    there_and_back(books)
    books.up()
    psql(books.url, TWO_ALIKE)
    psql(books.url, 'DELETE FROM "Book"')
    psql(books.url, PARTIAL)

    assert "duplicate key" in psql(books.url, TWO_ALIKE, check=False).stderr
    assert prisma.drift(books.url, str(books.change.schema)) == ""
