"""Markup with blocks between its elements, `{#if}` of Svelte and `@if` of Angular, and which of them are open."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.typescript.components.markup import Element, Span
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


class BlockMarkup(ABC):
    """Writes what such a markup shows.

    Args:
        writer: of the component.
        shown: where it shows expressions, and has blocks.
    """

    def __init__(self, writer: Writer, shown: Sequence[Span]) -> None:
        self._writer = writer
        self._shown = shown
        self._blocks = OpenBlocks(writer)

    def write(self, elements: Sequence[Element], part: Span) -> None:
        """Write a part of the markup that has some elements at its top, as one expression."""
        self._writer.write("<>")
        self._content(elements, part)
        self._writer.write("</>")

    def _content(self, elements: Sequence[Element], part: Span) -> None:
        """Elements, and what stands between them."""
        self._blocks.begin()
        place = part.start
        for element in elements:
            self._text(place, element.place.start)
            self._element(element)
            place = element.place.end
        self._text(place, part.end)
        self._blocks.end_all()

    @abstractmethod
    def _text(self, start: int, end: int) -> None:
        """What is shown between two places, and where blocks begin, go on and end."""

    @abstractmethod
    def _element(self, element: Element) -> None:
        """An element, with what it is given and what is in it."""
