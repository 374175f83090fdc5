"""The declarations of installed packages: where they are found, and that there is no need of them."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.scan import scan
from prisma_decouple.typescript.source import packages as reading
from prisma_decouple.typescript.source.declarations import Told

_CODE = "import { send } from {module};\nexport const sent = (task: Task) => send(task.integrationId);\n"
_DECLARED = "export declare function send(to: number): void;\n"
_PLACES = [
    pytest.param("mail", {"mail/package.json": '{"types": "./all.d.ts"}', "mail/all.d.ts": _DECLARED}, id="types"),
    pytest.param("mail", {"mail/package.json": '{"main": "lib/a.js"}', "mail/lib/a.d.ts": _DECLARED}, id="beside main"),
    pytest.param("mail", {"mail/index.d.ts": _DECLARED}, id="without a manifest"),
    pytest.param(
        "mail",
        {
            "mail/package.json": '{"exports": {"import": {"types": "./a.d.mts"}, "default": "./a.js"}}',
            "mail/a.d.mts": _DECLARED,
        },
        id="conditions of exports",
    ),
    pytest.param(
        "@post/mail/parts/one",
        {
            "@post/mail/package.json": '{"exports": {".": "./x.js", "./parts/*": "./out/*.js"}}',
            "@post/mail/out/one.d.ts": _DECLARED,
        },
        id="a pattern of exports",
    ),
    pytest.param("@post/mail/one", {"@post/mail/one/index.d.ts": _DECLARED}, id="a folder of a package"),
    pytest.param("@post/mail", {"@types/post__mail/index.d.ts": _DECLARED}, id="@types"),
    pytest.param(
        "node:mail",
        {"@types/node/mail.d.ts": f'declare module "mail" {{ {_DECLARED.removeprefix("export declare")} }}\n'},
        id="a module of Node",
    ),
    pytest.param(
        "mail",
        {"mail/index.d.ts": 'export * from "./nothing";\nexport * from "./a.js";\n', "mail/a.d.ts": _DECLARED},
        id="everything of another file",
    ),
]


@pytest.fixture
def scan_with(tmp_path, facts):
    """Scans a file that uses a module, with the packages that are given by path."""

    def scanned(module, packages, code=_CODE):
        files = {f"node_modules/{path}": text for path, text in packages.items()}
        files["app/code.ts"] = code.replace("{module}", f'"{module}"')
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        return scan(facts, tmp_path / "app")

    return scanned


def _confidence(result):
    return [(hint.line, hint.confidence) for hint in result.hints]


def test_what_a_long_chain_of_generic_calls_gives_is_compared_in_no_time():
    """It is bound to what came before several times over, on every level, as the procedures of tRPC are."""

    def chain(steps):
        found = Told("home", "start")
        for _ in range(steps):
            found = Told("home", "step", (("Context", found), ("Input", found)))
        return found

    assert chain(200) == chain(200)
    assert len({chain(200), chain(200), chain(201)}) == 2


@pytest.mark.parametrize(("module", "packages"), _PLACES)
def test_what_a_package_says_is_found_where_typescript_finds_it(scan_with, module, packages):
    assert _confidence(scan_with(module, packages)) == [(2, Confidence.CERTAIN)]


def test_a_package_that_is_not_installed_leaves_it_to_the_reader(scan_with):
    assert _confidence(scan_with("mail", {"other/index.d.ts": _DECLARED})) == [(2, Confidence.UNSURE)]


@pytest.mark.parametrize(
    "declared",
    [
        "export declare function send(to: ",
        "export { send } from './index';\n",
        "type Loop = Loop | Loop[0]; export declare function send(to: Loop): void;\n",
        "export declare function send<T extends T>(to: T): void;\n",
        "export interface A extends A {} declare const send: A; export = send;\n",
        "\0\ufffd",
    ],
)
def test_declarations_that_make_no_sense_leave_it_to_the_reader(scan_with, declared):
    assert _confidence(scan_with("mail", {"mail/index.d.ts": declared})) == [(2, Confidence.UNSURE)]


def test_what_a_type_parameter_has_at_the_least_says_nothing_of_what_it_stands_for(scan_with):
    declared = (
        "export interface Entries { [name: string]: any }\n"
        "export declare function send<T extends Entries>(form: { entries: T }): void;\n"
    )
    code = (
        "import { send } from {module};\n"
        "export const sent = (task: Task) => send<Form>({ entries: { integrationId: task.integrationId } });\n"
    )

    assert _confidence(scan_with("mail", {"mail/index.d.ts": declared}, code)) == [(2, Confidence.UNSURE)]


def test_what_is_too_large_is_not_read(scan_with, monkeypatch):
    monkeypatch.setattr(reading, "_ALL", len(_DECLARED) - 1)

    assert _confidence(scan_with("mail", {"mail/index.d.ts": _DECLARED})) == [(2, Confidence.UNSURE)]


def test_what_takes_null_is_no_place(scan_with):
    declared = _DECLARED.replace("number", "number | null")

    assert _confidence(scan_with("mail", {"mail/index.d.ts": declared})) == []


def test_packages_are_not_read_for_what_is_never_null(scan_with, monkeypatch):
    monkeypatch.setattr(reading, "parse", lambda *_, **__: pytest.fail("a declaration was read"))

    result = scan_with("mail", {"mail/index.d.ts": _DECLARED}, _CODE.replace("integrationId", "id"))

    assert result.hints == ()


@pytest.mark.parametrize(
    ("declared", "is_patched"),
    [
        pytest.param("(way?: { by?: string }): string[];", False, id="objects alone, or nothing"),
        pytest.param("(way?: number[]): string[];", False, id="lists alone, or nothing"),
        pytest.param("(id?: number | { id: number }): string[];", True, id="a number as well"),
    ],
)
def test_what_may_be_left_out_of_another_overload_is_no_place_for_a_key_that_is_undefined(
    scan_with, declared, is_patched
):
    code = (
        'import { send } from {module};\nimport { prisma } from "./db";\n'
        "export async function sent(id: number) {\n"
        "  const task = await prisma.task.findFirstOrThrow({ where: { id }, include: { integration: true } });\n"
        "  return send(task.integration.id);\n}\n"
    )
    overloads = f"export declare function send(id: number): string;\nexport declare function send{declared}\n"
    hints = scan_with("mail", {"mail/index.d.ts": overloads}, code).hints

    assert [hint.patched for hint in hints if hint.line == 5] == [is_patched]


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        pytest.param("amount: number, unit?: string", [Confidence.CERTAIN], id="the old type"),
        pytest.param("amount: number | string", [], id="both types"),
        pytest.param("amount: any", [], id="anything"),
        pytest.param("amount: Amount", [], id="what is not known"),
    ],
)
def test_a_value_of_another_type_is_compared_with_what_a_package_takes(scan_with, taken, told):
    declared = f"export interface Day {{ add({taken}): Day }}\nexport declare function day(text?: string): Day;\n"
    code = "import { day } from {module};\nexport const next = (page: Page) => day().add(page.weight);\n"

    result = scan_with("days", {"days/index.d.ts": declared}, code)

    assert [hint.confidence for hint in result.hints] == told
