"""A code base that is one package of a workspace: what the others declare is known, and nothing is said of them."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.scan import scan
from prisma_decouple.typescript.source import around as reading
from prisma_decouple.typescript.source.around import Around, top_of

_USE = 'import {{ send }} from "{module}";\nexport const sent = (task: Task) => send(task.integrationId);\n'
_TAKES = "export function send(to: number) {\n  return to;\n}\n"
_WORKSPACE = {"package.json": '{"name": "all", "workspaces": ["packages/*"]}'}
_MAIL = {"packages/mail/package.json": '{"name": "@acme/mail", "main": "./src/index.ts"}'}
_HOMES = [
    pytest.param("@acme/mail", {**_WORKSPACE, **_MAIL, "packages/mail/src/index.ts": _TAKES}, id="npm"),
    pytest.param(
        "@acme/mail",
        {
            "package.json": '{"workspaces": {"packages": ["apps/**", "packages/**"]}}',
            "packages/tools/mail/package.json": '{"name": "@acme/mail", "main": "dist/index.js"}',
            "packages/tools/mail/src/index.ts": _TAKES,
        },
        id="yarn, any depth, by its sources",
    ),
    pytest.param(
        "@acme/mail",
        {"pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n", **_MAIL, "packages/mail/src/index.ts": _TAKES},
        id="pnpm",
    ),
    pytest.param(
        "@acme/mail",
        {"lerna.json": '{"packages": ["packages/mail"]}', **_MAIL, "packages/mail/src/index.ts": _TAKES},
        id="lerna",
    ),
    pytest.param(
        "@acme/mail",
        {
            "nx.json": "{}",
            "tsconfig.base.json": '{"compilerOptions": {"strict": true, "paths": {"@acme/*": ["libs/*/src"]}}}',
            "apps/web/tsconfig.json": '{"extends": "../../tsconfig.base.json"}',
            "libs/mail/src/index.ts": _TAKES,
        },
        id="paths of a configuration above",
    ),
    pytest.param(
        "@acme/mail",
        {
            "turbo.json": "{}",
            "tsconfig.json": '{"compilerOptions": {"strict": true, "paths": {"@acme/*": ["./libs/*"]}}}',
            "apps/web/turbo.json": "{}",
            "libs/mail.ts": _TAKES,
        },
        id="a configuration above that nobody extends",
    ),
    pytest.param(
        "@acme/mail",
        {
            ".git/HEAD": "",
            "apps/web/package.json": '{"dependencies": {"@acme/mail": "file:../../mail"}}',
            "mail/package.json": '{"name": "@acme/mail", "main": "index.ts"}',
            "mail/index.ts": _TAKES,
        },
        id="a dependency by its path",
    ),
    pytest.param("../../../shared/mail", {".git/HEAD": "", "shared/mail.ts": _TAKES}, id="a path"),
    pytest.param(
        "@acme/mail",
        {
            **_WORKSPACE,
            **_MAIL,
            "packages/mail/tsconfig.json": '{"compilerOptions": {"paths": {"~/*": ["./src/*"]}}}',
            "packages/mail/src/index.ts": 'export * from "~/post/send";\n',
            "packages/mail/src/post/send.ts": _TAKES,
        },
        id="re-exported by the paths of its own configuration",
    ),
]


@pytest.fixture
def scan_package(tmp_path, facts):
    """Scans `apps/web`, with the files of its workspace that are given by path."""

    def scan_(files):
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return scan(facts, tmp_path / "apps/web")

    return scan_


@pytest.mark.parametrize(("module", "files"), _HOMES)
def test_what_another_package_takes_is_known(scan_package, module, files):
    result = scan_package({**files, "apps/web/src/code.ts": _USE.format(module=module)})

    assert [(hint.file, hint.line, hint.confidence) for hint in result.hints] == [
        ("src/code.ts", 2, Confidence.CERTAIN)
    ]


@pytest.mark.parametrize(("module", "files"), _HOMES)
def test_what_takes_null_there_is_no_place(scan_package, module, files):
    takes_null = {path: text.replace("to: number", "to: number | null") for path, text in files.items()}
    result = scan_package({**takes_null, "apps/web/src/code.ts": _USE.format(module=module)})

    assert result.hints == ()


def test_the_client_of_another_package_is_one(scan_package):
    result = scan_package(
        {
            **_WORKSPACE,
            "packages/db/package.json": '{"name": "@acme/db", "types": "./src/index.ts"}',
            "packages/db/src/index.ts": 'export * from "@prisma/client";\nexport { database } from "./client";\n',
            "packages/db/src/client.ts": (
                'import { PrismaClient } from "@prisma/client";\nexport const database = new PrismaClient();\n'
            ),
            "apps/web/code.ts": (
                'import { database } from "@acme/db";\n'
                "const kept = database.task;\n"
                "export const made = (title: string) => kept.create({ data: { title } });\n"
            ),
        }
    )

    assert [(hint.file, hint.line, hint.kind.value) for hint in result.hints] == [
        ("code.ts", 3, "parameter"),
        ("code.ts", 3, "create"),
    ]


def test_whether_null_is_minded_may_be_told_above(scan_package):
    config = '{"compilerOptions": {"strict": false}}'
    files = {**_WORKSPACE, **_MAIL, "tsconfig.json": config, "packages/mail/src/index.ts": _TAKES}
    result = scan_package({**files, "apps/web/code.ts": _USE.format(module="@acme/mail")})

    assert [hint.confidence for hint in result.hints] == [Confidence.LIKELY]


def test_nothing_is_said_of_other_packages_and_the_patch_leaves_them(scan_package):
    result = scan_package(
        {
            **_WORKSPACE,
            "packages/data/package.json": '{"name": "@acme/data", "main": "index.ts"}',
            "packages/data/index.ts": (
                'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n'
                "export interface Card {\n  integrationId: number;\n}\n"
                "export const load = () => prisma.task.findMany({ include: { integration: true } });\n"
                "export const shown = (task: Task) => task.integration.name;\n"
            ),
            "apps/web/code.ts": (
                'import { type Card, load } from "@acme/data";\n'
                "export async function cards(): Promise<Card[]> {\n"
                "  const tasks = await load();\n"
                "  return tasks.map((task) => ({ integrationId: task.integrationId }));\n"
                "}\n"
            ),
        }
    )

    assert {hint.file for hint in result.hints} == {"code.ts"}
    assert (result.changes, result.files_read) == ((), 1)


@pytest.mark.parametrize(
    "left_out",
    [
        {"packages/mail/src/index.ts": f"// @generated\n{_TAKES}"},
        {
            "packages/mail/package.json": '{"name": "@acme/mail", "main": "./dist/a.ts"}',
            "packages/mail/dist/a.ts": _TAKES,
        },
        {"packages/mail/src/index.js": "exports.send = (to) => to;\n"},
    ],
    ids=["generated", "build output", "JavaScript"],
)
def test_what_would_not_be_read_in_a_code_base_is_not_read_beside_it(scan_package, left_out):
    result = scan_package({**_WORKSPACE, **_MAIL, **left_out, "apps/web/code.ts": _USE.format(module="@acme/mail")})

    assert [hint.confidence for hint in result.hints] == [Confidence.UNSURE]


def test_a_workspace_that_cannot_be_read_stops_nothing(scan_package):
    files = {
        "pnpm-workspace.yaml": "packages: [\n",
        "package.json": '{"workspaces": 1}',
        "lerna.json": "{",
        "apps/web/tsconfig.json": '{"extends": "../../nothing.json"}',
    }
    result = scan_package({**files, "apps/web/code.ts": _USE.format(module="../../packages/mail")})

    assert [hint.confidence for hint in result.hints] == [Confidence.UNSURE]


def test_nothing_around_is_read_where_no_import_leads_out(scan_package, monkeypatch):
    monkeypatch.setattr(reading, "read_file", None)
    result = scan_package({**_WORKSPACE, **_MAIL, "packages/mail/src/index.ts": _TAKES, "apps/web/code.ts": _TAKES})

    assert result.files_read == 1


def test_nothing_is_around_a_whole_workspace(tmp_path):
    for path, text in {**_WORKSPACE, **_MAIL, ".git/HEAD": ""}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    assert Around(tmp_path, _WORKSPACE).configs == {}
    assert Around(tmp_path, _WORKSPACE).read("../code.ts") is None


def test_the_top_is_what_is_under_version_control_or_else_the_outermost_workspace(tmp_path):
    package = tmp_path / "work" / "apps" / "web"
    package.mkdir(parents=True)
    (package / "turbo.json").touch()

    assert top_of(package) == package
    (tmp_path / "work" / "turbo.json").touch()
    assert top_of(package) == tmp_path / "work"
    (tmp_path / ".git").touch()
    assert top_of(package) == tmp_path
