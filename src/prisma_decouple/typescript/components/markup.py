"""The markup of a component as elements, each part of them where it is in the component."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node, Parser

# In these no expression is looked for.
_RAW = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style)\b(?:\"[^\"]*\"|'[^']*'|[^\"'>]){0,1000}>.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(rb"(?<=<)(/?)([A-Za-z][\w.:-]*)")
# What is text, and the parser takes for the start of something.
_SIGN = re.compile(rb"&|<(?![A-Za-z/!])")
_IN_NAMES = bytes.maketrans(b"._", b"--")
# The elements of HTML that have nothing in them, and those of which the parser leaves the content alone.
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW_TAGS = frozenset({"script", "style"})
_KEPT = frozenset(each.encode() for each in (*_VOID, *_RAW_TAGS))
_ELEMENTS = frozenset({"element", "script_element", "style_element"})
_MISTAKES = frozenset({"ERROR", "erroneous_end_tag"})


class Span(NamedTuple):
    """A part of a component, in bytes."""

    start: int
    end: int


class Attribute(NamedTuple):
    """An attribute: its name as it is written, and where it and its value are; None without a value."""

    name: str
    place: Span
    value: Span | None


class Element(NamedTuple):
    """An element.

    Attributes:
        tag: its name as it is written.
        attributes: in their order.
        place: where it is.
        content: where that is which stands in it; None where nothing can.
        inner: the elements in it.
    """

    tag: str
    attributes: tuple[Attribute, ...]
    place: Span
    content: Span | None
    inner: tuple[Element, ...]


class Markup(NamedTuple):
    """The elements at the top of a component, and whether all of its markup was understood."""

    elements: tuple[Element, ...]
    is_whole: bool


def raw_parts(data: bytes) -> list[Span]:
    """The comments, scripts and styles of a component."""
    return [Span(*match.span()) for match in _RAW.finditer(data)]


def outside(matches: Iterable[Span], raw: Iterable[Span]) -> Iterator[Span]:
    """The parts that do not begin in what is raw."""
    ends = dict(raw)
    starts = sorted(ends)
    for each in matches:
        index = bisect_right(starts, each.start) - 1
        if index < 0 or ends[starts[index]] <= each.start:
            yield each


def within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of some parts, which are in order, that begin between two places."""
    return spans[bisect_left(spans, Span(start, 0)) : bisect_left(spans, Span(end, 0))]


def read_markup(data: bytes, expressions: Iterable[Span], raw: Sequence[Span]) -> Markup:
    """The elements of a component.

    HTML knows nothing of expressions, takes `<Link>` for its `<link>`, and ends some elements by itself. So the parser
    is given something as long as the expressions in their place, and names of elements that mean nothing to it.

    Args:
        data: the component.
        expressions: where it has expressions.
        raw: its comments, scripts and styles.
    """
    covered = bytearray(_SIGN.sub(b"_", data))
    for start, end in expressions:
        covered[start:end] = b"_" * (end - start - 1) + b" "  # a value without quotes would take `/` of `/>` as well
    for start, end in (each for each in raw if data.startswith(b"<!--", each.start)):
        covered[start:end] = b" " * (end - start)
    tags = {match.start(): match for match in _TAG.finditer(bytes(covered))}
    for start, _ in outside((Span(*match.span()) for match in tags.values()), raw):
        if tags[start][2] not in _KEPT:
            first, end = tags[start].span(2)
            covered[first:end] = b"x" + covered[first + 1 : end].translate(_IN_NAMES)
    root = _parser().parse(bytes(covered)).root_node
    return Markup(tuple(_elements(root, data)), not _has_mistakes(root))


def _elements(node: Node, data: bytes) -> Iterator[Element]:
    """The elements in a node, also those in a part that the parser made nothing of."""
    for child in node.named_children:
        if child.type in _ELEMENTS:
            yield from _element(child, data)
        elif child.type == "ERROR":
            yield from _elements(child, data)


def _element(node: Node, data: bytes) -> Iterator[Element]:
    """An element, and what the parser has put into one that has nothing in it: of `<br>text<b>`, all of the rest."""
    opened, closed = node.children[0], node.children[-1]
    names = (_text(each, data) for each in opened.named_children if each.type == "tag_name")
    tag = next(names, "")
    attributes = tuple(_attributes(opened, data))
    inner = tuple(_elements(node, data))
    if tag in _VOID or opened.type != "start_tag":
        yield Element(tag, attributes, Span(node.start_byte, opened.end_byte), None, ())
        yield from inner
        return
    end = closed.start_byte if closed.type == "end_tag" else node.end_byte
    content = Span(opened.end_byte, end) if node.type == "element" else None
    yield Element(tag, attributes, Span(node.start_byte, node.end_byte), content, inner)


def _attributes(tag: Node, data: bytes) -> Iterator[Attribute]:
    for node in tag.named_children:
        if node.type == "attribute" and node.named_children:
            value = node.named_children[-1] if len(node.named_children) > 1 else None
            if value is not None and value.type == "quoted_attribute_value":
                value = next(iter(value.named_children), None)
            place = Span(value.start_byte, value.end_byte) if value is not None else None
            yield Attribute(_text(node.named_children[0], data), Span(node.start_byte, node.end_byte), place)


def _text(node: Node, data: bytes) -> str:
    return data[node.start_byte : node.end_byte].decode(errors="replace")


def _has_mistakes(root: Node) -> bool:
    """Whether the parser could make nothing of a part."""
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.type in _MISTAKES or node.is_missing:
            return True
        waiting += (each for each in node.children if each.has_error or each.type in _MISTAKES)
    return False


@cache
def _parser() -> Parser:
    # Most code bases have no components, so they do not pay for these two.
    import tree_sitter_html  # noqa: PLC0415
    from tree_sitter import Language, Parser  # noqa: PLC0415

    return Parser(Language(tree_sitter_html.language()))
