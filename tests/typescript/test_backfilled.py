"""A new key is taken of the record at hand from which the migration takes it for the records that are there."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

_SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Library {
  id      String  @id
  shelves Shelf[]
}

model Shelf {
  id        String  @id
  label     String  @unique
  libraryId String
  library   Library @relation(fields: [libraryId], references: [id])
  books     Book[]
}

model Book {
  id      String @id
  title   String
  shelfId String
  shelf   Shelf  @relation(fields: [shelfId], references: [id])
  loans   Loan[]
}

model Loan {
  id     String @id
  bookId String
  book   Book   @relation(fields: [bookId], references: [id])
}

model Reader {
  id    String @id
  cards Card[]
}

model Card {
  id       String @id
  readerId String
  reader   Reader @relation(fields: [readerId], references: [id])
}
"""
_RULES = """\
name: libraries
rules:
  - add_relation: { model: Book, to: Library, required: true, backfill: [shelf.libraryId] }
  - add_relation: { model: Loan, to: Library, required: true, backfill: [book.shelf.libraryId] }
  - make_optional: { model: Card, field: reader }
  - add_relation: { model: Card, to: Reader, field: payer, required: true, backfill: [readerId] }
"""
_START = 'import { PrismaClient, type Book, type Shelf } from "@prisma/client";\nconst db = new PrismaClient();\n'


@pytest.fixture(scope="module")
def facts(facts_by):
    return facts_by(_SCHEMA, _RULES)


@pytest.fixture
def patched(facts):
    """What the patch makes of a file."""

    def patched_(code):
        result = scan_files(facts, [CodeFile("code.ts", _START + code)])
        return next((change.after.removeprefix(_START) for change in result.changes), code)

    return patched_


