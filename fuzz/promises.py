"""What holds for any text at all: the promises to which the fuzzer holds the library."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from prisma_decouple import format_schema, parse_schema, validate_schema
from prisma_decouple.errors import DecoupleError, SchemaSyntaxError
from prisma_decouple.model.reader import read_model
from prisma_decouple.syntax.nodes import Block, Gap, Line, Node, replace, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple import Schema

PATH = "schema.prisma"
_COMMENT = re.compile(r"//[^\r\n]*|/\*[\s\S]*?\*/")
_NEWLINE = re.compile(r"\r\n|\r|\n")


def check_promises(text: str) -> None:
    """Hold the parser, the validator and the formatter to all their promises.

    Raises:
        AssertionError: a promise is broken.
    """
    tree = check_parsing(text)
    check_validation(text)
    if tree is not None:
        check_reading(tree)
        check_formatting(text, tree)


def check_parsing(text: str) -> Schema | None:
    """The tree holds every byte, or each error is at a place in the text; return the tree."""
    try:
        tree = parse_schema(text)
    except SchemaSyntaxError as refused:
        for error in (refused, *refused.others):
            _check_error(error, text)
        return None
    assert str(tree) == text, "a byte is lost"
    same = tree.map_blocks(lambda block: replace(block, members=tuple(block.members)))
    assert str(same) == text, "a transformation that changes nothing loses a byte"
    return tree


def check_reading(tree: Schema) -> None:
    """The model is read, or its error is at a place in the text; what the validator accepts is always read."""
    try:
        read_model(tree)
    except DecoupleError as refused:
        _check_error(refused, str(tree))
        found = validate_schema([(PATH, str(tree))])
        assert found, f"valid, but not a model: {refused}"  # noqa: PT017 - this is no test of the exception


def check_validation(text: str) -> None:
    """Every finding is at a place in the text, and they come in its order."""
    for version in (None, "6", "7"):
        found = validate_schema([(PATH, text)], version=version)
        for each in found:
            start, end = each.span
            assert each.path == PATH
            assert 0 <= start <= end <= len(text), f"outside of the text: {each}"
            assert (each.line, each.column) == _line_and_column(text, start), f"span and line differ: {each}"
            assert str(each)
        assert [each.span[0] for each in found] == sorted(each.span[0] for each in found), "not in order"


def check_formatting(text: str, tree: Schema) -> None:
    """What is formatted is still the language, is not touched again, and has lost neither a comment nor a letter."""
    once = format_schema(text)
    try:
        formatted = parse_schema(once)
    except SchemaSyntaxError as refused:
        raise AssertionError(f"formatted, but not the language: {refused}") from refused
    assert format_schema(once) == once, "formatting twice is not formatting once"
    assert _comments(tree) == _comments(formatted), "a comment is lost"
    lost = _letters(text) - _letters(once)
    assert not lost, f"text is lost: {lost}"


def _check_error(error: DecoupleError, text: str) -> None:
    place = error.place
    assert place is not None, f"no place: {error}"
    lines = _NEWLINE.split(text)
    assert 1 <= place.line <= len(lines), f"outside of the text: {error}"
    assert place.source == lines[place.line - 1], f"not the line of the text: {error}"
    assert 1 <= place.column <= len(place.source) + 1, f"outside of the line: {error}"
    assert error.report().startswith(f"{PATH}:{place.line}:{place.column}: {error.code} ")


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    ends = [found.end() for found in _NEWLINE.finditer(text) if found.end() <= offset]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


def _letters(text: str) -> Counter[str]:
    """What is not white space, nor a star or slash of a comment, which the formatter lays out anew, nor a comma."""
    return Counter(character for character in text if not character.isspace() and character not in "*/,")


def _comments(tree: Schema) -> Counter[tuple[str, ...]]:
    """The words of each comment, without what frames it."""
    return Counter(
        words for text in _texts_with_comments(tree) for comment in _COMMENT.findall(text) if (words := _words(comment))
    )


def _words(comment: str) -> tuple[str, ...]:
    if comment.startswith("//"):
        return tuple(comment.split())
    return tuple(comment[2:-2].replace("*", " ").split())


def _texts_with_comments(tree: Schema) -> Iterator[str]:
    """The pieces of a tree in which comments may stand: between blocks and lines, and at both ends of a line."""
    for file in tree.files:
        for node in walk(*file.items):
            if isinstance(node, Gap | Line):
                yield node.text
            elif isinstance(node, Block):
                yield from (node.opening, node.closing)
            elif isinstance(node, Node):
                yield from (getattr(node, name, "") for name in ("lead", "end"))
