"""What a migration does to rows: it converts them, or stops with their number before anything is changed."""

from __future__ import annotations

import pytest

from judges.psql import psql, rows

from .conftest import EMPTY, migration

KEPT = [
    ("Int", "41", "BigInt", 41),
    ("Int", "41", "String", "41"),
    ("String", "'41'", "Int", 41),
    ("String", "'Good'", "Mood", "Good"),
    ("Mood", "'Good'", "String", "Good"),
    ("Mood", "'Good'", "Feeling", "Good"),
    ("Boolean", "true", "Int", 1),
    ("String", "'{\"a\": 1}'", "Json", {"a": 1}),
    ("DateTime", "'2020-01-01 12:00'", "DateTime @db.Timestamptz(3)", "2020-01-01T12:00:00+00:00"),
    ("DateTime @db.Timestamptz(3)", "'2020-01-01 12:00+02'", "DateTime", "2020-01-01T10:00:00"),
    ("DateTime @db.Date", "'2020-01-01'", "DateTime @db.Timestamptz(3)", "2020-01-01T00:00:00+00:00"),
    ("DateTime @db.Timestamptz(3)", "'2020-01-01 01:00+02'", "DateTime @db.Date", "2019-12-31"),
    ("Int", "41", "Int[]", [41]),
    ("Int[]", "ARRAY[41]", "Int", 41),
    ("String", "'abc'", "String[] @db.VarChar(3)", ["abc"]),
    ("Mood[]", "ARRAY['Good']::\"Mood\"[]", "String[]", ["Good"]),
    ("String @db.VarChar(9)", "'abc'", "String @db.VarChar(3)", "abc"),
    ("Bytes", "'\\x61'", "String", "\\x61"),
    ("Float", "0.1::FLOAT8 + 0.2", "String", "0.30000000000000004"),
    ("Decimal @db.Money", "12.34::MONEY", "String", "12.34"),
    ("String @db.Bit(4)", "B'1010'", "String", "1010"),
    ("String[] @db.Bit(4)", "ARRAY[B'1010']", "String[]", ["1010"]),
    ("String", "'1010'", "String @db.VarBit(9)", "1010"),
    ("String", "'2024-02-01T10:00:00+05:00'", "DateTime", "2024-02-01T05:00:00"),
    ("String @db.Char(30)", "'2024-02-01T10:00:00.5Z'", "DateTime", "2024-02-01T10:00:00.5"),
    ("String", "'2024-02-01 10:00'", "DateTime @db.Timestamptz(3)", "2024-02-01T10:00:00+00:00"),
    ("String", "'2024-02-01T23:00:00-0500'", "DateTime @db.Date", "2024-02-02"),
    ("String", "'10:00:00.5Z'", "DateTime @db.Time(3)", "10:00:00.5"),
    ("String", "'10:00:00.5-05'", "DateTime @db.Timetz(3)", "10:00:00.5-05"),
    (
        "String[]",
        "ARRAY['2024-02-01T10:00:00+05:00', '2024-02-01']",
        "DateTime[]",
        ["2024-02-01T05:00:00", "2024-02-01T00:00:00"],
    ),
    ("DateTime", "'2024-02-01 10:00:00.5'", "String", "2024-02-01 10:00:00.5"),
    ("DateTime @db.Timestamptz(3)", "'2024-02-01 10:00+02'", "String", "2024-02-01 08:00:00+00"),
    (
        "DateTime[]",
        "ARRAY['2024-02-01 10:00'::TIMESTAMP]",
        "DateTime[] @db.Timestamptz(3)",
        ["2024-02-01T10:00:00+00:00"],
    ),
]
# What the new type cannot hold, or holds in one spelling only.
MARKED = [
    ("String", "Int", "the spelling"),
    ("String", "Boolean", "the spelling"),
    ("String", "String @db.Uuid", "the spelling"),
    ("String", "Decimal", "the spelling and further decimal places"),
    ("String", "Float", "the spelling and the last digits"),
    ("String", "DateTime", "the offsets and further fractions of a second"),
    ("String", "DateTime @db.Date", "the times of day and the offsets"),
    ("String", "Json", "the order of keys, keys that are there twice and the spacing"),
    ("String", "String @db.VarChar(3)", "spaces at the end"),
    ("Int", "Float @db.Real", "the last digits"),
    ("DateTime @db.Timestamptz(3)", "DateTime @db.Timestamp(0)", "fractions of a second"),
]
# In the last place, what has no room in the new type.
REFUSED = [
    ("String", "'1', 'x', 'y'", "Int", "2 row(s) of T have a value in v that INTEGER cannot hold: x, y"),
    ("BigInt", "9999999999", "Int", "1 row(s) of T have a value in v that INTEGER cannot hold: 9999999999"),
    ("Mood", "'Bad', 'Bad', 'Good'", "Feeling", '2 row(s) of T have a value in v that "Feeling" cannot hold: Bad'),
    ("String", "'abcd'", "String @db.VarChar(3)", "1 row(s) of T have a value in v that VARCHAR(3) cannot hold: abcd"),
    (
        "String",
        "'abcd'",
        "String[] @db.VarChar(3)",
        "1 row(s) of T have a value in v that VARCHAR(3)[] cannot hold: abcd",
    ),
    ("Int[]", "ARRAY[1, 2]", "Int", "1 row(s) of T have a value in v that INTEGER cannot hold: {1,2}"),
    ("Decimal", "123456", "Decimal @db.Decimal(5, 2)", "1 row(s) of T have a value in v that DECIMAL(5,2) cannot hold"),
    (
        "String",
        "'01/02/2024', 'now', '2024-02-01', 'tomorrow'",
        "DateTime",
        "3 row(s) of T have a value in v that TIMESTAMP(3) cannot hold: 01/02/2024, now, tomorrow",
    ),
    (
        "String[]",
        "ARRAY['2024-02-01', 'now']",
        "DateTime[]",
        "1 row(s) of T have a value in v that TIMESTAMP(3)[] cannot",
    ),
    ("String", "'10:00:00.5+02'", "DateTime @db.Time(3)", "1 row(s) of T have a value in v that TIME(3) cannot hold"),
    ("String", "'10101'", "String @db.Bit(4)", "1 row(s) of T have a value in v that BIT(4) cannot hold: 10101"),
    ("Json", "'[\"a\"]'", "String[]", "1 row(s) of T have a value in v, which has no counterpart in its new type"),
    ("Int", "5", "DateTime", "1 row(s) of T have a value in v, which has no counterpart in its new type"),
]


