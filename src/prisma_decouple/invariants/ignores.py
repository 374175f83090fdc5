"""Comments that silence a finding: `/// prisma-decouple-ignore D101 the table has ten rows`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.errors import Place
from prisma_decouple.syntax.nodes import Block, BlockAttribute, EnumValue, Field, Gap, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.syntax.nodes import Node, Schema, SourceFile

UNUSED = "D001"
"""The code of an ignore comment that silences nothing any more."""

_IGNORE = re.compile(r"//[ \t]*/?[ \t]*prisma-decouple-ignore[ \t]+([A-Za-z]\w*(?:[ \t]*,[ \t]*[A-Za-z]\w*)*)")
_BLANK = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")


@dataclass(frozen=True)
class Ignore:
    """One code that a comment silences for one node.

    Attributes:
        node: the block or field that the comment is for: the one below it, or the one on its line.
        place: where the code stands.
    """

    code: str
    node: Node
    place: Place


def ignores_in(schema: Schema) -> list[Ignore]:
    """All ignore comments of a schema; one right above a block or field belongs to it, and so does one behind it."""
    return [ignore for file in schema.files for ignore in _in_file(file)]


def _in_file(file: SourceFile) -> Iterator[Ignore]:
    text, offset, gap, gap_at = str(file), 0, "", 0
    if not _IGNORE.search(text):
        return
    for item in file.items:
        if isinstance(item, Gap):
            gap, gap_at = item.text, offset
        if isinstance(item, Block):
            yield from _in_text(file, text, gap, gap_at, item, attached=True)
            yield from _in_block(file, text, item, offset)
            gap = ""
        offset += len(str(item))


def _in_block(file: SourceFile, text: str, block: Block, offset: int) -> Iterator[Ignore]:
    offset += len(block.keyword + block.space + block.name)
    yield from _in_text(file, text, block.opening, offset, block)
    offset += len(block.opening)
    above, above_at = "", offset
    for member in block.members:
        length = len(str(member))
        if isinstance(member, Line):
            if not above or member.is_blank:
                above, above_at = "", offset
            above += "" if member.is_blank else member.text
        elif isinstance(member, Field | EnumValue | BlockAttribute):
            # A block attribute is judged as a part of its block.
            node = block if isinstance(member, BlockAttribute) else member
            yield from _in_text(file, text, above, above_at, node)
            yield from _in_text(file, text, member.end, offset + length - len(member.end), node)
            above = ""
        offset += length


def _in_text(
    file: SourceFile, text: str, comment: str, offset: int, node: Node, *, attached: bool = False
) -> Iterator[Ignore]:
    """The codes in a comment; with `attached`, only in what no blank line parts from the node below."""
    start = max((match.end() for match in _BLANK.finditer(comment)), default=0) if attached else 0
    for match in _IGNORE.finditer(comment, start):
        for code in re.finditer(r"\w+", match.group(1)):
            at = offset + match.start(1) + code.start()
            yield Ignore(code.group(), node, Place.of_offset(file.path, text, at, len(code.group())))
