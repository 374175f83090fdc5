"""What a scan promises whatever the code looks like."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.changes import (
    Column,
    Fate,
    OptionalField,
    OptionalRelation,
    RelationField,
    RequiredRelation,
)
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.general import general_hints
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.scan import scan

_LACKING = "await prisma.task.create({ data: { userId } });\n"


def test_a_syntax_error_is_named_and_hides_nothing_else(scan_code):
    result = scan_code(f"const = ;\n{_LACKING}function (\n")

    assert [hint.line for hint in result.hints] == [2]
    assert result.syntax_errors == ("code.ts",)


def test_windows_line_ends_are_no_part_of_the_lines(scan_code):
    code = "const providerId = 1;\r\nawait prisma.task.create({\r\n  data: {\r\n    userId,\r\n  },\r\n});\r\n"

    (hint,) = scan_code(code).hints

    assert (hint.line, hint.before) == (3, ("  data: {", "    userId,", "  },"))
    assert hint.after == ("  data: {", "    userId,", "    providerId,", "  },")


def test_columns_count_characters(scan_code):
    (hint,) = scan_code('const ö = "é", x = integrationId || 0;').hints

    assert hint.column == 20


def test_markup_is_read_in_tsx_files(scan_code):
    code = "const Row = ({ task }: { task: Task }) => <b title={task.integration.title}>{1}</b>;"

    (hint,) = scan_code({"row.tsx": code}).hints

    assert (hint.kind, hint.after) == (Kind.READ, (code.replace("integration.", "integration?."),))


def test_the_length_of_a_list_is_no_field_of_its_elements(scan_code, facts):
    code = """\
const half = (count: number) => count / 2;
const tracks = await prisma.profile.findMany();
half(tracks.length);
half(tracks[0].length);
"""
    given = replace(facts, optional_fields=(*facts.optional_fields, OptionalField("Profile", "length", "number")))

    assert [(hint.line, hint.kind) for hint in scan_code(code, given).hints] == [(4, Kind.FLOW)]


def test_what_is_read_of_the_record_itself_needs_no_question_although_the_way_there_may_end_twice(scan_code, facts):
    code = """\
type Loaded = Prisma.TaskGetPayload<{ include: { integration: { include: { provider: true } } } }>;
const is = (tasks: Loaded[]) => tasks.some((task) => task.integration.provider.label === "a");
export async function find(task: Loaded) {
  const integration = task.integration;
  const provider = await prisma.provider.findUnique({ where: { id: integration.providerId } });
  return [provider?.label, integration.accessToken];
}
"""
    twice = OptionalRelation("Integration", "provider", ("providerId",), "Provider", ("number",))

    (change,) = scan_code(code, replace(facts, optional=(*facts.optional, twice))).changes

    assert "(task) => task.provider.label ===" in change.after
    assert "= await prisma.provider.findUnique({ where: { id: task.providerId } })" in change.after


def test_what_a_type_says_more_than_the_model_is_told_by_the_names_of_the_model(scan_code):
    code = """\
const all = (tasks: (Task & { integration: Integration | null })[]) => tasks as (Task & { integration: Integration })[];
"""
    reasons = [hint.why for hint in scan_code(code).hints]

    assert any("`integration` in it is the `integration` of a Task, which may be null now" in why for why in reasons)
    assert not any("``" in why for why in reasons)


def test_an_ampersand_in_the_text_of_an_element_is_text(scan_code):
    code = """\
type Row = Mention & { post: Post };
export const View = ({ task, mask }: { task: Task; mask: number }) => (
  <p>
    Terms & Conditions: {task.integration.label} {mask & 1}
  </p>
);
"""
    result = scan_code({"view.tsx": code})

    assert [(hint.line, hint.kind) for hint in result.hints] == [(4, Kind.READ)]
    assert result.syntax_errors == ()


UNKNOWN_TO_THE_GRAMMAR = {
    "an ampersand in an attribute": (
        "view.tsx",
        """\
export const View = ({ task }: { task: Task }) => (
  <a href="https://example.org?from=app&to=you&amp;" title={task.integration.label}>R&D</a>
);
""",
        (2, Kind.READ),
    ),
    "types of a template's function": (
        "rows.ts",
        """\
