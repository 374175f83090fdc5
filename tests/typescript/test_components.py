"""What is made of components of Vue, Svelte and Angular, and what is said of them besides what the cases promise."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prisma_decouple.typescript.components.angular_classes import OfClass
from prisma_decouple.typescript.components.translated import translated
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.scan import scan
from prisma_decouple.typescript.source.parsing import has_mistakes, parse

_VUE = """\
<script lang="ts">
export const MARK = "</template> {{ no }}";
</script>

<script setup lang="ts">
import Card from "./Card.vue";
const props = withDefaults(defineProps<{ book: Book; size?: number }>(), {});
const books = ref<Book[]>(<Book[]>[]);
const same = <T>(one: T) => one, first = <T extends Book>(one: T) => one;
const { data, pending } = await useFetch(`/api/${props.size}`);
</script>

<template>
  <!-- {{ nothing }} & <p> -->
  <section :class="{ wide: size > 2 }" class="a &amp; b">
    <Card
      v-for="({ title, author }, n) in books"
      :key="n"
      :title
      :author-name='author.name'
      v-if="!pending && books.length"
      @click.prevent="n++; open(title)"
      @hover="open"
    >
      <template #head="{ item }">{{ item.name }} < {{ n }}</template>
      <br><My_Icon.Small />{{ title }}<input v-model.trim="data[n].title" disabled><Link to="/">{{ author.name }}</Link>
    </Card>
    <p v-else-if="data" v-bind="data" v-show="size">{{ data.length > 1 ? "}" : '<' }}</p>
    <p v-else v-html="book.text" />
  </section>
</template>

<style scoped>
a > b { content: "{{ x }}"; }
</style>
"""
_SVELTE = """\
<script context="module" lang="ts">
  export const MARK = "{#if}";
</script>
<script lang="ts">
  import Card from "./Card.svelte";
  export let book: Book, size = 2;
  let books = $state<Book[]>([]);
  $: title = book.title;
</script>