_TAKEN = [
    pytest.param(
        """\
export async function add(shelfId: string, title: string) {
  return db.book.create({ data: { title, shelfId } });
}
""",
        """\
  const shelf = await db.shelf.findUniqueOrThrow({
    where: { id: shelfId },
    select: { libraryId: true },
  });
  return db.book.create({
    data: { title, shelfId, libraryId: shelf.libraryId },
  });
""",
        id="of what is looked up for it, where only its key is at hand",
    ),
    pytest.param(
        """\
export async function add(shelf: { connect: { id: string } }, title: string, shelfId: string) {
  await db.$transaction(async (tx) => {
    await tx.book.create({ data: { title, shelf: { connect: { id: shelfId } } } });
    await tx.book.create({ data: { title: "b", shelf: { connect: { id: shelfId } } } });
  });
}
""",
        """\
    const shelfRecord = await tx.shelf.findUniqueOrThrow({
      where: { id: shelfId },
      select: { libraryId: true },
    });
    await tx.book.create({
      data: {
        title,
        shelf: { connect: { id: shelfId } },
        library: { connect: { id: shelfRecord.libraryId } },
""",
        id="of what is looked up once for several, in a transaction",
    ),
    pytest.param(
        """\
declare function requireUser(): Promise<{ libraryId: string }>;
export async function add(shelfId: string, title: string) {
  const { libraryId } = await requireUser();
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: shelfId } });
  return db.book.create({ data: { title: `${shelf.label}: ${title} of ${libraryId}`, shelfId } });
}
""",
        "libraryId: shelf.libraryId",
        id="and not of who asks",
    ),
    pytest.param(
        """\
export async function add(shelfId: string, libraryId: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: shelfId } });
  return db.book.create({ data: { title: libraryId, shelfId } });
}
""",
        "libraryId: shelf.libraryId",
        id="and not what is another one's",
    ),
    pytest.param(
        """\
export async function add(shelfId: string, libraryId: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: shelfId } });
  return db.book.create({ data: { title: shelf.label, shelfId } });
}
""",
        "shelfId, libraryId }",
        id="but of what has its name and is nobody else's",
    ),
    pytest.param(
        "export const add = (shelf: Shelf, title: string) => db.book.create({ data: { title, shelfId: shelf.id } });\n",
        "{ title, shelfId: shelf.id, libraryId: shelf.libraryId }",
        id="of a parameter",
    ),
    pytest.param(
        """\
export async function add(label: string, title: string) {
  const shelf = await db.shelf.findUnique({ where: { label } });
  if (!shelf) throw new Error("There is no such shelf.");
  return db.book.create({ data: { title, shelf: { connect: { id: shelf.id } } } });
}
""",
        "library: { connect: { id: shelf.libraryId } }",
        id="of a record that is connected",
    ),
    pytest.param(
        """\
export async function add(shelfId: string, title: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: shelfId } });
  return db.book.create({ data: { title: `${shelf.label}: ${title}`, shelfId } });
}
""",
        "libraryId: shelf.libraryId",
        id="of what was looked up by the same key",
    ),
    pytest.param(
        """\
class Shelves {
  async find(label: string, id: string): Promise<Shelf | null> {
    return await db.shelf.findUnique({ where: { id } });
  }
}
export async function add(shelves: Shelves, shelfId: string, title: string) {
  const found = await shelves.find("", shelfId);
  if (found === null) throw new Error("There is no such shelf.");
  return db.book.create({ data: { title, shelfId } });
}
""",
        "{ title, shelfId, libraryId: found.libraryId }",
        id="of what a function looks up that is called with the same key",
    ),
    pytest.param(
        """\
export async function fill(shelves: Shelf[], title: string) {
  await db.book.createMany({ data: shelves.map((each) => ({ title, shelfId: each.id })) });
}
""",
        "({ title, shelfId: each.id, libraryId: each.libraryId })",
        id="of an element",
    ),
    pytest.param(
        """\
export async function lend(id: string) {
  const book = await db.book.findUniqueOrThrow({ where: { id }, include: { shelf: true } });
  return db.loan.create({ data: { bookId: book.id } });
}
""",
        "{ bookId: book.id, libraryId: book.shelf.libraryId }",
        id="over a record that is loaded with it",
    ),
    pytest.param(
        """\
export const rename = (shelf: Shelf, label: string) =>
  db.shelf.update({ where: { id: shelf.id }, data: { label, books: { create: { title: label } } } });
""",
        "{ title: label, libraryId: shelf.libraryId }",
        id="of the record in which it is created",
    ),
    pytest.param(
        """\
export const open = (library: { id: string }, label: string) =>
  db.shelf.create({ data: { label, libraryId: library.id, books: { create: [{ title: label }] } } });
""",
        "[{ title: label, libraryId: library.id }]",
        id="of the data in which it is created",
    ),
    pytest.param(
        """\
export const open = (library: { id: string }, label: string) =>
  db.shelf.create({ data: { label, library: { connect: { id: library.id } }, books: { create: { title: label } } } });
""",
        "{ title: label, libraryId: library.id }",
        id="of the data in which it is created, by a connection",
    ),
    pytest.param(
        """\
export function open(library: { id: string }, titles: string[]) {
  const books = titles.map((title) => ({ title }));
  return db.shelf.create({ data: { label: "A", libraryId: library.id, books: { create: books } } });
}
""",
        "{ title, libraryId: library.id }",
        id="of the data in which a list is created that is in a variable",
    ),
    pytest.param(
        """\
const add = (shelfId: string, title: string) => db.book.create({ data: { title, shelfId } });
export const first = (shelf: Shelf) => add(shelf.id, "First");
""",
        'add(shelf.id, "First", shelf.libraryId)',
        id="at a call",
    ),
    pytest.param(
        """\
export async function add(shelfId: string, owner: string, title: string) {
  const shelf = await db.shelf.findFirst({ where: { id: shelfId, libraryId: owner } });
  if (!shelf) throw new Error("There is no such shelf here.");
  return db.book.create({ data: { title: `${shelf.label}: ${title}`, shelfId } });
}
""",
        "libraryId: shelf.libraryId",
        id="of what was looked up by the same key among what belongs to somebody",
    ),
    pytest.param(
        """\
const within = async (owner: string, id: string) => db.shelf.findFirst({ where: { id, libraryId: owner } });
export async function add(owner: string, shelfId: string, title: string) {
  const shelf = await within(owner, shelfId);
  if (!shelf) throw new Error("There is no such shelf here.");
  return db.book.create({ data: { title: `${shelf.label}: ${title}`, shelfId } });
}
""",
        "libraryId: shelf.libraryId",
        id="of what a function looks up by the same key among what belongs to somebody",
    ),
    pytest.param(
        "export const register = (session: any) => db.card.create({ data: { readerId: session.user.id } });\n",
        "{ readerId: session.user.id, payerId: session.user.id }",
        id="of the new record itself",
    ),
    pytest.param(
        "const register = (by: any) => db.card.create({ data: { reader: { connect: { id: by.id as string } } } });\n",
        "payer: { connect: { id: by.id as string } }",
        id="of the new record itself, by a connection",
    ),
    pytest.param(
        """\
export async function lend(titles: string[]) {
  const shelves = await db.shelf.findMany();
  for (let i = 0; i < shelves.length; i++) {
    await db.book.create({ data: { title: titles[i], shelfId: shelves[i].id } });
  }
}
""",
        "libraryId: shelves[i].libraryId",
        id="of an element of a list",
    ),
    pytest.param(
        """\
export async function add(input: { shelfId: string; title: string }) {
  const shelf = await db.shelf.findUnique({ where: { id: input.shelfId } });
  if (!shelf) throw new Error("no shelf");
  return db.book.create({ data: { ...input, id: "1" } });
}
""",
        "libraryId: shelf.libraryId",
        id="of what was looked up by a key that comes with others",
    ),
]
_NOT_TAKEN = [
    pytest.param(
        """\
interface Registration { readerId: string }
export const register = (asked: Registration) => db.card.create({ data: { readerId: asked.readerId } });
""",
        "payerId: asked.readerId",
        id="of what may have to let null in",
    ),
    pytest.param(
        """\
import { type Card } from "@prisma/client";
export const copy = (card: Card) => db.card.create({ data: { readerId: card.readerId } });
""",
        "payerId: card.readerId",
        id="of what may be null now",
    ),
    pytest.param(
        """\
export async function add(id: string, title: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id }, select: { id: true } });
  return db.book.create({ data: { title, shelfId: shelf.id } });
}
""",
        "shelf.libraryId",
        id="of a record without the key",
    ),
    pytest.param(
        """\
export async function add(id: string, other: string, title: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: other } });
  return db.book.create({ data: { title: shelf.label, shelfId: id } });
}
""",
        "shelf.libraryId",
        id="of what was looked up by another key",
    ),
    pytest.param(
        """\
export async function add(shelfId: string, label: string, title: string) {
  const shelf = await db.shelf.findFirstOrThrow({ where: { label, libraryId: shelfId } });
  return db.book.create({ data: { title: shelf.label, shelfId } });
}
""",
        "shelf.libraryId",
        id="of what belongs to the one that the key is of",
    ),
    pytest.param(
        """\
export async function add(shelfId: string, title: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: shelfId } });
  if (title) shelfId = title;
  return db.book.create({ data: { title: shelf.label, shelfId } });
}
""",
        "shelf.libraryId",
        id="of what was looked up by the key that there was before",
    ),
    pytest.param(
        """\
const find = async (other: string, id: string) => db.shelf.findUniqueOrThrow({ where: { id } });
export async function add(shelfId: string, title: string) {
  const shelf = await find(shelfId, title);
  return db.book.create({ data: { title, shelfId } });
}
""",
        "shelf.libraryId",
        id="of what a function looks up by something else",
    ),
    pytest.param(
        """\
export async function add(id: string, title: string) {
  const shelf = await db.shelf.findUnique({ where: { id } });
  return db.book.create({ data: { title, shelfId: id } });
}
""",
        "shelf.libraryId",
        id="of what may not be there",
    ),
    pytest.param(
        """\
export async function lend(id: string) {
  const book = await db.book.findUniqueOrThrow({ where: { id } });
  return db.loan.create({ data: { bookId: book.id } });
}
""",
        "book.shelf",
        id="over a record that is not loaded",
    ),
    pytest.param(
        """\
export const move = (shelf: Shelf, to: string) =>
  db.shelf.update({ where: { label: to }, data: { books: { create: { title: shelf.label } } } });
""",
        "shelf.libraryId",
        id="of another record than the one in which it is created",
    ),
    pytest.param(
        """\
export function open(library: { id: string }, titles: string[]) {
  const books = titles.map((title) => ({ title }));
  const other = library;
  return db.shelf.create({ data: { label: "A", libraryId: other.id, books: { create: books } } });
}
""",
        "libraryId: other.id }",
        id="of what is there only behind the list",
    ),
    pytest.param(
        """\
export function open(library: { id: string }, own: { id: string }, titles: string[]) {
  const books = titles.map((title) => ({ title }));
  return [
    db.shelf.create({ data: { label: "A", libraryId: library.id, books: { create: books } } }),
    db.shelf.create({ data: { label: "B", libraryId: own.id, books: { create: books } } }),
  ];
}
""",
        "{ title, libraryId",
        id="of one of two in which the same list is created",
    ),
    pytest.param(
        """\
export async function lend(next: () => number, title: string) {
  const shelves = await db.shelf.findMany();
  return db.book.create({ data: { title, shelfId: shelves[next()].id } });
}
""",
        ".libraryId",
        id="of an element that may be another one each time",
    ),
    pytest.param(
        """\
export async function add(input: { shelfId?: string; title: string }, other: { shelfId: string }) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: input.shelfId } });
  return db.book.create({ data: { ...other, ...input, id: "1" } });
}
""",
        "shelf.libraryId",
        id="of what was looked up by a key of one of two",
    ),
    pytest.param(
        """\
export async function add(input: { shelfId: string; title: string }, id: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: input.shelfId } });
  return db.book.create({ data: { ...input, shelfId: id } });
}
""",
        "shelf.libraryId",
        id="of what was looked up by a key that is replaced",
    ),
]