export const rows = await prisma.$queryRaw<{ id: number }[]>`SELECT id FROM "Task" WHERE id = ${id}`;
export const label = (task: Task) => task.integration.label;
""",
        (2, Kind.READ),
    ),
    "the type of a module": (
        "mock.ts",
        """\
const actual = await importOriginal<typeof import("./tasks")>();
export const label = (task: Task) => task.integration.label;
""",
        (2, Kind.READ),
    ),
    "a key that is a word of the language": (
        "filter.ts",
        """\
interface Filter {
  equals?: string | null
  in?: string[]
}
export const label = (task: Task, filter: Filter) => task.integration.label;
""",
        (5, Kind.READ),
    ),
}


@pytest.mark.parametrize(("name", "code", "hint"), UNKNOWN_TO_THE_GRAMMAR.values(), ids=UNKNOWN_TO_THE_GRAMMAR)
def test_what_the_grammar_does_not_know_is_no_syntax_error(scan_code, name, code, hint):
    result = scan_code({name: code})

    assert result.syntax_errors == ()
    assert [(each.line, each.kind) for each in result.hints] == [hint]


def test_types_that_are_exported_again_are_followed(scan_code):
    result = scan_code(
        {
            "models.ts": "export interface Job { integrationId: number; userId: string }\n",
            "index.ts": 'export type * from "./models";\n',
            "use.ts": """\
import type { Job } from "./index";
export async function start(job: Job) {
  await prisma.task.create({ data: { userId: job.userId, integrationId: job.integrationId } });
}
""",
        }
    )

    assert ("models.ts", Kind.TYPE) in {(hint.file, hint.kind) for hint in result.hints}
    assert result.syntax_errors == ()


def test_what_old_records_get_from_the_migration_new_ones_should_get_as_well(scan_code, facts):
    filled = replace(facts, added=tuple(replace(each, is_filled=True) for each in facts.added))
    code = """\
const add = (args: Prisma.MentionCreateArgs) => prisma.mention.create(args);
await add({ data: { content, post: { connect: { id } } } });
await add({ data: { content, provider: { connect: { id } } } });
await prisma.mention.createMany({ data: [{ content, postId }, { content, providerId }] });
await prisma.mention.update({ where: { id }, data: { content } });
"""
    result = scan_code(code, filled)

    assert [(hint.line, hint.column, hint.kind, hint.confidence) for hint in result.hints] == [
        (2, 19, Kind.CREATE, Confidence.UNSURE),
        (4, 42, Kind.CREATE, Confidence.UNSURE),
    ]
    assert scan_code(code).hints == ()


def test_what_is_made_inside_another_record_or_of_a_list_should_get_it_too_and_what_is_spread_is_no_record(
    scan_code, facts
):
    filled = replace(facts, added=tuple(replace(each, is_filled=True) for each in facts.added))
    code = """\
