"""A syntax error says what was expected, or what to write instead; and the rest of the file is still read."""

from __future__ import annotations

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.errors import SchemaSyntaxError

EXPECTED_FIELD = "a field (`name Type`), an attribute (`@@…`), a comment or `}` is expected here"


def errors(text, path="schema.prisma"):
    with pytest.raises(SchemaSyntaxError) as caught:
        parse_schema(text, path)
    return [caught.value, *caught.value.others]


def in_model(line):
    return f"model A {{\n  id Int @id\n  {line}\n}}\n"


@pytest.mark.parametrize(
    ("line", "column", "message", "hint"),
    [
        ("tags [String]", 3, "a list is written behind the type", "write `String[]` instead of `[String]`"),
        ("x String!", 11, "a field is required without a sign", "write `String` instead of `String!`"),
        ("y: Int", 3, "a field has no colon", "write `y Int` instead of `y: Int`"),
        ("z Int[]?", 10, "a list cannot be optional", "write `Int[]`, which may be empty, or `Int?`"),
        ("b", 3, "this field has no type", "write `b Type`"),
        ("c Int;", 8, "a line has no sign at its end", "remove it; arguments and arrays are on one line"),
        ("c Int,", 8, "a line has no sign at its end", "remove it; arguments and arrays are on one line"),
        ("d String @default('x')", 21, "strings stand in double quotes", "write `\"` instead of `'`"),
        ("e Int }", 9, "a closing brace stands alone", "write `}` on a line of its own"),
        ("$$$", 3, "this is not Prisma's schema language", EXPECTED_FIELD),
        ("f Int @default(+1)", 18, "this is not Prisma's schema language", "a value is expected here"),
    ],
)
def test_a_mistake_in_a_model_is_named(line, column, message, hint):
    [error, *_] = errors(in_model(line))

    assert (error.place.line, error.place.column, error.message) == (3, column, message)
    assert error.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("model A\n{\n  id Int @id\n}\n", 1, "the opening brace is missing"),
        ("model A { id Int @id }\nmodel B {\n  id Int @id\n}\n", 2, "a block begins inside another one"),
        ("foo Bar {\n  x 1\n}\n", 1, "this is not Prisma's schema language"),
        ("model A {\n  id Int @id\n", 3, "the schema ends inside a block"),
        ("enum E {\n  _x\n}\n", 2, "this is not Prisma's schema language"),
        ("generator g {\n  {{provider}}\n}\n", 2, "this is a template, not a schema"),
        ("model {{Name}} {\n}\n", 1, "this is a template, not a schema"),
    ],
)
def test_a_mistake_in_a_file_is_named(text, line, message):
    [error, *_] = errors(text)

    assert (error.place.line, error.message) == (line, message)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.prisma", "// use prisma-next\n\ntypes {\n  V = pgvector.Vector(3)\n}\n"),
        ("src/contract.prisma", 'enum Role {\n  Admin = "admin"\n}\n'),
    ],
)
def test_a_contract_of_prisma_8_is_named(path, text):
    [error, *_] = errors(text, path)

    assert "this is a contract of Prisma 8" in error.message


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
