"""From a parser that is stuck to a message that helps, and on to the next error of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.errors import Place, SchemaSyntaxError
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

# What could have stood at the place of an error, in the words of a person; the first that applies is said.
_EXPECTED = (
    ("FIELD", "a field (`name Type`), an attribute (`@@…`), a comment or `}` is expected here"),
    ("VALUE", "an enum value, an attribute (`@@…`), a comment or `}` is expected here"),
    ("KEY", "a setting (`key = value`), a comment or `}` is expected here"),
    ("FIELDS_OPEN", "a block is expected here: model, view, type, enum, datasource or generator, a name and `{`"),
    ("ATOM", "a value is expected here; arguments and arrays must be on one line"),
    ("RPAR", "`,` or `)` is expected here; arguments must be on one line"),
    ("RSQB", "`,` or `]` is expected here; arrays must be on one line"),
    ("RBRACE", "`,` or `}` is expected here"),
    ("LPAR", "`(` is expected here"),
    ("ATTRIBUTE", "an attribute (`@…`), a comment or the end of the line is expected here"),
    ("END", "a comment or the end of the line is expected here"),
)


@dataclass(frozen=True)
class _Known:
    """A mistake that has a name: how its line looks, what it is, and what to write instead."""

    pattern: re.Pattern[str]
    message: str
    hint: str


_KNOWN = tuple(
    _Known(re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (r".*\{\{.*\}\}", "this is a template, not a schema", "check what the template makes, not the template"),
        (
            r"\s*types\s*\{|\s*@@type\(|\s*\w+\s*=\s*\S+.*|.*\w+\.\w+\(.*\)\s*(?:@.*)?$",
            "this may be a contract of Prisma 8, which is another language than the schema of Prisma 5 to 7",
            "",
        ),
        (r"\s*\w+\s+\[\s*(\w+)\s*\]", "a list is written behind the type", r"write `\1[]` instead of `[\1]`"),
        (r"\s*\w+\s+(\w+)\s*!", "a field is required without a sign", r"write `\1` instead of `\1!`"),
        (r"\s*\w+\s+(\w+)\s*\[\]\s*\?", "a list cannot be optional", r"write `\1[]`, which may be empty, or `\1?`"),
        (r"\s*(\w+)\s*:\s*(\w+)", "a field has no colon", r"write `\1 \2` instead of `\1: \2`"),
        (
            r"\s*(?:model|view|type|enum|datasource|generator)\s+\w+\s*\{.*\}",
            "a block cannot be on one line",
            "write `{` at the end of the line, each field on a line of its own, and `}` on the last",
        ),
        (
            r"\s*(?:model|view|type|enum|datasource|generator)\s+\w+\s*$",
            "the opening brace is missing",
            "write `{` at the end of this line",
        ),
        (
            r"\s*(?:model|view|type|enum|datasource|generator)\s+\w+\s*\{",
            "a block begins inside another one",
            "is a `}` missing above? a block cannot be on one line either",
        ),
        (r".*\S\s*\}\s*(?://.*)?$", "a closing brace stands alone", "write `}` on a line of its own"),
        (r".*'[^']*'", "strings stand in double quotes", "write `\"` instead of `'`"),
        (r".*[;,]\s*(?://.*)?$", "a line has no sign at its end", "remove it; arguments and arrays are on one line"),
        (r".*[(\[]\s*(?://.*)?$", "arguments and arrays must be on one line", "write what follows on this line"),
        (r"\s*[)\]]", "arguments and arrays must be on one line", "write this on the line where it was opened"),
        (r"\s*(\w+)\s*(?://.*)?$", "this field has no type", r"write `\1 Type`"),
    )
)
_CONTRACT = re.compile(r"\s*//\s*use\s+prisma-next\b")


def all_errors(path: str, text: str) -> Iterator[SchemaSyntaxError]:
    """Every error of a file: a line that cannot be read is left out, and its block is read again from its beginning.

    Args:
        path: the file, for messages.
        text: what is in it.
    """
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - only what is wrong needs lark

    parse = lark_of(tables().grammar, keep=True).parse
    rest, begin = text, 0
    for _ in range(MAX_ERRORS):
        try:
            parse(rest[begin:])
        except UnexpectedInput as error:
            stuck = error
        else:
            return
        offset = begin + _offset(rest[begin:], stuck)
        if rest.startswith("/*", offset) and "*/" not in rest[offset:]:
            place = Place.of_offset(path, text, offset, 2)
            yield SchemaSyntaxError("this comment has no end", place=place, hint="write `*/` behind it")
            return
        yield _error(path, text, offset, stuck)
        if offset >= len(rest):
            return
        opening = _opening(stuck)
        start, end = _to_leave_out(rest, offset, is_inside=opening is not None)
        rest = rest[:start] + re.sub(r"[^\r\n]", " ", rest[start:end]) + rest[end:]
        begin = start if opening is None else begin + opening


def _error(path: str, text: str, offset: int, stuck: UnexpectedInput) -> SchemaSyntaxError:
    """The error at which the parser is stuck, at the first character that is not white space."""
    place = Place.of_offset(path, text, offset)
    if offset >= len(text):
        return SchemaSyntaxError("the schema ends inside a block", place=place, hint="is a `}` missing?")
    if _CONTRACT.match(text) or path.endswith("contract.prisma"):
        message = "this is a contract of Prisma 8, which is another language than the schema of Prisma 5 to 7"
        return SchemaSyntaxError(message, place=place)
    expected: set[str] = set(getattr(stuck, "allowed", None) or getattr(stuck, "accepts", None) or ())
    for known in _KNOWN if len(place.source) <= MAX_LINE else ():
        match = known.pattern.match(place.source)
        if match is not None and _fits(known, expected):
            return SchemaSyntaxError(known.message, place=place, hint=match.expand(known.hint))
    words = next((words for terminal, words in _EXPECTED if terminal in expected), "")
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
    openings = (value.start_pos for value in values if getattr(value, "type", "") in _OPENINGS)
    return next(openings, None)


def _to_leave_out(text: str, offset: int, *, is_inside: bool) -> tuple[int, int]:
    """The line of an error; a whole block when the line opens one that has no name for the parser."""
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = _end_of_line(text, offset)
    end = _end_of_brackets(text, line, end)
    if re.match(r"[\w \t]*\{[ \t]*(?://.*)?$", text[line:end]):
        closing = re.compile(r"^[ \t]*\}", re.MULTILINE).search(text, end)
        end = closing.end() if closing else end
    # Between blocks, what stands before the error on its line may be the end of a block; anywhere, that of a comment.
    comment = text.rfind("*/", line, offset)
    start = comment + 2 if comment >= 0 else line
    return start if is_inside else offset, end


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


def _fits(known: _Known, expected: set[str]) -> bool:
    """Whether the mistake can be made at this place: a field without a type, say, is none among enum values."""
    about_fields = known.message in {"this field has no type", "a field has no colon"}
    about_blocks = known.message in {"a block cannot be on one line", "the opening brace is missing"}
    if about_fields:
        return "FIELD" in expected
    if about_blocks:
        return "FIELDS_OPEN" in expected
    if known.message.startswith("this may be a contract"):
        return "KEY" not in expected and ("VALUE" in expected or "FIELDS_OPEN" in expected or "END" in expected)
    return True
