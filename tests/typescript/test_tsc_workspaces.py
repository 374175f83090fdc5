"""`--tsc` for one package of a workspace, whose schema and configuration are elsewhere in it."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.hints import Kind

from . import stand_ins
from .stand_ins import CODE, GENERATE, PRISMA, TSC, code_base_in, write_files


@pytest.fixture
def workspace(tmp_path):
    """A workspace with its schema in one package and its code in another."""
    root = code_base_in(tmp_path)
    for name in ("code.ts", "tsconfig.json", "schema.prisma"):
        (root / name).unlink()
    files = {
        "pnpm-workspace.yaml": "packages: [packages/*]\n",
        "tsconfig.base.json": "{}",
        "packages/db/schema.prisma": "// old\n",
        "packages/db/tsconfig.json": "{}",
        "packages/db/code.ts": "always();\n",
        "packages/web/code.ts": CODE,
        "packages/web/tsconfig.json": '{"extends": "../../tsconfig.base.json"}',
        PRISMA: GENERATE + 'fs.copyFileSync("generated.txt", "../web/generated.txt");',
    }
    write_files(root, files)
    return root


def test_only_the_package_that_was_named_is_compiled(workspace, facts):
    result = stand_ins.ask(workspace / "packages/web", facts, schema="../db/schema.prisma")

    assert (result.compiler.why_not, result.compiler.before, result.compiler.new) == ("", 0, 2)
    assert (result.compiler.removed, result.compiler.left) == (1, 1)
    assert [hint.file for hint in result.hints if hint.kind is Kind.COMPILER] == ["code.ts"]


def test_what_is_wrong_in_another_package_is_no_concern_of_this_one(workspace, facts):
    script = TSC + 'if (isNew) console.log("../db/code.ts(1,1): error TS2339: No such property.");'
    write_files(workspace, {stand_ins.TYPESCRIPT: script})
    result = stand_ins.ask(workspace / "packages/web", facts, schema="../db/schema.prisma")

    assert result.compiler.new == 2


def test_a_configuration_above_the_code_base_is_there_for_the_compiler(workspace, facts):
    reads = 'require("fs").readFileSync("../../tsconfig.base.json");\n'
    write_files(
        workspace,
        {
            stand_ins.TYPESCRIPT: reads + TSC,
            "packages/web/schema.prisma": "// old\n",
            "node_modules/prisma/build/index.js": GENERATE,
        },
    )
    result = stand_ins.ask(workspace / "packages/web", facts)

    assert (result.compiler.why_not, result.compiler.new) == ("", 2)


def test_prisma_may_be_installed_for_another_package(workspace, facts):
    (workspace / "node_modules/prisma").rename(workspace / "packages/web/node_modules_of_web")
    (workspace / "packages/web/node_modules").mkdir()
    (workspace / "packages/web/node_modules_of_web").rename(workspace / "packages/web/node_modules/prisma")
    result = stand_ins.ask(workspace / "packages/web", facts, schema="../db/schema.prisma")

    assert (result.compiler.why_not, result.compiler.new) == ("", 2)