const rows = texts.map((content) => {
  return { content };
});
await prisma.post.create({ data: { ...post, mentions: { create: rows } } });
await prisma.mention.createMany({ data: texts.map((content) => ({ content })) });
await prisma.mention.create({ data: { content, ...(postId !== undefined && { post: { connect: { id: postId } } }) } });
await prisma.provider.update({ where: { id }, data: { mentions: { create: { content } } } });
"""
    result = scan_code(code, replace(filled, required=(), new_fields=()))

    assert [(hint.line, hint.column, hint.kind) for hint in result.hints] == [
        (2, 10, Kind.CREATE),
        (5, 65, Kind.CREATE),
        (6, 37, Kind.CREATE),
    ]


def test_a_whole_record_is_not_given_null_for_what_old_ones_get_from_the_migration_but_in_a_test(scan_code, facts):
    filled = replace(facts, added=tuple(replace(each, is_filled=True) for each in facts.added))
    code = 'const mention: Omit<Mention, "id"> = { content, postId };\n'

    result = scan_code({"mentions.ts": code, "mentions.test.ts": code}, filled)

    assert [(hint.file, hint.patched) for hint in result.hints] == [("mentions.test.ts", True), ("mentions.ts", False)]
    assert [hint.patched for hint in scan_code(code).hints] == [True]


def test_where_nobody_says_what_old_records_get_new_ones_are_doubted_but_not_in_tests(scan_code, facts):
    made = replace(facts, added=tuple(replace(each, is_filled=None) for each in facts.added))
    lacking = "await prisma.mention.create({ data: { postId } });\n"
    code = lacking + "await prisma.mention.create({ data: { postId, providerId } });\n"

    (hint,) = scan_code({"mentions.ts": code, "mentions.test.ts": lacking}, made).hints

    assert (hint.file, hint.line, hint.kind, hint.confidence) == ("mentions.ts", 1, Kind.CREATE, Confidence.UNSURE)


def test_a_stand_in_beside_a_name_that_other_models_have_is_unsure(scan_code):
    optional = OptionalRelation("Task", "team", ("teamId",), "Team", ("string",))
    relations = (RelationField("Task", "team", "Team", ("teamId",)),)
    columns = (Column("Task", "teamId", "string", is_nullable=True), Column("Invite", "teamId", "string"))
    alone = SchemaFacts(optional=(optional,), relations=relations, columns=columns[:1])
    shared = SchemaFacts(optional=(optional,), relations=relations, columns=columns)
    code = 'const teamId = params.teamId ?? "";\n'

    assert [hint.confidence for hint in scan_code(code, alone).hints] == [Confidence.CERTAIN]
    assert [hint.confidence for hint in scan_code(code, shared).hints] == [Confidence.UNSURE]


def test_a_type_that_every_file_has_is_the_model_only_where_it_is_imported(scan_code):
    facts = SchemaFacts(
        optional=(OptionalRelation("Response", "survey", ("surveyId",), "Survey", ("number",)),),
        relations=(RelationField("Response", "survey", "Survey", ("surveyId",)),),
    )
    read = "export const title = (each: Response) => each.survey.title;\n"
    files = {"fetch.ts": read, "data.ts": 'import type { Response } from "@prisma/client";\n' + read}

    assert [hint.file for hint in scan_code(files, facts).hints] == ["data.ts"]


def test_a_type_assertion_is_read_in_ts_files(scan_code):
    result = scan_code("const x = <number>integrationId || 0;")

    assert result.syntax_errors == ()
    assert [hint.kind for hint in result.hints] == [Kind.SENTINEL]


def test_deeply_nested_code_is_read(scan_code):
    chain = " + ".join(["x"] * 3000)

    result = scan_code(f"const rows = [];\nconst y = {chain};\nawait prisma.task.createMany({{ data: rows }});\n")

    assert result.files_examined == 1


def test_a_list_that_contains_itself_ends(scan_code):
    code = "const a = { ...b };\nconst b = { ...a };\nawait prisma.task.create({ data: a });\n"

    (hint,) = scan_code(code).hints

    assert (hint.line, hint.kind) == (1, Kind.CREATE)


def test_functions_that_call_each_other_end(scan_code):
    code = (
        "function a(data: D) { return b(data); }\n"
        "function b(data: D) { a(data); return prisma.task.create({ data }); }\n"
    )

    assert {hint.confidence for hint in scan_code(code).hints} == {Confidence.UNSURE}


def test_the_order_of_the_files_changes_nothing(scan_code):
    code = {"a.ts": _LACKING, "b.ts": "createTask({ userId });", "c.ts": "f(integrationId || 0);"}

    backwards = dict(reversed(code.items()))

    assert scan_code(code) == scan_code(backwards)


def test_every_proposal_is_typescript(scan_code):
    code = f"const providerId = 1;\n{_LACKING}f(integrationId ?? 0);\nshow(task.integration!.id);\n"
    result = scan_code(code)

    for hint in result.hints:
        lines = code.split("\n")
        lines[hint.line - 1 : hint.line - 1 + len(hint.before)] = hint.after
        assert scan_code("\n".join(lines)).syntax_errors == ()


def test_a_proposal_that_was_taken_leaves_no_hint(scan_code):
    code = f"const providerId = 1;\n{_LACKING}f(integrationId ?? 0);\nshow(task.integration!.id);\n"
    lines = code.split("\n")

    for hint in scan_code(code).hints:
        lines[hint.line - 1 : hint.line - 1 + len(hint.before)] = hint.after

    assert scan_code("\n".join(lines)).hints == ()


def test_a_file_without_the_names_is_read_but_not_parsed(scan_code):
    result = scan_code({"a.ts": "export const one = 1;", "b.ts": _LACKING})

    assert (result.files_read, result.files_examined) == (2, 1)


def test_keys_of_several_fields_are_given_together(scan_code):
    shelf = RequiredRelation("Book", "shelf", ("room", "row"), "Shelf", "books", ("room", "row"), ("string", "number"))
    facts = SchemaFacts(required=(shelf,))

    _, hint = scan_code('function add(title: string) { db.book.create({ data: { title, room: "a" } }); }', facts).hints

    assert hint.after == ('function add(title: string) { db.book.create({ data: { title, room: "a", room, row } }); }',)


def test_a_field_of_the_same_name_elsewhere_makes_a_name_ambiguous(scan_code):
    optional = OptionalRelation("Book", "author", ("authorId",), "Author", ("number",))
    fields = (RelationField("Book", "author", "Author"), RelationField("Author", "town", "Town"))
    code = "show(x.author.town);"

    alone = scan_code(code, SchemaFacts(optional=(optional,), relations=fields))
    shared = scan_code(
        code, SchemaFacts(optional=(optional,), relations=(*fields, RelationField("Song", "author", "Author")))
    )

    assert [hint.confidence for hint in alone.hints] == [Confidence.LIKELY]
    assert [hint.confidence for hint in shared.hints] == [Confidence.UNSURE]


def test_a_key_that_most_models_have_as_it_was_is_only_told_where_something_speaks_of_the_model(scan_code, facts):
    code = """\
