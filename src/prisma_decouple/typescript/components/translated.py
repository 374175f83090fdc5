"""Components of Vue, Svelte and Angular as TypeScript, so that nobody else has to know what they are.

    <script setup lang="ts">
    const books = ref<Book[]>([])
    </script>
    <template>
      <p v-for="book in books" :title="book.title">{{ book.author.name }}</p>
    </template>

becomes, in the same lines:

    const books = ref<Book[]>([])

    const $shown = { books: unref(books) }; export default function $component() { const { books } = $shown; return (<>
      {(books).map((book) => <p title={book.title}>{book.author.name}</p>)}</>); }

What is shown has the values of references, not the references, so it is a scope of its own. A component is also a
function of what it is given, as those of React are; so what is handed to it is compared with that.

A template of Angular is a function of its class, which has all that it shows:

    import { BooksComponent } from "./books.component"; export default function $component($self: BooksComponent) {
      const { books } = $self; return (<>{(books).map((book) => <p>{book.author.name}</p>)}</>); }
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components import angular, svelte, vue
from prisma_decouple.typescript.components.markup import Span, raw_parts, read_markup, within
from prisma_decouple.typescript.components.scripts import script_of_svelte, script_of_vue
from prisma_decouple.typescript.components.translation import Translation, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from prisma_decouple.typescript.components.angular_classes import OfClass
    from prisma_decouple.typescript.components.markup import Element
    from prisma_decouple.typescript.components.scripts import Script

_VUE = ".vue"
_SCRIPT = re.compile(rb"(<script\b(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>)(.*?)(?:</script\s*>)?\Z", re.DOTALL | re.IGNORECASE)
_SETUP = re.compile(rb"\ssetup\b")
_WORD = re.compile(r"[\w$]+")
_APART = frozenset({"script", "style"})


def translated(path: str, text: str, whose: OfClass | None = None) -> Translation:
    """A component as TypeScript with elements, of the same number of lines.

    Args:
        path: of the component; its ending tells of which kind it is.
        text: of the component, or of the file that its template is in, whatever is in it.
        whose: the class whose template it is, where it is one of Angular.

    Returns:
        The TypeScript, and where each part of it comes from. What is not understood is left out.
    """
    try:
        data = text.encode()
        return _translated(path, data) if whose is None else _translated_template(data, whose)
    except RecursionError:  # elements that are nested more deeply than anybody writes them
        return Translation("\n" * text.count("\n"), (), is_whole=False)


def _translated(path: str, data: bytes) -> Translation:
    writer, raw = Writer(data), raw_parts(data)
    found = (_SCRIPT.fullmatch(data, *part) for part in raw)
    scripts = {match.start(): match for match in found if match is not None}
    contents = {start: Span(*match.span(2)) for start, match in scripts.items()}
    if path.endswith(_VUE):
        shown, is_closed = vue.shown_in(data, raw), True
        setup = next((contents[start] for start, match in scripts.items() if _SETUP.search(match[1])), None)
        others = [each for each in contents.values() if each != setup]
        script = script_of_vue(data, setup, others, _words(data, contents.values()))
    else:
        shown, is_closed = svelte.shown_in(data, raw)
        script = script_of_svelte(path, data, list(contents.values()))
    markup = read_markup(data, shown, raw)
    writer.is_whole = markup.is_whole and is_closed
    writer.write(script.imports)
    write = _write_vue if path.endswith(_VUE) else _write_svelte
    write(writer, markup.elements, shown, contents, script)
    return writer.finish()


def _translated_template(data: bytes, whose: OfClass) -> Translation:
    """The template of a class; all else that is in its file is left out."""
    writer, place = Writer(data), whose.place or Span(0, len(data))
    own = data[: place.end]
    raw = [Span(0, place.start), *(each for each in raw_parts(own) if each.start >= place.start)]
    shown, is_closed = angular.shown_in(own, raw)
    markup = read_markup(b" " * place.start + own[place.start :], shown, raw[1:])
    writer.is_whole = markup.is_whole and is_closed
    words = frozenset(_WORD.findall(own[place.start :].decode(errors="replace")))
    names = ", ".join(each for each in dict.fromkeys(whose.members) if each in words)
    writer.write(f'import {{ {whose.name} }} from "{whose.module}"; {angular.ROWS} ')
    writer.write(f"export default function $component($self: {whose.name}) {{ const {{ {names} }} = $self; return (")
    writer.go_to(place.start)
    angular.AngularTemplate(writer, shown).write(markup.elements, place)
    writer.write("); }")
    return writer.finish()


def _words(data: bytes, scripts: Iterable[Span]) -> frozenset[str]:
    """The words of a component that stand in none of its scripts."""
    place, found = 0, list[bytes]()
    for start, end in scripts:
        found.append(data[place:start])
        place = end
    return frozenset(_WORD.findall(b" ".join([*found, data[place:]]).decode()))


def _write_vue(
    writer: Writer, elements: Sequence[Element], shown: Sequence[Span], contents: Mapping[int, Span], script: Script
) -> None:
    """The scripts and the template, in the order in which the component has them."""
    for element in elements:
        if element.place.start in contents:
            _write_script(writer, contents[element.place.start], script)
        elif element.tag == "template":
            writer.go_to(element.place.start)
            with _component(writer, script):
                vue.VueTemplate(writer, shown).write(element)


def _write_svelte(
    writer: Writer, elements: Sequence[Element], shown: Sequence[Span], contents: Mapping[int, Span], script: Script
) -> None:
    """The scripts, and what is between them, in the order in which the component has it."""
    start, is_first = 0, True
    ends = [*(each.place for each in elements if each.tag in _APART), Span(len(writer.data), len(writer.data))]
    for end in ends:
        inner = [each for each in elements if start <= each.place.start < end.start]
        if inner or within(shown, start, end.start):
            writer.go_to(start)
            with _component(writer, script, is_first=is_first):
                svelte.SvelteMarkup(writer, shown).write(inner, Span(start, end.start))
            is_first = False
        if end.start in contents:
            _write_script(writer, contents[end.start], script)
        start = end.end


def _write_script(writer: Writer, content: Span, script: Script) -> None:
    """A script as it is, but for what is said otherwise in TypeScript; behind it a statement ends."""
    place = content.start
    for change in script.changes:
        if place <= change.place.start < content.end:
            writer.copy(Span(place, change.place.start))
            writer.write(change.text)
            place = change.place.end
    writer.copy(Span(place, content.end))
    writer.write(";")


@contextmanager
def _component(writer: Writer, script: Script, *, is_first: bool = True) -> Iterator[None]:
    """A function around what a component shows."""
    values, names = ", ".join(f"{k}: {v}" for k, v in script.shown.items()), ", ".join(script.shown)
    writer.write(f"const $shown = {{ {values} }}; " if values else "")
    writer.write("export default " if script.is_component and is_first else "")
    given = f"$props: {script.given}" if script.given else ""
    writer.write(f"function $component({given}) {{ {f'const {{ {names} }} = $shown; ' if names else ''}return (")
    yield
    writer.write("); }")