@pytest.mark.parametrize(("code", "expected"), _TAKEN)
def test_the_key_is_taken(patched, code, expected):
    assert expected in patched(code)


@pytest.mark.parametrize(("code", "unexpected"), _NOT_TAKEN)
def test_the_key_is_not_taken(patched, code, unexpected):
    assert unexpected not in patched(code)


_MOVES = """\
export async function move(id: string, libraryId: string) {
  await db.shelf.update({ where: { id }, data: { label: "a", libraryId } });
  await db.shelf.update({ where: { id }, data: { library: { connect: { id: libraryId } } } });
  await db.shelf.update({ where: { id }, data: { label: "a" } });
  await db.shelf.create({ data: { id, label: "a", libraryId } });
  await db.card.update({ where: { id }, data: { id: libraryId } });
}
"""


def test_records_that_took_their_key_from_another_keep_it_when_that_gets_a_new_one(facts):
    result = scan_files(facts, [CodeFile("code.ts", _START + _MOVES)])

    assert [(hint.line - 2, hint.column, hint.kind.value) for hint in result.hints] == [
        (2, 62, "flow"),
        (3, 50, "flow"),
    ]
    assert result.hints[0].why == (
        "A Book or Loan has `libraryId` of its own now, taken from a Shelf: it stays as it was when this gives another "
        "one. Look whether it should."
    )


