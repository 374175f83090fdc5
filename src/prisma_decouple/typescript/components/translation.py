"""What is made of a component: TypeScript with elements, in as many lines, of which each part has its origin."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from prisma_decouple.typescript.components.markup import Span
from prisma_decouple.typescript.source.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.typescript.components.markup import Attribute

# What HTML has in attributes in place of signs of its own.
_ENTITIES = {b"&quot;": b'"', b"&apos;": b"'", b"&#39;": b"'", b"&lt;": b"<", b"&gt;": b">", b"&amp;": b"&"}
_ENTITY = re.compile(b"|".join(_ENTITIES))
# Its texts are written in HTML as in TypeScript's elements; those with entities, or without quotes, are left out.
_OF_FORMS = re.compile(
    rb"""(?:clearable|disabled|required|show-clear)(?:="")?"""
    rb"""|(?:formControlName|name|prop|rules|type|value|(?:item|option)-value|value-(?:attribute|key))=(?:"[^"&{]*"|'[^'&{]*')"""
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_PROPERTY = re.compile(r"[A-Za-z_$][\w$-]*")
_HYPHEN = re.compile(r"-+(\w?)")
NO_NAME = "$"
"""The name of an element, or of a property, that has none in TypeScript."""

Part: TypeAlias = "Span | Sequence[Span | str]"
"""A part of a component, or some, with what is written between them."""


class Piece(NamedTuple):
    """A part of a translation that was copied from the component as it is; positions and length in bytes."""

    start: int
    origin: int
    length: int


class Translation(NamedTuple):
    """A component as TypeScript.

    Attributes:
        text: the TypeScript, of as many lines as the component.
        pieces: what was copied of the component, in the order of the text.
        is_whole: whether nothing of the component had to be left out because it was not understood.
    """

    text: str
    pieces: tuple[Piece, ...]
    is_whole: bool


class Writer:
    """Writes a translation. What is copied stands in the line in which the component has it.

    Args:
        data: the component, in UTF-8.

    Attributes:
        data: the component.
        is_whole: whether nothing had to be left out so far.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.is_whole = True
        self._ends = [match.start() for match in re.finditer(b"\n", data)]
        self._written: list[bytes] = []
        self._pieces: list[Piece] = []
        self._size = self._row = 0

    def write(self, text: str) -> None:
        """Write something of which the component knows nothing; it has no line ends."""
        self._add(text.encode())

    def copy(self, span: Span) -> None:
        """Copy a part of the component to its line."""
        self._copy(span, self.data[span.start : span.end])

    def expression(self, before: str, parts: Part, after: str, instead: str = "null") -> None:
        """Copy an expression between two texts; what is none is left out, and something else stands for it."""
        self.write(before)
        if not self.copy_valid(parts):
            self.write(instead)
        self.write(after)

    def names(self, span: Span) -> None:
        """Copy the parameters of a function."""
        self.copy_valid(span, "((", ") => 0)")

    def copy_valid(self, parts: Part, before: str = "(", after: str = ")") -> bool:
        """Copy what is TypeScript between two texts, which are not written; whether it is.

        Args:
            parts: of the component, in their order, with what is written between them; or one part.
            before: what it would stand behind.
            after: what would stand behind it.
        """
        listed = [parts] if isinstance(parts, Span) else parts
        texts = [each.encode() if isinstance(each, str) else self._text_of(each) for each in listed]
        text = b"".join(texts)
        if not text.strip():
            return False
        if parse(before.encode() + text + after.encode(), tsx=True).has_error:
            self.is_whole = False
            return False
        for part, own in zip(listed, texts, strict=True):
            if isinstance(part, str):
                self.write(part)
            else:
                self._copy(part, own)
        return True

    def _text_of(self, span: Span) -> bytes:
        """A part of the component, with what HTML has in place of signs of its own."""
        text = self.data[span.start : span.end]
        return _ENTITY.sub(lambda match: _ENTITIES[match[0]].ljust(len(match[0])), text) if b"&" in text else text

    def go_to(self, place: int) -> None:
        """Go on to the line of a place in the component, if it is not reached yet."""
        self._add(b"\n" * (self._row_of(place) - self._row))

    def finish(self) -> Translation:
        """The translation, filled up to the number of lines of the component."""
        self.go_to(len(self.data))
        return Translation(b"".join(self._written).decode(), tuple(self._pieces), self.is_whole)

    def _copy(self, span: Span, text: bytes) -> None:
        """Copy a part of the component.

        The condition of an element may stand in it behind other attributes. Where the line is over already, what is
        copied gets no line ends, so that nothing behind it is pushed away from its own.
        """
        self.go_to(span.start)
        if self._row > self._row_of(span.start):
            text = text.replace(b"\n", b" ")
        self._pieces.append(Piece(self._size, span.start, len(text)))
        self._add(text)

    def _row_of(self, place: int) -> int:
        return bisect_right(self._ends, place - 1)

    def _add(self, text: bytes) -> None:
        self._written.append(text)
        self._size += len(text)
        self._row += text.count(b"\n")


def write_text_attribute(writer: Writer, attribute: Attribute) -> None:
    """Write an attribute that is no expression, if it says how a form asks for something: `required`, `value=""`.

    Args:
        writer: of the component.
        attribute: the attribute.
    """
    span = attribute.place
    if _OF_FORMS.fullmatch(writer.data, *span) is not None:
        writer.write(" ")
        writer.copy(span)


def element_name(tag: str) -> str:
    """The name of an element as it is in TypeScript: of `book-card` `BookCard`."""
    name = _camel(f"-{tag}") if "-" in tag else tag
    return name if _NAME.fullmatch(name) else NO_NAME


def property_name(name: str, element: str) -> str:
    """The name of what an element is given, as it is in TypeScript: of `book-id` `bookId`.

    What an element of HTML is given may be nothing, unlike in React, and so has a name that says nothing there.
    """
    if not _PROPERTY.fullmatch(name):
        return NO_NAME
    return f"data-{name}" if element.islower() else _camel(name)


def _camel(name: str) -> str:
    """A name of several words with capitals."""
    return _HYPHEN.sub(lambda match: match[1].upper(), name)
