"""What an absent record would be taken for is decided by a person, where it is compared with the values of an enum."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

_SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

enum Side {
  LEFT
  RIGHT
}

model Shelf {
  id    String @id
  side  Side
  books Book[]
}

model Book {
  id      String @id
  title   String
  shelfId String
  shelf   Shelf  @relation(fields: [shelfId], references: [id])
}
"""
_RULES = "name: books\nrules:\n  - make_optional: { model: Book, field: shelf }\n"
_LOADED = """\
import { PrismaClient, Side } from "@prisma/client";
const db = new PrismaClient();
declare function put(book: object, where: string): void;
async function sort() {
  const book = await db.book.findFirstOrThrow({ include: { shelf: true } });
"""


@pytest.mark.parametrize(
    ("code", "is_patched"),
    [
        ('if (book.shelf.side === Side.LEFT) put(book, "left"); else put(book, "right");', False),
        ('if (book.shelf.side === Side.LEFT) put(book, "left");', True),
        ('if (book.shelf.side === Side.LEFT) put(book, "left"); else return;', True),
        ('const is = book.shelf.side === Side.LEFT; if (is) put(book, "left"); else put(book, "right");', False),
        (
            'const is = book.shelf.side === Side.LEFT; if (is) put(book, "left"); else if (book.title) put(book, "");',
            False,
        ),
        ('const is = book.shelf.side === Side.LEFT && book.title; if (!is) put(book, "right");', False),
        ('const is = book.shelf.side === Side.LEFT; if (is) put(book, "left");', True),
    ],
)
def test_the_patch_takes_it_for_nothing_else(code, is_patched, facts_by):
    found = scan_files(facts_by(_SCHEMA, _RULES), [CodeFile("code.ts", f"{_LOADED}  {code}\n}}\n")])

    assert [hint.patched for hint in found.hints if hint.kind.value == "read"] == [is_patched]
