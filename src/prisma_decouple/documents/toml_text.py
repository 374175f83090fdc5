"""TOML. Python's own reader gives the values; where they stand is found here, in a text that it has accepted."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.documents.document import Document, Key
from prisma_decouple.errors import Place, RuleFileError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(
    r'''
    (?P<space>[ \t\r]+ | \#[^\n]*)
  | (?P<string>"""(?:[^\\]|\\.)*?"{3,5} | \'{3}.*?\'{3,5} | "(?:[^"\\\n]|\\.)*" | \'[^\'\n]*\')
  | (?P<word>[^\s\#"\'\[\]{},=.]+)
  | (?P<other>.)
    ''',
    re.VERBOSE | re.DOTALL,
)
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class _Token(NamedTuple):
    """A piece of TOML: `string`, `word` or `other` (one character), and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def read_toml(path: str, text: str) -> Document:
    """Read a TOML text.

    Raises:
        RuleFileError: it is not TOML.
    """
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _explained(error, path, text) from None
    places = _Places(path, text)
    places.read()
    return Document(path, value, places.values, places.keys)


def _explained(error: tomllib.TOMLDecodeError, path: str, text: str) -> RuleFileError:
    match = _ERROR_PLACE.search(str(error))
    offset = len(text.rstrip())
    if match is not None and match[1]:
        offset = sum(map(len, text.splitlines(keepends=True)[: int(match[1]) - 1])) + int(match[2]) - 1
    message = _ERROR_PLACE.sub("", str(error))
    return RuleFileError(f"this is not TOML: {message}", place=Place.of_offset(path, text, offset))


class _Places:
    """Where everything stands.

    Attributes:
        values: of each value, by its key.
        keys: of each key.
    """

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._tokens = [*_tokens(text)]
        self._at = 0
        # How many tables each list of tables has so far.
        self._lists: dict[Key, int] = {}
        self.values: dict[Key, Place] = {(): self._place(0, 1)}
        self.keys: dict[Key, Place] = {}

    def read(self) -> None:
        """Go through the text, line by line."""
        table: Key = ()
        while self._at < len(self._tokens):
            if self._take("["):
                table = self._header()
            elif not self._take("\n"):
                self._pair(table)

    def _take(self, text: str) -> bool:
        is_next = self._at < len(self._tokens) and self._tokens[self._at].text == text
        self._at += is_next
        return is_next

    def _header(self) -> Key:
        """`[a.b]` or `[[a.b]]`, behind its first bracket; the key of the table."""
        is_list = self._take("[")
        names = self._names()
        self._at += 2 if is_list else 1
        key: Key = ()
        for at, (name, place) in enumerate(names):
            key = (*key, name)
            self.keys.setdefault(key, place)
            if is_list and at == len(names) - 1:
                self._lists[key] = self._lists.get(key, -1) + 1
            self.values.setdefault(key, place)
            if key in self._lists:
                key = (*key, self._lists[key])
                self.values.setdefault(key, place)
        return key

    def _pair(self, table: Key) -> None:
        """`a.b = value`."""
        key = table
        for name, place in self._names():
            key = (*key, name)
            self.keys.setdefault(key, place)
            self.values.setdefault(key, place)
        self._at += 1
        self._value(key)

    def _names(self) -> list[tuple[str, Place]]:
        """The parts of a key with dots, each with its place."""
        names: list[tuple[str, Place]] = []
        while not names or self._take("."):
            token = self._tokens[self._at]
            self._at += 1
            name = next(iter(tomllib.loads(f"{token.text}=0"))) if token.kind == "string" else token.text
            names.append((name, self._place(token.start, token.end)))
        return names

    def _value(self, key: Key) -> None:
        start = self._tokens[self._at].start
        if self._take("["):
            self._inside("]", lambda at: self._value((*key, at)))
        elif self._take("{"):
            self._inside("}", lambda _: self._pair(key))
        else:
            self._scalar()
        self.values[key] = self._place(start, self._tokens[self._at - 1].end)

    def _inside(self, end: str, read: Callable[[int], None]) -> None:
        """The entries of a list or of an inline table, up to its end."""
        count = 0
        while not self._take(end):
            if not self._take(",") and not self._take("\n"):
                read(count)
                count += 1

    def _scalar(self) -> None:
        """A string, or anything else: `1.5` and a date with a time are several tokens."""
        while self._at < len(self._tokens) and self._tokens[self._at].text not in {",", "]", "}", "\n"}:
            self._at += 1

    def _place(self, start: int, end: int) -> Place:
        return Place.of_offset(self._path, self._text, start, end - start)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield _Token(match.lastgroup or "", match[0], match.start(), match.end())