def schema(*fields, extra=""):
    enums = "enum Mood {\n  Good\n  Bad\n}\n\nenum Feeling {\n  Good\n}\n"
    lines = "".join(f"  {field}\n" for field in ("id Int @id @default(autoincrement())", *fields))
    return f"{EMPTY}\n{enums}\nmodel T {{\n{lines}}}\n{extra}"


def field(kind, column="v", *, optional=True):
    name, _, native = kind.partition(" ")
    return f"{column} {name}{'?' if optional and not name.endswith(']') else ''} {native}"


def insert(url, values, column="v"):
    for value in values if isinstance(values, list) else [values]:
        psql(url, f'INSERT INTO "T" ("{column}") VALUES ({value})')


UTC = {"timezone": "UTC"}
# What somebody may have set for a database.
ELSEWHERE = {"timezone": "Asia/Tokyo", "datestyle": "SQL, DMY", "bytea_output": "escape", "extra_float_digits": "0"}


def for_sessions_to_come(url, settings):
    """Let sessions to come have these settings, and otherwise those of the server."""
    alter = "".join(f"ALTER DATABASE %1$I SET {name} TO '{value}';" for name, value in settings.items())
    psql(
        url, f"DO $$ BEGIN EXECUTE format($all$ALTER DATABASE %1$I RESET ALL;{alter}$all$, current_database()); END $$"
    )


def test_values_come_into_the_new_type_and_back(judge):
    # A column for each of them: all are converted by one migration, as a database for each would take a minute.
    columns = {f"{old} to {new}": f"v{at}" for at, (old, _, new, _) in enumerate(KEPT)}
    before, after = (
        schema(*(field(case[which], column) for case, column in zip(KEPT, columns.values(), strict=True)))
        for which in (0, 2)
    )
    up, down = migration(before, after)

    def held(url):
        for_sessions_to_come(url, UTC)
        first, second = rows(url, 'SELECT * FROM "T" ORDER BY id')
        assert all(second[column] is None for column in columns.values())
        return {label: first[column] for label, column in columns.items()}

    with judge.database(before) as url:
        values = ", ".join(value for _, value, _, _ in KEPT)
        psql(url, f'INSERT INTO "T" ({", ".join(columns.values())}) VALUES ({values}); INSERT INTO "T" DEFAULT VALUES')
        was = held(url)

        # What Prisma stores is UTC, whatever the session says.
        for_sessions_to_come(url, ELSEWHERE)
        psql(url, up)
        assert judge.drift(url, after) == ""
        assert held(url) == {label: case[3] for label, case in zip(columns, KEPT, strict=True)}

        for_sessions_to_come(url, ELSEWHERE)
        psql(url, down)
        # Texts of moments come back in another spelling.
        spelled = [label for label in columns if "DateTime" not in label.replace("[]", "").split()[2:]]
        back = held(url)
        assert {label: back[label] for label in spelled} == {label: was[label] for label in spelled}


