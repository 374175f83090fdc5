"""Places of nodes: the quick way for many gives the same as the way for one."""

from __future__ import annotations

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.syntax.places import Places, place_of

SCHEMA = """\
// Cats.

model Cat { // here
\tid    Int    @id
  name  String // ü𝌆

  @@index([name]) // why
}

enum Mood {
  CALM
}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_many_places_are_as_each_alone(end):
    schema = parse_schema(SCHEMA.replace("\n", end), "a.prisma")
    nodes = [node for block in schema.blocks() for node in (block, *block.fields, *block.values, *block.attributes)]
    places = Places(schema)

    assert [places.of(node) for node in nodes] == [place_of(schema, node) for node in nodes]
    assert [str(places.of(node)) for node in nodes] == [
        "a.prisma:3:1",
        "a.prisma:4:2",
        "a.prisma:5:3",
        "a.prisma:7:3",
        "a.prisma:10:1",
        "a.prisma:11:3",
    ]


def test_what_is_not_in_the_schema_stands_at_its_beginning():
    schema, other = parse_schema(SCHEMA, "a.prisma"), parse_schema(SCHEMA, "b.prisma")

    assert str(Places(schema).of(other.files[0].blocks[0])) == "a.prisma:1:1"
