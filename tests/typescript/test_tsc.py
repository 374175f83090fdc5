"""`--tsc`: the compiler is asked in a copy, and what it says is counted and merged. Its stand-ins here are scripts."""

from __future__ import annotations

from functools import partial

import pytest
from click.testing import CliRunner

from prisma_decouple.cli.refactor import refactor_command
from prisma_decouple.typescript.hints import Kind, Line
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.tsc import projects
from prisma_decouple.typescript.tsc.consequences import origin_of
from prisma_decouple.typescript.tsc.projects import CompilerError, Verdict

from . import stand_ins
from .stand_ins import CODE, GENERATE, PRISMA, TSC, TYPESCRIPT, code_base_in, write_files


@pytest.fixture
def code_base(tmp_path):
    return code_base_in(tmp_path)


@pytest.fixture
def ask(code_base, facts):
    return partial(stand_ins.ask, code_base, facts)


def test_the_new_errors_are_counted(ask):
    report = ask().compiler

    assert (report.before, report.new, report.removed, report.left, report.why_not) == (0, 2, 1, 1, "")


def test_an_error_that_no_hint_covers_becomes_one_at_its_line_in_the_unpatched_file(ask):
    told = [hint for hint in ask().hints if hint.kind is Kind.COMPILER]

    assert [(hint.line, hint.before, hint.why) for hint in told] == [
        (5, ("unseen();",), "TypeScript says TS18047: Nobody foresaw this."),
    ]


_QUERY = """async function save(data: Draft) {
  const task = await prisma.task.create({
    data: { userId, ...data },
    include: { subTasks: true },
  });
  log("\U0001f600", task.subTasks[0].id, task.subTasks.length);
  const { subTasks } = await prisma.task.create({ data: { userId: 1 } });
  return other.subTasks;
}
"""


def test_what_follows_from_a_query_is_told_there_and_what_does_not_is_told_apart(ask, code_base):
    (code_base / "code.ts").write_text(_QUERY, encoding="utf-8")
    (code_base / "node_modules/typescript/bin/tsc").write_text("""
const fs = require("fs");
const isNew = fs.readFileSync("generated.txt", "utf8").includes("new");
fs.readFileSync("code.ts", "utf8").split("\\n").forEach((line, index) => {
  if (!isNew || line.includes("include")) return;
  for (const { index: at } of line.matchAll(/subTasks/g))
    console.log(`code.ts(${index + 1},${at + 1}): error TS2339: Property 'subTasks' does not exist.`);
});
""")
    told = ask().hints

    assert [(hint.line, hint.kind, hint.follows) for hint in told] == [
        (3, Kind.CREATE, (Line("code.ts", 6),)),
        (7, Kind.CREATE, ()),
        (8, Kind.COMPILER, ()),
    ]


def test_what_follows_from_a_query_in_another_file_is_told_there(ask, code_base):
    (code_base / "node_modules/typescript/bin/tsc").write_text(TSC.replace("(18047,", "(2339,"), encoding="utf-8")
    (code_base / "tasks.ts").write_text(
        "export const tasks = { make: async () => prisma.task.create({\n  data: { userId } }) };\n", encoding="utf-8"
    )
    (code_base / "code.ts").write_text(
        """\
import { tasks } from "./tasks";
async function made() {
  return tasks.make();
}
const task = await made();
task.unseen;
task.unseen.map(({ id }) => id);
other.unseen;
""",
        encoding="utf-8",
    )
    told = ask().hints

    assert [(hint.file, hint.line, hint.kind, hint.follows) for hint in told] == [
        ("code.ts", 8, Kind.COMPILER, ()),
        ("tasks.ts", 2, Kind.CREATE, (Line("code.ts", 6), Line("code.ts", 7))),
    ]


def test_what_a_literal_in_another_file_lacks_is_told_there(ask, code_base):
    (code_base / "node_modules/typescript/bin/tsc").write_text(
        TSC.replace("(18047,", "(2322,").replace("},1)", "},${line.indexOf('data') + 1})"), encoding="utf-8"
    )
    (code_base / "rows.ts").write_text(
        "export const rowOf = (name: string) => ({\n  nick: name,\n});\n", encoding="utf-8"
    )
    (code_base / "code.ts").write_text(
        'import { rowOf } from "./rows";\n'
        "const rows = names.map((name) => rowOf(name));\n"
        "await prisma.profile.createMany({ data: rows }); // unseen\n",
        encoding="utf-8",
    )
    told = ask().hints

    assert [(hint.file, hint.line, hint.kind, hint.follows) for hint in told] == [
        ("rows.ts", 1, Kind.TYPE, ()),  # the name that comes in, of which the compiler says nothing
        ("rows.ts", 1, Kind.CREATE, (Line("code.ts", 3),)),
    ]


