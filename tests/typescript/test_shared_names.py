"""A key whose name other models have as well is told of where more than the name speaks of the changed one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prisma_decouple.typescript.changes import Column, RelationField

_ZOD = 'import { z } from "zod";\n'
_OTHERS = ("Mention", "Page", "SubTask")
_GIVEN = """\
import { some } from "elsewhere";
interface One { integrationId: number }
const one: One = { integrationId: some.integrationId };
"""
_LOOKED_UP = """\
async function label(args: any) {
  const found = await prisma.integration.findUniqueOrThrow({ where: { id: args.integrationId } });
  return found.providerId;
}
"""
_FORM = 'const integrationId = (form.get("integrationId") as string) || "";'
_LOOKED_UP_BY_TEXT = """\
async function label(form: FormData) {
  const text = (form.get("integrationId") as string) ?? null;
  const integrationId: number | null = text === null ? null : Number(text);
  if (integrationId) {
    const found = await prisma.integration.findUnique({ where: { id: integrationId } });
    return found?.providerId;
  }
}
"""
_SHARED_FILTER = """\
export async function overview(isShort: boolean) {
  const mine = isShort ? { integration: { isActive: true } } : {};
  const pages = await prisma.page.count({ where: { ...mine } });
  return { pages, tasks: await prisma.task.count({ where: { ...mine } }) };
}
"""
_LINE = """\
import { some } from "elsewhere";
interface Line { id: number; taskId: number; integrationId: number }
const line: Line = { id: 1, taskId: 2, integrationId: some.integrationId };
"""


@pytest.fixture
def told(facts, scan_code):
    """What is said of a code where only the changed models have the key, and where more others have it too."""
    others = (RelationField(each, "integration", "Integration", ("integrationId",)) for each in _OTHERS)
    shared = replace(facts, relations=(*facts.relations, *others))

    def scan(code):
        return [[hint.kind.value for hint in scan_code(code, given).hints] for given in (facts, shared)]

    return scan


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("const row = { integrationId: 0 };", "sentinel"),
        ("function start(integrationId = 0) {}", "sentinel"),
        ('show(entry.integrationId || "");', "sentinel"),
        ("show(props.integration.id);", "read"),
        ("show(profile.integration.id);", "read"),
        (f"{_ZOD}const query = z.object({{ integrationId: z.number() }});", "type"),
        ("queue.add(name, { payload: { integrationId: input.integrationId } });", "flow"),
        ("const { integrationId } = parsed.data;", "flow"),
        ("send(job.data.integrationId);", "flow"),
        ("const where = { integration: { id: wanted } };", "filter"),
        ("const integrationId = parseInt(session.source.id);", "sentinel"),
        (_GIVEN, "type"),
        ("interface TaskLabelQuery { integrationId: number }", "type"),
        (_LOOKED_UP, "read"),
        (_LOOKED_UP_BY_TEXT, "read"),
        (_FORM, "sentinel"),
        ("const form = { integrationId: offered[0]?.id ?? 0 };", "sentinel"),
        ("let integrationId = offered.length ? offered[0].id : 0;", "sentinel"),
        ('await addSubTask({ ...form, integrationId: "" });', "sentinel"),
        ('await createPageOfTask({ ...form, integrationId: "" });', "sentinel"),
    ],
    ids=[
        "a stand-in",
        "a default",
        "a fallback",
        "a read",
        "a read of what is called like a model without it",
        "a schema",
        "a copy",
        "what is taken out",
        "what is read back",
        "a filter",
        "a conversion of something else",
        "a type",
        "a type of something else",
        "a read of what is looked up by it",
        "a read of what is looked up by a plain value",
        "a fallback of a text from elsewhere",
        "the first that is offered",
        "the first that is offered, by a condition",
        "what is given to a function named after another one",
        "what is given to a function named after both",
    ],
)
def test_a_name_alone_says_nothing_when_others_have_it(told, code, kind):
    alone, shared = told(code)

    assert kind in alone
    assert shared == []


@pytest.mark.parametrize(
    "code",
    [
        "await prisma.task.create({ data: { integrationId: 0, providerId: 1 } });",
        f"{_ZOD}const taskQuery = z.object({{ integrationId: z.number() }});",
        f"{_ZOD}const query = z.object({{ integrationId: z.number(), userId: z.number(), user: z.string() }});",
        "interface TaskRow { integrationId: number }",
        "export class CreateTasksDto { integrationId: number }",
        "const row = { integrationId: Number(task.integration_id) };",
        'await createManualTask({ ...form, integrationId: "" });',
        _SHARED_FILTER,
    ],
    ids=[
        "data of the model",
        "a schema named after it",
        "a schema that repeats it",
        "a type named after it",
        "a class of its data",
        "a number made of a row named after it",
        "what is given to a function named after it",
        "a filter that is one of other models as well",
    ],
)
def test_what_the_model_is_known_by_is_told_as_before(told, code):
    alone, shared = told(code)

    assert shared == alone != []


@pytest.mark.parametrize(
    "code",
    [
        "show(props.integration.id);",
        "send(job.data.integrationId);",
        "const where = { integration: { id: wanted } };",
        _FORM,
        "const row = { integrationId: 0 };",
        "function start(integrationId = 0) {}",
    ],
    ids=["a read", "what is read back", "a filter", "a fallback of a text from elsewhere", "a stand-in", "a default"],
)
def test_a_file_that_speaks_of_the_changed_model_means_that_one(told, code):
    alone, shared = told(f"{code}\nlist(tasks, (task) => task);\n")

    assert shared == alone != []


@pytest.mark.parametrize(
    "code",
    [
        "const integrationId = parseInt(session.source.id);",
        "function start(integrationId = 0) {}",
        _GIVEN,
        f"{_ZOD}const query = z.object({{ integrationId: z.number() }});",
        "send(job.data.integrationId);",
    ],
    ids=["a conversion", "a default", "a type", "a schema", "what is read back"],
)
def test_a_key_is_shared_whatever_the_others_call_its_relation(facts, scan_code, code):
    others = (RelationField(each, "source", "Integration", ("integrationId",)) for each in _OTHERS)
    shared = replace(facts, relations=(*facts.relations, *others))

    assert scan_code(code).hints
    assert scan_code(code, shared).hints == ()


@pytest.mark.parametrize(
    "code",
    [
        f"{_ZOD}const line = z.object({{ id: z.number(), taskId: z.number(), integrationId: z.number() }});",
        _LINE,
    ],
    ids=["a schema", "a type"],
)
def test_what_has_the_fields_of_another_model_repeats_that_one(facts, scan_code, code):
    other = RelationField("SubTask", "integration", "Integration", ("integrationId",))
    shared = replace(facts, relations=(*facts.relations, other))

    assert [[hint.kind.value for hint in scan_code(code, given).hints] for given in (facts, shared)] == [["type"], []]


def test_what_has_all_fields_of_a_model_that_keeps_the_field_is_not_left_over_from_one_that_lost_it(facts, scan_code):
    code = f"{_ZOD}const sent = z.object({{ alias: z.string(), nick: z.string(), tier: z.string(), log: z.string() }});"
    others = (Column("SubTask", name, "string") for name in ("alias", "nick", "tier"))
    shared = replace(facts, columns=(*facts.columns, *others))

    assert [hint.kind.value for hint in scan_code(code).hints if "alias" in hint.why] == ["gone"]
    assert [hint for hint in scan_code(code, shared).hints if "alias" in hint.why] == []


_ROUTE = """\
import { upload } from "uploads";
import {{ z }} from "zod";
export const routes = named({{
  image: upload()
    .input(z.object({{ integrationId: z.number() }}))
    .middleware(async ({{ input }}) => ({{ integrationId: input.integrationId }}))
    .onDone(async ({{ metadata, file }}) => {{
      await {done};
    }}),
  other: upload().input(z.object({{ name: z.string() }})).onDone(async ({{ metadata }}) => {{
    await prisma.task.create({{ data: {{ title: "", providerId: 2, integrationId: metadata.integrationId }} }});
  }}),
}});
""".replace("{ upload }", "{{ upload }}")


@pytest.mark.parametrize(
    ("done", "told_lines"),
    [
        ("prisma.task.create({ data: { title: file.url, integrationId: metadata.integrationId } })", [5]),
        ("prisma.page.create({ data: { words: 1, integrationId: metadata.integrationId } })", []),
        ("prisma.task.create({ data: { title: file.url, integrationId: file.integration } })", []),
    ],
    ids=["the record", "another one", "of another value"],
)
def test_what_is_made_behind_a_schema_says_whose_key_it_lets_in(facts, scan_code, done, told_lines):
    others = (RelationField(each, "integration", "Integration", ("integrationId",)) for each in _OTHERS)
    shared = replace(facts, relations=(*facts.relations, *others))
    hints = scan_code(_ROUTE.format(done=done), shared).hints

    assert [hint.line for hint in hints if hint.kind.value == "type"] == told_lines


_BESIDE = 'import { some } from "elsewhere";\n'


@pytest.mark.parametrize(
    ("code", "likewise"),
    [
        (
            "interface SubTask { id: number; title: string; userId: number; integrationId: number }",
            "interface Line { id: number; title: string; userId: number; integrationId: number }",
        ),
        (
            f"{_ZOD}const subTaskCreateSchema = z.object({{ title: z.string(), integrationId: z.number() }});",
            f"{_ZOD}const taskCreateSchema = z.object({{ title: z.string(), integrationId: z.number() }});",
        ),
        (
            f'{_BESIDE}const row = {{ integrationId: "" }};\nsome(subTask);',
            f'{_BESIDE}const row = {{ integrationId: "" }};\nsome(subTask, task);',
        ),
        (
            f"{_BESIDE}function start(integrationId = 0) {{}}\nsome(subTask);",
            f"{_BESIDE}function start(integrationId = 0) {{}}\nsome(mentions);",
        ),
    ],
    ids=["a type", "a schema", "a stand-in", "a default"],
)
def test_what_is_called_after_another_model_with_the_key_means_that_one(facts, scan_code, code, likewise):
    other = RelationField("SubTask", "integration", "Integration", ("integrationId",))
    shared = replace(facts, relations=(*facts.relations, other))

    assert scan_code(code).hints
    assert scan_code(code, shared).hints == ()
    assert scan_code(likewise, shared).hints


def test_a_plain_field_that_others_have_is_told_of_what_is_called_after_its_model_or_fits_no_other(facts, scan_code):
    others = tuple(Column(model, name, "string") for model in ("Page", "Desk") for name in ("nick", "avatar"))
    shared = replace(facts, columns=(*facts.columns, *others))
    rows = """\
