"""A syntax error says what was expected, or what to write instead; and the rest of the file is still read."""

from __future__ import annotations

import pytest

from prisma_decouple import parse_schema, validate_schema
from prisma_decouple.errors import SchemaSyntaxError

EXPECTED_FIELD = "a field (`name Type`), an attribute (`@@…`), a comment or `}` is expected here"


def errors(text, path="schema.prisma"):
    with pytest.raises(SchemaSyntaxError) as caught:
        parse_schema(text, path)
    return [caught.value, *caught.value.others]


def in_model(line):
    return f"model A {{\n  id Int @id\n  {line}\n}}\n"


IN_MODEL = [
    ("tags [String]", 3, "a list is written behind the type", "write `String[]` instead of `[String]`"),
    ("x String!", 11, "a field is required without a sign", "write `String` instead of `String!`"),
    ("y: Int", 3, "a field has no colon", "write `y Int` instead of `y: Int`"),
    ("z Int[]?", 10, "a list cannot be optional", "write `Int[]`, which may be empty, or `Int?`"),
    ("z Int?[]", 9, "a list cannot be optional", "write `Int[]`, which may be empty, or `Int?`"),
    ("z Int??", 9, "a type has one `?` or one `[]` behind it", "remove this one"),
    ("b", 3, "this field has no type", "write `b Type`"),
    ("_b Int", 3, "a name begins with a letter", '`@map("_b")` gives the name that it has in the database'),
    ("c Int;", 8, "a line has no sign at its end", "remove it"),
    ("c Int,", 8, "a line has no sign at its end", "remove it"),
    ("c Int # why", 9, "a comment begins with `//`", "write `//` instead"),
    ("-- why", 3, "a comment begins with `//`", "write `//` instead"),
    ("d String @default('x')", 21, "strings stand in double quotes", "write `\"` instead of `'`"),
    ('d String @default("x)', 21, "this string has no end", 'write `"` behind it, on the same line'),
    ("d String(255)", 11, "a type has no arguments", "a native type has: `@db.…(255)`"),
    ("d Unsupported(circle)", 16, "the type of the database is missing", 'write `Unsupported("…")`'),
    ("e Int }", 9, "a closing brace stands alone", "write `}` on a line of its own"),
    ("e Int @@unique", 9, "an attribute of a field has one sign", "write `@unique`"),
    ("@unique([id])", 3, "an attribute of a model has two signs", "write `@@unique`"),
    ("e Int @", 9, "an attribute has a name", "write it behind `@`"),
    ("e Int default(1)", 9, "an attribute begins with `@`", "write `@default(…)`"),
    ("e Int @default=1", 17, "arguments stand in parentheses", "write `(1)`"),
    ("e String @db.VarChar 255", 24, "arguments stand in parentheses", "write `(` and `)` around this"),
    ("f Int @default(+1)", 18, "this is no number", "write digits, `.` and `-` only"),
    ("f Float @default(1e5)", 21, "this is no number", "write digits, `.` and `-` only"),
    ("f Int @default(autoincrement()", 33, "a bracket is not closed", "close it on this line"),
    ('g Json @default({"a": 1})', 20, "JSON is written as a string", 'write `"{\\"key\\": 1}"`'),
    ("b B @relation(fields = [id])", 24, "an argument has a colon", "write `:` instead of `=`"),
    ("b B @relation(fields: [id] references: [id])", 30, "a comma is missing", "write `,` before this"),
    ("<<<<<<< HEAD", 3, "git has left a conflict here", "keep one of the two sides"),
    ("$$$", 3, "this is not Prisma's schema language", EXPECTED_FIELD),
]


@pytest.mark.parametrize(("line", "column", "message", "hint"), IN_MODEL)
def test_a_mistake_in_a_model_is_named(line, column, message, hint):
    [error, *_] = errors(in_model(line))

    assert (error.place.column, error.message, error.hint) == (column, message, hint)
    assert error.place.source.strip() == line.strip()


