"""What the fuzzer has found, each as the smallest text that shows it; the promises are those of the fuzzer itself."""

from __future__ import annotations

import time

import pytest
from promises import check_promises

from prisma_decouple import validate_schema

DEEP, LONG = 5_000, 100_000


def model(*lines):
    return "model A {\n  id Int @id\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def generator(value):
    return f'generator g {{\n  provider = "x"\n  own      = {value}\n}}\n'


FOUND = {
    "arrays in arrays, however deep": generator("[" * DEEP + "]" * DEEP),
    "functions in functions": generator("f(" * DEEP + ")" * DEEP),
    "objects in objects": generator("{ a: " * DEEP + "1" + " }" * DEEP),
    "a default as deep as that": model(f"b Int[] @default({'[' * DEEP}{']' * DEEP})"),
    "JSON in a string, as deep as that": model('b Json @default("' + "[" * LONG + "]" * LONG + '")'),
    "brackets that nobody closes": model(f"@@index({'[' * DEEP}"),
    "half of a surrogate pair": "model \ud800 {\n}\n",
    "half of a surrogate pair in a comment": "// \udcff\n",
    "half of a surrogate pair as an escape": model(r'b String @map("\ud800")'),
    "an escape that JSON does not know": model(r'b String @map("\x")'),
    "a comment without an end": "/* a\nmodel A {\n",
    "a comment without an end in a block": model("/* a"),
    "a comment without an end behind others": "/**//*/\n",
    "stars in a comment": "/*** a ***/\nmodel A {\n  /****/\n}\n",
    "two comments on a line": "model A {\n  /* a */ // b\n  /* c */ /* d */\n}\n",
    "a comment behind another one, and an attribute": 'model A {\n  /* a */ // b @@map("x")\n}\n',
    "a comment before the closing brace": "model A {\n/* a */ }/* b */model B {\n}",
    "a comment behind the last brace": "model A {\n} // a",
    "a comment behind a brace before a block": "model A {\n} // a\rmodel B {\n}\n",
    "a byte order mark": "\ufeffmodel A {\n}\n",
    "a byte order mark inside": "model A {\n\ufeff}\n",
    "what other programs take for newlines": "model A {\x0b\x0c\x1c\x85\u2028\n  id Int @id // \x85 \u2028\n}\n",
    "spaces of other scripts": "model\u3000A\u00a0{\n\u2003id\u2009Int\n}\n",
    "digits of other scripts in a number": model("b Int @default(٣)"),
    "a raised digit": model("b Int @default(²)"),
    "a Roman number in a name": model("bⅧ Int"),
    "digits of other scripts in a length": model("b String @db.VarChar(٣)", "@@index([b(length: ٣)])"),
    "digits of other scripts for a function": model("b String @default(nanoid(٣))"),
    "a number that no computer holds": model(f"b Int @default({'9' * LONG})"),
    "an argument of a native type that no computer holds": model(f"b String @db.VarChar({'9' * LONG})"),
    "an exponent": model("b Float @default(1e5)"),
    "the year nought, and a leap second": model('b DateTime @default("0000-02-29T23:59:60Z")'),
    "Bytes that are none": model('b Bytes @default("=é")'),
    "a key in a composite type": (
        'datasource db {\n  provider = "mongodb"\n}\n'
        "type T {\n  b Int\n}\n"
        'model A {\n  id Int @id @map("_id")\n  t T\n  @@unique([t.b])\n}\n'
        'model B {\n  id Int @id @map("_id")\n  a A\n}\n'
    ),
    "a key of a field that is not there": model("b A", "@@unique([c])"),
    "a relation whose key has a name that is taken": model("b A", "aId Int", "as Int"),
    "a relation with parentheses and nothing in them": model("b A @relation()"),
    "a relation to a key whose name begins with a digit": (
        "model A {\n  0id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  a A\n}\n"
    ),
    "a comma behind the last argument": model("b A @relation(fields: [id],)", "c A[]"),
    "a name without a value": model("b Int @default(value:)", "@@index(fields:)", "@@id([id(sort:)])"),
    "an attribute without a name": model("b Int @", "@@"),
    "a native type without a name": model("b Int @db.", "c Int @.x"),
    "a setting without a value": 'generator g {\n  provider =\n  output = // "x"\n}\n',
    "a datasource without anything": "datasource db {\n}\n",
    "a template in a template": "{{{{}}}}\nmodel {{x}} {\n  {{y}}\n}\n",
    "the end of a comment in a string without an end": 'generator g {\n  a = "x  /* one */@map("x")\n  * two\n}\n',
    "a block on one line with something behind": "datasource db {{ }\n  a = 1\n}id\n!\n  b = 1\n",
    "blocks on one line": "model A {}\nenum B { X }\nmodel C {\n",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_the_promises_hold(text):
    check_promises(text)


LONG_TEXTS = {
    "a line": model(f"b String // {'x' * 10 * LONG}"),
    "white space": f"model A {{\n{' ' * LONG}id Int @id{' ' * LONG}\n}}{' ' * LONG}",
    "comments on a line": "/**/" * LONG,
    "comments in a block": "model A {\n" + "/**/" * LONG + "\n}\n",
    "beginnings of comments": "/* " * LONG,
    "beginnings of comments in a block": "model A {\n" + "/* " * LONG,
    "stars": "/" + "*" * LONG,
    "quotes": model("b String @default(" + '"' * LONG + ")"),
    "backslashes": model('b String @default("' + "\\" * LONG + ")"),
    "brackets": model(f"@@index({'(' * LONG}"),
    "attributes": model(f"b Int {'@unique ' * (LONG // 10)}"),
    "arguments": generator(f"f({'1, ' * LONG}1)"),
    "what is no line": "x " * LONG,
    "braces": "{" * LONG,
    "lines that are none": "model A {\n" + "!\n" * LONG,
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_what_is_long_takes_its_time_and_no_more(text):
    start = time.process_time()
    validate_schema([("schema.prisma", text)])

    # It takes a second or two; what is tried again for each character takes an hour.
    assert time.process_time() - start < 20
