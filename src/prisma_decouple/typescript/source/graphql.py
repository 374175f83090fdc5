"""What is written in the language of GraphQL inside of a text: types, inputs, and what a mutation is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKS_SO = re.compile(rb"\b(?:type|input|interface)\s+\w+[^{}]*\{|\bmutation\b[^{}]*\(\s*\$")
# Descriptions and comments, in which anything may be written.
_ASIDE = re.compile(rb'"""[\s\S]*?"""|"[^"\n]*"|#[^\n]*')
_TYPE = re.compile(rb"\b(?P<kind>type|input|interface)\s+(?P<name>\w+)[^{}]*\{(?P<body>[^{}]*)\}")
_OPERATION = re.compile(rb"\bmutation\b\s*(?P<name>\w*)\s*\((?P<body>[^()]*)\)[^{}]*\{\s*(?P<first>\w+)")
_FIELD = re.compile(rb"(?P<name>\w+)\s*(?:\((?P<given>[^()]*)\)\s*)?:\s*(?P<type>[\w\[\]!]+)")
_MUTATION = b"Mutation"


class Field(NamedTuple):
    """A field, or what is given.

    Attributes:
        name: its name.
        start: where it begins.
        end: where its type ends.
        is_needed: whether it is never null, and no list.
    """

    name: str
    start: int
    end: int
    is_needed: bool


class Shape(NamedTuple):
    """Fields that belong together.

    Attributes:
        name: of the type, or of the mutation.
        is_taken: whether it is taken in, and not given back.
        fields: its fields, or what it is given.
    """

    name: str
    is_taken: bool
    fields: tuple[Field, ...]


def shapes_in(written: bytes) -> Iterator[Shape]:
    """The types and inputs of a text, and what its mutations are given; none where it is something else.

    Args:
        written: the text, in UTF-8, in which the places of the fields are counted.
    """
    if b"{" not in written or _LOOKS_SO.search(written) is None:
        return
    text = _ASIDE.sub(lambda each: b" " * len(each[0]), written)
    for found in _TYPE.finditer(text):
        name, body = found["name"], found.start("body")
        if name == _MUTATION:
            yield from _mutations(text, body, found.end("body"))
        else:
            yield Shape(name.decode(), found["kind"] == b"input", tuple(_fields(text, body, found.end("body"))))
    for found in _OPERATION.finditer(text):
        called = (found["name"] or found["first"]).decode()
        yield Shape(called, is_taken=True, fields=tuple(_fields(text, found.start("body"), found.end("body"))))


def _mutations(text: bytes, start: int, end: int) -> Iterator[Shape]:
    for each in _FIELD.finditer(text, start, end):
        if each["given"] is not None:
            given = tuple(_fields(text, each.start("given"), each.end("given")))
            yield Shape(each["name"].decode(), is_taken=True, fields=given)


def _fields(text: bytes, start: int, end: int) -> Iterator[Field]:
    for each in _FIELD.finditer(text, start, end):
        kind = each["type"]
        is_needed = kind.endswith(b"!") and not kind.startswith(b"[")
        yield Field(each["name"].decode(), each.start("name"), each.end("type"), is_needed)
