"""The template of a component of Angular as elements of TypeScript (Angular's documentation, "Template syntax")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.components.blocks import BlockMarkup
from prisma_decouple.typescript.components.markup import Span, outside, within
from prisma_decouple.typescript.components.pipes import piped, split
from prisma_decouple.typescript.components.translation import NO_NAME, element_name, property_name, write_text_attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.typescript.components.markup import Attribute, Element
    from prisma_decouple.typescript.components.translation import Writer

_STARTS = re.compile(rb"\{(?=\{)|[@}]")
_BEGINS = re.compile(
    rb"(?:@(?P<word>else\s+if|if|else|for|empty|switch|case|default|defer|placeholder|loading|error)\b\s*"
    rb"|@let\s+(?P<name>[\w$]+)\s*=(?!=))"
)
_IN_CODE = re.compile(rb"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[();{}]", re.DOTALL)
_ELSE = re.compile(rb"\s*@else\b")
_TRACK = re.compile(rb"\s*track\s+")
_INDEX = re.compile(rb"\s*(?:let\s+([\w$]+)\s*=\s*index|index\s+as\s+([\w$]+))\s*")
_ELSE_SHOWN = re.compile(rb"\s*else\s*:?\s*([\w$]+)\s*")
# `let book of books`, `books as all`, `let index = $index`, `book of books`
_EACH = re.compile(rb"\s*(?:let\s+)?(?P<name>[\w$]+)\s+of\s+(?P<list>\S.*)", re.DOTALL)
_LET = re.compile(rb"\s*let\s+(?P<name>[\w$]+)\s*", re.DOTALL)
_AS = re.compile(rb"(?P<value>.*?\S)\s+as\s+(?P<name>[\w$]+)\s*", re.DOTALL)
_ALIAS = re.compile(rb"\s*as\s+(?P<name>[\w$]+)\s*")
_BINDING = re.compile(r"\[\((?P<both>.+)\)\]|\[(?P<given>[^@].*)\]|\((?P<event>.+)\)")
_IF, _ROWS = "*ngIf", frozenset({"*cdkCellDef", "*matCellDef"})
_LET_OF = "let-"
# Those that hold elements, and are none.
_HOLDERS = frozenset({"ng-container", "ng-content", "ng-template"})
# What Angular calls otherwise than HTML.
_PROPERTIES = {"ngModel": "value", "ngValue": "value"}
_EVENTS = {"ngModelChange": "change", "ngSubmit": "submit"}
ROWS = "declare function $rows<T>(given: { data: T[] } | T[]): T[];"
"""What is written of a table, which takes its rows as they are, or a source of them."""

_NOTHING, _OTHERWISE = "</> : null", "</> : "
# What a table of Angular Material, and one of PrimeNG, is given its rows by.
_TABLES = ("[dataSource]", "[value]")


class _Shown(NamedTuple):
    """A condition taken apart: what has to be there, and what it is called then."""

    value: Span
    name: Span | None = None


def shown_in(data: bytes, raw: Sequence[Span]) -> tuple[list[Span], bool]:
    """Where a template shows expressions, where blocks of it begin and end, and whether all that begins ends."""
    starts = [Span(*match.span()) for match in _STARTS.finditer(data)]
    found, place, is_whole = list[Span](), 0, True
    for start, _ in outside(starts, raw):
        if start < place:
            continue
        end = _end_of(data, start)
        is_whole = is_whole and end != -1
        if end > 0:
            found.append(Span(start, end))
            place = end
    return found, is_whole


def _end_of(data: bytes, start: int) -> int:
    """Where what begins at a sign ends; 0 where nothing does, -1 where it has no end."""
    if data.startswith(b"{{", start):
        end = data.find(b"}}", start)
        return end + 2 if end >= 0 else -1
    found = _BEGINS.match(data, start)
    if found is None:
        return start + 1 if data.startswith(b"}", start) else 0
    ends = b";" if found["name"] is not None else b"{"
    depth = 0
    for token in _IN_CODE.finditer(data, found.end()):
        if token[0] == ends and not depth:
            return token.end()
        depth += (token[0] in b"({") - (token[0] in b")}") if len(token[0]) == 1 else 0
    return -1


class AngularTemplate(BlockMarkup):
    """Writes what a template shows.

    Args:
        writer: of the component.
        shown: where it shows expressions, and blocks of it begin and end.
    """

    def __init__(self, writer: Writer, shown: Sequence[Span]) -> None:
        super().__init__(writer, shown)
        self._rows: list[Span] = []
        self._tail = ""  # what ends a condition of which another branch follows
        self._otherwise: dict[str, str] = {}

    def _text(self, start: int, end: int) -> None:
        """What is shown between two places, and where blocks begin and end."""
        data = self._writer.data
        for each in within(self._shown, start, end):
            self._writer.go_to(each.start)
            found = _BEGINS.match(data, *each)
            if data.startswith(b"{{", each.start):
                self._expression("{", Span(each.start + 2, each.end - 2), "}")
            elif found is None:
                self._end(each.end)
            elif found["name"] is not None:
                self._declare(Span(*found.span("name")), Span(found.end(), each.end - 1))
            else:
                self._begin(b" ".join(found["word"].split()).decode(), Span(found.end(), each.end - 1))

    def _end(self, place: int) -> None:
        """The end of a block, or a brace that is text; behind a condition another branch may follow."""
        if self._blocks.word == "if" and _ELSE.match(self._writer.data, place):
            self._tail = self._blocks.end(_OTHERWISE).end.removeprefix(_NOTHING)
        elif self._blocks.word:
            self._blocks.end()

    def _begin(self, word: str, given: Span) -> None:
        """The beginning of a block; what it is given stands in parentheses."""
        text = self._writer.data[given.start : given.end].strip()
        start = given.start + self._writer.data[given.start : given.end].find(b"(") + 1
        inner = Span(start, start + len(text) - 2) if text.startswith(b"(") else None
        tail, self._tail = self._tail, ""
        if inner is not None and word in {"if", "else if"}:
            self._if(inner, tail)
        elif inner is not None and word == "for":
            self._for(inner)
        elif inner is not None and word in {"switch", "case"}:
            self._expression(f"{{<{NO_NAME} key={{", inner, "}>")
            self._blocks.begin(word, f"</{NO_NAME}>}}")
        else:
            self._writer.write("<>" if tail else "{<>")
            self._blocks.begin(word, f"</>{tail or '}'}")

    def _if(self, inner: Span, tail: str) -> None:
        """`@if (author(); as one)`, also behind another one."""
        value, *others = split(self._writer.data, inner, b";")
        named = next(filter(None, (_ALIAS.fullmatch(self._writer.data, *each) for each in others)), None)
        name = Span(*named.span("name")) if named is not None else None
        self._blocks.begin("if", self._when(_Shown(value, name), tail))

    def _when(self, shown: _Shown, tail: str = "") -> str:
        """The beginning of what is shown if something is there, and its end."""
        opened, tail = ("", tail) if tail else ("{", "}")
        if shown.name is None:
            self._expression(f"{opened}(", shown.value, ") ? <>", "true")
            return f"{_NOTHING}{tail}"
        self._writer.write(f"{opened}(() => {{ const ")
        self._writer.copy(shown.name)
        self._expression(" = (", shown.value, "); return ")
        self._writer.write(f"{self._text_of(shown.name)} ? <>")
        return f"{_NOTHING}; }})(){tail}"

    def _for(self, inner: Span) -> None:
        """`@for (book of books; track book.id)`."""
        data = self._writer.data
        loop, *others = split(data, inner, b";")
        found = _EACH.fullmatch(data, *loop)
        if found is None:
            self._writer.is_whole = False
            self._writer.write("{<>")
            self._blocks.begin("for", "</>}")
            return
        self._expression("{(", Span(*found.span("list")), ").map((", "[]")
        self._writer.copy(Span(*found.span("name")))
        self._writer.write(f", $index) => <{NO_NAME}")
        for track in filter(None, (_TRACK.match(data, *each) for each in others)):
            key = next(each for each in others if each.start <= track.start() < each.end)
            self._expression(" key={", Span(track.end(), key.end), "}")
        self._writer.write(">")
        self._blocks.begin("for", f"</{NO_NAME}>)}}")

    def _declare(self, name: Span, value: Span) -> None:
        """`@let title = book.title;`, which is known to the end of the block."""
        self._writer.write("{(() => { const ")
        self._writer.copy(name)
        self._expression(" = (", value, "); return <>")
        self._blocks.end_before("</>; })()}")

    def _element(self, element: Element) -> None:
        self._writer.go_to(element.place.start)
        begun = [self._structure(each) for each in element.attributes if each.name[0] == "*" and each.value is not None]
        named = (each.name[1:] for each in element.attributes if each.name[0] == "#")
        condition = next((self._otherwise[name] for name in named if name in self._otherwise), "")
        self._writer.write(f"{{!({condition}) ? " if condition else "")
        rows = [each.value for each in element.attributes if each.name in _TABLES and each.value is not None]
        self._rows += rows[:1]
        self._markup(element)
        self._rows = self._rows[: len(self._rows) - len(rows[:1])]
        self._writer.write(" : null}" if condition else "")
        self._writer.write("".join(begun[:1]))

    def _structure(self, directive: Attribute) -> str:
        """The beginning of what a structural directive makes of its element, and its end."""
        data, value = self._writer.data, directive.value or directive.place
        first, *others = split(data, value, b";")
        loop, single = _EACH.fullmatch(data, *first), _LET.fullmatch(data, *first)
        if loop is not None:
            listed = Span(*loop.span("list"))
            named = _AS.fullmatch(data, *listed)
            index = next((each for part in others for each in self._index(part)), None)
            self._expression("{(", Span(*named.span("value")) if named is not None else listed, ").map((", "[]")
            self._writer.copy(Span(*loop.span("name")))
            self._writer.write(f", {index}) => " if index else ") => ")
            return ")}"
        if directive.name == _IF:
            named = _AS.fullmatch(data, *first)
            shown = _Shown(Span(*named.span("value")), Span(*named.span("name"))) if named else _Shown(first)
            for found in filter(None, (_ELSE_SHOWN.fullmatch(data, *each) for each in others)):
                self._otherwise[found[1].decode()] = " ".join(self._text_of(shown.value).split())
            return self._when(shown)
        if single is not None:
            return self._row(Span(*single.span("name")), is_row=directive.name in _ROWS)
        return ""

    def _index(self, part: Span) -> list[str]:
        """What the index is called in a part of a loop: `let i = index`, `index as i`."""
        found = _INDEX.fullmatch(self._writer.data, *part)
        return [(found[1] or found[2]).decode()] if found is not None else []

    def _row(self, name: Span, *, is_row: bool) -> str:
        """What is shown of something that whoever shows it gives: of a table, of one of its rows."""
        rows = " ".join(self._text_of(self._rows[-1]).split()) if self._rows and is_row else ""
        self._writer.write(f"{{$rows({rows}).map((" if rows.replace(".", "").isidentifier() else "{((")
        self._writer.copy(name)
        self._writer.write(") => ")
        return ")}"

    def _markup(self, element: Element) -> None:
        """The element itself, with what it is given."""
        name = NO_NAME if element.tag in _HOLDERS else element_name(element.tag)
        self._writer.write(f"<{name}")
        for each in element.attributes:
            self._attribute(each, name)
        if element.content is None:
            self._writer.write(" />")
            return
        given = [each for each in element.attributes if each.name.startswith(_LET_OF)]
        self._writer.write(">")
        end = self._given(given[0]) if given else ""
        self._content(element.inner, element.content)
        self._writer.write(f"{end}</{name}>")

    def _given(self, attribute: Attribute) -> str:
        """`<ng-template pTemplate="body" let-book>`, of whoever shows it."""
        start = attribute.place.start + len(_LET_OF)
        name = Span(start, attribute.place.start + len(attribute.name))
        is_row = attribute.value is None
        end = self._row(name, is_row=is_row)
        self._writer.write("<>")
        return f"</>{end}"

    def _attribute(self, attribute: Attribute, tag: str) -> None:
        """What an element is given, or does; of texts in which nothing is shown, how a form asks for something."""
        found, shown = _BINDING.fullmatch(attribute.name), within(self._shown, *attribute.place)
        if attribute.name[0] in "*#" or attribute.name.startswith(_LET_OF):
            return
        if found is None and not shown:
            write_text_attribute(self._writer, attribute)
        elif found is None:
            self._text_attribute(attribute, shown, tag)
        elif found["event"]:
            self._event(attribute.value, found["event"])
        elif attribute.value is not None:
            name = _property(found["both"] or found["given"])
            self._expression(f" {property_name(name, tag)}={{", attribute.value, "}")

    def _text_attribute(self, attribute: Attribute, shown: Sequence[Span], tag: str) -> None:
        """`title="by {{ author.name }}"`."""
        self._writer.write(f" {property_name(_property(attribute.name), tag)}={{`")
        for each in shown:
            if self._writer.data.startswith(b"{{", each.start):
                self._expression("${", Span(each.start + 2, each.end - 2), "}")
        self._writer.write("`}")

    def _event(self, value: Span | None, event: str) -> None:
        """What is done when something happens."""
        name = property_name(f"on-{_EVENTS.get(event, event).partition('.')[0]}", NO_NAME)
        self._writer.write(f" {name}={{($event) => {{")
        if value is not None:
            self._writer.copy_valid(value, "() => {", "}")
        self._writer.write("}}")

    def _expression(self, before: str, span: Span, after: str, instead: str = "null") -> None:
        self._writer.expression(before, piped(self._writer.data, span), after, instead)

    def _text_of(self, span: Span) -> str:
        return self._writer.data[span.start : span.end].decode(errors="replace")


def _property(name: str) -> str:
    """What an element is given, as HTML calls it; of `class.wide` and `style.width` nothing that says anything."""
    kind, _, own = name.rpartition(".")
    return _PROPERTIES.get(name, name) if not kind else own if kind == "attr" else NO_NAME
