"""What somebody says was renamed keeps its rows, under its new name, there and back."""

from __future__ import annotations

import pytest

from judges.catalog import differences
from judges.psql import psql, rows
from prisma_decouple.errors import PlanError

from .conftest import EMPTY, migration, whole_catalog, without_order

BEFORE = (
    EMPTY
    + """
enum Mood {
  Good
  Bad
}

model Owner {
  id   Int    @id @default(autoincrement())
  name String @unique
  cats Cat[]
}

model Cat {
  id      Int    @id @default(autoincrement())
  mood    Mood   @default(Good)
  ownerId Int
  owner   Owner  @relation(fields: [ownerId], references: [id])
  tags    Tag[]

  @@index([ownerId, mood])
}

model Tag {
  id   Int   @id
  cats Cat[]
}
"""
)
ROWS = """
INSERT INTO "Owner" ("name") VALUES ('Ann'), ('Bob');
INSERT INTO "Cat" ("ownerId", "mood") VALUES (1, 'Good'), (2, 'Bad');
INSERT INTO "Tag" VALUES (7), (8);
INSERT INTO "_CatToTag" VALUES (1, 8), (2, 7);
"""
# What is said, what becomes of the schema, and a query whose rows say that nothing is lost.
RENAMES = {
    "column": (["Cat.mood=temper"], {"mood    Mood": "temper  Mood", "ownerId, mood": "ownerId, temper"}, None),
    "foreign key": (
        ["Cat.ownerId=keeperId"],
        {"ownerId Int": "keeperId Int", "[ownerId]": "[keeperId]", "[ownerId, mood]": "[keeperId, mood]"},
        'SELECT "name" FROM "Cat" JOIN "Owner" ON "Owner".id = "keeperId" ORDER BY 1',
    ),
    "numbered key": (
        ["Owner.id=number"],
        {"id   Int    @id @default": "number Int @id @default", "references: [id]": "references: [number]"},
        'SELECT "name" FROM "Cat" JOIN "Owner" ON "number" = "ownerId" ORDER BY 1',
    ),
    "table": (
        ["Owner=Keeper"],
        {"model Owner": "model Keeper", "owner   Owner": "owner   Keeper"},
        'SELECT "name" FROM "Cat" JOIN "Keeper" ON "Keeper".id = "ownerId" ORDER BY 1',
    ),
    "table of an implicit relation": (
        ["Cat=Cats", "_CatToTag=_CatsToTag"],
        {"model Cat ": "model Cats ", "cats Cat[]": "cats Cats[]"},
        'SELECT "B" FROM "_CatsToTag" ORDER BY "A"',
    ),
    "table of an implicit relation whose columns change sides": (
        ["Cat=Zebra", "_CatToTag=_TagToZebra"],
        {"model Cat ": "model Zebra ", "cats Cat[]": "cats Zebra[]"},
        'SELECT "A" FROM "_TagToZebra" WHERE ("A", "B") IN ((8, 1), (7, 2))',
    ),
    "the same, the other way round": (
        ["_CatToTag=_TagToZebra", "Cat=Zebra"],
        {"model Cat ": "model Zebra ", "cats Cat[]": "cats Zebra[]"},
        'SELECT "A" FROM "_TagToZebra" WHERE ("A", "B") IN ((8, 1), (7, 2))',
    ),
    "table and then its column": (
        ["Owner=Keeper", "Keeper.name=called"],
        {"model Owner": "model Keeper", "owner   Owner": "owner   Keeper", "name String": "called String"},
        'SELECT "called" FROM "Keeper" ORDER BY 1',
    ),
    "enum": (["Mood=Temper"], {"enum Mood": "enum Temper", "Mood   @": "Temper @"}, None),
    "value": (
        ["Mood.Good=Fine"],
        {"  Good\n": "  Fine\n", "@default(Good)": "@default(Fine)"},
        'SELECT "mood"::TEXT FROM "Cat" ORDER BY 1',
    ),
    "values, beside a new one": (
        ["Mood.Good=Fine", "Mood.Bad=Awful"],
        {"  Good\n  Bad\n": "  Fine\n  Awful\n  Odd\n", "@default(Good)": "@default(Odd)"},
        'SELECT "mood"::TEXT FROM "Cat" ORDER BY 1',
    ),
}


