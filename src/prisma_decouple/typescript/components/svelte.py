"""The markup of a component of Svelte as elements of TypeScript (Svelte's documentation, "Template syntax")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.blocks import BlockMarkup
from prisma_decouple.typescript.components.markup import Span, outside, within
from prisma_decouple.typescript.components.translation import NO_NAME, element_name, property_name, write_text_attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.typescript.components.markup import Attribute, Element
    from prisma_decouple.typescript.components.translation import Writer

# What may hold a brace that is none, a text or a regular expression, or begins or ends something.
_CLASS = rb"\[(?:\\.|[^\]\\\n])*\]"
_IN_CODE = re.compile(
    rb"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[{}`]"
    rb"|(?<=[(,=:\[!&|?;])\s*/(?![/*])(?:\\.|%s|[^/\\\[\n])+/" % _CLASS,
    re.DOTALL,
)
_IN_TEXT = re.compile(rb"\\.|`|\$\{", re.DOTALL)
_OPENS = {b"{": b"{", b"${": b"{", b"`": b"`"}
_WORD = re.compile(rb"\{\s*([#:/@][a-z]+(?:\s+if\b)?)\s*")
_AWAITED = re.compile(rb"(?P<value>.*?)(?:\s+(?P<how>then|catch)\b\s*(?P<name>.*))?", re.DOTALL)
_KEYED = re.compile(rb"(?P<names>.*?)\s*(?:\((?P<key>.*)\)\s*)?", re.DOTALL)
_AS = re.compile(rb"\sas\s+(?=[\w$\[{])")
_SNIPPET = re.compile(rb"[\w$]+\s*(?:<.*?>)?\s*\((?P<names>.*)\)\s*", re.DOTALL)
_SHOWS = frozenset({"@html", "@render"})
_CONTINUED = {"await": ("then", "catch"), "each": ("else",), "if": ("else",)}
_BRACKETS = (b"()", b"[]", b"{}")


def shown_in(data: bytes, raw: Sequence[Span]) -> tuple[list[Span], bool]:
    """Where a component of Svelte has expressions and blocks, the braces included, and whether all braces end."""
    found: list[Span] = []
    for start, _ in outside((Span(*match.span()) for match in re.finditer(rb"\{", data)), raw):
        if not found or found[-1].end <= start:
            end = _end_of(data, start)
            if end is None:
                return found, False
            found.append(Span(start, end))
    return found, True


def _end_of(data: bytes, start: int) -> int | None:
    """Where what a brace opens ends, the brace included; None when it does not."""
    waiting, place = [b"{"], start + 1
    while waiting:
        found = (_IN_TEXT if waiting[-1] == b"`" else _IN_CODE).search(data, place)
        if found is None:
            return None
        place = found.end()
        if found[0] == b"}" or found[0] == waiting[-1] == b"`":
            waiting.pop()
        elif found[0] in _OPENS:
            waiting.append(_OPENS[found[0]])
    return place


class SvelteMarkup(BlockMarkup):
    """Writes what the markup of a component shows.

    Args:
        writer: of the component.
        shown: where it has expressions and blocks.
    """

    def __init__(self, writer: Writer, shown: Sequence[Span]) -> None:
        super().__init__(writer, shown)
        self._awaited = Span(0, 0)
        self._beginnings = {
            "#await": self._await,
            "#each": self._each,
            "#if": self._if,
            "#key": self._key,
            "#snippet": self._snippet,
        }

    def _text(self, start: int, end: int) -> None:
        """What is shown between two places, and where blocks begin, go on and end."""
        for each in within(self._shown, start, end):
            self._writer.go_to(each.start)
            found = _WORD.match(self._writer.data, *each)
            word = found[1].decode() if found is not None else ""
            inner = Span(found.end() if found is not None else each.start + 1, each.end - 1)
            if not word or word in _SHOWS:
                self._writer.expression("{", inner, "}")
            elif word == "@const":
                self._declare(inner)
            elif word in self._beginnings:
                self._beginnings[word](inner)
            elif word[0] == ":":
                self._go_on(word[1:], inner)
            elif word[0] == "/" and self._blocks.word == word[1:]:
                self._blocks.end()
            elif word[0] != "@":
                self._writer.is_whole = False

    def _if(self, inner: Span) -> None:
        self._writer.expression("{(", inner, ") ? <>", "true")
        self._blocks.begin("if", "</> : null}")

    def _each(self, inner: Span) -> None:
        """`books.map((book, index) => ...)` of `books as book, index (book.id)`."""
        data, key = self._writer.data, None
        found = [each for each in _AS.finditer(data, *inner) if self._is_outside(Span(inner.start, each.start()))]
        end, start = found[-1].span() if found else (inner.end, inner.end)
        self._writer.expression("{(", Span(inner.start, end), ").map((", "[]")
        named = _KEYED.fullmatch(data, start, inner.end)
        if named is not None:
            self._writer.names(Span(*named.span("names")))
            key = Span(*named.span("key")) if named["key"] else None
        self._writer.write(f") => <{NO_NAME}")
        if key is not None:
            self._writer.expression(" key={", key, "}")
        self._writer.write(">")
        self._blocks.begin("each", f"</{NO_NAME}>)}}")

    def _is_outside(self, before: Span) -> bool:
        """Whether what follows a part stands in no bracket of it."""
        text = self._writer.data[before.start : before.end]
        text = _IN_CODE.sub(lambda match: match[0] if match[0] in b"{}" else b"", text)
        return all(text.count(each[:1]) == text.count(each[1:]) for each in _BRACKETS)

    def _key(self, inner: Span) -> None:
        self._writer.expression(f"{{<{NO_NAME} key={{", inner, "}>")
        self._blocks.begin("key", f"</{NO_NAME}>}}")

    def _snippet(self, inner: Span) -> None:
        found = _SNIPPET.fullmatch(self._writer.data, *inner)
        self._writer.write("{(")
        if found is not None:
            self._writer.names(Span(*found.span("names")))
        self._writer.write(") => <>")
        self._blocks.begin("snippet", "</>}")

    def _await(self, inner: Span) -> None:
        """What is waited for; what is shown of it when it is there is a function that `then` is given."""
        found = _AWAITED.fullmatch(self._writer.data, *inner)
        self._awaited = Span(*found.span("value")) if found is not None else inner
        if found is None or found["how"] is None:
            self._writer.write("{<>")
            self._blocks.begin("await", "</>}")
        else:
            self._arrive(found["how"].decode(), Span(*found.span("name")))

    def _arrive(self, how: str, names: Span) -> None:
        """What is shown of what was waited for, or of the error."""
        if how == "then":
            self._writer.expression("{(", self._awaited, ").then((")
        else:
            self._writer.write("{((")
        self._writer.names(names)
        self._writer.write(") => <>")
        self._blocks.begin("await", "</>)}")

    def _declare(self, inner: Span) -> None:
        """`{@const title = book.title}`, which is known to the end of the block."""
        self._writer.write("{(() => { const ")
        if not self._writer.copy_valid(inner, "const ", ""):
            self._writer.write(f"{NO_NAME} = null")
        self._writer.write("; return <>")
        self._blocks.end_before("</>; })()}")

    def _go_on(self, word: str, inner: Span) -> None:
        """`{:else}`, `{:else if}`, `{:then}` and `{:catch}`, which end what is before them."""
        block = self._blocks.word
        if word.split(maxsplit=1)[0] not in _CONTINUED.get(block, ()):
            self._writer.is_whole = False
        elif block == "if":
            self._blocks.end("</> : ")
            if word == "else":
                self._writer.write("<>")
                self._blocks.begin("if", "</>}")
            else:
                self._writer.expression("(", inner, ") ? <>", "true")
                self._blocks.begin("if", "</> : null}")
        elif block == "each":
            self._blocks.end()
            self._writer.write("{<>")
            self._blocks.begin("each", "</>}")
        else:
            self._blocks.end()
            self._arrive(word, inner)

    def _element(self, element: Element) -> None:
        self._writer.go_to(element.place.start)
        name = element_name(element.tag)
        self._writer.write(f"<{name}")
        for each in element.attributes:
            self._attribute(each, name)
        if element.content is None:
            self._writer.write(" />")
            return
        given = [each.name[4:] for each in element.attributes if each.name.startswith("let:")]
        names = ", ".join(each for each in given if each.isidentifier())
        self._writer.write(f">{{({{ {names} }}) => <>" if names else ">")
        self._content(element.inner, element.content)
        self._writer.write(f"</>}}</{name}>" if names else f"</{name}>")

    def _attribute(self, attribute: Attribute, tag: str) -> None:
        """What an element is given, or does; of texts in which nothing is shown, how a form asks for something."""
        shown = within(self._shown, *attribute.place)
        kind, _, name = attribute.name.partition("|")[0].rpartition(":")
        if not shown:
            if kind == "bind" and attribute.value is None:  # `bind:title`, which is given what has its name
                self._same(Span(attribute.place.start + len("bind:"), attribute.place.end), tag)
            else:
                write_text_attribute(self._writer, attribute)
        elif shown[0].start == attribute.place.start:
            self._given(Span(shown[0].start + 1, shown[0].end - 1), tag)
        else:
            name = property_name(f"on-{name}", NO_NAME) if kind == "on" else property_name(name, tag)
            self._writer.write(f" {name}={{")
            inner = [Span(each.start + 1, each.end - 1) for each in shown]
            if attribute.value is None or _is_all(attribute.value, shown):
                self._writer.expression("", inner[0], "}")
                return
            self._writer.write("`")
            for each in inner:
                self._writer.expression("${", each, "}")
            self._writer.write("`}")

    def _given(self, inner: Span, tag: str) -> None:
        """`{...book}`, or `{title}`, which is given what has its name."""
        text = self._writer.data[inner.start : inner.end]
        if text.strip().startswith(b"..."):
            self._writer.expression(" {...(", Span(inner.start + text.index(b"...") + 3, inner.end), ")}")
        else:
            self._same(inner, tag)

    def _same(self, inner: Span, tag: str) -> None:
        """What is given to what has its name."""
        name = self._writer.data[inner.start : inner.end].decode(errors="replace").strip()
        if name.isidentifier():
            self._writer.expression(f" {property_name(name, tag)}={{", inner, "}")


def _is_all(value: Span, shown: Sequence[Span]) -> bool:
    """Whether a value is one expression; where it has no quotes, its last brace was covered by a space."""
    return len(shown) == 1 and shown[0].start == value.start and value.end in {shown[0].end, shown[0].end - 1}
