"""Reading the tokens of a statement from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.sql.tokens import Token


class TableName(NamedTuple):
    """The name of a table; `public`, which most addresses mean when they say nothing, is the same as none."""

    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.namespace}.{self.name}" if self.namespace else self.name


class Reader:
    """The tokens of a statement, or a part of them, and how far they have been read."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def rest(self) -> Sequence[Token]:
        """What has not been read."""
        return self._tokens[self._at :]

    @property
    def next(self) -> Token | None:
        """What comes next."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def take(self, *words: str) -> bool:
        """Read these keywords, when they are what comes next."""
        ahead = self._tokens[self._at : self._at + len(words)]
        if [token.keyword for token in ahead] != list(words):
            return False
        self._at += len(words)
        return True

    def take_any(self, *words: str) -> str:
        """Read one of these keywords; empty when none of them comes next."""
        return next((word for word in words if self.take(word)), "")

    def symbol(self, text: str) -> bool:
        """Read a character, when it is what comes next."""
        if self.next is None or self.next.kind != "other" or self.next.text != text:
            return False
        self._at += 1
        return True

    def name(self) -> Token | None:
        """Read a name, when one comes next."""
        token = self.next
        if token is None or not token.identifier:
            return None
        self._at += 1
        return token

    def table(self) -> TableName | None:
        """Read a name that may have a namespace in front, when one comes next."""
        first = self.name()
        if first is None:
            return None
        second = self.name() if self.symbol(".") else None
        if second is None:
            return TableName("", first.identifier)
        return TableName("" if first.identifier == "public" else first.identifier, second.identifier)

    def group(self) -> Sequence[Token]:
        """Read what is in parentheses, when they come next."""
        start = self._at
        if not self.symbol("("):
            return ()
        depth = 1
        while depth and self._at < len(self._tokens):
            text = self._tokens[self._at].text
            depth += (text == "(") - (text == ")")
            self._at += 1
        return self._tokens[start + 1 : self._at - 1] if depth == 0 else self._tokens[start + 1 : self._at]

    def skip_to(self, *words: str) -> bool:
        """Read up to one of these keywords, which stays; what is in parentheses is passed over."""
        while self.next is not None:
            if self.next.keyword in words:
                return True
            self.skip()
        return False

    def skip(self) -> None:
        """Pass over the next token, or over all that is in parentheses."""
        if self.next is not None and self.next.text == "(":
            self.group()
        else:
            self._at += 1


def parted(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What the commas part that are not in parentheses, where there is something."""
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and depth == 0:
            if start < at:
                yield tokens[start:at]
            start = at + 1
    if start < len(tokens):
        yield tokens[start:]