const filter = z.object({ integrationId: z.number(), page: z.number() });
const row = z.object({ integrationId: z.number(), userId: z.number(), taskId: z.number(), note: z.string() });
const taskSchema = z.object({ integrationId: z.number(), page: z.number() });
interface Filter { integrationId: number; page: number }
const read = (filter: Filter) => filter.integrationId;
read({ integrationId: unknown.integrationId, page: 1 });
"""
    others = tuple(
        RelationField(each, "integration", "Integration", ("integrationId",)) for each in ("Log", "Run", "Key")
    )
    own = tuple(RelationField("Task", each, "User", (f"{each}Id",)) for each in ("user", "task"))

    lines = [hint.line for hint in scan_code(code).hints]
    fewer = [hint.line for hint in scan_code(code, replace(facts, relations=(*facts.relations, *own, *others))).hints]

    assert lines == [1, 2, 3, 4]
    assert fewer == [2, 3]


def test_a_change_that_concerns_no_code_has_no_hints(scan_code):
    assert scan_code(_LACKING, SchemaFacts()).hints == ()
    assert general_hints(SchemaFacts()) == ()


def test_general_hints_speak_of_every_changed_model_and_of_no_file(facts):
    hints = general_hints(facts)

    for model in ("Post", "Task"):
        kinds = {hint.kind for hint in hints if model in hint.why or model.lower() in hint.why}
        assert kinds >= set(Kind) - {Kind.PARAMETER, Kind.COMPILER, Kind.GONE, Kind.SPOKEN}
    assert {(hint.file, hint.line, hint.before, hint.after) for hint in hints} == {(None, None, (), None)}


def test_general_hints_name_the_functions_of_the_rule_file(facts):
    assert any("`createTask`" in hint.why for hint in general_hints(facts))


@pytest.mark.parametrize("module", ["facts", "hints", "general", "scan"])
def test_only_a_scan_itself_imports_tree_sitter(module):
    code = f"import sys, prisma_decouple.typescript.{module}; print('tree_sitter' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_an_empty_folder_is_an_empty_result(tmp_path, facts):
    result = scan(facts, tmp_path)

    assert (result.hints, result.files_read) == ((), 0)


@pytest.mark.parametrize("guide", ["../guide", "a/b", "", ".hidden"])
def test_a_guide_is_written_nowhere_else(guide):
    with pytest.raises(ValueError, match="file name"):
        CodeRules(guide=guide)


def test_a_comment_that_speaks_of_the_stand_in_is_told_and_set_right(scan_code):
    told, silent, twice = scan_code("""\
