"""A path that ends in a plain column leads to a value only where there is a record with that key."""

from __future__ import annotations

import pytest

from judges.psql import rows

SCHEMA = """\
model Source {
  id TYPE @id NATIVE
}

model Login {
  id     Int   @id
  source TYPE?
  posts  Post[]
}

model Post {
  id      Int    @id
  legacy  TYPE?
  loginId Int?
  login   Login? @relation(fields: [loginId], references: [id])
}
"""

# The number of a key, or a UUID made of it: 1 and 2 are there, 9 is not.
ROWS = """\
INSERT INTO "Source" VALUES (KEY1), (KEY2);
INSERT INTO "Login" VALUES (1, KEY2);
INSERT INTO "Post" VALUES (1, KEY1, NULL), (2, KEY9, 1), (3, KEY9, NULL), (4, NULL, NULL);
"""


def typed(text, kind):
    if kind == "Int":
        return text.replace("TYPE", "Int").replace("NATIVE", "").replace("KEY", "")
    text = text.replace("TYPE", "String").replace("NATIVE", "@db.Uuid")
    for key in "129":
        text = text.replace(f"KEY{key}", f"'{key * 8}-{key * 4}-{key * 4}-{key * 4}-{key * 12}'")
    return text


def rules(more, backfill="legacy"):
    return f"rules: [{{ add_relation: {{ model: Post, to: Source, backfill: [{backfill}], {more} }} }}]"


def sources(url):
    return {row["id"]: str(row["sourceId"])[0] for row in rows(url, 'SELECT id, "sourceId" FROM "Post"')}


@pytest.mark.parametrize("kind", ["Int", "String"])
@pytest.mark.parametrize(
    ("more", "backfill", "left"),
    [
        ("required: false", "legacy", {1: "1", 2: "N", 3: "N", 4: "N"}),
        ("required: false", "legacy, login.source", {1: "1", 2: "2", 3: "N", 4: "N"}),
        ("unresolved: delete", "legacy, login.source", {1: "1", 2: "2"}),
        ("unresolved: quarantine", "legacy", {1: "1"}),
    ],
)
def test_a_key_of_no_record_is_no_value(job, there_and_back, kind, more, backfill, left):
    made = job(typed(SCHEMA, kind), rules(more, backfill), typed(ROWS, kind))

    if "delete" not in more:
        there_and_back(made)
    made.up()

    assert sources(made.url) == left


def test_such_rows_are_counted(job):
    made = job(typed(SCHEMA, "Int"), rules("unresolved: fail"), typed(ROWS, "Int"))

    assert "3 row(s) of Post have no sourceId" in made.up(check=False)
