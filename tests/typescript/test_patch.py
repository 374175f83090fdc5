"""The patch: git applies it, it does what is certain, and it leaves no name undeclared."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import msgspec
import pytest

from prisma_decouple.render.patch import render_patch
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.changes import OptionalField
from prisma_decouple.typescript.hints import FileChange, Kind
from prisma_decouple.typescript.scan import scan

_CERTAIN = "const providerId = 1;\nawait prisma.task.create({\n  data: {\n    userId,\n  },\n});\n"
_PATCHED = _CERTAIN.replace("userId,\n", "userId,\n    providerId,\n")


@pytest.fixture
def patched(tmp_path, facts):
    """Writes files, lets git apply the patch to them, and reads them again."""

    def patch(files: dict[str, bytes]) -> dict[str, bytes]:
        for path, data in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        text = render_patch(scan(facts, tmp_path).changes)
        if text:
            git = ["git", "-c", "core.autocrlf=false", "apply", "-"]
            done = subprocess.run(git, cwd=tmp_path, input=text.encode(), capture_output=True, check=False)
            assert done.returncode == 0, done.stderr.decode()
        return {path: (tmp_path / path).read_bytes() for path in files}

    return patch


def test_git_applies_what_is_certain(patched):
    assert patched({"a/code.ts": _CERTAIN.encode()}) == {"a/code.ts": _PATCHED.encode()}


def test_windows_line_ends_stay(patched):
    code = _CERTAIN.replace("\n", "\r\n").encode()

    assert patched({"code.ts": code}) == {"code.ts": _PATCHED.replace("\n", "\r\n").encode()}


def test_a_file_without_a_final_newline_stays_so(patched):
    assert patched({"code.ts": _CERTAIN.encode().rstrip()}) == {"code.ts": _PATCHED.encode().rstrip()}


def test_a_byte_order_mark_stays(patched):
    assert patched({"code.ts": b"\xef\xbb\xbf" + _CERTAIN.encode()}) == {"code.ts": b"\xef\xbb\xbf" + _PATCHED.encode()}


@pytest.mark.parametrize("path", ["app/(site)/[id]/page.ts", "with space/a b.ts", "caf\u00e9.ts", 'quo"te\\.ts'])
def test_any_path_can_be_patched(patched, path):
    assert patched({path: _CERTAIN.encode()}) == {path: _PATCHED.encode()}


def test_edits_of_several_hints_in_one_line_are_all_made(patched):
    code = b"const providerId = 1;\nawait prisma.task.create({ data: { integrationId: id || 0 } });\n"

    assert patched({"code.ts": code}) == {
        "code.ts": code.replace(b"|| 0 }", b"|| null, providerId }"),
    }


def test_a_filter_and_what_it_asks_for_both_lose_their_detour(patched):
    code = """\
import { prisma } from "./db";
const task = await prisma.task.findFirstOrThrow({ include: { integration: { include: { provider: true } } } });
await prisma.task.findMany({
  where: {
    integration: {
      providerId: task.integration.providerId,
    },
  },
});
"""
    own = code.replace(
        """\
    integration: {
      providerId: task.integration.providerId,
    },
""",
        """\
    providerId: task.providerId,
""",
    )

    assert patched({"code.ts": code.encode()}) == {"code.ts": own.encode()}


def test_a_name_that_is_declared_nowhere_stays_out(patched):
    code = b'await createTask({ userId, integrationId: found.id, note: "a" });\n'

    assert patched({"code.ts": code}) == {"code.ts": code}


def test_a_name_that_another_edit_declares_comes_with_it(patched):
    code = (
        "export async function createTask({ userId, integrationId }: { userId: string; integrationId: number }) {\n"
        "  return prisma.task.create({ data: { userId, integrationId } });\n"
        "}\n"
    )

    assert patched({"code.ts": code.encode()})["code.ts"].decode() == (
        "export async function createTask({ userId, integrationId, providerId }:"
        " { userId: string; integrationId: number; providerId: number }) {\n"
        "  return prisma.task.create({ data: { userId, integrationId, providerId } });\n"
        "}\n"
    )


def test_what_is_not_certain_is_not_done(patched):
    code = b"const providerId = 1;\nawait prisma.task.create({ data: { ...defaults, userId } });\n"

    assert patched({"code.ts": code}) == {"code.ts": code}


def test_a_file_that_is_not_utf8_is_left_as_it_is(patched):
    code = b"// caf\xe9\n" + _CERTAIN.encode()

    assert patched({"code.ts": code}) == {"code.ts": code}


def test_a_link_is_not_patched_but_the_file_behind_it(tmp_path, facts):
    (tmp_path / "code.ts").write_text(_CERTAIN)
    (tmp_path / "link.ts").symlink_to(tmp_path / "code.ts")

    assert [change.path for change in scan(facts, tmp_path).changes] == ["code.ts"]


def test_every_hint_says_whether_it_is_patched(scan_code):
    result = scan_code(f"{_CERTAIN}await prisma.task.create({{ data: buildData() }});\n")

    assert [hint.patched for hint in result.hints] == [True, False]


def test_what_may_be_null_itself_and_is_read_through_what_may_be_absent_is_mended_whole(scan_code, facts):
    code = """\
