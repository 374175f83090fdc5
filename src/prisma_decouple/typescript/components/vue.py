"""The template of a component of Vue as elements of TypeScript (Vue's documentation, "Template Syntax")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.markup import Span, outside, within
from prisma_decouple.typescript.components.translation import NO_NAME, element_name, property_name, write_text_attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.typescript.components.markup import Attribute, Element
    from prisma_decouple.typescript.components.translation import Writer

_LOOP = re.compile(rb"\s*(?P<names>\S.*?)\s+(?:in|of)\s+(?P<list>\S.*)", re.DOTALL)
_PARENTHESES = re.compile(rb"\(\s*(.*?)\s*\)\s*\Z", re.DOTALL)
# What is handed to an event as it is; all else is done when it happens.
_FUNCTION = re.compile(rb"\s*(?:[\w$.]+\s*\Z|(?:async\b\s*)?(?:function\b|\([^()]*\)\s*=>|[\w$]+\s*=>))")
_CONDITIONS = ("v-if", "v-else-if")
_OTHERWISE = ("v-else-if", "v-else")
_SLOT = re.compile(r"#|v-slot\b")
_DIRECTIVE = re.compile(r"(?P<sign>[:.@]|v-bind:|v-on:|v-model\b:?|v-[\w-]+)(?P<name>[^.]*)")
# Directives that are looked at by themselves, or say nothing of values.
_APART = frozenset({*_CONDITIONS, *_OTHERWISE, "v-for", "v-slot", "v-once", "v-pre", "v-cloak"})


def shown_in(data: bytes, raw: Sequence[Span]) -> list[Span]:
    """Where a component of Vue shows expressions, the braces included."""
    found: list[Span] = []
    for start, _ in outside((Span(*match.span()) for match in re.finditer(rb"\{\{", data)), raw):
        if not found or found[-1].end <= start:
            end = data.find(b"}}", start + 2)
            if end < 0:
                break
            found.append(Span(start, end + 2))
    return found


class VueTemplate:
    """Writes what a template shows.

    Args:
        writer: of the component.
        shown: where it shows expressions.
    """

    def __init__(self, writer: Writer, shown: Sequence[Span]) -> None:
        self._writer = writer
        self._shown = shown

    def write(self, template: Element) -> None:
        """Write all that is in the `<template>` of a component, as one expression."""
        languages = [each.value for each in template.attributes if each.name == "lang" and each.value is not None]
        if any(self._writer.data[start:end] != b"html" for start, end in languages):
            self._writer.is_whole = False  # another language than HTML, such as Pug
            self._writer.write("null")
            return
        self._writer.write("<>")
        self._content(template)
        self._writer.write("</>")

    def _content(self, outer: Element) -> None:
        """What is in an element: what it shows, and other elements."""
        start, end = outer.content or (outer.place.end, outer.place.end)
        is_open = False
        branches = [_branch(each) for each in outer.inner]
        for element, branch, following in zip(outer.inner, branches, [*branches, ""][1:], strict=True):
            self._text(start, element.place.start)
            own = branch if is_open or branch not in _OTHERWISE else ""
            is_open = own in _CONDITIONS and following in _OTHERWISE
            self._element(element, own, is_followed=is_open)
            start = element.place.end
        self._text(start, end)

    def _text(self, start: int, end: int) -> None:
        """What is shown between two places."""
        for each in within(self._shown, start, end):
            self._writer.go_to(each.start)
            self._writer.expression("{", Span(each.start + 2, each.end - 2), "}")

    def _element(self, element: Element, branch: str, *, is_followed: bool) -> None:
        """An element, with its condition and its loop."""
        self._writer.go_to(element.place.start)
        values = {each.name: each.value for each in element.attributes}
        loop = values.get("v-for")
        if branch not in _OTHERWISE and (branch or loop is not None):
            self._writer.write("{")
        if branch in _CONDITIONS:
            self._writer.expression("(", values[branch] or Span(0, 0), ") ? ", "true")
        is_loop = loop is not None and self._loop(loop)
        self._markup(element)
        self._writer.write(")" if is_loop else "")
        if is_followed:
            self._writer.write(" : ")
        elif branch or loop is not None:
            self._writer.write(" : null}" if branch in _CONDITIONS else "}")

    def _loop(self, value: Span) -> bool:
        """The beginning of `books.map((book) => ...)` for `book in books`; whether it is one."""
        found = _LOOP.fullmatch(self._writer.data, *value)
        if found is None:
            self._writer.is_whole = False
            return False
        names = Span(*found.span("names"))
        inner = _PARENTHESES.match(self._writer.data, *names)
        self._writer.expression("(", Span(*found.span("list")), ").map((", "[]")
        self._writer.names(Span(*inner.span(1)) if inner is not None else names)
        self._writer.write(") => ")
        return True

    def _markup(self, element: Element) -> None:
        """The element itself, with what it is given."""
        name = NO_NAME if element.tag == "template" else element_name(element.tag)
        self._writer.write(f"<{name}")
        for each in element.attributes:
            self._attribute(each, name)
        if element.content is None:
            self._writer.write(" />")
            return
        slot = next((each.value for each in element.attributes if _SLOT.match(each.name)), None)
        self._writer.write(">" if slot is None else ">{(")
        if slot is not None:
            self._writer.names(slot)
            self._writer.write(") => <>")
        self._content(element)
        self._writer.write(f"</{name}>" if slot is None else f"</>}}</{name}>")

    def _attribute(self, attribute: Attribute, tag: str) -> None:
        """What an element is given, or does; of texts only how a form asks for something."""
        found = _DIRECTIVE.match(attribute.name)
        if found is None:
            write_text_attribute(self._writer, attribute)
        if found is None or found["sign"] in _APART:
            return
        value, name = attribute.value, property_name(found["name"] or found["sign"], tag)
        if found["sign"] in {"@", "v-on:"}:
            self._event(value, property_name(f"on-{found['name']}", NO_NAME))
        elif value is None and found["sign"] == ":" and found["name"].isidentifier():
            start = attribute.place.start + 1
            self._writer.expression(f" {name}={{", Span(start, start + len(found["name"])), "}")
        elif value is not None and found["sign"] in {"v-bind", "v-on"}:
            self._writer.expression(" {...(", value, ")}")
        elif value is not None:
            self._writer.expression(f" {name}={{", value, "}")

    def _event(self, value: Span | None, name: str) -> None:
        """What is handed to an event, or done when it happens."""
        if value is not None and _FUNCTION.match(self._writer.data, *value):
            self._writer.expression(f" {name}={{", value, "}")
        elif value is not None:
            self._writer.write(f" {name}={{($event) => {{")
            self._writer.copy_valid(value, "() => {", "}")
            self._writer.write("}}")


def _branch(element: Element) -> str:
    """The directive that makes an element depend on a condition; empty without one."""
    names = {each.name for each in element.attributes}
    return next((each for each in ("v-if", *_OTHERWISE) if each in names), "")
