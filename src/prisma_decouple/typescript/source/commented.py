"""Types that comments of JavaScript say: `@returns {Promise<Book[]>}`, and `@typedef {Object} Book` with properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_TYPEDEF = re.compile(rb"@typedef\s+\{\s*[oO]bject\s*\}\s*(\w+)")
_PROPERTY = re.compile(rb"@prop(?:erty)?\s+\{")
_BEHIND = re.compile(rb"\s*(\w+)(?![\w.])")  # `[book]` need not be there, and `book.title` is inside of another one
_RETURNS = re.compile(rb"@returns?\s+\{")
_TYPE = re.compile(rb"@type\s+\{")
_WORD = re.compile(rb"\w+")
_AROUND = frozenset({b"Array", b"Promise", b"ReadonlyArray", b"Ref", b"null", b"undefined"})
_NOTHING = re.compile(rb"\b(?:null|undefined|any|unknown)\b|^[?*]|[=]$")
_INSIDE = re.compile(rb"\{.*\}", re.DOTALL)
_DECLARED = frozenset({"export_statement", "lexical_declaration", "variable_declaration"})


class Member(NamedTuple):
    """A property of a type that a comment describes, and where in the text its type stands."""

    name: str
    start: int
    end: int
    comment: Node
    lets_nothing_in: bool


def described(comment: Node) -> tuple[str, list[Member]]:
    """The type that a comment describes: its name, empty where it describes none, and its properties."""
    text = comment.text or b""
    found = _TYPEDEF.search(text)
    return (found[1].decode(), list(_members(comment, text))) if found is not None else ("", [])


def named_types(comment: Node) -> Iterator[str]:
    """The type that a comment says that a function gives back, or a variable holds, alone, in a list or promised."""
    text = comment.text or b""
    for tag in (_RETURNS, _TYPE):
        found = tag.search(text)
        said = text[found.end() : _end(text, found.end())] if found is not None else b""
        words = set(_WORD.findall(said)) - _AROUND
        if len(words) == 1 and b"{" not in said:
            yield words.pop().decode()


def commented(comment: Node) -> Node | None:
    """What a comment is about: the function or the value of the variable behind it."""
    node = comment.next_named_sibling
    while node is not None and node.type in _DECLARED:
        node = next((each for each in node.named_children if each.type != "comment"), None)
    return node.child_by_field_name("value") if node is not None and node.type == "variable_declarator" else node


def _members(comment: Node, text: bytes) -> Iterator[Member]:
    for tag in _PROPERTY.finditer(text):
        start, end = tag.end(), _end(text, tag.end())
        name = _BEHIND.match(text, end + 1)
        if name is not None:
            first = comment.start_byte
            is_open = _NOTHING.search(_INSIDE.sub(b"", text[start:end]).strip()) is not None
            yield Member(name[1].decode(), first + start, first + end, comment, is_open)


def _end(text: bytes, start: int) -> int:
    """Where the type ends that begins behind a brace."""
    depth = 1
    for offset in range(start, len(text)):
        depth += {0x7B: 1, 0x7D: -1}.get(text[offset], 0)
        if not depth:
            return offset
    return len(text)
