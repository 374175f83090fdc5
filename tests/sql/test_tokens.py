"""The tokens of SQL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisma_decouple.sql.tokens import tokens

PIECES = ["'", '"', "$$", "$a$", "--", "/*", "*/", "\n", "\r\n", ";", "(", "E'", "\\", "e", "1", "$1", " ", "é", "end"]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_every_character_is_in_one_token(script):
    found = list(tokens(script))

    assert "".join(token.text for token in found) == script
    assert [token.start for token in found] == [
        sum(len(token.text) for token in found[:at]) for at, _ in enumerate(found)
    ]


@pytest.mark.parametrize(
    ("script", "kinds"),
    [
        ("SELECT 1.5e3", ["word", "space", "number"]),
        ("/* a /* b */ c */-- d\n", ["comment", "comment", "space"]),
        ("'it''s'E'\\''e", ["string", "string", "word"]),
        ('a$b$ "c""d"', ["word", "space", "name"]),
        ("$a$ $$ $a$$1", ["dollar", "other", "number"]),
        ("'no end", ["string"]),
        ('"no end', ["name"]),
    ],
)
def test_what_a_token_is(script, kinds):
    assert [token.kind for token in tokens(script)] == kinds


@pytest.mark.parametrize(
    ("text", "identifier"), [("Cat", "cat"), ('"Cat"', "Cat"), ('"a""b"', 'a"b'), ("'Cat'", ""), ("1", "")]
)
def test_a_name_is_folded_unless_it_is_quoted(text, identifier):
    assert next(tokens(text)).identifier == identifier


@pytest.mark.parametrize(("text", "literal"), [("'it''s'", "it's"), ("E'a'", None), ('"a"', None)])
def test_the_value_of_a_string_is_known_when_it_has_no_escapes(text, literal):
    assert next(tokens(text)).literal == literal
