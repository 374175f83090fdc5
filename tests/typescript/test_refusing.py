"""The ways in which code refuses what has no key, each in a function that makes a record of it."""

from __future__ import annotations

import pytest

_MADE = "prisma.visit.create({ data: { doctorId: body.doctorId, note: body.note } })"
_FUNCTION = """\
import { prisma } from "./db";
export async function POST(request: Request) {
  const body = await request.json();
  %s
}
function requireFields(body: any, fields: string[]) {
  for (const field of fields) if (body[field] == null) throw new Error(field);
}
function isVisit(body: any): body is { doctorId: number } {
  return typeof body.doctorId === "number";
}
function isNote(body: any) {
  return typeof body.note === "string";
}
async function doctorExists(id: number) {
  return (await prisma.doctor.findUnique({ where: { id } })) !== null;
}
function checked(body: any) {
  try {
    if (body.doctorId) {
      return body;
    } else {
      const id = body.doctorId ?? fail("no doctor");
      return { ...body, id };
    }
  } finally {
    log(body);
  }
}
function caught(body: any) {
  try {
    assert(body["doctorId"]);
  } catch {
    return body;
  }
}
function certain(body: any) {
  assert(body.doctorId);
  return body;
}
function known(body: any) {
  for (const one of list) if (one.id === body.doctorId) return body;
  if (body.note === "none") return body;
  throw new Error("unknown");
}
function again(body: any): any {
  return again(body);
}
function fail(message: string): never {
  throw new Error(message);
}
"""


def _line(text: str) -> int:
    """The line of the functions at which something stands, when one line is done before the record is made."""
    return next(at for at, line in enumerate((_FUNCTION % "\n").split("\n"), 1) if text in line)


@pytest.fixture
def refusals(scan_code):
    """The lines at which a refusal for want of the key is told."""

    def refusals_(body: str) -> list[int]:
        hints = scan_code(_FUNCTION % body).hints
        return [hint.line for hint in hints if hint.why.startswith("Without `doctorId`")]

    return refusals_


@pytest.mark.parametrize(
    "condition",
    [
        "!body.doctorId",
        "!body?.doctorId",
        'body["doctorId"] === undefined',
        "null === body.doctorId",
        'body.doctorId === ""',
        'typeof body.doctorId !== "number"',
        'typeof body.doctorId === "undefined"',
        'typeof body.doctorId !== "string" || !body.doctorId.trim()',
        "!body.note || !body.doctorId",
        "!(body.note && body.doctorId)",
        "body.doctorId.trim().length === 0",
        "!body.doctorId?.length",
        "isNaN(body.doctorId)",
        "!Number.isInteger(body.doctorId)",
        "body.doctorId <= 0",
        "!(body.doctorId > 0)",
        '!("doctorId" in body)',
        '!body.hasOwnProperty("doctorId")',
        '!Object.hasOwn(body, "doctorId")',
        "_.isNil(body.doctorId)",
        "!isUUID(body.doctorId)",
        "!UUID.test(body.doctorId)",
        "[body.doctorId, body.note].some((each) => !each)",
        "![body.doctorId, body.note].every(Boolean)",
        "[body.doctorId, body.note].includes(undefined)",
        "Object.values(body).some((each) => !each)",
        '["doctorId", "note"].some((field) => !body[field])',
        '!["doctorId", "note"].every((field) => field in body)',
        '["doctorId", "note"].filter((field) => body[field] === undefined).length > 0',
        "Boolean(body.doctorId) === false",
        '(body.doctorId ?? "") === ""',
        "(body.doctorId ? body.doctorId : null) === null",
        "!isVisit(body)",
        "!(await doctorExists(body.doctorId))",
        "(await prisma.doctor.count({ where: { id: body.doctorId } })) === 0",
        "isNaN(+body.doctorId)",
        "!(body.doctorId instanceof ObjectId)",
        "!(body.note ? body.doctorId : undefined)",
    ],
)
def test_a_condition_that_holds_without_the_key_refuses(refusals, condition):
    assert refusals(f'if ({condition}) throw new Error("no doctor");\n  return {_MADE};') == [4]


@pytest.mark.parametrize(
    "condition",
    [
        "!body.note",
        "body.doctorId && !body.note",
        "body.doctorId !== undefined && body.doctorId < 1",
        '"doctorId" in body && !body.doctorId',
        "body.doctorId > 1000",
        "body.doctorId > 0x10",
        "!(body.note ? body.doctorId : body.otherId)",
        "body.doctorId === 5",
        "body.doctorId instanceof Date",
        "isBooked(body.doctorId)",
        '["note"].some((field) => !body[field])',
        '["note", "doctorId"].every((field) => body[field])',
        "[body.note].includes(undefined)",
        "!isNote(body)",
        "!isNote({ note: body.note })",
        "isVisit(body)",
        "await doctorExists(body.doctorId)",
        "(await prisma.doctor.count({ where: { id: body.doctorId } })) > 0",
    ],
)
def test_a_condition_that_says_nothing_of_it_or_does_not_hold_then_refuses_nothing(refusals, condition):
    assert refusals(f'if ({condition}) throw new Error("no");\n  return {_MADE};') == []


