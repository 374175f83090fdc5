"""Everything that can go wrong, as one small tree of exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(NamedTuple):
    """A stretch of one line of a text that somebody wrote.

    Attributes:
        path: the file as the user named it.
        line: its number, from 1.
        column: the first character of the stretch, from 1, in characters.
        source: the whole line without its newline.
        length: how many characters the stretch has.
    """

    path: str
    line: int
    column: int
    source: str = ""
    length: int = 1

    @classmethod
    def of_offset(cls, path: str, text: str, offset: int, length: int = 1) -> Place:
        """The place of a character offset; LF, CRLF and a lone CR each end a line, as in Prisma."""
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
        source = text[start:].replace("\r", "\n").split("\n", 1)[0]
        column = offset - start + 1
        return cls(path, before.count("\n") + 1, column, source, max(1, min(length, len(source) - column + 1)))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def underlined(self) -> str:
        """The line with a caret under the stretch; empty when the line is unknown."""
        if not self.source.strip():
            return ""
        # The margin repeats the tabs of the line, so that the caret stands right whatever the width of a tab is.
        margin = "".join("\t" if character == "\t" else " " for character in self.source[: self.column - 1])
        return f"{self.source}\n{margin}{'^' * self.length}"


class DecoupleError(Exception):
    """What every error of this library is.

    Attributes:
        code: stable, for programs and for searching.
        message: one sentence.
        place: where in the user's text, when there is such a place.
        hint: what to do about it; may be empty.
    """

    code: ClassVar[str] = "E000"

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}" if self.place else f"{self.code} {self.message}"

    def report(self) -> str:
        """The message, the line with a caret, and the hint, as the command line prints them."""
        parts = [str(self), self.place.underlined() if self.place else "", f"hint: {self.hint}" if self.hint else ""]
        return "\n".join(part for part in parts if part)


class InputError(DecoupleError):
    """A file cannot be read or written."""

    code = "E101"


class DatabaseError(DecoupleError):
    """A database cannot be read."""

    code = "E102"


class SchemaSyntaxError(DecoupleError):
    """The text is not in Prisma's schema language.

    Attributes:
        others: the further errors of the file.
    """

    code = "E201"
    others: tuple[SchemaSyntaxError, ...] = ()


class SchemaError(DecoupleError):
    """The text is well formed, but it does not mean anything: an unknown type, a relation without its opposite."""

    code = "E202"


class RuleFileError(DecoupleError):
    """A rule file or the settings are not well formed."""

    code = "E301"


class RuleError(DecoupleError):
    """A rule cannot be applied to this schema."""

    code = "E302"


class PlanError(DecoupleError):
    """The difference of the two schemas cannot be turned into a migration."""

    code = "E401"


def decoded(content: bytes, path: str) -> str:
    """The text of a file.

    Args:
        content: what is in the file.
        path: how messages name it.

    Raises:
        InputError: it is not UTF-8; the place is that of the first byte that is not.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        message = f"`{path}` is {'UTF-16' if is_wide else 'not UTF-8'} text"
        place = Place.of_offset(path, f"{before}\ufffd", len(before))
        raise InputError(message, place=place._replace(source=""), hint="save the file as UTF-8") from None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest known name, else with all of them; empty when nothing is known."""
    import difflib  # noqa: PLC0415 - most runs go well

    names = sorted(set(known))
    by_folded = {known_name.casefold(): known_name for known_name in names}
    if near := difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6):
        return f"did you mean `{by_folded[near[0]]}`?"
    return f"known here: {', '.join(names)}" if names else ""
