"""Every kind of value, in a setting of a generator's own, where Prisma takes whatever its grammar knows."""

from __future__ import annotations

import pytest

from prisma_decouple import format_schema, parse_schema, validate_schema

VALUES = [
    *("a", "a-b", "a_b", "é", "字", "a.b", "a.b-c.d", "a.", "a..b", "true"),
    *("1", "-1", "1.5", "-0.25", "00", '""', '"a b"', r'"\""', r'"\u0041"', '"٣"'),
    *(
        "f()",
        "f ( )",
        "1f()",
        "a.b(c)",
        "f(1, a, [2])",
        "f(a: 1)",
        "f(1a : 1 , 2)",
        "f(1,)",
        "f( , )",
        "f(a:)",
        "f(a: , b:,)",
    ),
    *("[]", "[ ]", "[a]", "[a , 1,[b]]", "[f(a: 1)]"),
]
NEW_VALUES = ["{}", "{ a: 1 }", "{a:1,b:{c:[1,{d:2}]}}", "f(a: { b: 1 })"]
NO_VALUES = [
    *("1a", "1.a", "1e5", "0x10", "1_0", "1.", ".5", "+1", "- 1", "_a", "-a", "a._b", "a . b", "٣", "a٣", "²", "Ⅷ"),
    *("'a'", '"a', '"a" "b"', "a b", "1,2", r'"\"'),
    *("f(", "f)", "f(,1)", "f(1,,2)", "f(a b)", "f(a: b: 1)", 'f("a": 1)', "f(a.b: 1)"),
    *("[", "[,]", "[a,]", "[a: 1]", "[a:]", "[1 2]", "{1}", "{ a: }", '{ "a": 1 }', "{a: 1,}"),
]


def schema_with(value):
    return f'generator client {{\n  provider = "prisma-client"\n  own      = {value}\n}}\n'


@pytest.mark.parametrize("value", [*VALUES, *NEW_VALUES])
def test_a_value_is_in_the_tree_to_the_byte(value):
    assert str(parse_schema(schema_with(value))) == schema_with(value)


@pytest.mark.parametrize("engine", ["6", "7"])
@pytest.mark.parametrize("value", [*VALUES, *NEW_VALUES])
def test_a_value_is_accepted_where_prisma_accepts_it(prisma, value, engine):
    is_known = engine == "7" or value in VALUES

    assert (prisma.validate(schema_with(value), engine) == []) is is_known
    assert (validate_schema([("schema.prisma", schema_with(value))], version=engine) == []) is is_known


@pytest.mark.parametrize("engine", ["6", "7"])
@pytest.mark.parametrize("value", NO_VALUES)
def test_what_is_no_value_is_refused_at_its_line(prisma, value, engine):
    [theirs, *_] = prisma.validate(schema_with(value), engine)
    [ours, *_] = validate_schema([("schema.prisma", schema_with(value))], version=engine)

    assert (ours.code[:2], ours.line) == ("E2", 3)
    assert theirs.line == 3


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_formatted_as_prisma_formats_it(prisma, value):
    assert format_schema(schema_with(value)) == prisma.format(schema_with(value))