@pytest.mark.parametrize(
    "done",
    [
        'throw new Error("no doctor")',
        'return Response.json({ error: "no doctor" }, { status: 400 })',
        "return",
        "return null",
        'return { message: "no doctor" }',
        "return fail(400, { missing: true })",
        'return next(createError(400, "no doctor"))',
        'return Promise.reject(new Error("no doctor"))',
        'return await fail("no doctor")',
        'ctx.throw(400, "no doctor")',
        'errors.push("no doctor")',
        '{ console.warn("no doctor"); return []; }',
    ],
)
def test_what_is_done_then_is_an_error_or_nothing(refusals, done):
    assert refusals(f"if (!body.doctorId) {done};\n  return {_MADE};") == [4]


@pytest.mark.parametrize(
    "done",
    [
        "return createWithoutDoctor(body)",
        'console.warn("no doctor")',
        'return Response.json({ error: "Unauthorized" }, { status: 403 })',
        "body.doctorId = null",
    ],
)
def test_what_goes_on_without_the_key_or_is_about_who_asks_refuses_nothing(refusals, done):
    assert refusals(f"if (!body.doctorId) {done};\n  return {_MADE};") == []


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ('invariant(body.doctorId, "no doctor");', [4]),
        ("assert.ok(body.note && body.doctorId);", [4]),
        ("ctx.assert(body.doctorId, 400);", [4]),
        ("assert(body.note);", []),
        ('requireFields(body, ["doctorId", "note"]);', [4]),
        ('requireFields(body, ["note"]);', []),
        ('const id = body.doctorId ?? fail("no doctor");', [4]),
        ('const note = body.note ?? fail("no note");', []),
        ("certain(body);", [_line("assert(body.doctorId)")]),
        ("const sure = certain(body);", [4]),
        ("const sure = checked(body);", [4]),
        ("const doctor = await findDoctor(body.doctorId);\n  if (!doctor?.active) throw new Error();", [5]),
        ("const doctor = await findDoctor(body.doctorId);\n  if (!doctor?.isActive()) throw new Error();", [5]),
        ("const doctor = await findDoctor(body.doctorId);\n  if (!doctor.active) throw new Error();", []),
        ("const isOpen = useMemo(() => !body.doctorId, []);\n  if (isOpen) throw new Error();", [5]),
        ("let isKnown = false;\n  if (body.note) isKnown = true;\n  if (!isKnown) throw new Error();", []),
        ("const sure = caught(body);", []),
        ("const sure = known(body);", []),
        ('const other = fail("always");', []),
        ("certain({ doctorId: body.note });", []),
        ("certain({ doctorId: body.doctorId });", [_line("assert(body.doctorId)")]),
        ("if (!again(body)) throw new Error();", []),
        ("if (body.doctorId) {\n    log(body);\n  } else {\n    return null;\n  }", [4]),
        ("const isOpen = (body: any) => !body.doctorId;\n  if (isOpen(other)) throw new Error();", []),
        ("body.doctorId ? assert(body.doctorId) : null;", []),
        ("const one = () => other();\n  const other = () => one();\n  if (!one()) throw new Error();", []),
        ('for (const field of ["doctorId", "note"]) {\n    if (!body[field]) throw new Error(field);\n  }', [5]),
        ('for (const field of ["note"]) {\n    if (!body[field]) throw new Error(field);\n  }', []),
        ('["doctorId"].forEach((field) => {\n    if (!body[field]) throw new Error(field);\n  });', [5]),
        ('const missing = ["doctorId"].find((field) => !body[field]);\n  if (missing) throw new Error(missing);', [5]),
        ("let doctor;\n  doctor = await find(body.doctorId);\n  if (!doctor) throw new Error();", []),
        ("const doctor = await findDoctor(body.doctorId);\n  if (!doctor) throw new Error();", [5]),
        (
            "if (body.doctorId) {\n    const one = await find(body.doctorId);\n    if (!one) throw new Error();\n  }",
            [],
        ),
    ],
)
def test_it_may_be_made_certain_before(refusals, body, lines):
    assert refusals(f"{body}\n  return {_MADE};") == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"return body.doctorId ? {_MADE} : null;", [4]),
        (f"if (body.doctorId) {{\n    await {_MADE};\n  }}\n  return null;", [4]),
        (f'if (body.doctorId) {{\n    await {_MADE};\n  }} else {{\n    throw new Error("no doctor");\n  }}', [4]),
        (f"if (body.note) {{\n    await {_MADE};\n  }}\n  return null;", []),
        (
            f"if (body.doctorId) {{\n    await {_MADE};\n  }} else {{\n    await prisma.visit.create();\n  }}",
            [],
        ),
        (f"if (body.doctorId) {{\n    await {_MADE};\n  }}\n  await prisma.note.create({{ data: {{}} }});", [4]),
        (f"if (!body.doctorId) {{\n    await {_MADE};\n    throw new Error();\n  }}", []),
        (f"await {_MADE};\n  assert(body.doctorId);", []),
        (f'await {_MADE};\n  requireFields(body, ["doctorId"]);', []),
        (f'await {_MADE};\n  const id = body.doctorId ?? fail("no doctor");', []),
    ],
)
def test_it_may_only_be_made_where_the_key_is_there(refusals, body, lines):
    assert refusals(body) == lines


def test_a_condition_of_a_thousand_parts_is_read_to_its_end(refusals):
    assert refusals(f"if ({'!body.note || ' * 2000}!body.doctorId) throw new Error();\n  return {_MADE};") == []