<svelte:head><title>{title}</title></svelte:head>
<!-- {nothing} & <p> -->
<section class="a {size > 2 ? 'wide' : "}"}" {...$$restProps} {title}>
  {#each books.filter((b) => b.title.match(/[{"]/)) as { title, author }, n (author.id)}
    {@const name = `${author.name}}`}
    <Card {title} bind:size name="x" on:click|once={() => { open(title); }} let:item>
      {item.name} < {n}<br>{name}
    </Card>
  {:else if}
    <p>{@html book.text}</p>
  {/each}
  {#if size < 2}<b class={title}>{title}</b>{:else if books.length}<input bind:value={title}>{:else}{title}{/if}
  {#await load() then found}{found.title}{:catch { message }}{message}{/await}
  {#key title}<i style:color={title} use:tip={{ title }}/>{/key}
  {#snippet row(one: Book)}{one.title}{/snippet}{@render row(book)}
</section>

<style>
  a { color: red }
</style>
"""
_ANGULAR = """\
<!-- {{ nothing }} & <p> -->
<div *ngIf="books$ | async as all; else none" class="a {{ size > 2 ? '}' : 'b' }}" [class.wide]="all.length &gt; 2">
  <book-card *ngFor="let book of all | slice: 0 : size; let i = index; trackBy: by" [book]="book" (open)="n = open()">
    {{ i }} {{ book.author.name | titlecase }} {{ (book.day$ | async)?.name }} a@b.c } <br>
    <input [(ngModel)]="chosen.title" #title name="title" required disabled>
  </book-card>
</div>
<ng-template #none let-row>{{ first.author.name }}{{ row }}</ng-template>
@if (first; as one) {
  <b>{{ one.author.name }}</b>
} @else if (size > 3 && "}" !== mark) {
  {{ size }}
} @else {
  <i>{{ "none" | initials: { of: size | number } : [1, (size | pad: 2)] }}</i>
}
@for (book of books; track book.id; let last = $last) {
  @let name = book.author.name;
  <li [attr.title]="name" (click.prevent)="$event.stop()">{{ name }}</li>
} @empty { {{ size }} }
@switch (mode) { @case ('a') { {{ size }} } @default { <My.Icon /> } }
@defer (on viewport) { {{ size }} } @placeholder { <hr /> }
<table mat-table [dataSource]="books"><ng-container matColumnDef="a">
  <td *matCellDef="let book">{{ book.title }}</td></ng-container></table>
<p-table [value]="books"><ng-template pTemplate="body" let-book let-n="index">{{ book.title }}</ng-template></p-table>
"""
_COMPONENTS = {
    "Page.vue": _VUE,
    "Page.svelte": _SVELTE.replace("{:else if}", "{:else}"),
    "page.component.html": _ANGULAR,
}
_OF_PAGE = OfClass(
    "page.component.html", None, "./page.component", "PageComponent", ("books", "books$", "first", "size")
)
_SIGNS = st.text(st.sampled_from("{}<>\"'`/#:@=&() \n-\\$aé😀"), max_size=6) | st.text(max_size=4)


def _translated(path, text):
    return translated(path, text, _OF_PAGE if path == _OF_PAGE.path else None)


@st.composite
def _cut(draw):
    """A component with some parts taken away, and others put in."""
    path = draw(st.sampled_from(sorted(_COMPONENTS)))
    text = _COMPONENTS[path]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from((0, 1, 5, 80, 2000))))))
        text = text[:start] + draw(_SIGNS) + text[end:]
    return path, text.encode(errors="ignore").decode()


def _line(data, place):
    return data.count(b"\n", 0, place)


@pytest.mark.parametrize("path", _COMPONENTS)
def test_a_component_is_typescript_in_which_each_expression_stands_in_its_line(path):
    made = _translated(path, _COMPONENTS[path])
    data, origin = made.text.encode(), _COMPONENTS[path].encode()

    assert made.is_whole
    assert not has_mistakes(parse(data, tsx=True))
    assert made.text.count("\n") == _COMPONENTS[path].count("\n")
    for start, place, length in made.pieces:
        assert data[start : start + length] == origin[place : place + length].replace(b"&gt;", b">   ")
    # The condition behind other attributes stands before them, and they in its line.
    moved = [place for start, place, _ in made.pieces if _line(data, start) != _line(origin, place)]
    assert [_line(origin, place) + 1 for place in moved] == ([17, 17, 18, 19, 20] if path == "Page.vue" else [])


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ book.title | uppercase }}", "{( book.title )}"),
        ("{{ (books$ | async)?.length }}", "{ ((await (books$ )))?.length }"),
        ("{{ title | short: 2 : (n | pad) || '|' }}", "{short$( title ,  2 ,  (pad$(n )) || '|' )}"),
        ("{{ at | keyvalue }}", "{Object.entries( at ).map(([key, value]) => ({ key, value }))}"),
        (
            "<p *ngIf='book as one'>{{ one }}</p>",
            "{(() => { const one = (book); return one ? <><p>{ one }</p></> : null; })()}",
        ),
        (
            "<p *ngIf='!book; else a'></p><i #a>{{ book }}</i>",
            "{(!book) ? <><p></p></> : null}{!(!book) ? <i>{ book }</i> : null}",
        ),
        ("@if (!book) {{{ n }}} @else {{{ book }}}", "{(!book) ? <>{ n }</> : <>{ book }</>}"),
        ("@for (b of books; track b.id) {{{ b }}}", "{(books).map((b, $index) => <$ key={b.id}>{ b }</$>)}"),
        ("@let a = b; {{ a }} }", "{(() => { const a = ( b); return <>{ a }</>; })()}"),
        (
            "<p [hidden]='a' (click)='b()' [(ngModel)]='c'></p>",
            "<p data-hidden={a} onClick={($event) => {b()}} data-value={c}></p>",
        ),
        ("<tr *cdkRow='let row'>{{ row }}</tr>", "{((row) => <tr>{ row }</tr>)}"),
    ],
)
def test_what_a_template_of_angular_shows_is_written_as_an_element(template, shown):
    made = translated("a.html", template, OfClass("a.html", None, "./a", "A", ()))
    assert made.text.partition("return (<>")[2] == f"{shown}</>); }}"


@given(_cut())
@settings(deadline=None, max_examples=300)
def test_whatever_a_component_looks_like_its_lines_are_kept(cut):
    path, text = cut
    made = _translated(path, text)
    data, origin = made.text.encode(), text.encode()

    assert made.text.count("\n") == text.count("\n")
    for start, place, length in made.pieces:
        copied, there = data[start : start + length], origin[place : place + length]
        assert len(copied) == len(there) == length
        assert b"&" in there or copied in {there, there.replace(b"\n", b" ")}
        assert _line(data, start) >= _line(origin, place)


@pytest.mark.parametrize("path", _COMPONENTS)
def test_nesting_that_is_too_deep_is_left_out(path):
    text = "<template>\n" + "<div>\n" * 5000 + "</div>" * 5000 + "</template>"

    made = _translated(path, text)
    assert (made.text.count("\n"), made.is_whole) == (5001, False)


_READS = "<p>{{ task.integration.name }}</p>"


def test_what_is_not_understood_of_a_component_is_named(tmp_path, facts):
    files = {
        "Whole.vue": f'<template lang="html">{_READS}</template>',
        "Pug.vue": '<template lang="pug">\np {{ task.integration.name }}\n</template>',
        "Open.vue": f"<template>{_READS}</b></template>",
        "Wrong.vue": f'<template><p :title="task.">{_READS}</p></template>',
        "Wrong.svelte": "{#if task}{task.integration.name}",
        "Brace.svelte": "{task.integration.name}{task.integration",
        "Other.svelte": "{#if books}{books.length}",
        "block.html": "@if (task) { {{ task.integration.name }}",
        "wrong.html": "{{ task. }}{{ task.integration.name }}",
        "page.ts": "@Component({ templateUrl: 'block.html' }) class A {}",
        "app.ts": "@Component({ templateUrl: './wrong.html' }) class B {}",
        "none.html": "{{ task.integration.name }}{{ task.",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    result = scan(facts, tmp_path)
    assert " ".join(result.syntax_errors) == (
        "Brace.svelte Open.vue Pug.vue Wrong.svelte Wrong.vue block.html wrong.html"
    )
    assert {hint.file for hint in result.hints} == {*files} - {
        "Other.svelte",
        "Pug.vue",
        "app.ts",
        "page.ts",
        "none.html",
    }
    assert not any(hint.patched or hint.confidence is Confidence.CERTAIN for hint in result.hints)


def test_components_change_nothing_of_what_is_said_of_the_rest(scan_code):
    code = {
        "code.ts": "export const load = () => prisma.task.findMany({ include: { integration: true } });",
        "page.ts": 'import { load } from "./code";\nexport const names = async () => (await load()).map(String);',
    }
    more = {
        "Use.vue": f'<script setup>import {{ load }} from "./code"; const task = (await load())[0];</script>{_READS}'
    }

    alone, together = scan_code(code), scan_code(code | more)
    assert replace(together, hints=tuple(each for each in together.hints if each.file != "Use.vue")) == alone


def test_the_grammar_of_html_is_only_imported_where_there_are_components(tmp_path):
    (tmp_path / "code.ts").write_text("const name = task.integration.name;")
    program = (
        "import sys; from pathlib import Path\n"
        "from prisma_decouple.typescript.facts import SchemaFacts\n"
        "from prisma_decouple.typescript.scan import scan\n"
        "scan(SchemaFacts((), (), (), ()), Path(sys.argv[1])); print('tree_sitter_html' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")
