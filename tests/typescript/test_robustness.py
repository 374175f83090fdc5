"""A scan ends, and tells the truth about lines, whatever somebody is typing at the moment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_files import read_cases
from prisma_decouple.render.code import render_guide
from prisma_decouple.typescript import rounds
from prisma_decouple.typescript.finders.compiler import following_lines
from prisma_decouple.typescript.hints import Kind

_EXAMPLE = Path(__file__).parents[2] / "examples" / "sentiment"
_CASES = Path(__file__).parent / "cases"
_TEXTS = [
    *(path.read_text(encoding="utf-8") for path in sorted(_EXAMPLE.rglob("*.ts"))),
    *(
        code
        for path in sorted(_CASES.glob("*.yaml"))
        for case in read_cases(path)
        for code in (case.get("files") or {"code.ts": case["code"]}).values()
    ),
]


@st.composite
def _damaged_code(draw):
    text = draw(st.sampled_from(_TEXTS))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 80)))
    return text[:start] + draw(st.text("(){}[]`\"'?.!:;,=<>\n\r é", max_size=3)) + text[end:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(code=_damaged_code())
def test_damaged_code_is_scanned_to_its_end(code, scan_code, monkeypatch):
    monkeypatch.setattr(rounds, "UNFINISHED", ())  # nothing is to be caught that could be understood
    monkeypatch.setattr(following_lines, "UNFINISHED", ())
    result = scan_code(code)

    lines = [line.removesuffix("\r") for line in code.split("\n")]
    for hint in result.hints:
        assert list(hint.before) == lines[hint.line - 1 : hint.line - 1 + len(hint.before)]
        assert 1 <= hint.column <= len(lines[hint.line - 1])


def test_what_cannot_be_made_out_beside_damaged_code_is_named_and_stops_nothing(scan_code, monkeypatch):
    def fails(file):
        raise IndexError(file.source.path)

    monkeypatch.setattr(rounds, "_FIRST", (fails,))
    whole = "export const add = () => prisma.task.create({ data: { userId } });"

    result = scan_code({"whole.ts": whole, "damaged.ts": "const = { task"})

    assert [hint.file for hint in result.hints] == ["whole.ts"]
    assert result.syntax_errors == ("whole.ts", "damaged.ts")
    with pytest.raises(IndexError):
        scan_code({"whole.ts": whole})


def test_what_is_returned_outside_of_any_function_stops_nothing(scan_code):
    result = scan_code('const profile = await prisma.profile.findFirstOrThrow();\nreturn profile["alias"];')

    assert [(hint.line, hint.kind) for hint in result.hints] == [(2, Kind.GONE)]


def test_a_type_that_is_not_written_yet_stops_nothing(scan_code):
    result = scan_code("export const add = (data: const) => prisma.task.create({ data: { integrationId: data.id } });")

    assert [hint.kind for hint in result.hints] == [Kind.CREATE]


def test_hundreds_of_creates_in_one_file_are_each_looked_at(scan_code):
    one = "export const f{0} = () => prisma.task.create({{ data: {{ userId, integrationId: {0} }} }});"

    result = scan_code("\n".join(one.format(number) for number in range(400)))

    assert [hint.line for hint in result.hints if hint.kind is Kind.CREATE] == list(range(1, 401))


def test_places_in_a_line_that_nobody_reads_are_told_by_their_columns_alone(scan_code, facts):
    one = "const f{0} = async (id) => (await prisma.task.findUniqueOrThrow({{ where: {{ id }} }})).integrationId - {0};"
    code = "".join(one.format(number) for number in range(700))

    result = scan_code(code)

    assert len(result.hints) == 700
    assert all(code[hint.column - 1 :].startswith("(await prisma") for hint in result.hints)
    assert not any(hint.before or hint.after for hint in result.hints)
    assert "code.ts:1:" in render_guide(facts, result)


def test_a_builder_whose_type_grows_with_every_call_ends(scan_code):
    parts = ("A", "B", "C", "D")
    kept = ", ".join(f"{name} & {{ [key]: {{ of: {', '.join(parts)} }} }}" for name in parts)
    declared = f"class Builder<{', '.join(parts)}> {{ part(key: string): Builder<{kept}> {{ return this; }} }}"
    calls = "".join(f'.part("{number}")' for number in range(60))

    result = scan_code(f"{declared}\nconst built = new Builder<Task, {{}}, {{}}, {{}}>(){calls};\nbuilt.part(task);")

    assert result.files_examined == 1


def test_types_that_all_lead_to_each_other_are_compared_once(scan_code):
    def graph(name, task):
        members = " ".join(f"to{other}: {name}{other};" for other in range(12))
        return "\n".join(f"interface {name}{index} {{ task: {task}; {members} }}" for index in range(12))

    code = f"interface Row {{ integrationId: number }}\n{graph('Stored', 'Task')}\n{graph('Shown', 'Row')}\n"
    result = scan_code(f"{code}export const shown = (stored: Stored0): Shown0 => stored;\n")

    told = [hint for hint in result.hints if hint.kind is Kind.FLOW]
    assert 1 <= len(told) <= 12


def test_an_expression_of_a_thousand_terms_ends(scan_code):
    terms = " + ".join(["task.integrationId"] * 1000)

    result = scan_code(f"const task = await prisma.task.findFirstOrThrow();\nconst sum = {terms};")

    assert len(result.hints) == 1000


@pytest.mark.parametrize(
    "code",
    [
        f"const key = {'(' * 2000}task.integrationId{')' * 2000};",
        f"type Long = {' | '.join(['Task'] * 1000)};\nconst one = (task: Long) => task.integration.id;",
        f"const found: number = {'a ? b : ' * 2000}task.integrationId;",
        f"const task: Task = {'{ task: ' * 1000}task{' }' * 1000};",
        f"const ids: number[] = {'[' * 1000}task.integrationId{']' * 1000};",
        f"const {'[' * 1000}id{']' * 1000} = task.integrationId;",
        f"task{'.integration' * 1500};",
        f"{'f(' * 1000}task.integrationId{')' * 1000};",
    ],
    ids=["parentheses", "union", "conditions", "objects", "arrays", "pattern", "chain", "calls"],
)
def test_code_that_is_nested_deeply_ends(scan_code, code):
    result = scan_code(f"const task = await prisma.task.findFirstOrThrow();\n{code}")

    assert result.files_read == 1


@pytest.mark.parametrize(
    "code",
    [
        f"app.get('/x', {'wrap(' * 1000}show{')' * 1000});",
        f"fetch({'base + ' * 2000}'/tasks');",
        f"fetch({'`${' * 1000}'/tasks'{'}`' * 1000});",
        f"fetch('/tasks', {{ method: 'POST', body: {'{ a: ' * 1000}1{' }' * 1000} }});",
    ],
    ids=["handler", "address", "template", "body"],
)
def test_what_is_asked_for_beside_code_that_is_nested_deeply_is_told(scan_code, code):
    served = "app.get('/tasks', async (req, res) => res.json(await prisma.task.findMany()));"
    page = "export const load = async () => (await (await fetch('/tasks')).json())[0].integrationId.toFixed();"

    result = scan_code({"server.ts": served, "deep.ts": f"{code}\nconst integrationId = 1;", "page.ts": page})

    assert [hint.kind for hint in result.hints if hint.file == "page.ts"] == [Kind.READ]


def test_what_many_methods_hand_on_as_a_whole_is_followed_once(scan_code):
    methods = "".join(
        f"  async change{at}(id: number, context: Context) {{\n    await this.log({{ id, context }});\n  }}\n"
        for at in range(30)
    )
    result = scan_code(
        "type Context = { doctorId: number; clinicId: number };\n"
        f"export class Visits {{\n{methods}"
        "  async log(given: { id: number; context: Context }) {\n"
        "    await prisma.visit.create({ data: { doctorId: given.context.doctorId } });\n  }\n}\n"
        "declare function contextOf(request: unknown): Context;\n"
        + "".join(f"await new Visits().change{at}(1, contextOf(request));\n" for at in range(30))
    )

    assert result.files_read == 1
