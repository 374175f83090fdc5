"""A file as some edits would make it, asked whether a value is found there before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.guards import is_checked
from prisma_decouple.typescript.source.questions import Knowledge
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.types.narrowing import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.text import Edit


class Simulated:
    """A file with edits that overlap nowhere.

    Args:
        file: the file as it is.
        edits: what is to be thought of as done.
    """

    def __init__(self, file: FileContext, edits: Iterable[Edit]) -> None:
        self._file = file
        self._steps: list[tuple[int, int, int]] = []  # where an edit is, where its text is, and what it adds
        data, pieces, start, added = file.source.data, list[bytes](), 0, 0
        for edit in sorted(set(edits)):
            text = edit.text.encode()
            self._steps.append((edit.start, edit.start + added, len(text) - (edit.end - edit.start)))
            pieces += [data[start : edit.start], text]
            start, added = edit.end, added + self._steps[-1][2]
        self._source = Source(file.source.path, b"".join([*pieces, data[start:]]).decode())

    def is_checked(self, node: Node, value: str) -> bool:
        """Whether a node of the file as it is would only be reached when a value is there.

        Args:
            node: the node.
            value: the text of the value, as in `is_checked`.
        """
        start, end = (offset + self._added(offset, 0) for offset in (node.start_byte, node.end_byte))
        found = self._source.root.descendant_for_byte_range(start, end)
        return found is not None and is_checked(found, value, _Former(self, knowledge_of(self._file)))

    def former(self, node: Node) -> Node | None:
        """The node of the file as it is that a node has been; None when there is none."""
        start, end = (offset - self._added(offset, 1) for offset in (node.start_byte, node.end_byte))
        found = self._file.source.root.descendant_for_byte_range(start, end)
        while found is not None and found.type != node.type and found.parent is not None:
            if (found.parent.start_byte, found.parent.end_byte) != (start, end):
                return None
            found = found.parent
        return found if found is not None and (found.start_byte, found.end_byte) == (start, end) else None

    def _added(self, offset: int, side: int) -> int:
        return sum(step[2] for step in self._steps if step[side] < offset)


class _Former(Knowledge):
    """What is known of the code as it is."""

    def __init__(self, simulated: Simulated, known: Knowledge) -> None:
        self._simulated = simulated
        self._known = known

    def may_be_null(self, other: Node) -> bool:
        former = self._simulated.former(other)
        return former is None or self._known.may_be_null(former)

    def is_there(self, value: Node) -> bool:
        former = self._simulated.former(value)
        return former is not None and self._known.is_there(former)

    def never_returns(self, call: Node) -> bool:
        former = self._simulated.former(call)
        return former is not None and self._known.never_returns(former)

    def tells_nothing(self, call: Node) -> bool:
        former = self._simulated.former(call)
        return former is None or self._known.tells_nothing(former)

    def proves(self, call: Node, value: str) -> bool:
        former = self._simulated.former(call)
        return former is not None and self._known.proves(former, value)

    def asserted(self, call: Node) -> tuple[Node, bool] | None:
        former = self._simulated.former(call)
        return self._known.asserted(former) if former is not None else None
