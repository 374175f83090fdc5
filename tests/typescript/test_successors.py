"""A relation that takes the place of a detour may be called otherwise than the one at the end of that."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

_SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Library {
  id      String  @id
  name    String
  shelves Shelf[]
}

model Shelf {
  id      String  @id
  ownerId String
  Owner   Library @relation(fields: [ownerId], references: [id])
  books   Book[]
}

model Book {
  id      String @id
  title   String
  shelfId String
  shelf   Shelf  @relation(fields: [shelfId], references: [id])
}
"""
_RULES = """\
name: libraries
description: A book belongs to a library, with or without a shelf.
rules:
  - add_relation: { model: Book, to: Library, field: library, required: true, backfill: [shelf.ownerId] }
  - make_optional: { model: Book, field: shelf }
"""
_START = 'import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();\n'


@pytest.fixture(scope="module")
def facts(facts_by):
    return facts_by(_SCHEMA, _RULES)


@pytest.fixture
def told(facts):
    """The hints at a line of code, each as its kind, with what the patch makes of the line."""

    def scan(code, line=1):
        found = scan_files(facts, [CodeFile("code.ts", _START + code)])
        return [(hint.kind.value, *(hint.after or ())) for hint in found.hints if hint.line == line + 2]

    return scan


_LOADED = "const book = await db.book.findFirstOrThrow({ include: { shelf: { include: { Owner: true } } } });\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("show(book.shelf.Owner.name);", "show(book.library.name);"),
        ("show(book.shelf.ownerId);", "show(book.libraryId);"),
    ],
)
def test_what_is_read_by_way_of_it_is_read_directly(before, after, told):
    assert told(_LOADED + before, line=2) == [("read", after)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{ shelf: { ownerId: "here" } }', '{ libraryId: "here" }'),
        ('{ shelf: { Owner: { name: "here" } } }', '{ library: { name: "here" } }'),
    ],
)
def test_what_is_filtered_by_way_of_it_is_filtered_directly(before, after, told):
    query = "await db.book.findMany({{ where: {} }});"

    assert told(query.format(before)) == [("filter", query.format(after))]


_FARTHER = """
model Library {
  id    String @id
  rooms Room[]
}

model Room {
  id        String  @id
  libraryId String
  library   Library @relation(fields: [libraryId], references: [id])
  shelves   Shelf[]
}

model Shelf {
  id     String @id
  roomId String
  room   Room   @relation(fields: [roomId], references: [id])
  books  Book[]
}

model Book {
  id      String @id
  shelfId String
  shelf   Shelf  @relation(fields: [shelfId], references: [id])
}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("show(book.shelf.room.library.id);", "show(book.library.id);"),
        ("show(book.shelf.room.libraryId);", "show(book.libraryId);"),
        ("show(book.shelf.room.id);", "show(book.shelf?.room.id);"),
        (
            "await db.book.findMany({ where: { shelf: { room: { library: { id: here } } } } });",
            "await db.book.findMany({ where: { library: { id: here } } });",
        ),
        (
            "await db.book.findMany({ where: { shelf: { is: { room: { libraryId } } } } });",
            "await db.book.findMany({ where: { libraryId } });",
        ),
        ("await db.book.findMany({ where: { shelf: { room: { id: here, libraryId } } } });", None),
        ("await db.book.findMany({ where: { shelf: { libraryId } } });", None),
    ],
)
def test_a_way_over_several_relations_is_gone_directly_as_well(before, after, facts_by):
    schema = _SCHEMA[: _SCHEMA.index("model Library")] + _FARTHER
    facts = facts_by(schema, _RULES.replace("shelf.ownerId", "shelf.room.libraryId"))
    loaded = "{ include: { shelf: { include: { room: { include: { library: true } } } } } }"
    code = f"{_START}const book = await db.book.findFirstOrThrow({loaded});\n{before}"

    found = scan_files(facts, [CodeFile("code.ts", code)])

    hints = [hint for hint in found.hints if hint.line == 4 and hint.after is not None]
    assert [hint.after for hint in hints] == ([(after,)] if after is not None else [])


def test_the_books_of_its_shelves_are_not_all_that_a_library_has(told):
    assert told("await db.library.findMany({ include: { shelves: { include: { books: true } } } });") == [("filter",)]


@pytest.mark.parametrize("read", ["book.shelf?.Owner.name", "book.shelf?.ownerId"])
def test_who_asks_first_gets_nothing_where_the_book_has_it_itself(read, told):
    assert told(f"{_LOADED}show({read});", line=2) == [("read",)]


def test_a_relation_of_another_name_from_which_nothing_is_taken_is_another_one(facts_by):
    rules = _RULES.replace("backfill: [shelf.ownerId]", "backfill: [{ value: here }]")

    facts = facts_by(_SCHEMA, rules)

    assert facts.successor(facts.optional[0]) is None


@pytest.mark.parametrize(
    ("query", "hints"),
    [
        ("await db.library.findFirst({ include: { shelves: { include: { books: true } } } });", 1),
        ("await db.library.findMany({ select: { shelves: { select: { _count: { select: { books: true } } } } } });", 0),
        ("await db.shelf.findMany({ include: { books: true } });", 1),
        ("await db.shelf.findMany({ include: { books: true } }); await db.book.findMany();", 0),
    ],
)
def test_where_nothing_takes_its_place_a_list_of_lists_misses_what_belongs_to_none(query, hints, facts_by):
    rules = "name: books\nrules:\n  - make_optional: { model: Book, field: shelf }\n"

    found = scan_files(facts_by(_SCHEMA, rules), [CodeFile("code.ts", _START + query)])

    assert [hint.kind.value for hint in found.hints] == ["filter"] * hints