def test_records_that_may_be_without_such_a_key_keep_it_as_well(facts_by):
    facts = facts_by(_SCHEMA, _RULES.replace("to: Library, required: true", "to: Library, required: false"))

    result = scan_files(facts, [CodeFile("code.ts", _START + _MOVES)])

    assert [(hint.line - 2, hint.column, hint.kind.value) for hint in result.hints] == [
        (2, 62, "flow"),
        (3, 50, "flow"),
    ]


_PLACED = """\
export async function place(id: string, shelfId: string, libraryId: string) {
  await db.book.update({ where: { id }, data: { title: "a", shelfId } });
  await db.book.updateMany({ where: { id }, data: { shelfId, libraryId } });
  await db.book.update({ where: { id }, data: { title: "a" } });
  await db.loan.update({ where: { id }, data: { book: { connect: { id: shelfId } } } });
}
"""


@pytest.mark.parametrize("needed", ["required: true", "required: false"])
def test_what_gets_another_record_on_the_way_to_its_new_key_keeps_that(needed, facts_by):
    facts = facts_by(_SCHEMA, _RULES.replace("to: Library, required: true", f"to: Library, {needed}"))
    result = scan_files(facts, [CodeFile("code.ts", _START + _PLACED)])

    assert [(hint.line - 2, hint.column, hint.kind.value) for hint in result.hints] == [
        (2, 47, "flow"),
        (5, 47, "flow"),
    ]
    assert result.hints[0].why == (
        "This gives a Book to another Shelf and leaves its `libraryId` as it was. Look whether the two still belong "
        "together."
    )


