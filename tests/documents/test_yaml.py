"""YAML: places are those of the text, whichever loader has read it."""

from __future__ import annotations

import pytest

from prisma_decouple.documents.yaml_text import read_yaml
from prisma_decouple.errors import RuleFileError

# Each line is nine times as long as the one before it.
BOMB = "a: &a [1]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_places_count_characters_and_not_bytes():
    document = read_yaml("x.yaml", "ä: [ü, 𝌆 ]\nb:\n  - {c: d}\n")

    assert {key: str(place) for key, place in document.places.items() if key} == {
        ("ä",): "x.yaml:1:4",
        ("ä", 0): "x.yaml:1:5",
        ("ä", 1): "x.yaml:1:8",
        ("b",): "x.yaml:3:3",
        ("b", 0): "x.yaml:3:5",
        ("b", 0, "c"): "x.yaml:3:9",
    }


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("since: 2025-13-45\n", "1:8", "this is no value: month must be in 1..12"),
        ("a: [\n", "2:1", "this is not YAML: expected the node content, but found '<stream end>'"),
        ("a: \x01\n", "1:4", "this is not YAML: special characters are not allowed"),
        ("a: \ud800\n", "1:4", "this is not YAML: special characters are not allowed"),
        ("a: " + "[" * 2000 + "]" * 2000, "1:1", "this is nested too deeply"),
        (BOMB, "2:4", "aliases repeat this and others too often: more than 10,000 values in all"),
        ("a: !!python/name:os.system x\n", "1:4", "this is not YAML: could not determine a constructor"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_a_place(text, place, message):
    with pytest.raises(RuleFileError) as caught:
        read_yaml("x.yaml", text)

    assert str(caught.value.place) == f"x.yaml:{place}"
    assert caught.value.message.startswith(message)


def test_aliases_are_the_values_that_they_name():
    assert read_yaml("x.yaml", "a: &a [1, 2]\nb: [*a, *a]\n").value == {"a": [1, 2], "b": [[1, 2], [1, 2]]}


def test_an_empty_text_is_nothing():
    assert read_yaml("x.yaml", "# nothing\n").value is None