run({
  integrationId: a || 0, // 0 for none
});
run({
  integrationId: b || 0, // 10 at most
});
run({
  integrationId: c || 0, // 0 for none, 0 for all
});
""").hints

    assert told.why.endswith("The comment beside it speaks of `0` as well.")
    assert told.after == ("  integrationId: a || null, // null for none",)
    assert "comment" not in silent.why
    assert silent.after == ("  integrationId: b || null, // 10 at most",)
    assert twice.after == ("  integrationId: c || null, // 0 for none, 0 for all",)


@pytest.mark.parametrize(
    ("asked", "confidence"),
    [
        ("actor: { id: user.id }", Confidence.UNSURE),
        ('actor: { name: { contains: "a" } }', Confidence.LIKELY),
        ("NOT: { actor: { id: user.id } }", Confidence.LIKELY),
    ],
)
def test_a_filter_that_only_says_which_record_it_has_to_be_may_be_right_as_it_is(scan_code, asked, confidence):
    actor = OptionalRelation("Audit", "actor", ("actorId",), "User", ("string",))
    facts = SchemaFacts(optional=(actor,), relations=(RelationField("Audit", "actor", "User", ("actorId",)),))

    (hint,) = scan_code(f"await prisma.audit.findMany({{ where: {{ {asked} }} }});", facts).hints

    assert (hint.kind, hint.confidence) == (Kind.FILTER, confidence)


def test_a_deletion_that_does_what_it_did_before_is_not_told(scan_code, facts):
    code = "await prisma.integration.delete({ where: { id: 1 } });\n"
    same = replace(facts, optional=tuple(replace(each, fate=Fate.SAME) for each in facts.optional))

    assert [hint.kind for hint in scan_code(code).hints] == [Kind.FILTER]
    assert scan_code(code, same).hints == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('export * from "./second";\n', 'export * from "./first";\nexport * from "./db";\n'),
        ('export { db } from "./second";\n', 'export * from "./first";\nexport * from "./db";\n'),
    ],
)
def test_what_files_that_export_each_other_have_is_found(scan_code, first, second):
    db = 'import { PrismaClient } from "@prisma/client";\nexport const db = new PrismaClient();\n'
    use = 'import { db } from "./first";\nawait db.task.create({ data: { integrationId: 1 } });\n'

    result = scan_code({"first.ts": first, "second.ts": second, "db.ts": db, "use.ts": use})

    assert [(hint.file, hint.line, hint.confidence) for hint in result.hints] == [("use.ts", 2, Confidence.CERTAIN)]
    assert result.syntax_errors == ()


def test_files_that_import_from_each_other_what_none_of_them_has_stop_nothing(scan_code):
    first = 'import { db } from "./second";\nexport { db };\n'
    use = 'import { db } from "./first";\nawait db.task.create({ data: { integrationId: 1 } });\n'

    result = scan_code({"first.ts": first, "second.ts": first.replace("second", "first"), "use.ts": use})

    assert (result.files_examined, result.syntax_errors) == (1, ())


def test_a_value_and_a_type_of_one_name_are_told_apart(scan_code):
    model = """\
import type { Task } from "@prisma/client";
export const Row = { integrationId: 0 };
export type Row = Task;
"""
    use = """\