_TAKEN_WHOLE = """\
interface ShelfDto { label?: string; libraryId?: string }
interface BookDto { title?: string; shelfId?: string }
interface PlacedDto extends BookDto { libraryId?: string }
export async function change(id: string, shelf: ShelfDto, book: BookDto, placed: PlacedDto, title: { title: string }) {
  await db.shelf.update({ where: { id }, data: shelf });
  await db.book.update({ where: { id }, data: book });
  await db.book.update({ where: { id }, data: { ...book, title: "a" } });
  await db.book.update({ where: { id }, data: placed });
  await db.book.update({ where: { id }, data: { ...book, libraryId: id } });
  await db.book.update({ where: { id }, data: title });
}
"""


def test_data_that_is_taken_as_a_whole_changes_what_its_type_has(facts):
    result = scan_files(facts, [CodeFile("code.ts", _START + _TAKEN_WHOLE)])

    assert [(hint.line - 2, hint.column, hint.why.split(" ")[1]) for hint in result.hints] == [
        (5, 48, "Book"),
        (6, 47, "may"),
        (7, 47, "may"),
    ]


_LET_IN = """\
import { z } from "zod";
const Moved = z.object({ label: z.string(), libraryId: z.string().optional() });
const Placed = z.object({ title: z.string(), shelfId: z.string() });
type Placed = z.infer<typeof Placed>;
export async function change(id: string, body: unknown, part: Partial<Placed>) {
  const moved = Moved.parse(body);
  await db.shelf.update({ where: { id }, data: { ...moved, id } });
  await db.book.update({ where: { id }, data: part });
  const title: Partial<Omit<Placed, "shelfId">> = { title: "a" };
  await db.book.update({ where: { id }, data: title });
  const { libraryId, ...label } = Moved.parse(body);
  await db.shelf.update({ where: { id }, data: label });
}
"""


def test_data_that_a_schema_lets_through_changes_what_the_schema_has(facts):
    result = scan_files(facts, [CodeFile("code.ts", _START + _LET_IN)])

    assert [
        (hint.line - 2, hint.column, hint.why.split(" ")[1]) for hint in result.hints if hint.kind is Kind.FLOW
    ] == [
        (7, 48, "Book"),
        (8, 47, "may"),
    ]


_READ_OVER = """\
export async function show(id: string) {
  const book = await db.book.findUniqueOrThrow({ where: { id }, include: { shelf: { include: { library: true } } } });
  const label = book.shelf.label;
  const where = [book.shelf.library.id, book.shelf.libraryId];
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id }, include: { library: true } });
  return { label, where, other: shelf.library.id };
}
"""
_BOXED = """\
export async function show(id: string) {
  const book = await db.book.findUniqueOrThrow({ where: { id }, include: { box: { include: { library: true } } } });
  return book.box.library.id;
}
"""
_BOX = """
model Box {
  id        String  @id
  libraryId String
  library   Library @relation(fields: [libraryId], references: [id])
  books     Book[]
}
"""


def told_of_own(facts, code):
    """The places where something is told to be read of another record, and what is said there."""
    hints = scan_files(facts, [CodeFile("code.ts", _START + code)]).hints
    return [
        (hint.line - 2, hint.column, hint.confidence.value, hint.why) for hint in hints if "this is that of" in hint.why
    ]


def test_what_is_read_of_another_record_is_no_longer_the_own_one_where_there_is_one(facts):
    said = "A Book has its own `library` now, and this is that of its `shelf`. Look which of them is meant."

    assert told_of_own(facts, _READ_OVER) == [(4, 18, "unsure", said)]


_OVER_SEVERAL = """\
export async function lent(id: string, day: Date) {
  const loan = await db.loan.findUniqueOrThrow({ where: { id }, include: { book: { include: { shelf: true } } } });
  const all = await db.loan.findMany({
    where: { book: { shelf: { libraryId: loan.book.shelf.libraryId } } },
  });
  const ordered = await db.loan.findMany({ orderBy: { book: { shelf: { library: { id: "asc" } } } } });
  return [all, ordered, await db.loan.findMany({ where: { book: { shelf: { label: "a" } } } })];
}
"""


def test_so_is_what_is_asked_for_or_put_in_order_that_way_also_over_several_records(facts):
    said = "A Loan has its own `library` now, and this is that of its `book.shelf`. Look which of them is meant."

    assert [(line, column) for line, column, _, why in told_of_own(facts, _OVER_SEVERAL) if why == said] == [
        (4, 14),
        (6, 55),
    ]


