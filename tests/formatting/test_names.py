"""The names of the fields that the formatter adds: English plurals, and names of models with a small beginning."""

from __future__ import annotations

import pytest

from prisma_decouple import format_schema

PLURALS = """
Post posts  User users  Sale sales  Day days  Key keys  Toy toys  Guy guys  Photo photos  Radio radios  Solo solos
Category categories  Company companies  Query queries  Soliloquy soliloquies  Money money  Journey journeys
Box boxes  Branch branches  Glass glasses  Brush brushes  Buzz buzzes  Address addresses  Process processes
Bus buses  Status statuses  Virus viri  Focus foci  Alias aliases  Atlas atlases  Gas gases  Census censuses
Analysis analyses  Basis bases  Axis axes  Crisis crises  Iris irises  Pancreas pancreas  Menu menus
Leaf leaves  Half halves  Thief thiefs  Knife knives  Wife wives  Life lives  Hoof hooves  Roof roofs  Safe safes
Child children  Person people  Man men  Woman women  Mouse mice  Louse lice  Foot feet  Tooth teeth  Goose geese
Ox oxen  Die dice  Quiz quizzes  Yes yeses
Matrix matrices  Index indices  Vertex vertices  Appendix appendices  Prefix prefixes  Suffix suffixes
Criterion criteria  Phenomenon phenomena  Organ organs  Datum data  Bacterium bacteria  Curriculum curricula
Medium mediums  Stadium stadiums  Alumna alumnae  Alga algae  Cactus cacti  Radius radii  Hero heroes  Potato potatoes
Seraph seraphim  Cheese cheeses  Chinese chinese  House houses  Horse horses  Series series  Species species
News news  Media medias  Sheep sheep  Deer deer  Information information  Equipment equipment
Software software  Furniture furniture  Health health  Luggage luggage
"""
CAMEL_CASES = """
UserAccount userAccounts  order_item orderItems  user users  UserID userIDs  APIKey apikeys  HTTPRequest httprequests
OAuth2Token oauth2Tokens  A1B2 a1B2s  User2 user2s  Data_Point dataPoints  EveryPerson everyPersons
OrderItemStatus orderItemStatuses  Über Übers  Année années
"""


def pairs(text):
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def schema_with(names):
    """A model for each name, each with a relation to `Hub` whose other side is missing."""
    fields = "  id    Int @id\n  hubId Int\n  hub   Hub @relation(fields: [hubId], references: [id])\n"
    return "model Hub {\n  id Int @id\n}\n" + "".join(f"\nmodel {name} {{\n{fields}}}\n" for name in names)


def fields_of_hub(schema):
    """The names in `Hub` by their types."""
    lines = schema.split("}", 1)[0].splitlines()
    return {type_.rstrip("[]"): name for name, type_ in (line.split()[:2] for line in lines[2:] if line.strip())}


@pytest.mark.parametrize("names", [PLURALS, CAMEL_CASES], ids=["plurals", "camel cases"])
def test_a_list_has_the_plural_of_its_model(names):
    expected = pairs(names)

    assert fields_of_hub(format_schema(schema_with(expected))) == expected


@pytest.mark.parametrize("names", [PLURALS, CAMEL_CASES], ids=["plurals", "camel cases"])
def test_prisma_has_the_same_plural(prisma, names):
    expected = pairs(names)

    assert fields_of_hub(prisma.format(schema_with(expected))) == expected
