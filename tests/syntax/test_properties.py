"""What must hold for any text: the parser gives back every byte or says why not, and nothing ever crashes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prisma_decouple import format_schema, parse_schema
from prisma_decouple.errors import DecoupleError, SchemaSyntaxError
from prisma_decouple.model.reader import read_model
from prisma_decouple.syntax.nodes import replace
from syntax.edits import EXAMPLE, edited_schemas


def parsed(text):
    """The tree, or None when the text is refused at a place that can be shown."""
    try:
        return parse_schema(text)
    except SchemaSyntaxError as refused:
        shown = refused.report()
    assert shown.startswith("schema.prisma:")
    return None


@given(edited_schemas())
def test_a_text_that_is_read_is_in_the_tree_to_the_byte(text):
    tree = parsed(text)

    assert tree is None or str(tree) == text


@given(st.text())
def test_no_text_at_all_crashes_the_parser(text):
    tree = parsed(text)

    assert tree is None or str(tree) == text


@given(edited_schemas())
def test_a_transformation_that_changes_nothing_changes_no_byte(text):
    tree = parsed(text)

    assert tree is None or str(tree.map_blocks(lambda block: replace(block, members=tuple(block.members)))) == text


@given(edited_schemas())
def test_formatting_twice_is_formatting_once(text):
    try:
        once = format_schema(text)
    except SchemaSyntaxError:
        return

    assert format_schema(once) == once


@given(edited_schemas())
def test_formatting_changes_no_meaning(text):
    try:
        before = read_model(parse_schema(text))
    except DecoupleError:
        return

    after = read_model(parse_schema(format_schema(text)))

    assert set(before.models) == set(after.models)
    assert all(set(model.scalars) <= set(after.models[name].scalars) for name, model in before.models.items())


def test_a_megabyte_is_read_and_given_back():
    text = "".join(EXAMPLE[EXAMPLE.index("model User") :].replace("model ", f"model M{at}") for at in range(300))

    assert len(text) > 1_000_000 * 0.9
    assert str(parse_schema(text)) == text


def test_a_very_long_line_is_read_and_given_back():
    text = f"model A {{\n  id Int @id @default({'1' * 200_000}) // {'x' * 200_000}\n}}\n"

    assert str(parse_schema(text)) == text