interface Sender { nick: string; avatar: string; badges: string[] }
interface Card { nick: string; avatar: string; tier: Tier; words: number; size: number }
interface ProfileView { nick: string; avatar: string; badges: string[]; words: number }
interface PageCard { nick: string; avatar: string; words: number }
"""
    told = [
        [(hint.line, hint.column) for hint in scan_code(rows, given).hints if "`nick`" in hint.why]
        for given in (facts, shared)
    ]

    assert told == [[(1, 20), (2, 18), (3, 25)], [(1, 20), (3, 25)]]


def test_a_number_made_of_a_key_is_told_where_what_is_handed_over_is_a_record_of_the_changed_model(facts, scan_code):
    others = (RelationField(each, "integration", "Integration", ("integrationId",)) for each in _OTHERS)
    shared = replace(facts, relations=(*facts.relations, *others))
    made = """\
export function toRow(each: any) { return { some: Number(each?.integrationId ?? each?.integration?.id) }; }
export function toOwn(each: any) { return { some: Number(each?.integrationId ?? each.id) }; }
export function isOne(each: any) { return Number(each.integrationId) === 1; }
export function toOther(each: any) { return { some: Number(each?.integrationId) }; }
"""
    handed = """\
import { isOne, toOther, toOwn, toRow } from "./made";
export async function rows() {
  const tasks = await prisma.task.findMany({ include: { integration: true } });
  const mentions = await prisma.mention.findMany({ include: { integration: true } });
  return [tasks.map(toRow), tasks.map(toOwn), tasks.filter(isOne), mentions.map(toOther)];
}
"""

    hints = scan_code({"made.ts": made, "handed.ts": handed}, shared).hints

    assert [hint.line for hint in hints if hint.file == "made.ts"] == [1]