def changed(texts):
    schema = BEFORE
    for old, new in texts.items():
        assert old in schema
        schema = schema.replace(old, new)
    return schema


@pytest.mark.parametrize(("said", "texts", "query"), RENAMES.values(), ids=RENAMES)
def test_rows_stay_under_the_new_name_and_come_back_under_the_old(judge, said, texts, query):
    after = changed(texts)
    up, down = migration(BEFORE, after, renames=said)
    assert "LOST" not in up
    assert "QUESTION" not in up

    with judge.database(BEFORE) as url:
        psql(url, ROWS)
        was = whole_catalog(url)
        psql(url, up)
        assert judge.drift(url, after) == ""
        cats = next(name for name in ("Zebra", "Cats", "Cat") if f"model {name} " in after)
        for table in (cats, "Keeper" if "Keeper" in after else "Owner"):
            assert rows(url, f'SELECT count(*) FROM "{table}"') == [{"count": 2}]
        if query is not None:
            assert len({*map(str, rows(url, query))}) == 2

        psql(url, down)
        assert differences(without_order(was), without_order(whole_catalog(url))) == []


PRISMA_5 = """
ALTER TABLE "_CatToTag" DROP CONSTRAINT "_CatToTag_AB_pkey";
CREATE UNIQUE INDEX "_CatToTag_AB_unique" ON "_CatToTag"("A", "B");
"""


def test_the_table_of_an_implicit_relation_is_renamed_with_the_key_that_prisma_5_gave_it(judge):
    after = changed({"model Cat ": "model Cats ", "cats Cat[]": "cats Cats[]"})
    up, _ = migration(BEFORE, after, renames=["Cat=Cats", "_CatToTag=_CatsToTag"])

    with judge.database(BEFORE) as url:
        psql(url, ROWS + PRISMA_5)
        psql(url, up)

        assert judge.drift(url, after) == ""
        assert rows(url, "SELECT to_regclass('\"_CatToTag_AB_unique\"') AS key") == [{"key": None}]


def test_what_is_required_besides_is_asked_of_the_table_under_its_new_name(judge):
    after = changed(
        {
            "model Owner": "model Keeper",
            "owner   Owner": "owner   Keeper",
            "cats Cat[]\n}\n\nmodel Cat": "age  Int\n  cats Cat[]\n}\n\nmodel Cat",
        }
    )
    up, _ = migration(BEFORE, after, renames=["Owner=Keeper"])

    with judge.database(BEFORE) as url:
        psql(url, ROWS)
        assert "Keeper has 2 row(s), and nothing says what they get" in psql(url, up, check=False).stderr
        assert judge.drift(url, BEFORE) == ""


def test_what_is_inside_of_something_renamed_goes_by_either_name():
    after = changed({"model Owner": "model Keeper", "owner   Owner": "owner   Keeper", "name String": "called String"})
    either = [
        migration(BEFORE, after, renames=["Owner=Keeper", f"{table}.name=called"]) for table in ("Owner", "Keeper")
    ]

    assert either[0] == either[1]


@pytest.mark.parametrize(
    ("said", "texts", "message"),
    [
        ("Cat.mood", {}, "`Cat.mood` is no renaming"),
        ("Cat.modo=temper", {}, "nothing in the old database is called `Cat.modo`"),
        ("Cat.mood=temper", {}, "nothing in the new schema is called `temper`"),
        ("Cat.mood=ownerId", {}, "`ownerId` is there already in the old database"),
        ("Owner=Cat", {}, "`Cat` is there already in the old database"),
    ],
)
def test_what_cannot_be_renamed_is_said(said, texts, message):
    with pytest.raises(PlanError, match=message):
        migration(BEFORE, changed(texts), renames=[said])
