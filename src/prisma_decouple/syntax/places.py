"""Where a node stands in its file. Looked up when a message needs it, so that edits need not keep positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from prisma_decouple.errors import Place
from prisma_decouple.syntax.nodes import Argument, Arguments, Attribute, Block, Field, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.syntax.nodes import Node, Schema, SourceFile

_LINE_END = re.compile(r"\r\n?|\n")


def place_of(schema: Schema, node: Node) -> Place | None:
    """Find a node by identity.

    Args:
        schema: the tree that the node is a part of.
        node: a block, a member of a block, an attribute or an expression.

    Returns:
        The place of its text without the white space in front and behind, None when the node is not in the tree.
    """
    for file in schema.files:
        offset = _offset(file, node)
        if offset is not None:
            text = str(node)
            lead = len(text) - len(text.lstrip())
            return Place.of_offset(file.path, str(file), offset + lead, _visible_length(node, text))
    return None


def _offset(file: SourceFile, node: Node) -> int | None:
    offset = 0
    for part in walk(*file.items):
        if part is node:
            return offset
        if isinstance(part, str):
            offset += len(part)
    return None


def _visible_length(node: Node, text: str) -> int:
    """How much of a node to underline: the name alone when the node is a whole line or more."""
    if isinstance(node, Field):
        return len(node.name)
    if isinstance(node, Attribute | Argument | Arguments):
        return len(text.strip())
    return len(text.split("{", 1)[0].strip())


class Places:
    """Where blocks and their members stand, for a report that asks for many of them."""

    def __init__(self, schema: Schema) -> None:
        self._files = schema.files
        self._lines: dict[str, tuple[str, list[int]]] = {}
        self._offsets = {key: (file, offset) for file in schema.files for key, offset in _member_offsets(file)}

    def of(self, node: Node) -> Place:
        """The place of a block or a member, as `place_of`; the beginning of the schema for anything else."""
        if id(node) not in self._offsets:
            return Place(self._files[0].path, 1, 1)
        file, offset = self._offsets[id(node)]
        text = str(node)
        offset += len(text) - len(text.lstrip())
        whole, starts = self._file(file)
        line = bisect_right(starts, offset)
        source = _LINE_END.split(whole[starts[line - 1] : starts[line] if line < len(starts) else None], maxsplit=1)[0]
        column = offset - starts[line - 1] + 1
        length = min(_visible_length(node, text), len(source) - column + 1)
        return Place(file.path, line, column, source, max(1, length))

    def _file(self, file: SourceFile) -> tuple[str, list[int]]:
        """The text of a file, and where its lines begin."""
        if file.path not in self._lines:
            text = str(file)
            self._lines[file.path] = text, [0, *(match.end() for match in _LINE_END.finditer(text))]
        return self._lines[file.path]


def _member_offsets(file: SourceFile) -> Iterator[tuple[int, int]]:
    """The offset of each block and each member of a block, by its identity."""
    offset = 0
    for item in file.items:
        yield id(item), offset
        if isinstance(item, Block):
            inside = offset + len(item.keyword + item.space + item.name + item.opening)
            for member in item.members:
                yield id(member), inside
                inside += len(str(member))
        offset += len(str(item))