import { Row } from "./model";
export const none: number = Row.integrationId;
export function keyOf(row: Row): number {
  return row.integrationId;
}
"""
    told = [(hint.file, hint.line, hint.confidence) for hint in scan_code({"model.ts": model, "use.ts": use}).hints]

    assert ("use.ts", 4, Confidence.CERTAIN) in told
    assert not any(line == 2 for file, line, _ in told if file == "use.ts")


def test_what_decorates_a_field_and_lets_no_null_in_is_told_with_it(scan_code):
    made = "export const {0} = (own: {0}) => prisma.task.create({{ data: {{ integrationId: own.integrationId }} }});"
    code = [
        "class Strict { @IsInt() @Field(() => Int) integrationId: number; }",
        "class Lenient { @IsOptional() @IsInt() @Field(() => Int, { nullable: true }) integrationId: number; }",
        *(made.format(each) for each in ("Strict", "Lenient")),
    ]

    hints = [hint for hint in scan_code("\n".join(code)).hints if "may be null" in hint.why]

    assert [(hint.line, "`@IsInt` and `@Field`" in hint.why) for hint in hints] == [(1, True), (2, False)]


def test_what_is_made_of_a_record_tells_a_new_field_from_one_that_is_never_null_any_more(scan_code):
    before = "model Note {\n  id Int @id\n  title String?\n}\n"
    after = "model Note {\n  id Int @id\n  title String\n  length Int\n}\n"
    facts = facts_of(read_model(parse_schema(before)), read_model(parse_schema(after)), CodeRules())

    code = 'import type { Note } from "@prisma/client";\nexport type Shown = Omit<Note, "id">;\n'
    (hint,) = scan_code(code, facts).hints

    assert hint.why == "This is made of a Note: `length` is in it now, and `title` is never null in it any more."


def test_a_create_speaks_of_what_is_called_like_the_key_and_is_not_used(scan_code):
    create = "return prisma.task.create({ data: { title } });"

    one = f"function one(title: string, providerId: string) {{ {create} }}"
    two = f"class Two {{ constructor(title: string) {{ {create} }} }}"
    named, other = scan_code(f"{one}\n{two}").hints

    assert named.why.endswith("`providerId` is in sight: look whether it is meant.")
    assert "in sight" not in other.why


@pytest.mark.parametrize(
    ("written", "is_named"),
    [
        ("Record<string, number>", False),
        ("{ [name: string]: number }", False),
        ("Map<string, number>", False),
        ("{ [name: string]: number; providerId: number }", True),
    ],
)
def test_what_has_something_under_any_name_says_nothing_by_having_it_under_that_of_the_key(
    scan_code, written, is_named
):
    (hint,) = scan_code(
        f"declare const made: {written};\n"
        'const title = "x";\n'
        "await prisma.task.create({ data: { title, integrationId: made.other } });\n"
    ).hints

    assert ("`made.providerId` is in sight" in hint.why) is is_named


@pytest.mark.parametrize(
    ("loaded", "told"),
    [
        ("include: { integration: { include: { provider: true } } }", " Load `provider` as well: it is always there."),
        ("include: { integration: { select: { providerId: true } } }", " Its own `providerId` is always there."),
        (
            "select: { title: true, integration: { select: { label: true, providerId: true } } }",
            " Load its own `providerId` as well: that is always there.",
        ),
        ("include: { integration: { select: { label: true } } }", ""),
        ("include: { integration: true }", ""),
    ],
)
def test_what_is_loaded_is_told_with_what_the_record_has_of_it_itself(loaded, told, scan_code):
    (hint,) = scan_code(f"show(await prisma.task.findMany({{ {loaded} }}));").hints

    rest = hint.why.removeprefix("The `integration` that is loaded with a Task may be null now.")
    assert rest == f"{told} What reads it is not seen: look where the result goes."


_BRANCHES = """\
async function count(id: number) {
  const sums = { free: 0, paid: 0 };
  for (const task of await prisma.task.findMany({ include: { integration: true } })) {
    if (task.integration.tier === "FREE") { sums.free++; } %s
  }
  return sums;
}
"""


@pytest.mark.parametrize(
    ("otherwise", "is_patched"),
    [
        pytest.param("else { sums.paid++; }", False, id="something is done"),
        pytest.param("else if (id) sums.paid++;", True, id="something else is asked"),
        pytest.param('else throw new Error("not free");', True, id="it fails"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_what_is_absent_is_not_taken_for_the_other_value_of_an_enum(facts, scan_code, otherwise, is_patched):
    given = replace(facts, columns=(*facts.columns, Column("Integration", "tier", "Tier")))
    hints = scan_code(_BRANCHES % otherwise, given).hints

    assert [hint.patched for hint in hints if hint.line == 4] == [is_patched]


def test_a_type_that_has_to_let_null_in_is_told_with_the_uses_that_refuse_it(scan_code):
    rows = "export interface Task { id: number; integrationId: number; title: string; userId: string }\n"
    view = "export const shown = (task: Task) => task.integrationId.toFixed();\n"
    files = {"rows.ts": rows, "view.ts": f'import type {{ Task }} from "./rows";\n{view}'}

    [hint] = scan_code(files).hints

    assert hint.file == "rows.ts"
    assert hint.why.endswith("Uses that cannot take that yet: `view.ts:2`.")


def test_all_that_asks_by_a_key_which_is_none_any_more_is_shown(scan_code):
    result = scan_code("await prisma.page.findUnique({\n  where: {\n    slug,\n  },\n});\n")

    assert [hint.before for hint in result.hints] == [("  where: {", "    slug,", "  },")]
