"""From a parser that is stuck to a message that helps, and on to the next error of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.errors import Place, SchemaSyntaxError
from prisma_decouple.syntax.mistakes import BLOCK, CONTRACT, MISTAKES, PLACES, is_contract
from prisma_decouple.syntax.tables import lark_of, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark.exceptions import UnexpectedInput

# A file with more errors than this is no schema, and nobody reads on.
MAX_ERRORS = 100
# Nobody wrote a longer line, or longer arguments, by hand, and looking at them would take time.
MAX_LINE = 1_000
MAX_ARGUMENTS = 10_000

_OPENINGS = ("FIELDS_OPEN", "ENUM_OPEN", "CONFIG_OPEN")
_WHITE = re.compile(r"[^\S\r\n]*")
_NEWLINE = re.compile(r"[\r\n]")

_HEAD = re.compile(rf"[ \t]*{BLOCK}[ \t]+\w+[ \t]*\{{")
_OPENED_AND_CLOSED = re.compile(r"[^\r\n{]*(\{)(?:[^\r\n/]|/(?!/))*\}[ \t]*(?://[^\r\n]*)?[\r\n]")
_CLOSING_OR_HEAD = re.compile(rf"^(?:(?P<closing>[ \t]*\}})|{BLOCK}[ \t]+\w+[ \t]*\{{)", re.MULTILINE)
_WITHOUT_NAME = re.compile(r"[^\r\n]*\{[ \t]*(?://.*)?$")
_WITHOUT_BRACE = re.compile(rf"[ \t]*{BLOCK}[ \t]+\w+[ \t]*(?://.*)?$")


def all_errors(path: str, text: str) -> list[SchemaSyntaxError]:
    """Every error of a file, in its order.

    Args:
        path: the file, for messages.
        text: what is in it, which the machine could not read.
    """
    return sorted(_errors(path, text), key=lambda error: (error.place.line, error.place.column) if error.place else ())


def _errors(path: str, text: str) -> Iterator[SchemaSyntaxError]:
    """The errors as they are found: what cannot be read is left out, and its block is read again from its beginning."""
    rest, begin, said = text, 0, -1
    for _ in range(MAX_ERRORS):
        stuck = _stuck(rest[begin:])
        if stuck is None:
            return
        offset = begin + _offset(rest[begin:], stuck)
        of_file = _of_whole_file(path, text, rest, offset)
        if of_file is not None:
            yield of_file
            return
        opening = _opening(stuck)
        line = _line(rest, offset)
        is_head = opening is not None and _HEAD.match(rest, line) is not None
        if opening is not None and (is_head or offset >= len(rest)):
            found = _OPENED_AND_CLOSED.match(rest, begin + opening)
            if found is not None:
                yield _on_one_line(path, text, found.start(1))
                rest, begin = _blanked(rest, begin + opening, found.end()), found.end()
                continue
        if offset > said:
            yield _error(path, text, offset, stuck)
        said = max(said, offset)
        if offset >= len(rest):
            return
        if is_head and not rest[line].isspace():
            # A block that begins where blocks begin: the one above has no end.
            begin = line
            continue
        start, end = _to_leave_out(rest, offset, is_inside=opening is not None)
        rest = _blanked(rest, start, end)
        begin = start if opening is None else begin + opening


def _stuck(text: str) -> UnexpectedInput | None:
    """Where lark is stuck in a text, and what it would have taken there."""
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - only what is wrong needs lark

    try:
        lark_of(tables().grammar, keep=True).parse(text)
    except UnexpectedInput as error:
        return error
    return None


def _of_whole_file(path: str, text: str, rest: str, offset: int) -> SchemaSyntaxError | None:
    """The error behind which nothing else is worth telling: a comment without an end, or another language."""
    if rest.startswith("/*", offset) and "*/" not in rest[offset:]:
        place = Place.of_offset(path, text, offset, 2)
        return SchemaSyntaxError("this comment has no end", place=place, hint="write `*/` behind it")
    if is_contract(path, text):
        return SchemaSyntaxError(CONTRACT, place=Place.of_offset(path, text, offset))
    return None


def _on_one_line(path: str, text: str, offset: int) -> SchemaSyntaxError:
    place = Place.of_offset(path, text, offset)
    hint = "write `{` at the end of the line, each field on a line of its own, and `}` on the last"
    return SchemaSyntaxError("a block cannot be on one line", place=place, hint=hint)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]


def _error(path: str, text: str, offset: int, stuck: UnexpectedInput) -> SchemaSyntaxError:
    """The error at which the parser is stuck, at the first character that is not white space."""
    place = Place.of_offset(path, text, offset)
    if offset >= len(text):
        return SchemaSyntaxError("the schema ends inside a block", place=place, hint="is a `}` missing?")
    expected: set[str] = set(getattr(stuck, "allowed", None) or getattr(stuck, "accepts", None) or ())
    _, where, words = next((each for each in PLACES if each[0] in expected), ("", "", ""))
    line = place.source
    for mistake in MISTAKES if len(line) <= MAX_LINE else ():
        if mistake.places and where not in mistake.places:
            continue
        match = mistake.pattern.match(line, 0 if mistake.is_line else place.column - 1)
        if match is not None:
            return SchemaSyntaxError(match.expand(mistake.message), place=place, hint=match.expand(mistake.hint))
    return SchemaSyntaxError("this is not Prisma's schema language", place=place, hint=words)


def _offset(text: str, stuck: UnexpectedInput) -> int:
    # At the end of the text lark points at the last token instead.
    at_end = getattr(getattr(stuck, "token", None), "type", "") == "$END"
    at = None if at_end else getattr(stuck, "pos_in_stream", None)
    offset = len(text) if at is None or at < 0 else int(at)
    white = _WHITE.match(text, offset)
    return white.end() if white else offset


def _opening(stuck: UnexpectedInput) -> int | None:
    """Where the block begins in which the parser is stuck; None between blocks."""
    parser = getattr(stuck, "interactive_parser", None)
    values = parser.parser_state.value_stack if parser else []
    kinds = [getattr(value, "type", "") for value in values]
    if kinds[-1:] == ["CLOSE"]:
        return None
    return next((value.start_pos for value, kind in zip(values, kinds, strict=True) if kind in _OPENINGS), None)


def _to_leave_out(text: str, offset: int, *, is_inside: bool) -> tuple[int, int]:
    """The line of an error; a whole block when the line opens one that has no name for the parser."""
    line = _line(text, offset)
    end = _end_of_line(text, offset)
    end = _end_of_brackets(text, line, end)
    is_block = _WITHOUT_NAME.match(text[line:end]) or (not is_inside and _WITHOUT_BRACE.match(text[line:end]))
    if is_block and (found := _CLOSING_OR_HEAD.search(text, end)) and found["closing"]:
        end = found.end()
    # Between blocks, what stands before the error on its line may be the end of a block; anywhere, that of a comment.
    comment = text.rfind("*/", line, offset)
    start = comment + 2 if comment >= 0 else line
    return start if is_inside else offset, end


def _line(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _end_of_line(text: str, offset: int) -> int:
    found = _NEWLINE.search(text, offset)
    return found.start() if found else len(text)


def _end_of_brackets(text: str, start: int, end: int) -> int:
    """Where the brackets that a line leaves open are closed: one mistake, however many lines it has."""
    depth = text.count("(", start, end) + text.count("[", start, end)
    depth -= text.count(")", start, end) + text.count("]", start, end)
    at = end
    while depth > 0 and at < min(len(text), end + MAX_ARGUMENTS) and text[at] not in "{}":
        depth += (text[at] in "([") - (text[at] in ")]")
        at += 1
    return end if depth > 0 or at == end else _end_of_line(text, at)
