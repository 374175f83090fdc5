"""How a file is laid out: its step of indentation, how long its lines get, and how it breaks what is longer."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.parsing import parse
from prisma_decouple.typescript.source.syntax import call_arguments, descendants, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prisma_decouple.typescript.source.text import Source

_WIDTHS = (80, 100, 120)
_INDENTED = re.compile(r"^([ \t]*)\S", re.MULTILINE)
# Formatters do not break comments, texts and the names of modules.
_UNBREAKABLE = re.compile(r"//|/\*|^\s*\*|['\"`]|\bfrom\b")
_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/", re.MULTILINE | re.DOTALL)
_BROKEN_CALL = re.compile(r"([^\s(\[{])[ \t]*\r?\n[ \t]*\)")
_BROKEN_BRACES = re.compile(r"([^\s;{}])[ \t]*\r?\n[ \t]*\}")
_REMEMBERED = 64
_NEIGHBOURS = 256
_FILES_REMEMBERED = 2 * _NEIGHBOURS  # more than are asked at once
_TELLING = 2000  # characters of which a file has to have more to tell how long lines get
_FEW = 10  # one file in so many


@lru_cache(maxsize=_REMEMBERED)
def unit_of(source: Source) -> str:
    """One step of indentation: a tab, or as many spaces as a line is mostly indented more than the one before."""
    indents = [found[1] for found in _INDENTED.finditer(source.text)]
    if any("\t" in each for each in indents):
        return "\t"
    steps = Counter(len(inner) - len(outer) for outer, inner in pairwise(indents))
    sizes = {size: count for size, count in steps.items() if size > 1}
    return " " * max(sizes, key=sizes.__getitem__) if sizes else "  "


@lru_cache(maxsize=_FILES_REMEMBERED)
def width_of(source: Source) -> int | None:
    """How long a line may get, by those that are there; None when there is no limit to be seen."""
    code = _COMMENT.sub("", source.text)
    lines = (line for line in code.splitlines() if not _UNBREAKABLE.search(line))
    longest = max(map(len, lines), default=0)
    return next((width for width in _WIDTHS if longest <= width), None)


def width_among(source: Source, others: Iterable[Source]) -> int | None:
    """How long a line of a file may get, by the other files as well: one with short lines does not tell."""
    own = width_of(source)
    told = Counter(width_of(each) for each in islice(others, _NEIGHBOURS) if len(each.text) > _TELLING)
    usual = [width for width, count in told.items() if count * _FEW >= told.total()]
    return max([own, *usual], key=lambda width: width or 0) if own is not None and None not in usual else None


def is_too_long(source: Source, line: str, width: int | None = None) -> bool:
    """Whether a line is longer than those of the file get, or than a width."""
    width = width or width_of(source)
    return width is not None and len(line.expandtabs(len(unit_of(source)))) > width


def broken_call(source: Source, text: str, indentation: str) -> str:
    """An expression that ends in a call, its arguments on lines of their own when it does not fit otherwise.

    Args:
        source: the file that it is for.
        text: the whole line without its indentation, such as `const book = await find(id);`.
        indentation: the indentation of the line.

    Returns:
        The line as it is, when it fits or has nothing to break.
    """
    if not is_too_long(source, indentation + text) or "\n" in text:
        return text
    call = next(descendants(parse(text.encode(), tsx=False), "call_expression"), None)
    arguments = call.child_by_field_name("arguments") if call is not None else None
    if call is None or arguments is None or not call_arguments(call):
        return text
    end = f"\n{indentation}"
    inner = f"{end}{unit_of(source)}"
    listed = f",{inner}".join(map(text_of, call_arguments(call)))
    data = text.encode()
    before, after = data[: arguments.start_byte].decode(), data[arguments.end_byte :].decode()
    return f"{before}({inner}{listed}{closing_comma(source)}{end}){after}"


def closing_comma(source: Source, others: Iterable[Source] = ()) -> str:
    """A comma, when calls that are broken have one behind their last argument here, or else in the other files."""
    last = _closings(source) or sum(map(_closings, islice(others, _NEIGHBOURS)), Counter[bool]())
    return "," if last[True] > last[False] else ""


@lru_cache(maxsize=_NEIGHBOURS)
def _closings(source: Source) -> Counter[bool]:
    return Counter(found[1] == "," for found in _BROKEN_CALL.finditer(source.text))


def comma_in_braces(source: Source) -> str:
    """A comma, unless what stands in braces on lines of its own has none behind the last."""
    last = Counter(found[1] == "," for found in _BROKEN_BRACES.finditer(source.text))
    return "" if source.has_semicolons and last[False] > last[True] else ","
