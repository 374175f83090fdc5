"""Every key and value of a TOML text has a place, and the text at that place is the value."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisma_decouple.documents.toml_text import read_toml
from prisma_decouple.errors import RuleFileError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TEXT = '''\
# a = "comment"
title = "a # b" # c
a.b."c.d" = 'x'
dates = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00, 07:32:00]
numbers = [ 1.5, -2, 0x1f, # three
  1e6,
]
long = """
[not.a.table]
x = 1"""
quotes = """a""\\""""
literal = \'\'\'it's "so"\'\'\'

[tool."x y"]
inline = { a = { b = [ { c = "]" } ] }, d.e = true }

[[tool.list]]
name = "first"
[tool.list.sub]
deep = 1
[[tool.list.sub2]]
deeper = "}"
[[tool.list]]
name = "second"
'''


def values(value, key=()):
    yield key, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in entries:
        yield from values(inner, (*key, name))


def test_every_value_has_its_place():
    document = read_toml("x.toml", TEXT)

    for key, value in values(document.value):
        place = document.places[key]
        written = place.source[place.column - 1 : place.column - 1 + place.length]
        if not isinstance(value, dict | list) and '"""' not in written:
            assert tomllib.loads(f"v = {written}")["v"] == value
        if key and isinstance(key[-1], str):
            place = document.key_places[key]
            assert key[-1] == next(iter(tomllib.loads(f"{place.source[place.column - 1 :][: place.length]} = 0")))
    assert document.places.keys() == {key for key, _ in values(document.value)}


@pytest.mark.parametrize(
    ("text", "place"), [("a = \n", "1:5"), ("a = 1\nb = [", "2:6"), ("a = 1\na = 2\n", "2:6"), ("[x", "1:3")]
)
def test_what_is_no_toml_is_an_error_with_a_place(text, place):
    with pytest.raises(RuleFileError, match="this is not TOML") as caught:
        read_toml("x.toml", text)

    assert str(caught.value.place) == f"x.toml:{place}"


KEYS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", min_codepoint=32), max_size=5).map(
    lambda name: '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
SCALARS = st.sampled_from(["1", "1.5", "true", "'x]'", '"a, \\"b"', "1979-05-27 07:32:00", "'''\n]\n'''", '"""},"""'])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)} ]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda each: f"{{{', '.join(f'{key} = {value}' for key, value in each.items())}}}"
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.lists(KEYS, min_size=1, max_size=3))
def test_whatever_is_written_every_value_has_a_place(entries, table):
    text = f"[{'.'.join(table)}]\n" + "".join(f"{key} = {value} # ]\n" for key, value in entries.items())

    document = read_toml("x.toml", text)

    assert {key for key, _ in values(document.value)} <= document.places.keys()