def test_what_is_said_to_follow_already_is_told_where_it_follows_from_whatever_the_compiler_says(ask, code_base):
    (code_base / "code.ts").write_text(
        "const task = await prisma.task.create({ data: { userId }, include: { subTasks: true } });\n"
        "show(task.subTasks.length); // unseen\n"
        "other(); // unseen\n",
        encoding="utf-8",
    )
    told = ask().hints

    assert [(hint.line, hint.kind, hint.follows) for hint in told] == [
        (1, Kind.CREATE, (Line("code.ts", 2),)),
        (3, Kind.COMPILER, ()),
    ]


def test_what_follows_from_a_place_that_the_patch_mends_is_told_there_where_the_compiler_minds_it_without_the_patch(
    ask, code_base
):
    (code_base / "node_modules/typescript/bin/tsc").write_text(
        TSC.replace('line.includes("unseen")', 'lines.includes("  data: { userId },") && line.includes("unseen")'),
        encoding="utf-8",
    )
    (code_base / "code.ts").write_text(
        "const providerId = 1;\n"
        "const task = await prisma.task.create({\n  data: { userId },\n  include: { subTasks: true },\n});\n"
        "show(task.subTasks.length); // unseen\n"
        "show(task.subTasks.map(first)); // not minded\n",
        encoding="utf-8",
    )
    result = ask()

    assert result.compiler.left == 0
    assert [(hint.line, hint.patched, hint.follows) for hint in result.hints] == [(3, True, (Line("code.ts", 6),))]


@pytest.mark.parametrize(
    ("code", "line", "column", "origin"),
    [
        ("TS2769", 24, 1, [24, 25, 26]),  # none of the ways to call it takes that
        ("TS2769", 24, 14, [24, 25, 26]),
        ("TS18048", 8, 20, [1, 2, 3]),  # what the result of the query has
        ("TS2322", 9, 37, [4, 5, 6, 7]),  # the literal that the variable holds
        ("TS2345", 10, 6, [4, 5, 6, 7]),
        ("TS2741", 10, 6, [4, 5, 6, 7]),  # said of an element of a list: `createMany([order])`
        ("TS2322", 10, 6, [4, 5, 6, 7]),
        ("TS2322", 12, 3, [12, 13, 14, 15]),  # what makes the value of a property
        ("TS2339", 17, 9, [1, 2, 3]),  # taken out of the variable that has it
        ("TS2339", 47, 55, [45, 46]),  # an element of what a query gives
        ("TS2339", 48, 44, [45, 46]),
        ("TS1360", 20, 4, [18, 19, 20]),  # what is said to satisfy a type
        ("TS2322", 21, 21, [18, 19, 20]),  # the same, given to an element
        ("TS2322", 21, 33, [18, 19, 20]),  # what is beside it there
        ("TS2322", 21, 48, [21]),
        ("TS2322", 22, 21, None),
        ("TS2345", 30, 19, [27, 28, 29]),  # what takes it is made by a call that is told its type by what it is given
        ("TS2322", 30, 35, [27, 28, 29]),
        ("TS2322", 31, 16, [31, 32, 33]),  # what is wrong with an attribute, told at the element's name
        ("TS2322", 35, 3, [35]),
        ("TS2322", 37, 7, [39]),  # a function is told what it gives back in the end
        ("TS1360", 43, 4, [42]),
        ("TS2322", 52, 26, [49, 50, 51]),  # what Prisma's validator holds
        ("TS2322", 57, 3, [54, 55, 56]),  # given back: the result of a query
        ("TS2322", 60, 3, [60, 61, 62]),  # given back: what a class makes of literals
        ("TS2322", 65, 9, [66]),  # a method is told what it gives back in the end
        ("TS2322", 68, 3, [69]),
        ("TS2322", 8, 7, None),
        ("TS9999", 9, 37, None),
    ],
)
def test_what_is_used_is_told_where_it_comes_from(code, line, column, origin):
    source = Source(
        "code.tsx",
        """\
const rated = await prisma.review.aggregate({
  where: { doctorId },
});
const row = {
  userId: 1,
  type: "FULL",
};
const mean = rated._avg.rating;
const task = prisma.task.create({ data: row });
save(row);
prisma.user.update({
  tasks: names.map((name) => ({
    userId: 1,
    name,
  })),
});
const { _avg: average } = rated;
const rows = tasks.map((task) => ({
  name: task.name,
})) satisfies Row[];
const list = <Table rows={rows} head={columns} foot={[task.name]} />;
const none = <Table rows={other} head={columns} />;

expect(mean).toEqual<Row>({
  userId: 1,
});
const form = useForm({
  defaultValues: task,
});
form.handleSubmit(save); <Field control={form.control} />;
const named = <button
  aria-label={task.name}
/>;
prisma.user.update({
  tasks: [...names, { name }],
});
const load: Loader = async () => {
  if (!task) return { notFound: true };
  return { props: { task } };
};
const other = (async () => {
  return { props: { task } };
}) satisfies Loader;

const found = await prisma.review.findMany({
});
const doctors = found.filter(Boolean).map((each) => each.doctor.name);
for (const each of found) console.log(each.doctor);
const wanted = Prisma.validator<Prisma.ReviewSelect>()({
  grade: true,
});
prisma.review.findMany({ select: wanted });
async function first() {
  const review = await prisma.review.create({
    data: row,
  });
  return review;
}
function pages() {
  return new Page(
    names.map((name) => ({ name })),
  );
}
const pages: Pages = {
  async first() {
    return { name };
  },
  last: async () => {
    return { name };
  },
};
""",
    )
    found = origin_of(CompilerError("code.ts", line, column, code, ""), source)

    assert (list(found) if found is not None else None) == ([*origin] if origin is not None else None)


