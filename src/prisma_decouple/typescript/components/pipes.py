"""Expressions of Angular as those of TypeScript (Angular's documentation, "Pipes", "Expression syntax").

    book.author.name | titlecase      becomes      (book.author.name)
    (books$ | async)?.length                       ((await (books$)))?.length
    book.author | initials: 2                      initials$(book.author, 2)

A pipe that only says how something is shown shows nothing of what is none, and is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.markup import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Pipes of Angular that only say how a value is shown, or which part of it.
_SHOWING = frozenset({"currency", "date", "lowercase", "number", "percent", "slice", "titlecase", "uppercase"})
_AROUND = {
    "async": ("(await (", "))"),
    "keyvalue": ("Object.entries(", ").map(([key, value]) => ({ key, value }))"),
    **dict.fromkeys(_SHOWING, ("(", ")")),
}
"""What stands around the value of a pipe of Angular that is written otherwise."""

_TOKEN = re.compile(
    rb"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\|\||\|=?|\?\.|\?\?|[(\[{}\])?:,;]", re.DOTALL
)
_PIPE = re.compile(rb"(?<!\|)\|(?![|=])")
_OPENS, _CLOSES = b"([{", b")]}"
_NAME = re.compile(rb"\s*([A-Za-z_$][\w$]*)\s*")


def piped(data: bytes, span: Span) -> list[Span | str]:
    """An expression in parts, each pipe in it written as TypeScript has it.

    Args:
        data: the template.
        span: where the expression is.
    """
    if _PIPE.search(data, *span) is None:
        return [span]
    value, *pipes = split(data, span, b"|")
    parts = list(_inner(data, value))
    for each in pipes:
        called, *given = split(data, each, b":")
        found = _NAME.fullmatch(data, *called)
        name = found[1].decode() if found is not None else ""
        before, after = _AROUND.get(name, (f"{name}$(", ")"))
        others = [] if name in _AROUND else [part for one in given for part in (", ", *_inner(data, one))]
        parts = [before, *parts, *others, after]
    return parts


def split(data: bytes, span: Span, sign: bytes) -> list[Span]:
    """The parts of an expression between signs that stand in no brackets and no texts.

    Args:
        data: the template.
        span: where the expression is.
        sign: one that is no bracket.
    """
    found, start, depth = list[Span](), span.start, 0
    for token in _TOKEN.finditer(data, *span):
        depth += (token[0] in _OPENS) - (token[0] in _CLOSES) if len(token[0]) == 1 else 0
        if token[0] == sign and not depth:
            found.append(Span(start, token.start()))
            start = token.end()
    return [*found, Span(start, span.end)]


def _inner(data: bytes, span: Span) -> Iterator[Span | str]:
    """An expression without pipes outside of its brackets."""
    place = span.start
    for group in _groups(data, span):
        inner = Span(group.start + 1, group.end - 1)
        if _PIPE.search(data, *inner) is None:
            continue
        yield Span(place, inner.start)
        place = inner.start
        for each in split(data, inner, b","):
            yield from (Span(place, each.start),) if each.start > place else ()
            key = _key(data, each) if data[group.start : group.start + 1] == b"{" else each.start
            yield from (Span(each.start, key),) if key > each.start else ()
            yield from piped(data, Span(key, each.end))
            place = each.end
    yield Span(place, span.end)


def _key(data: bytes, pair: Span) -> int:
    """Where the value of a pair of an object begins."""
    parts: Sequence[Span] = split(data, pair, b":")
    return parts[0].end + 1 if len(parts) > 1 else pair.start


def _groups(data: bytes, span: Span) -> Iterator[Span]:
    """The outermost brackets of an expression, with what is in them."""
    start, depth = 0, 0
    for token in _TOKEN.finditer(data, *span):
        if len(token[0]) == 1 and token[0] in _OPENS:
            start, depth = (start if depth else token.start()), depth + 1
        elif len(token[0]) == 1 and token[0] in _CLOSES and depth:
            depth -= 1
            if not depth:
                yield Span(start, token.end())
