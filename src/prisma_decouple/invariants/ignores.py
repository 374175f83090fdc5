"""Comments that silence a finding: `/// prisma-decouple-ignore D101 the table has ten rows`."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.errors import Place
from prisma_decouple.syntax.nodes import Block, BlockAttribute, Gap, Line, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.syntax.nodes import Member, Schema, SourceFile

UNUSED = "D001"
"""The code of an ignore comment that silences nothing any more."""

_WORD = "prisma-decouple-ignore"
_CODE = r"[A-Za-z]\w*"
_IGNORE = rf"(?://|/\*)[ \t/*]*({_WORD})(?![\w-])(?:[ \t]+({_CODE}(?:[ \t]*,[ \t]*{_CODE})*))?"
_BLANK = r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)"
_LINE_END = r"\r\n?|\n"


class Ignore(msgspec.Struct, frozen=True):
    """One code that a comment silences.

    Attributes:
        code: the code; empty when the comment names none.
        nodes: what it is silenced for: the block, field or value below the comment or on its line. A block attribute
            stands for its block too. Nothing when the comment stands alone.
        place: where the code stands.
    """

    code: str
    nodes: tuple[Node, ...]
    place: Place


def ignores_in(schema: Schema) -> list[Ignore]:
    """All ignore comments of a schema; one right above a block or a line of one belongs to it, as does one behind."""
    return [ignore for file in schema.files for ignore in _File(file).ignores()]


class _File:
    """A file whose comments are looked through."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file

    @cached_property
    def _text(self) -> str:
        return str(self._file)

    def ignores(self) -> Iterator[Ignore]:
        """Those of the file, in its order."""
        if not any(_WORD in comments for item in self._file.items for comments in _comments(item)):
            return
        offset = 0
        before: Block | None = None
        for at, item in enumerate(self._file.items):
            if isinstance(item, Gap):
                below = next((each for each in self._file.items[at + 1 : at + 2] if isinstance(each, Block)), None)
                yield from self._in_gap(item.text, offset, before, below)
            else:
                yield from self._in_block(item, offset)
                before = item
            offset += len(str(item))

    def _in_gap(self, gap: str, offset: int, before: Block | None, below: Block | None) -> Iterator[Ignore]:
        """Behind the closing brace it is for the block before, right above the next block for that one."""
        line_end = re.search(_LINE_END, gap)
        behind = 0 if before is None else line_end.start() if line_end else len(gap)
        above = max((match.end() for match in re.finditer(_BLANK, gap)), default=behind)
        yield from self._in_text(gap[:behind], offset, (before,) if before is not None else ())
        yield from self._in_text(gap[behind:above], offset + behind, ())
        yield from self._in_text(gap[above:], offset + above, (below,) if below is not None else ())

    def _in_block(self, block: Block, offset: int) -> Iterator[Ignore]:
        offset += len(block.keyword + block.space + block.name)
        yield from self._in_text(block.opening, offset, (block,))
        offset += len(block.opening)
        above: list[tuple[str, int]] = []
        for member in block.members:
            length = len(str(member))
            if isinstance(member, Line) and not member.is_blank:
                above.append((member.text, offset))
            else:
                nodes = _nodes(block, member)
                yield from self._in_lines(above, nodes)
                above = []
                if not isinstance(member, Line):
                    yield from self._in_text(member.end, offset + length - len(member.end), nodes)
            offset += length
        yield from self._in_lines([*above, (block.closing, offset)], ())

    def _in_lines(self, lines: Sequence[tuple[str, int]], nodes: tuple[Node, ...]) -> Iterator[Ignore]:
        for text, offset in lines:
            yield from self._in_text(text, offset, nodes)

    def _in_text(self, comments: str, offset: int, nodes: tuple[Node, ...]) -> Iterator[Ignore]:
        for match in re.finditer(_IGNORE, comments):
            start = offset + match.start(2 if match[2] else 1)
            for code in re.finditer(_CODE, match[2] or ""):
                yield Ignore(code[0], nodes, self._place(start + code.start(), len(code[0])))
            if not match[2]:
                yield Ignore("", nodes, self._place(start, len(_WORD)))

    def _place(self, offset: int, length: int) -> Place:
        return Place.of_offset(self._file.path, self._text, offset, length)


def _comments(item: Block | Gap) -> Iterator[str]:
    """The texts that may have comments in them, those at which `_File` looks."""
    if isinstance(item, Gap):
        yield item.text
        return
    yield item.opening
    for member in item.members:
        yield member.text if isinstance(member, Line) else member.end
    yield item.closing


def _nodes(block: Block, member: Member) -> tuple[Node, ...]:
    """What a comment above a member or behind it is for; for nothing when it is a blank line."""
    if isinstance(member, Line):
        return ()
    return (member, block) if isinstance(member, BlockAttribute) else (member,)
