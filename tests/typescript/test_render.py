"""The guide and the list of hints."""

from __future__ import annotations

import json
import re

import pytest

from prisma_decouple.render.code import render_guide, render_hints
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.changes import OptionalRelation, RequiredRelation
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.general import general_hints
from prisma_decouple.typescript.hints import ScanResult

_CODE = {
    "a.ts": "createTask({ userId, integrationId: integrationId || 0 });\n",
    "b.ts": "const t = `${task.integration.id}`;\nawait prisma.task.create({ data: { userId: `a` } });\n",
}


@pytest.fixture
def scanned(scan_code) -> ScanResult:
    return scan_code(_CODE)


@pytest.fixture
def unscanned(facts) -> ScanResult:
    return ScanResult(general_hints(facts))


def test_the_guide_for_a_code_base(facts, scanned, snapshot):
    assert render_guide(facts, scanned) == snapshot


def test_the_guide_without_a_code_base(facts, unscanned, snapshot):
    assert render_guide(facts, unscanned) == snapshot


def test_the_guide_without_anything_about_the_code(facts, snapshot):
    bare = SchemaFacts(facts.required, facts.optional, facts.added, facts.relations, CodeRules())

    assert render_guide(bare, ScanResult(general_hints(bare))) == snapshot


def test_the_guide_says_when_there_is_nothing_to_do():
    guide = render_guide(SchemaFacts(), ScanResult(()))

    assert "no relation became required or optional" in guide


def test_the_guide_is_tidy_markdown(facts, scanned, unscanned):
    for guide in (render_guide(facts, scanned), render_guide(facts, unscanned)):
        assert guide.endswith("\n")
        assert not guide.endswith("\n\n")
        assert "\n\n\n" not in guide
        assert not re.search(r"[ \t]$", guide, re.MULTILINE)
        assert guide.count("\n```") % 2 == 0


def test_places_of_a_file_that_need_the_same_are_told_together(facts, scan_code):
    code = """\
export async function show(id: number) {
  const task = await prisma.task.findUniqueOrThrow({ where: { id }, include: { integration: true } });
  const { label } = task.integration;
  const { isActive } = task.integration;
}
"""
    guide = render_guide(facts, scan_code(code))

    block = """\
`code.ts:3:21` and `4:24` (certain)
The `integration` of a Task may be null now, and reading on from null throws.

```ts
  const { label } = task.integration;
  const { isActive } = task.integration;
```
"""
    assert block in guide


def test_what_is_proposed_for_the_same_reason_is_shown_as_one_difference(facts, scan_code):
    code = """\
export async function show(id: number) {
  const task = await prisma.task.findUniqueOrThrow({ where: { id }, include: { integration: true } });
  console.log(task.integration.label, task.integration.kind);
  console.log(id);
  console.log(task.integration.label);
}
"""
    guide = render_guide(facts, scan_code(code))

    block = """\
`code.ts:3:15`, `3:39` and `5:15` (certain, patched)
The `integration` of a Task may be null now, and reading on from null throws.

```diff
-  console.log(task.integration.label, task.integration.kind);
+  console.log(task.integration?.label, task.integration?.kind);

-  console.log(task.integration.label);
+  console.log(task.integration?.label);
```
"""
    assert block in guide


def test_what_another_place_sees_to_is_shown_as_it_is(facts, scan_code):
    code = """\
function name(task: Task) {
  if (!task.integration.isActive) return "";
  return task.integration.label.trim();
}
"""
    guide = render_guide(facts, scan_code(code))

    assert "Once line 2 asks for it, this is only reached where it is there.\n\n```ts\n  return task." in guide


def test_what_is_unsure_comes_last_and_its_reason_once(facts, scan_code):
    code = """\
await queue.add({ data: { integrationId } });
if (isLong) {
  await queue.add({ data: { integrationId } });
}
await queue.add({ data: { integrationId, userId } });
"""
    guide = render_guide(facts, scan_code(code))

    block = """\
## What may be concerned

These are unsure: a name speaks for them, or where a value goes cannot be seen from here.

### Where values arrive that were not expected

`integrationId` may be null in this copy now; whoever reads `data` has to expect it.

- `code.ts:1:27`, `3:29` and `5:27`

  ```ts
  await queue.add({ data: { integrationId } });
  await queue.add({ data: { integrationId, userId } });
  ```

## Count
"""
    assert block in guide
    assert "3 to decide" in guide


def test_code_with_backticks_does_not_end_its_block(facts, scan_code):
    guide = render_guide(facts, scan_code("await prisma.task.create({ data: { note: '```' } });"))

    assert "\n````ts\nawait prisma.task.create({ data: { note: '```' } });\n````\n" in guide


def test_the_list_has_every_hint_and_its_counts(facts, scanned):
    text = render_hints(facts, scanned)
    document = json.loads(text)

    assert text.endswith("}\n")
    assert document["version"] == 1
    assert document["guide"] == "createTask.md"
    assert document["counts"]["hints"] == len(document["hints"]) == len(scanned.hints)
    assert sum(document["counts"]["byKind"].values()) == len(scanned.hints)
    keys = ["file", "line", "column", "kind", "confidence", "before", "after", "why", "patched", "follows"]
    assert list(document["hints"][0]) == keys


def test_what_follows_is_told_in_one_sentence_and_not_counted(facts, scan_code):
    made = "const task = await prisma.task.create({\n  data: { userId },\n  include: { subTasks: true },\n});\n"
    scanned = scan_code(made + "show(task.subTasks);\nshow(task.subTasks.length);\n")
    document = json.loads(render_hints(facts, scanned))

    assert document["counts"]["hints"] == 1
    assert document["hints"][0]["follows"] == [{"file": "code.ts", "line": 5}, {"file": "code.ts", "line": 6}]
    assert "The compiler also complains in `code.ts:5, 6`; that goes away with this." in render_guide(facts, scanned)


def test_the_list_without_a_code_base(facts, unscanned, snapshot):
    assert render_hints(facts, unscanned) == snapshot


def test_the_list_keeps_letters_as_they_are(facts, scan_code):
    assert "é" in render_hints(facts, scan_code('const é = "é", x = integrationId || 0;'))


def test_articles_agree_with_the_names(scan_code):
    shelf = RequiredRelation("Item", "shelf", ("shelfId",), "Shelf", "items")
    box = OptionalRelation("Item", "box", ("boxId",), "Box", ("number",))
    facts = SchemaFacts((shelf,), (box,))
    guide = render_guide(facts, scan_code("db.item.create({ data: {} });\nshow(item.box.label);\n", facts))

    assert "An Item needs" in guide
    assert "of an Item" in guide
    assert not re.search(r"\b[Aa] [AEIOU]", guide)
