"""Where the nodes of a tree stand: one walk over the files, made when the first problem needs it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from prisma_decouple.model.validation.diagnostic import Diagnostic
from prisma_decouple.model.validation.registry import TypeOf
from prisma_decouple.syntax.nodes import Block, Field, Node, walk

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Schema, SourceFile


class Positions:
    """The offset of every node of a schema, by identity."""

    def __init__(self, schema: Schema) -> None:
        self._starts: dict[int, tuple[int, int]] = {}
        self._texts = [str(file) for file in schema.files]
        self._paths = [file.path for file in schema.files]
        self._lines = [_line_starts(text) for text in self._texts]
        for at, file in enumerate(schema.files):
            self._walk(at, file)

    def diagnostic(self, code: str, node: object, message: str) -> Diagnostic:
        """The error at a node or a type; at the beginning of the first file when the node is not in the tree."""
        file, offset = self._starts.get(id(node.field if isinstance(node, TypeOf) else node), (0, 0))
        start, end = self._visible(file, offset, node)
        line = bisect_right(self._lines[file], start)
        column = start - self._lines[file][line - 1] + 1
        return Diagnostic("error", code, message, self._paths[file], line, column, (start, end))

    def _visible(self, file: int, offset: int, node: object) -> tuple[int, int]:
        """The stretch to underline: the first line of the node, of a whole block its opening, of a field its name."""
        if isinstance(node, TypeOf):
            field = node.field
            start = offset + len(field.lead) + len(field.name) + len(field.space)
            return start, start + len(field.type)
        if isinstance(node, Field):
            start = offset + len(node.lead)
            return start, start + len(node.name)
        text = _beginning(node) if isinstance(node, Node) else ""
        start = offset + len(text) - len(text.lstrip())
        shown = text.strip().split("{", 1)[0] if isinstance(node, Block) else text.strip()
        shown = shown.splitlines()[0].rstrip() if shown else ""
        return start, min(start + len(shown), len(self._texts[file]))

    def _walk(self, at: int, file: SourceFile) -> None:
        offset = 0
        for part in walk(*file.items):
            if isinstance(part, str):
                offset += len(part)
            else:
                self._starts[id(part)] = (at, offset)


def _beginning(node: Node) -> str:
    """The text of a node, for what is longer than a line at least its first line that is not blank."""
    pieces: list[str] = []
    for part in walk(node):
        if isinstance(part, str):
            pieces.append(part)
            if not part.isspace() and ("\n" in part or "\r" in part):
                break
    return "".join(pieces)


def _line_starts(text: str) -> list[int]:
    """The offsets at which lines begin; LF, CRLF and a lone CR each end one."""
    starts = [0]
    for at, character in enumerate(text):
        if character == "\n" or (character == "\r" and not text.startswith("\n", at + 1)):
            starts.append(at + 1)
    return starts