@pytest.mark.parametrize("line", [line for line, *_ in IN_MODEL])
def test_prisma_refuses_the_same_line(prisma, line):
    assert 3 in {error.line for error in prisma.validate(in_model(line))}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("model A\n{\n  id Int @id\n}\n", 1, "the opening brace is missing"),
        ("model A (\n  id Int @id\n)\n", 1, "a block stands in braces"),
        ("model {\n  id Int @id\n}\n", 1, "this block has no name"),
        ("model _A {\n  id Int @id\n}\n", 1, "this is no name"),
        ("Model A {\n  id Int @id\n}\n", 1, "a keyword has small letters"),
        ("model A extends B {\n  id Int @id\n}\n", 1, "a block has a keyword and a name"),
        ("table A {\n  id Int @id\n}\n", 1, "there is no block `table`"),
        ("type A = String\n", 1, "there are no names for types"),
        ("import 'a'\n", 1, "a schema imports nothing"),
        ("model A {\n  id Int @id\n}\n}\n", 4, "there is no block to close here"),
        ("model A {\n  id Int @id\n", 3, "the schema ends inside a block"),
        ("enum E {\n  _x\n}\n", 2, "a name begins with a letter"),
        ('enum E {\n  "x"\n}\n', 2, "an enum value is a name"),
        ("enum E {\n  A,\n}\n", 2, "a line has no sign at its end"),
        ('enum E {\n  A = "a"\n}\n', 2, "an enum value is a name alone"),
        ('generator g {\n  provider: "x"\n}\n', 2, "a setting has `=`"),
        ('generator g {\n  provider "x"\n}\n', 2, "a setting has `=`"),
        ('generator g {\n  provider = "x",\n}\n', 2, "a line has no sign at its end"),
        ("generator g {\n  {{provider}}\n}\n", 2, "this is a template, not a schema"),
        ("model {{Name}} {\n  id Int @id\n}\n", 1, "this is a template, not a schema"),
        ("<% for each %>\n", 1, "this is a template, not a schema"),
    ],
)
def test_a_mistake_in_a_file_is_named_once(text, line, message):
    [error] = errors(text)

    assert (error.place.line, error.message) == (line, message)


def test_the_hint_names_what_was_written():
    [error] = errors('generator g {\n  provider: "x"\n}\n')

    assert error.hint == 'write `provider = "x"`'


def test_a_block_on_one_line_is_told_at_its_brace_and_the_next_ones_are_read():
    text = "model A { id Int @id }\n\nenum E { X Y } // all\n\nmodel B {\n  id [Int]\n}\n"

    assert [(error.place.line, error.place.column, error.message) for error in errors(text)] == [
        (1, 9, "a block cannot be on one line"),
        (3, 8, "a block cannot be on one line"),
        (6, 3, "a list is written behind the type"),
    ]


def test_a_missing_brace_is_one_error_and_the_next_block_is_read():
    text = "model A {\n  id Int @id\n\nmodel B {\n  id [Int]\n}\n"

    assert [(error.place.line, error.message) for error in errors(text)] == [
        (4, "a block begins inside another one"),
        (5, "a list is written behind the type"),
    ]


def test_errors_come_in_the_order_of_the_text():
    # Found by fuzzing: a comment's end inside a string that has none itself.
    found = errors('generator g {\n  provider = "x  /* one */@map("x")\n  * two\n}\n')

    assert [error.place.line for error in found] == [2, 3]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("one/contract.prisma", "types { A = b.C }\n"),
        ("app.prisma", "// use prisma-next\n\ntypes {\n  V = pgvector.Vector(3)\n}\n"),
        ("src/contract.prisma", 'enum Role {\n  Admin = "admin"\n}\n'),
    ],
)
def test_a_contract_of_prisma_8_is_named_once(path, text):
    [error] = errors(text, path)

    assert "this is a contract of Prisma 8" in error.message


def test_a_contract_that_could_be_a_schema_is_named_when_it_is_none():
    [found] = validate_schema([("contract.prisma", "model Page {\n  id ObjectId @id\n  to ObjectId\n}\n")])

    assert (found.code, found.line) == ("E201", 2)
    assert "this is a contract of Prisma 8" in found.message
    assert validate_schema([("contract.prisma", "model Page {\n  id Int @id\n}\n")]) == []


def test_all_errors_of_a_file_are_reported_in_one_run():
    text = (
        "model A {\n  id Int @id\n  a [Int]\n  b Int\n  c: Int\n}\n\n"
        "foo Bar {\n  x 1\n  y 2\n}\n\n"
        "enum E {\n  _x\n  Y\n}\n"
    )

    assert [error.place.line for error in errors(text)] == [3, 5, 8, 14]


def test_arguments_over_several_lines_are_one_error():
    text = "model A {\n  id Int @id\n  @@index([\n    id,\n  ])\n  b [Int]\n}\n"

    assert [(error.place.line, error.message) for error in errors(text)] == [
        (3, "arguments and arrays must be on one line"),
        (6, "a list is written behind the type"),
    ]


def test_there_is_an_end_to_the_errors_of_a_file_that_is_no_schema():
    assert len(errors("this is not a schema\n" * 1000)) == 100


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_are_counted_with_every_kind_of_newline(newline):
    [error] = errors(in_model("x String!").replace("\n", newline))

    assert (error.place.line, error.place.column, error.place.source) == (3, 11, "  x String!")
