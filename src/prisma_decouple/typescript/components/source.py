"""A component of Vue, Svelte or Angular, as all that looks at TypeScript sees it, and as a person is told of it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.translated import translated
from prisma_decouple.typescript.source.text import Edit, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.components.angular_classes import OfClass
    from prisma_decouple.typescript.components.translation import Translation

NOWHERE = 0
"""The line of what stands only in the translation of a component."""


class ComponentSource(Source):
    """A component. Its tree is that of what is made of it; places and lines are those of the component itself.

    Args:
        file: the path of the file that it is in.
        text: of that file.
        of_class: whose template it is, where it is one of Angular.
    """

    def __init__(self, file: str, text: str, of_class: OfClass | None = None) -> None:
        super().__init__(file if of_class is None else of_class.path, text, is_writable=False)
        self._of_class = of_class
        self._component = Source(file, text)

    @property
    def file(self) -> str:
        """The path of the file that it is in."""
        return self._component.path

    @cached_property
    def root(self) -> Node:
        """The tree of what is made of it; from then on that is its data, of which the nodes are."""
        self.data = self._translation.text.encode()
        return super().root

    @cached_property
    def _translation(self) -> Translation:
        return translated(self.path, self.text, self._of_class)

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self._translation.pieces]

    @property
    def is_script(self) -> bool:
        """No compiler of TypeScript looks at it, so it is as JavaScript is."""
        return True

    @property
    def is_component(self) -> bool:
        """It is one, and nothing else."""
        return True

    @property
    def may_have_elements(self) -> bool:
        """What it shows is elements."""
        return True

    @property
    def has_mistakes(self) -> bool:
        """Whether something in it was not understood."""
        return not self._translation.is_whole or super().has_mistakes

    def position(self, node: Node) -> tuple[int, int]:
        """Line and column, in the component, of the first that a node has of it; a line `NOWHERE` without any."""
        span = self._span(node.start_byte, node.end_byte)
        return self._component.place(span[0]) if span is not None else (NOWHERE, NOWHERE)

    def lines(self, node: Node, edits: Iterable[Edit] = ()) -> tuple[str, ...]:
        """The lines of the component that a node has, with what the edits make of them."""
        span = self._span(node.start_byte, node.end_byte)
        if span is None:
            return ()
        moved = (self._moved(each) for each in edits)
        return self._component.lines_of(*span, [each for each in moved if each is not None])

    def _moved(self, edit: Edit) -> Edit | None:
        """An edit where it is in the component; None where that has nothing like it."""
        span = self._span(edit.start, edit.end)
        is_same = span is not None and span[1] - span[0] == edit.end - edit.start
        return Edit(*span, edit.text) if span is not None and is_same else None

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """From where to where the component has what stands between two places of the translation."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, max(start, end - 1))
        parts = [each for each in self._translation.pieces[first:last] if each.start + each.length >= max(start, 1)]
        parts = [each for each in parts if each.start + each.length > start or start == end]
        if not parts:
            return None
        began, ended = parts[0], parts[-1]
        begin = began.origin + max(start - began.start, 0)
        return begin, max(begin, ended.origin + min(end - ended.start, ended.length))