@pytest.mark.parametrize(("old", "new", "loses"), MARKED)
def test_what_the_new_type_cannot_hold_is_marked(old, new, loses):
    up, _ = migration(schema(field(old)), schema(field(new)))

    assert f"--   * LOST FOR GOOD: {loses} of T.v.\n" in up
    assert f"-- LOST FOR GOOD: {loses} of T.v\nALTER TABLE" in up


@pytest.mark.parametrize(
    ("old", "values", "new", "message"), REFUSED, ids=[f"{old} to {new}" for old, _, new, _ in REFUSED]
)
def test_values_that_do_not_fit_stop_it_and_nothing_is_changed(judge, old, values, new, message):
    before, after = schema(field(old)), schema(field(new))
    up, _ = migration(before, after)

    with judge.database(before) as url:
        insert(url, [values] if "ARRAY" in values else values.split(", "))
        assert message in psql(url, up, check=False).stderr
        assert judge.drift(url, before) == ""


def test_a_required_column_without_a_default_needs_an_empty_table(judge):
    before, after = schema(), schema("v Int", "w String")
    up, down = migration(before, after)

    with judge.database(before) as url:
        psql(url, 'INSERT INTO "T" DEFAULT VALUES')
        told = psql(url, up, check=False).stderr
        assert "T has 1 row(s), and nothing says what they get in what is new and required: v, w" in told

        psql(url, 'DELETE FROM "T"')
        psql(url, up)
        psql(url, down)
        assert judge.drift(url, before) == ""


def test_a_column_becomes_required_when_every_row_has_a_value(judge):
    before, after = schema("v Int?"), schema("v Int")
    up, _ = migration(before, after)

    with judge.database(before) as url:
        insert(url, ["1", "NULL", "NULL"])
        assert "2 row(s) of T have no v, which becomes required; the first: 2, 3" in psql(url, up, check=False).stderr

        psql(url, 'UPDATE "T" SET v = 1')
        psql(url, up)
        assert judge.drift(url, after) == ""


def test_unique_over_repeated_values_names_them(judge):
    before, after = schema("v String?"), schema("v String? @unique")
    up, _ = migration(before, after)

    with judge.database(before) as url:
        insert(url, ["'a'", "'a'", "'b'", "NULL", "NULL"])
        told = psql(url, up, check=False).stderr
        assert "1 value(s) of v stand in more than one row of T, where they are to be unique: a" in told


POINTING = """
model Owner {{
  country String
  number  Int
  cats    Cat[]

  @@id([country, number])
}}

model Cat {{
  id      Int     @id
  country String?
  number  Int?
  owner   Owner?  @relation(fields: [country, number], references: [country, number]{action})
}}
"""
WITHOUT_KEYS = EMPTY.replace("}", '  relationMode = "prisma"\n}') + POINTING.format(action="")
WITH_KEYS = EMPTY + POINTING.format(action="")


def test_rows_that_point_at_nothing_are_counted_before_a_foreign_key_is_added(judge):
    up, down = migration(WITHOUT_KEYS, WITH_KEYS)

    with judge.database(WITHOUT_KEYS) as url:
        psql(url, """INSERT INTO "Owner" VALUES ('is', 1)""")
        psql(url, """INSERT INTO "Cat" VALUES (1, 'is', 1), (2, 'is', 2), (3, 'is', 2), (4, NULL, 2)""")
        told = psql(url, up, check=False).stderr
        assert "2 row(s) of Cat point by country, number at row(s) of Owner that are not there: is/2" in told

        psql(url, 'DELETE FROM "Cat" WHERE id IN (2, 3)')
        psql(url, up)
        assert judge.drift(url, WITH_KEYS) == ""
        psql(url, down)
        assert judge.drift(url, WITHOUT_KEYS) == ""


def test_the_way_back_to_a_foreign_key_counts_too(judge):
    up, down = migration(WITH_KEYS, WITHOUT_KEYS)

    with judge.database(WITH_KEYS) as url:
        psql(url, up)
        psql(url, """INSERT INTO "Cat" VALUES (1, 'is', 2)""")
        assert "1 row(s) of Cat point by country, number" in psql(url, down, check=False).stderr


