"""What refuses for want of a record, where it is sent and made; what something else needs beside it is right to."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

_SCHEMA = """\
model Library {
  id    String @id
  books Book[]
}

model Book {
  id        String @id
  libraryId String
  library   Library @relation(fields: [libraryId], references: [id])
  loans     Loan[]
  notes     Note[]
  fines     Fine[]
  gifts     Gift[]
}

model Gift {
  id       String @id
  givenId  String
  given    Book   @relation(fields: [givenId], references: [id])
}

model Loan {
  id     String @id
  bookId String
  book   Book   @relation(fields: [bookId], references: [id])
}

model Note {
  id     String  @id
  bookId String?
  book   Book?   @relation(fields: [bookId], references: [id])
}

model Fine {
  id        String  @id
  libraryId String
  bookId    String
  book      Book    @relation(fields: [bookId], references: [id])
}
"""
_RULES = """\
name: loans
rules:
  - add_relation: { model: Loan, to: Library, field: library, required: true, backfill: [book.libraryId] }
  - make_optional: { model: Loan, field: book }
"""
_ROUTE = """\
export async function POST(req) {
  const body = await req.json();
  const book = await prisma.book.findUnique({ where: { id: body.bookId } });
  if (!book) {
    return Response.json({ error: "No book" }, { status: 404 });
  }
  OTHER.create({ data: { bookId: book.id, libraryId: book.libraryId } });
  await prisma.loan.create({ data: { bookId: book.id, libraryId: book.libraryId } });
  return Response.json({ ok: true });
}
"""
_PAGE = """\
export async function lend(form) {
  if (!form.bookId || !form.days) return;
  await fetch("/api/loans", { method: "POST", body: JSON.stringify({ bookId: form.bookId, days: form.days }) });
}
"""


@pytest.fixture(scope="module")
def facts(facts_by):
    return facts_by(_SCHEMA, _RULES)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("await prisma.fine", {("app/api/loans/route.ts", 8)}),
        (
            "if (body.late) await prisma.fine",
            {("app/api/loans/route.ts", 4), ("app/api/loans/route.ts", 8), ("lend.ts", 2)},
        ),
        ("await prisma.note", {("app/api/loans/route.ts", 4), ("app/api/loans/route.ts", 8), ("lend.ts", 2)}),
    ],
)
def test_what_is_made_beside_and_always_has_the_record_needs_it(facts, other, told):
    files = {"app/api/loans/route.ts": _ROUTE.replace("OTHER", other), "lend.ts": _PAGE}
    hints = scan_files(facts, [CodeFile(path, text) for path, text in files.items()]).hints

    assert {(hint.file, hint.line) for hint in hints} == told


_WHOLE = """\
export function Form() {
  const [form, setForm] = useState({ bookId: "", days: "" });
  const [other, setOther] = useState({ bookId: "" });
  const save = async () => {
    if (!form.bookId || !form.days) return;
    if (!other.bookId) return;
    await fetch("/api/loans", { method: "POST", body: JSON.stringify(form) });
  };
  return save;
}
"""


@pytest.mark.parametrize(("other", "lines"), [("fine", []), ("note", [5])])
def test_a_form_that_is_sent_as_a_whole_asks_for_what_it_has(facts, other, lines):
    files = {"app/api/loans/route.ts": _ROUTE.replace("OTHER", f"await prisma.{other}"), "form.tsx": _WHOLE}
    hints = scan_files(facts, [CodeFile(path, text) for path, text in files.items()]).hints

    assert [hint.line for hint in hints if hint.file == "form.tsx"] == lines


_BRANCHES = """\
function requiredText(value) {
  if (!value) throw new Error("missing");
  return value;
}
export async function make(kind, body, libraryId) {
  if (kind === "fine") {
    return prisma.fine.create({ data: { libraryId, bookId: requiredText(body.bookId) } });
  }
  return prisma.loan.create({ data: { libraryId, bookId: requiredText(body.bookId) } });
}
"""


def test_what_is_made_in_another_branch_of_what_is_written_alike_needs_nothing(facts):
    hints = scan_files(facts, [CodeFile("make.ts", _BRANCHES)]).hints

    assert [hint.line for hint in hints] == [9]


_SHARED = """\
type Input = { bookId: string; text: string };
export async function add(input: Input) {
  await prisma.MODEL.create({ data: { bookId: input.bookId, libraryId: "1" } });
}
export async function remind() {
  const loans = await prisma.loan.findMany();
  for (const loan of loans) await add({ bookId: loan.bookId, text: "" });
}
"""


@pytest.mark.parametrize(
    ("model", "told"),
    [("fine", [(7, "flow", "certain")]), ("loan", [(1, "type", "certain"), (7, "flow", "certain")])],
)
def test_a_type_of_which_another_record_is_made_that_always_has_the_key_does_not_let_null_in(facts, model, told):
    hints = scan_files(facts, [CodeFile("add.ts", _SHARED.replace("MODEL", model))]).hints

    assert [(hint.line, hint.kind.value, hint.confidence.value) for hint in hints] == told


_LOOKED_UP = """\
export async function lend(input: { bookId: string; givenId: string; libraryId: string }) {
  const book = await prisma.book.findUnique({ where: { id: input.KEY } });
  if (!book) throw new Error("no book");
  await prisma.loan.create({ data: { bookId: input.bookId, libraryId: input.libraryId } });
}
"""


@pytest.mark.parametrize(("key", "told"), [("bookId", [1, 3]), ("givenId", [1])])
def test_what_is_looked_up_by_the_key_of_another_relation_is_another_one(facts, key, told):
    hints = scan_files(facts, [CodeFile("lend.ts", _LOOKED_UP.replace("KEY", key))]).hints

    assert [hint.line for hint in hints if hint.line != 4] == told


@pytest.mark.parametrize(("key", "is_told"), [("bookId", True), ("givenId", False)])
def test_the_same_holds_where_what_is_made_lacks_a_key_of_its_own(facts, key, is_told):
    lacking = _LOOKED_UP.replace("KEY", key).replace(", libraryId: input.libraryId", "")
    hints = scan_files(facts, [CodeFile("lend.ts", lacking)]).hints

    assert any(hint.line == 3 for hint in hints) is is_told


_HELD = """\
type Claims = { bookId: string; name: string };
export async function claimsOf(id: string): Promise<Claims> {
  const loan = await prisma.loan.findUniqueOrThrow({ where: { id } });
  return { name: "", bookId: loan.bookId };
}
export async function run(claims: Claims) {
  await prisma.fine.create({ data: { bookId: claims.bookId, libraryId: "1" } });
  await prisma.loan.create({ data: { bookId: claims.bookId, libraryId: "1" } });
  return claims.bookId.length + shelve(claims.bookId);
}
function shelve(id: string) {
  return Number(id);
}
"""


def test_a_type_with_which_more_is_done_lets_null_in_and_tells_what_cannot_take_it(facts):
    hints = scan_files(facts, [CodeFile("claims.ts", _HELD)]).hints
    told = [(hint.line, hint.kind.value, hint.confidence.value) for hint in hints]

    assert told == [(1, "type", "likely"), (4, "flow", "certain"), (8, "flow", "unsure"), (9, "read", "likely")]
    assert [each.line for each in hints[0].follows] == [7]  # another hint is at 9
    assert not any(hint.patched for hint in hints)


_OF_OTHER = """\
import { PrismaClient, type Fine } from "@prisma/client";
const prisma = new PrismaClient();
export async function lend(fine: Fine, libraryId: string) {
  const book = await prisma.book.findUnique({ where: { id: fine.bookId } });
  if (!book) throw new Error("no book");
  await prisma.loan.create({ data: { bookId: VALUE, libraryId } });
  await prisma.loan.count({ where: { bookId: VALUE } });
  await prisma.book.update({ where: { id: VALUE }, data: {} });
  await add(VALUE, libraryId);
}
async function add(bookId: string, libraryId: string) {
  await prisma.loan.create({ data: { bookId, libraryId } });
}
"""
_ALWAYS = "const { bookId } = fine;\n  const own = fine.bookId;\n  const book ="


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("fine.bookId", []),
        ("bookId", []),
        ("own", []),
        ("book.id", []),
        ("fine.book.id", []),
        ("libraryId", [(9, Kind.FILTER)]),
    ],
)
def test_the_key_of_a_record_that_is_never_without_is_there(facts, value, lines):
    code = _OF_OTHER.replace("VALUE", value).replace("const book =", _ALWAYS)
    hints = scan_files(facts, [CodeFile("lend.ts", code)]).hints

    told = [hint for hint in hints if "is not found by this" not in hint.why]
    assert [(hint.line, hint.kind) for hint in told] == lines