type Full = Prisma.TaskGetPayload<{ include: { integration: true } }>;
interface Row { title?: string }
const title = (task: Full): string | undefined => task.integration.title;
const row = (task: Full): Row => ({ title: task.integration.title });
"""
    changed = replace(facts, optional_fields=(*facts.optional_fields, OptionalField("Integration", "title", "string")))

    (change,) = scan_code(code, changed).changes

    assert change.after == code.replace("integration.title }", "integration?.title ?? undefined }")


def test_a_second_patch_has_nothing_to_do(scan_code):
    (change,) = scan_code(_CERTAIN).changes

    assert scan_code(change.after).changes == ()


_SERVICES = {
    "services/index.ts": 'export * from "./providers";\nexport * from "./tasks";\n',
    "services/providers.ts": (
        "export class UnknownProvider extends Error {\n"
        "  static of(url: string) { return new UnknownProvider(url); }\n}\n"
        "export class BadAddress extends Error {\n"
        "  constructor(message: string, readonly url: string) { super(message); }\n}\n"
        "export class Unreachable extends Error {\n"
        "  constructor(message: string, ...more: string[]) { super(message); }\n}\n"
        "class Providers {\n  async named(name: string): Promise<Provider | null> { return null; }\n"
        "  async required(name: string): Promise<Provider> { throw new Error(name); }\n}\n"
        "export const providers = new Providers();\n"
        "export function parse(url: string) { return { provider: url }; }\n"
    ),
    "services/tasks.ts": (
        "export async function createTask(data: { userId: string; integrationId: number }) {\n"
        "  return prisma.task.create({ data });\n}\n"
    ),
}
_LOOKUP = {
    "input": "url",
    "parse": "parse(url)",
    "find": "providers.named(parsed.provider)",
    "error": "UnknownProvider",
}


@pytest.fixture
def resolving(facts):
    """The facts, with a rule file that says how a Provider is found."""

    def facts_with(**changes):
        code = {"calls": ["createTask"], "resolve": {"Provider": {**_LOOKUP, **changes}}}
        return replace(facts, code=msgspec.convert(code, CodeRules))

    return facts_with


def _patched_action(scan_code, given, body):
    action = f'import {{ createTask, parse }} from "./services";\n\n{body}'
    result = scan_code({**_SERVICES, "action.ts": action}, given)
    return next((change.after for change in result.changes if change.path == "action.ts"), action)


def test_what_has_to_be_looked_up_is_looked_up_as_the_rule_file_says(scan_code, resolving):
    body = (
        "export async function start(userId: string, address: string) {\n"
        "  const { provider: name } = parse(address);\n"
        "  await createTask({ userId, integrationId: 1 });\n"
        "}\n"
    )

    assert _patched_action(scan_code, resolving(), body) == (
        'import { createTask, parse, providers, UnknownProvider } from "./services";\n\n'
        "export async function start(userId: string, address: string) {\n"
        "  const { provider: name } = parse(address);\n"
        "  const provider = await providers.named(name);\n"
        "  if (!provider) {\n"
        "    throw new UnknownProvider(address);\n"
        "  }\n"
        "  await createTask({ userId, integrationId: 1, providerId: provider.id });\n"
        "}\n"
    )


def test_what_is_put_in_is_broken_as_the_lines_of_the_file_are(scan_code, resolving):
    action = """\
import { createTask as create, parse as takeApart } from "./services";
export async function start(userId: string, theAddressOfSomebody: string) {
  const { provider: name } = parse(theAddressOfSomebody);
  await create({ userId, integrationId: 1 });
}
"""
    given = resolving(find="providers.required(`${parsed.provider} of everybody who is there`)")

    result = scan_code({**_SERVICES, "action.ts": action}, given)

    (after,) = (change.after for change in result.changes if change.path == "action.ts")
    assert after.startswith("""\
import {
  createTask as create,
  parse as takeApart,
  providers,
} from "./services";
""")
    assert (
        """\
  const provider = await providers.required(
    `${name} of everybody who is there`
  );
  await create({ userId, integrationId: 1, providerId: provider.id });
