"""Blocks of a markup that are open while it is written: those of templates that have them, and elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prisma_decouple.typescript.components.translation import Writer

NO_BLOCK = ""
"""The word of what is no block: an element, or all of a markup."""


class Block(NamedTuple):
    """What is open: the word that opened it, empty for an element, what ends it, and what has to end before."""

    word: str
    end: str
    inner: list[str]


class OpenBlocks:
    """The blocks that are open.

    Args:
        writer: of the component.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._open: list[Block] = []

    @property
    def word(self) -> str:
        """That of the innermost one."""
        return self._open[-1].word

    def begin(self, word: str = NO_BLOCK, end: str = "") -> None:
        """A block, or an element, that is ended by something."""
        self._open.append(Block(word, end, []))

    def end(self, end: str | None = None) -> Block:
        """The end of the innermost one, by something else than it was to end with if that is given; which one it is."""
        block = self._open.pop()
        self._writer.write("".join(block.inner[::-1]) + (block.end if end is None else end))
        return block

    def end_before(self, end: str) -> None:
        """Something that has to end before the innermost one does."""
        self._open[-1].inner.append(end)

    def end_all(self) -> None:
        """The end of an element: blocks in it that are still open were not understood."""
        while self.word != NO_BLOCK:
            self._writer.is_whole = False
            self.end()
        self.end()