def test_what_was_wrong_before_is_nobody_s_concern(ask, code_base):
    (code_base / "code.ts").write_text(f"{CODE}always();\n", encoding="utf-8")

    report = ask().compiler

    assert (report.before, report.new, report.left) == (1, 2, 1)


def test_the_code_base_itself_is_left_alone(ask, code_base):
    before = {path: path.read_bytes() for path in code_base.rglob("*") if path.is_file()}

    ask()

    assert {path: path.read_bytes() for path in code_base.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(("code", "runs"), [(CODE, 3), ("unseen();\n", 2)])
def test_without_a_patch_the_compiler_is_asked_twice(ask, code_base, tmp_path_factory, monkeypatch, code, runs):
    log = tmp_path_factory.mktemp("runs") / "log"
    monkeypatch.setenv("RUNS", str(log))
    noted = 'require("fs").appendFileSync(process.env.RUNS, ".");'
    stand_ins.write_files(code_base, {"code.ts": code, stand_ins.TYPESCRIPT: noted + TSC})

    report = ask().compiler

    assert (len(log.read_text()), report.left) == (runs, 1)


def test_projects_are_compiled_side_by_side(ask, code_base, monkeypatch):
    script = """
const { existsSync, writeFileSync } = require("fs");
const isInner = process.cwd().endsWith("api");
const started = (which) => `${isInner ? ".." : "."}/started-${which}`;
writeFileSync(started(isInner), "");
for (const until = Date.now() + 20_000; !existsSync(started(!isInner)) && Date.now() < until; );
if (!existsSync(started(!isInner))) console.log("error TS5023: Nobody else was started.");
"""
    write_files(code_base, {TYPESCRIPT: script + TSC, "api/tsconfig.json": "{}", "api/code.ts": "always();\n"})
    write_files(code_base, {PRISMA: GENERATE + 'fs.copyFileSync("generated.txt", "api/generated.txt");'})
    monkeypatch.setattr(projects, "_at_once", lambda: 2)

    assert ask().compiler.not_compiled == ()


def test_a_folder_in_parentheses_is_part_of_a_path(ask, code_base):
    told = "app/(site)/page.ts(3,7): error TS2322: Type 'null' is not assignable."
    script = f"if (require('fs').readFileSync('generated.txt', 'utf8').includes('new')) console.log({told!r});"
    (code_base / "node_modules/typescript/bin/tsc").write_text(script)
    hints = [hint for hint in ask().hints if hint.kind is Kind.COMPILER]

    assert [(hint.file, hint.line) for hint in hints] == [("app/(site)/page.ts", 3)]


def test_a_configuration_that_only_refers_to_others_stands_for_them(ask, code_base):
    (code_base / "tsconfig.json").write_text('{"files": [], "references": [{"path": "./tsconfig.app.json"}]}')
    (code_base / "tsconfig.app.json").write_text("{}")
    script = (code_base / "node_modules/typescript/bin/tsc").read_text()
    check = 'if (!process.argv.includes("tsconfig.app.prisma-decouple.json")) process.exit(0);'
    (code_base / "node_modules/typescript/bin/tsc").write_text(check + script)

    assert ask().compiler.new == 2


def test_a_client_outside_the_code_base_is_not_written(ask):
    outside = 'generator client {\n  provider = "prisma-client-js"\n  output = "../../client"\n}\n'

    assert ask(outside).compiler.why_not == "the generator `client` writes outside the code base"


def test_without_code_there_is_nothing_to_compile():
    result = CliRunner().invoke(refactor_command, ["schema.prisma", "--out", "build", "--tsc"])

    assert result.exit_code == 2
    assert "--code" in result.output


def test_what_two_projects_say_of_one_place_in_other_words_counts_once():
    one, same = (CompilerError("shared.ts", 1, 1, "TS2322", f"Type '{name}' does not fit.") for name in ("A", "B"))
    other = CompilerError("shared.ts", 1, 1, "TS2739", "It lacks one.")
    verdict = Verdict({"tsconfig.json": frozenset({one}), "api/tsconfig.json": frozenset({same, other})}, {})

    assert verdict.without({}) == [one, other]
    assert verdict.without({"tsconfig.json": "failed"}) == [same, other]