def test_rows_are_not_looked_at_when_a_foreign_key_has_seen_to_them_so_far():
    up, down = migration(WITH_KEYS, EMPTY + POINTING.format(action=", onDelete: Cascade"))

    assert "ON DELETE CASCADE" in up
    assert "are not there" not in up + down


def test_what_may_have_been_renamed_is_not_dropped_with_values_unless_asked(judge):
    before, after = schema("v String?"), schema("name String?")
    careful, _ = migration(before, after)
    asked, _ = migration(before, after, allow_loss=True)

    with judge.database(before) as url:
        psql(url, 'INSERT INTO "T" DEFAULT VALUES')
        insert(url, "'kept'")
        told = psql(url, careful, check=False).stderr
        assert "1 row(s) of T have a value in v, which would be lost if it was not dropped but renamed to name" in told
        assert "QUESTION" in careful
        assert "QUESTION" not in asked

        psql(url, asked)
        assert judge.drift(url, after) == ""


def test_a_renamed_table_is_not_dropped_with_rows_unless_asked(judge):
    before = schema("v String?")
    after = before.replace("model T", "model Thing")
    careful, _ = migration(before, after)
    asked, _ = migration(before, after, allow_loss=True)

    with judge.database(before) as url:
        insert(url, "'kept'")
        assert "T has 1 row(s), which would be lost" in psql(url, careful, check=False).stderr
        psql(url, asked)
        assert judge.drift(url, after) == ""


def test_a_new_sequence_counts_on_from_the_highest_number(judge):
    before, after = schema("v Int?"), schema("v Int @default(autoincrement())")
    up, down = migration(before, after)

    with judge.database(before) as url:
        insert(url, ["41"])
        psql(url, up)
        psql(url, 'INSERT INTO "T" DEFAULT VALUES')
        assert rows(url, 'SELECT v FROM "T" ORDER BY id') == [{"v": 41}, {"v": 42}]
        psql(url, down)
        assert judge.drift(url, before) == ""


def test_a_number_that_grows_keeps_its_sequence(judge):
    before, after = schema(), schema().replace("id Int", "id BigInt")
    up, _ = migration(before, after)

    with judge.database(before) as url:
        psql(url, 'INSERT INTO "T" DEFAULT VALUES')
        psql(url, up)
        psql(url, """INSERT INTO "T" DEFAULT VALUES; SELECT setval('"T_id_seq"', 5000000000)""")
        psql(url, 'INSERT INTO "T" DEFAULT VALUES')
        assert rows(url, 'SELECT id FROM "T" ORDER BY id') == [{"id": 1}, {"id": 2}, {"id": 5000000001}]


TAGS = EMPTY + "model Post {\n  id Int @id\n  tags Tag[]\n}\n\nmodel Tag {\n  id Int @id\n  posts Post[]\n}\n"
EXPLICIT = EMPTY + (
    "model Post {\n  id Int @id\n  tags PostTag[]\n}\n\nmodel Tag {\n  id Int @id\n  posts PostTag[]\n}\n\n"
    'model PostTag {\n  postId Int @map("A")\n  tagId Int @map("B")\n'
    "  post Post @relation(fields: [postId], references: [id], onDelete: Cascade)\n"
    "  tag Tag @relation(fields: [tagId], references: [id], onDelete: Cascade)\n\n"
    '  @@id([postId, tagId])\n  @@map("_PostToTag")\n}\n'
)
PRISMA_5 = """
ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_AB_pkey";
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
"""


@pytest.mark.parametrize("made_by", ["Prisma 5", "Prisma 6"])
@pytest.mark.parametrize(
    "after",
    [EXPLICIT, TAGS.replace("id Int", "id BigInt"), EMPTY, TAGS.replace("Post", "Item")],
    ids=["explicit", "retyped", "gone", "renamed"],
)
def test_join_tables_of_any_version(judge, made_by, after):
    up, down = migration(TAGS, after)

    with judge.database(TAGS) as url:
        psql(url, PRISMA_5 if made_by == "Prisma 5" else "")
        psql(url, up)
        # The engine wants Prisma 5's key replaced, before as after.
        if made_by == "Prisma 6" or after != TAGS.replace("id Int", "id BigInt"):
            assert judge.drift(url, after) == ""
        psql(url, down)
        if made_by == "Prisma 6":
            assert judge.drift(url, TAGS) == ""
