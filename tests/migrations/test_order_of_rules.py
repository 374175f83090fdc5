"""A rule finds what the rules before it have filled, wherever on its way it is, and what no later one has."""

from __future__ import annotations

import pytest

from judges.psql import rows

SCHEMA = """\
model Publisher {
  id      Int      @id
  name    String   @unique
  authors Author[]
}

model Author {
  id          Int        @id
  publisherId Int
  publisher   Publisher  @relation(fields: [publisherId], references: [id])
  rank        Int?
  books       Book[]
  reviews     Review[]
}

model Book {
  id       Int      @id
  authorId Int
  author   Author   @relation(fields: [authorId], references: [id])
  reviews  Review[]
}

model Review {
  id        Int      @id
  bookId    Int
  book      Book     @relation(fields: [bookId], references: [id])
  byId      Int?
  by        Author?  @relation(fields: [byId], references: [id])
  answersId Int?
  answers   Review?  @relation("answers", fields: [answersId], references: [id])
  answered  Review[] @relation("answers")
}
"""

ROWS = """\
INSERT INTO "Publisher" VALUES (1, 'north'), (2, 'south');
INSERT INTO "Author" VALUES (1, 1, NULL), (2, 2, 7);
INSERT INTO "Book" VALUES (1, 1), (2, 2);
INSERT INTO "Review" VALUES (1, 1, NULL, NULL), (2, 2, 1, 1), (3, 2, 2, 2);
"""

OF_BOOK = "add_relation: { model: Book, to: Publisher, backfill: [author.publisher] }"
NAME = "field: name, type: String, required: true"
KEY = "to: Publisher, foreign_key: [name]"
HOST = "{ host_of: url, lookup: name, hosts: { a.b: south } }"
FAMOUS = "{ value: famous, when: rank }"


@pytest.mark.parametrize(
    ("rules", "table", "left"),
    [
        pytest.param(
            [OF_BOOK, f"add_field: {{ model: Book, {NAME}, backfill: [publisher.name], unresolved: delete }}"],
            "Book",
            {1: "north", 2: "south"},
            id="over a key of the row",
        ),
        pytest.param(
            [
                "add_relation: { model: Review, to: Author, field: writer, backfill: [book.author] }",
                "add_field: { model: Review, field: name, type: String, backfill: [answers.writer.publisher.name] }",
            ],
            "Review",
            {1: None, 2: "north", 3: "south"},
            id="over a key of another row",
        ),
        pytest.param(
            [
                "add_field: { model: Review, field: at, type: Int, backfill: [book.authorId] }",
                OF_BOOK,
                f"add_field: {{ model: Review, {NAME}, backfill: [book.publisher.name], unresolved: delete }}",
            ],
            "Review",
            {1: "north", 2: "south", 3: "south"},
            id="over a key of another table",
        ),
        pytest.param(
            [
                "add_field: { model: Book, field: url, type: String, backfill: [{ value: 'https://a.b/' }] }",
                f"add_relation: {{ model: Book, {KEY}, backfill: [{HOST}], unresolved: delete }}",
            ],
            "Book",
            {1: 2, 2: 2},
            id="by the host of a field",
        ),
        pytest.param(
            [
                "add_field: { model: Author, field: kind, type: String, backfill: [{ value: 'poet' }] }",
                "add_field: { model: Review, field: name, type: Int, backfill: [by.rank] }",
                "add_field: { model: Author, field: rank, type: Int, required: true, backfill: [publisherId] }",
            ],
            "Review",
            {1: None, 2: None, 3: 7},
            id="not what a later rule fills",
        ),
        pytest.param(
            [
                "add_field: { model: Author, field: kind, type: String, backfill: [{ value: 'poet' }] }",
                "add_field: { model: Review, field: name, type: Int, backfill: [by.publisherId] }",
                f"add_field: {{ model: Author, {NAME}, backfill: [{FAMOUS}], unresolved: delete }}",
            ],
            "Review",
            {2: 1, 3: 2},
            id="also of rows that a later rule deletes",
        ),
    ],
)
def test_a_rule_finds_what_the_rules_before_it_have_filled(job, rules, table, left):
    made = job(SCHEMA, "rules:\n" + "".join(f"  - {rule}\n" for rule in rules), ROWS)

    made.up()

    assert {row["id"]: row["name"] for row in rows(made.url, f'SELECT id, name FROM "{table}"')} == left


def test_a_default_stays_where_a_rule_finds_nothing_whatever_other_rules_find(job):
    rank = "type: Int, attributes: '@default(5)', backfill: [by.rank]"
    made = job(
        SCHEMA,
        f"""\
rules:
  - add_field: {{ model: Review, field: rank, {rank} }}
  - add_field: {{ model: Review, field: must, required: true, {rank} }}
  - add_field: {{ model: Review, field: author, type: Int, required: true, backfill: [book.authorId] }}
""",
        ROWS,
    )

    made.up()

    left = rows(made.url, 'SELECT id, rank, must, author FROM "Review" ORDER BY id')
    assert [tuple(row.values()) for row in left] == [(1, 5, 5, 1), (2, 5, 5, 2), (3, 7, 7, 2)]