def test_a_way_that_may_end_is_told_as_such_alone(facts_by):
    optional = _RULES + "  - make_optional: { model: Book, field: shelf }\n"

    assert told_of_own(facts_by(_SCHEMA, optional), _READ_OVER) == []


def test_another_way_to_the_same_model_is_another_thing(facts_by):
    boxed = _SCHEMA.replace("  shelves Shelf[]\n", "  shelves Shelf[]\n  boxes   Box[]\n").replace(
        "  loans   Loan[]\n",
        "  loans   Loan[]\n  boxId   String\n  box     Box    @relation(fields: [boxId], references: [id])\n",
    )

    assert told_of_own(facts_by(boxed + _BOX, _RULES), _BOXED) == []


_ACTION = """\
export async function loadAll() {
  const found = await db.book.findMany({ include: { shelf: { include: { library: true } } } });
  return found.map((book) => ({ ...book, shelf: { ...book.shelf, library: { ...book.shelf.library, name: "" } } }));
}
"""
_PAGE = """\
import { loadAll } from "./action";
import { List } from "./list";
export async function Page() {
  return <List rows={await loadAll()} />;
}
"""
_LIST = """\
export function List({ rows }: { rows: any[] }) {
  return (
    <ul>
      <li>{rows.map((row) => row.shelf.library.name)}</li>
      <li>{rows[0].shelf.library.name} {rows[1].shelf.library.name}</li>
    </ul>
  );
}
"""


def test_what_is_read_of_another_record_is_told_where_an_any_hides_it_in_each_element_once(facts):
    files = {"action.ts": _START + _ACTION, "page.tsx": _PAGE, "list.tsx": _LIST}

    hints = scan_files(facts, [CodeFile(*each) for each in files.items()]).hints

    assert [(hint.line, hint.column) for hint in hints if hint.file == "list.tsx"] == [(4, 30), (5, 12)]
    assert "because of an `any`" in next(hint.why for hint in hints if hint.file == "list.tsx")


_HELD = """\
async function one(id: string) {
  return db.shelf.findUniqueOrThrow({ where: { id } });
}
export async function add(shelfId: string, title: string, libraryId: string | null) {
  const shelf = await one(shelfId);
  await db.book.create({ data: { title, shelfId } });
  if (shelf.libraryId) await db.book.create({ data: { title, shelfId } });
}
export async function first(shelfId: string, label: string) {
  const found = await db.shelf.findUnique({ where: { id: shelfId } });
  await db.book.create({ data: { title: label, shelf: { connect: { id: shelfId } } } });
}
type Full = Omit<Shelf, "label"> & { books: Book[] };
export async function next(shelfId: string) {
  const full = (await db.shelf.findUnique({ where: { id: shelfId }, include: { books: true } })) as Full | null;
  if (full) await db.book.create({ data: { title: "a", shelfId } });
}
async function make(title: string, shelfId: string) {
  return db.book.create({ data: { title, shelfId } });
}
export async function lend(bookId: string, shelf: Shelf) {
  const book = await db.book.findUniqueOrThrow({ where: { id: bookId }, include: { shelf: true } });
  await db.loan.create({ data: { bookId } });
  await make(book.title, shelf.id);
}
export async function replace(shelfId: string, other: string) {
  const shelf = await db.shelf.findUniqueOrThrow({ where: { id: other } });
  await db.book.create({ data: { title: shelf.label, shelfId } });
}
"""


def test_a_key_that_may_be_null_where_it_is_taken_is_nobody_elses_to_give(facts_by):
    nullable = _SCHEMA.replace("libraryId String\n  library   Library ", "libraryId String?\n  library   Library? ")
    result = scan_files(facts_by(nullable, _RULES), [CodeFile("code.ts", _START + _HELD)])

    said = " is at hand, and may be null: say what becomes of it then."
    held = {hint.line - 2: hint.why.split("`")[-2] for hint in result.hints if hint.why.endswith(said)}
    assert held == {
        6: "shelf.libraryId",
        11: "found?.libraryId",
        16: "full.libraryId",
        23: "book.shelf.libraryId",
        24: "shelf.libraryId",
    }
    assert [
        (hint.line - 2, hint.patched) for hint in result.hints if hint.why.endswith("`shelf.libraryId` is at hand.")
    ] == [(7, True)]
    asked = [hint.line - 2 for hint in result.hints if hint.kind is Kind.PARAMETER]
    assert asked == [18, 26]
