"""How names are written; the number of a noun is told by its last word, and in doubt the name is right."""

from __future__ import annotations

import pytest

from prisma_decouple.invariants.styles import is_written, pluralised


@pytest.mark.parametrize(
    "name", ["Cat", "UserRole", "Person", "Child", "Address", "Bus", "Class", "Box2", "account_status"]
)
def test_singular(name):
    assert is_written(name, "singular")


@pytest.mark.parametrize(
    "name", ["Cats", "userRoles", "People", "children", "addresses", "Boxes2", "accountStatuses", "photos"]
)
def test_plural(name):
    assert is_written(name, "plural")
    assert not is_written(name, "singular")


@pytest.mark.parametrize("name", ["Cat", "UserRole", "Person", "Child", "Box2"])
def test_what_is_singular_is_not_plural(name):
    assert not is_written(name, "plural")


@pytest.mark.parametrize(
    "name", ["News", "UserSettings", "alias", "Sheep", "metadata", "Equipment", "Series", "APIKeyStats", "SMS"]
)
def test_what_may_be_either_is_right_either_way(name):
    assert is_written(name, "singular")
    assert is_written(name, "plural")


@pytest.mark.parametrize(
    ("name", "style", "other"),
    [
        ("BlackCat2", "PascalCase", "camelCase"),
        ("blackCat2", "camelCase", "PascalCase"),
        ("black_cat_2", "snake_case", "SCREAMING_SNAKE_CASE"),
        ("BLACK_CAT_2", "SCREAMING_SNAKE_CASE", "snake_case"),
        ("DbCat", "/Db.*/", "/Db/"),
    ],
)
def test_styles(name, style, other):
    assert is_written(name, style)
    assert not is_written(name, other)


@pytest.mark.parametrize(
    ("name", "plural"), [("userRole", "userRoles"), ("children", "children"), ("company", "companies")]
)
def test_a_name_in_the_plural_is_suggested(name, plural):
    assert pluralised(name) == plural