"""
        in after
    )


def test_what_is_called_like_the_key_but_may_be_absent_is_told(scan_code, facts):
    files = {
        "services.ts": """\
export async function createTask(data: { userId: string; integrationId: number }) {
  return prisma.task.create({ data });
}
export async function load(id: number): Promise<Integration> {
  return prisma.integration.findUniqueOrThrow({ where: { id } });
}
""",
        "action.ts": """\
import { createTask } from "./services";
export async function start(data: { integrationId?: string; providerId?: string }) {
  const integrationId = data.integrationId;
  await createTask({ userId: "1", integrationId: Number(integrationId) });
}
export async function run(integrationId: number, providerId?: number) {
  await createTask({ userId: "2", integrationId });
}
export async function stop(integrationId: number) {
  await createTask({ userId: "3", integrationId });
}
""",
    }
    code = msgspec.convert({"resolve": {"Integration": {"get": "load(integrationId)"}}}, CodeRules)

    hints = scan_code(files, replace(facts, code=code)).hints
    told = {hint.line: hint.why for hint in hints if hint.kind is Kind.CALL}

    assert told[4].endswith(" `data.providerId` is in sight: look whether it is meant.")
    assert told[7].endswith(" `providerId` is in sight: look whether it is meant.")
    assert "in sight" not in told[10]


def test_an_input_that_is_in_hand_is_taken_apart_first(scan_code, resolving):
    body = "export const start = async (url: string) => {\n  await createTask({ userId: url, integrationId: 1 });\n};\n"

    patched = _patched_action(scan_code, resolving(error=None), body)

    assert "  const parsed = parse(url);\n  const provider = await providers.named(parsed.provider);\n" in patched
    assert "    throw new Error(`No provider for ${url}`);\n" in patched


@pytest.mark.parametrize(
    "changes",
    [{"find": "providers.unknown(parsed.provider)"}, {"find": "nobody.named(parsed.provider)"}, {"error": "Missing"}],
)
def test_a_lookup_that_the_code_base_does_not_have_is_not_put_in(scan_code, resolving, changes):
    body = "export const start = async (url: string) => {\n  await createTask({ userId: url, integrationId: 1 });\n};\n"

    assert "provider" not in _patched_action(scan_code, resolving(**changes), body)


_START = "export const start = async (url: string) => {\n  await createTask({ userId: url, integrationId: 1 });\n};\n"


def test_the_error_may_be_an_expression_of_its_own(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(error="UnknownProvider.of(url)"), _START)

    assert "    throw UnknownProvider.of(url);\n" in patched


def test_an_error_that_wants_more_than_it_would_get_is_not_thrown(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(error="BadAddress"), _START)

    assert "provider" not in patched


def test_an_error_that_may_be_given_more_is_thrown(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(error="Unreachable"), _START)

    assert "    throw new Unreachable(url);\n" in patched


def test_nobody_asks_whether_there_is_what_is_always_found(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(find="providers.required(parsed.provider)", error="Missing"), _START)

    assert "  const provider = await providers.required(parsed.provider);\n  await createTask({" in patched


def test_nothing_is_awaited_where_nothing_can_be(scan_code, resolving):
    body = "export function start(url: string) {\n  void createTask({ userId: url, integrationId: 1 });\n}\n"

    assert "await" not in _patched_action(scan_code, resolving(), body)


_CREATE = "await createTask({ userId: url, integrationId: 1 });"


def _started(*lines, given="url: string"):
    body = "".join(f"  {line}\n" for line in lines)
    return f"export async function start({given}) {{\n{body}}}\n"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"if (url) {_CREATE}", id="behind a condition"),
        pytest.param(f"for (const url of urls) {_CREATE}", id="in a loop"),
        pytest.param(f"url && ({_CREATE[:-1]});", id="behind an operator"),
        pytest.param(f"return url ? {_CREATE[:-1]} : null;", id="in a choice"),
        pytest.param(f"class Made {{ static {{ void {_CREATE[6:]} }} }}", id="in a class"),
    ],
)
def test_nothing_is_looked_up_for_what_may_not_be_done(scan_code, resolving, line):
    assert "provider" not in _patched_action(scan_code, resolving(), _started(line))


def test_what_is_looked_up_already_is_used_again(scan_code, resolving):
    body = _started(_CREATE, "if (url) {", f"  {_CREATE}", "}")

    patched = _patched_action(scan_code, resolving(), body)

    assert patched.count("await providers.named(parsed.provider)") == 1
    assert patched.count("providerId: provider.id") == 2


def test_what_is_looked_up_by_something_else_then_has_another_name(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(), _started(_CREATE, "url = next();", _CREATE))

    assert "  const provider = await providers.named(parsed.provider);\n" in patched
    assert "  const providerRecord = await providers.named(parsedUrl.provider);\n" in patched


def test_another_case_knows_nothing_of_what_one_looks_up(scan_code, resolving):
    body = _started("switch (url) {", 'case "a":', f"  {_CREATE}", "  break;", "default:", f"  {_CREATE}", "}")

    patched = _patched_action(scan_code, resolving(), body)

    assert patched.count("providers.named(") == 2
    assert patched.count("const provider =") == 1


def test_a_comment_stays_above_its_statement(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(), _started("// @ts-expect-error for now", _CREATE))

    assert "  }\n  // @ts-expect-error for now\n  await createTask(" in patched


def test_what_is_imported_as_a_type_is_not_made(scan_code, resolving):
    body = f'import type {{ UnknownProvider }} from "./services";\n{_START}'

    assert "providers" not in _patched_action(scan_code, resolving(), body)


@pytest.mark.parametrize("line", ["function parse() {}", "class UnknownProvider {}", "const providers: string[] = [];"])
def test_nothing_is_looked_up_by_what_is_something_else_here(scan_code, resolving, line):
    action = f'import {{ createTask }} from "./services";\n{line}\n{_START}'

    result = scan_code({**_SERVICES, "action.ts": action}, resolving())

    assert all("await providers" not in change.after for change in result.changes)


def test_what_is_exported_under_another_name_is_looked_up_by_that(scan_code, resolving):
    services = {path: text.replace("const providers =", "const own =") for path, text in _SERVICES.items()}
    services["services/providers.ts"] = services["services/providers.ts"].replace("export const own", "const own")
    services["services/providers.ts"] += "export default own;\n"
    services["services/all.ts"] = 'export { default as providers } from "./providers";\n'

    result = scan_code({**services, "action.ts": f'import {{ createTask }} from "./services";\n{_START}'}, resolving())

    (after,) = (change.after for change in result.changes if change.path == "action.ts")
    assert 'import { providers } from "./services/all";\n' in after


@pytest.mark.parametrize("given", ["url: { text: string }", "url?: string", "url: number", "url: string[]"])
def test_what_cannot_be_taken_apart_is_not(scan_code, resolving, given):
    assert "providers" not in _patched_action(scan_code, resolving(), _started(_CREATE, given=given))


def test_what_has_been_taken_apart_is_used_where_it_is_the_same(scan_code, resolving):
    patched = _patched_action(scan_code, resolving(), _started('const other = parse("x");', _CREATE))

    assert "  const parsed = parse(url);\n" in patched


def test_a_script_that_awaits_nothing_goes_on_so(scan_code, resolving):
    body = 'const url = "a";\ncreateTask({ userId: url, integrationId: 1 });\n'

    assert "await" not in _patched_action(scan_code, resolving(), body)
    assert "await providers" in _patched_action(scan_code, resolving(), f"await begin();\n{body}")


def test_a_function_takes_nothing_that_it_does_not_use(scan_code):
    code = {
        "dto.ts": "export class Draft {\n  @IsString()\n  title: string\n  @IsInt()\n  integrationId: number\n}\n",
        "posts.ts": (
            'import { Draft } from "./dto";\n'
            "export const save = (draft: Draft) => prisma.post.create({ data: { ...draft } });\n"
            "export const saveFor = (integrationId: number) => save({ title: 'a', integrationId });\n"
        ),
    }

    assert scan_code(code).changes == ()


def test_what_moves_to_the_right_in_a_long_file_is_all_that_a_patch_speaks_of():
    put = ["await put({\n", "  data: {\n", "    id: each.id,\n", "  },\n", "});\n"]
    add = ["await add({\n", "  data: {\n", "    id: each.id,\n", "    kind: 1,\n", "  },\n", "});\n"]
    between = ["  set({\n", "    data: {\n", "      a: 1,\n", "    },\n", "  });\n"] * 20

    def looped(margin, *, is_moved):
        inside = [f"{margin}  {line}" for line in (*put, *add)]
        moved = [f"{margin}  if (each.id) {{\n", *(f"  {line}" for line in inside), f"{margin}  }}\n"]
        return [f"{margin}for (const each of all) {{\n", *(moved if is_moved else inside), f"{margin}}}\n", *between]

    before, after = (
        "".join(line for margin in ("  ", "    ", "  ") for line in looped(margin, is_moved=each))
        for each in (False, True)
    )
    patch = render_patch([FileChange("a.ts", before, after)]).splitlines()

    assert len([line for line in patch[3:] if line[:1] in {"+", "-"}]) == 3 * (11 + 13)
