"""What a query in somebody's code does with a column."""

from __future__ import annotations

import pytest

from prisma_decouple.sql.touches import Given, Insert, Query


@pytest.mark.parametrize(
    ("text", "inserts"),
    [
        ('INSERT INTO "Post" ("id", "title") VALUES (?, ?)', [Insert("Post", ("id", "title"))]),
        ("insert into app.posts(id) select 1", [Insert("posts", ("id",))]),
        ("INSERT INTO posts VALUES (1, 2)", [Insert("posts", None)]),
        ('INSERT INTO "Post" (SELECT * FROM "Draft")', [Insert("Post", None)]),
        ("INSERT IGNORE INTO posts (id) VALUES (1)", [Insert("posts", ("id",))]),
        ('SELECT * INTO x FROM "Post"', []),
        ("INSERT INTO", []),
    ],
)
def test_what_is_inserted_is_read_with_its_columns(text, inserts):
    assert list(Query(text).inserts()) == inserts


@pytest.mark.parametrize(
    ("join", "drops"),
    [
        ('JOIN "User" u ON p."authorId" = u.id WHERE u.name = ?', True),
        ('INNER JOIN app."User" AS u ON u.id = p."authorId" AND u.name = ?', True),
        ('LEFT JOIN "User" u ON u.id = p."authorId"', False),
        ('LEFT OUTER JOIN "User" u ON u.id = p."authorId"', False),
        ('JOIN "Tag" t ON t."postId" = p.id LEFT JOIN "User" u ON u.id = p."authorId"', False),
        ('JOIN "User" u ON u.id = p."editorId" WHERE p."authorId" = ?', False),
        ("JOIN user u ON u.id = p.authorid", True),
    ],
)
def test_a_join_leaves_out_rows_without_a_key_unless_it_keeps_all(join, drops):
    assert Query(f'SELECT * FROM "Post" p {join}').drops_without("authorId", "User") is drops


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ('p."authorId" = ?', True),
        ("p.authorid = ?", True),
        ('p."authorid" = ?', False),
        ("'authorId'", False),
        ("-- authorId", False),
        ("p.authorIds", False),
    ],
)
def test_a_column_is_named_outside_of_texts_and_comments(text, is_named):
    assert Query(text).names("authorId") is is_named


@pytest.mark.parametrize(
    ("text", "defines"),
    [
        ('CREATE TABLE "Post" (id uuid)', True),
        ('-- of old\nALTER TABLE "Post" ADD CONSTRAINT a FOREIGN KEY ("authorId") REFERENCES "User" (id)', True),
        ('CREATE OR REPLACE VIEW posts AS SELECT "authorId" FROM "Post"', False),
        ('CREATE FUNCTION f() RETURNS int AS $$ SELECT "authorId" FROM "Post" $$ LANGUAGE sql', False),
        ('SELECT "authorId" FROM "Post"', False),
        ("", False),
    ],
)
def test_what_defines_tables_is_told_from_what_asks(text, defines):
    assert Query(text).is_definition is defines


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("\n  (select 1 from a)", True),
        ("with a as (select 1 from b)", True),
        ("Select a post", False),
        ('ORDER BY "authorId"', False),
        ("", False),
    ],
)
def test_a_query_begins_with_a_word_of_its_own(text, is_whole):
    assert Query(text).is_whole is is_whole


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ('INSERT INTO "Post" (id, "authorId") VALUES (uuid(), ?)', [("authorId", 0, False)]),
        ('INSERT INTO "Post" (a, b) VALUES (f(?, 1), ?::int), (?, ? + 1)', [("b", 1, False), ("a", 2, False)]),
        ('INSERT INTO "Post" (a, b) VALUES ($2, $1)', [("a", 1, True), ("b", 0, True)]),
        ('INSERT INTO "Post" (a) VALUES (?) ON CONFLICT DO UPDATE SET b = ?', [("a", 0, False), ("b", 1, False)]),
        ('UPDATE "Post" SET a = ?, b = now() WHERE c = ?', [("a", 0, False)]),
        ('INSERT INTO "Post" VALUES (?)', []),
        ('INSERT INTO "Post" (a) SELECT ? FROM b', []),
        ('SELECT a FROM "Post" WHERE a = ? FOR UPDATE', []),
    ],
)
def test_what_code_puts_in_is_given_to_a_column(text, given):
    assert list(Query(text).given()) == [Given("Post", *each) for each in given]


@pytest.mark.parametrize(
    ("text", "is_only_given"),
    [
        ('INSERT INTO "Post" ("authorId") VALUES (?)', True),
        ('UPDATE "Post" SET "authorId" = ? WHERE id = ?', True),
        ('UPDATE "Post" SET "authorId" = ? WHERE "authorId" = ?', False),
        ('INSERT INTO "Post" ("authorId") SELECT "authorId" FROM "Draft"', False),
        ('SELECT "authorId" FROM "Post"', False),
    ],
)
def test_a_column_may_only_be_given_a_value(text, is_only_given):
    assert Query(text).only_gives("authorId") is is_only_given
