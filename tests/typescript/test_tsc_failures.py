"""`--tsc` where something is missing or fails: said in one message, with what to do, and all else goes on."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial

import pytest
from click.testing import CliRunner

from prisma_decouple.cli.refactor import refactor_command
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.tsc import programs

from . import stand_ins
from .stand_ins import GENERATE, PRISMA, TSC, TYPESCRIPT, code_base_in, write_files


@pytest.fixture
def code_base(tmp_path):
    return code_base_in(tmp_path)


@pytest.fixture
def ask(code_base, facts):
    return partial(stand_ins.ask, code_base, facts)


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ("node_modules/typescript", "TypeScript is not installed beside any `tsconfig.json` or above"),
        ("node_modules/prisma", "Prisma is not installed: the package `prisma` generates the client"),
        ("tsconfig.json", "there is no `tsconfig.json` in the code base"),
        ("node_modules", "no packages are installed: run `npm install` first"),
    ],
)
def test_what_is_not_there_is_said(ask, code_base, missing, why):
    path = code_base / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    result = ask()

    assert result.compiler.why_not == why
    assert [hint.kind for hint in result.hints] == [Kind.CREATE]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("pnpm-lock.yaml", "run `pnpm install` first"),
        ("yarn.lock", "run `yarn install` first"),
        ("bun.lockb", "run `bun install` first"),
        (".pnp.cjs", "Yarn's Plug'n'Play"),
    ],
)
def test_how_packages_are_installed_is_said_as_the_project_does_it(ask, code_base, file, told):
    shutil.rmtree(code_base / "node_modules")
    (code_base / file).touch()

    assert told in ask().compiler.why_not


def test_a_configuration_that_the_compiler_refuses_is_no_satisfied_compiler(ask, code_base):
    told = "error TS5069: Option 'x' cannot be specified without specifying option 'y'."
    write_files(code_base, {TYPESCRIPT: f"console.log({told!r}); process.exit(1);"})

    assert ask().compiler.why_not == f"TypeScript cannot read tsconfig.json: {told.partition(' ')[2]}"


def test_a_compiler_that_misses_the_types_of_a_package_has_not_looked_at_the_code(ask, code_base):
    told = "error TS2688: Cannot find type definition file for 'diff'."
    write_files(code_base, {TYPESCRIPT: f"console.log({told!r}); process.exit(2);"})

    assert ask().compiler.why_not == f"TypeScript cannot read tsconfig.json: {told.partition(' ')[2]}"


def test_a_compiler_that_gets_no_further_than_the_syntax_is_no_satisfied_compiler(ask, code_base):
    told = "lib.d.ts(7,3): error TS1110: Type expected."
    write_files(code_base, {TYPESCRIPT: f"console.log({told!r}); process.exit(2);"})

    assert ask().compiler.why_not == "TypeScript cannot read tsconfig.json: lib.d.ts(7,3): TS1110 Type expected"


def test_a_package_that_needs_a_later_compiler_is_told_by_its_place(ask, code_base):
    write_files(code_base, {"node_modules/fakes/index.d.ts": ""})
    script = """
const place = require("path").relative(process.cwd(), require("fs").realpathSync("node_modules/fakes/index.d.ts"));
console.log(`${place}(7,3): error TS1110: Type expected.`);
process.exit(2);
"""
    write_files(code_base, {TYPESCRIPT: script})

    assert ask().compiler.why_not == (
        "TypeScript cannot read tsconfig.json: node_modules/fakes/index.d.ts(7,3): TS1110 Type expected; "
        "the package is written for a later TypeScript than the one installed"
    )


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("disk is full", "disk is full"),
        ("FATAL ERROR: JavaScript heap out of memory", "it runs out of memory; NODE_OPTIONS=--max-old-space-size=8192"),
    ],
)
def test_a_compiler_that_breaks_down_is_told(ask, code_base, told, why):
    write_files(code_base, {TYPESCRIPT: f"console.error({told!r}); process.exit(134);"})

    assert ask().compiler.why_not.startswith(f"TypeScript cannot read tsconfig.json: {why}")


def test_a_configuration_that_is_generated_is_told_with_what_makes_it(ask, code_base):
    script = """
const missing = `${process.cwd()}/.svelte-kit/tsconfig.json`;
console.log(`tsconfig.json(2,3): error TS5083: Cannot read file '${missing}'.`);
process.exit(2);
"""
    write_files(code_base, {TYPESCRIPT: script})

    assert ask().compiler.why_not == (
        "TypeScript cannot read tsconfig.json: TS5083: Cannot read file '.svelte-kit/tsconfig.json'. "
        "It is generated: run `npx svelte-kit sync` first."
    )


def test_a_configuration_that_is_generated_to_be_extended_is_no_project_itself(ask, code_base):
    files = {"tsconfig.json": '{"extends": "./.svelte-kit/tsconfig.json"}', ".svelte-kit/tsconfig.json": "{}"}
    script = f"""{TSC}
if (process.cwd().endsWith("svelte-kit")) {{ console.log("error TS5023: Unknown compiler option 'x'."); }}
"""
    write_files(code_base, {**files, TYPESCRIPT: script})

    assert ask().compiler.not_compiled == ()


def test_a_project_that_cannot_be_compiled_among_others_is_told_and_counts_for_nothing(ask, code_base):
    script = f"""{TSC}
if (process.cwd().endsWith("api") && isNew) {{ console.log("error TS5023: Unknown compiler option 'x'."); }}
"""
    write_files(code_base, {TYPESCRIPT: script, "api/tsconfig.json": "{}", "api/code.ts": "always();\n"})
    write_files(code_base, {PRISMA: GENERATE + 'fs.copyFileSync("generated.txt", "api/generated.txt");'})
    report = ask().compiler

    assert (report.before, report.new) == (0, 2)
    assert report.not_compiled == ("api/tsconfig.json: TS5023: Unknown compiler option 'x'.",)


def test_a_project_that_takes_too_long_does_not_keep_the_others_from_being_told(ask, code_base, monkeypatch):
    write_files(code_base, {"api/tsconfig.json": "{}", "api/code.ts": "always();\n"})
    write_files(code_base, {PRISMA: GENERATE + 'fs.copyFileSync("generated.txt", "api/generated.txt");'})
    run = subprocess.run

    def run_until(command, **options):
        if str(options["cwd"]).endswith("api"):
            raise subprocess.TimeoutExpired(command, options["timeout"])
        return run(command, **options)

    monkeypatch.setattr(programs.subprocess, "run", run_until)
    report = ask().compiler

    assert (report.before, report.new) == (0, 2)
    assert report.not_compiled == ("api/tsconfig.json: `node_modules/typescript/bin/tsc` takes more than 15 minutes",)


def test_code_that_its_configuration_leaves_out_is_told(ask, code_base):
    write_files(code_base, {"api/tsconfig.json": '{"include": []}', "api/code.ts": "always();\n"})
    write_files(code_base, {"config/tsconfig.json": '{"include": []}', "config/own/tsconfig.json": "{}"})
    write_files(code_base, {"config/own/code.ts": "never();\n"})
    write_files(code_base, {PRISMA: GENERATE + 'fs.copyFileSync("generated.txt", "config/own/generated.txt");'})

    assert ask().compiler.not_compiled == (
        "api/tsconfig.json: it says that it has no files, so that the compiler looks at none of those beside it",
    )


def test_a_compiler_that_is_given_no_file_is_no_satisfied_compiler(ask, code_base):
    write_files(code_base, {"tsconfig.json": '{"files": []}'})

    assert ask().compiler.why_not.startswith("tsconfig.json: it says that it has no files")


def test_a_deprecated_option_does_not_stand_in_the_way(ask, code_base):
    told = 'error TS5101: Deprecated. Specify compilerOption \'"ignoreDeprecations": "6.0"\' to silence this error.'
    script = f"""
const config = JSON.parse(require("fs").readFileSync(process.argv[process.argv.indexOf("-p") + 1], "utf8"));
if (config.compilerOptions.ignoreDeprecations !== "6.0") {{ console.log({told!r}); process.exit(1); }}
{TSC}"""
    write_files(code_base, {TYPESCRIPT: script})

    assert ask().compiler.new == 2


def test_generators_of_other_things_are_not_run(ask, code_base):
    schema = """\
// new
generator client {
  provider = "prisma-client-js"
}
generator docs {
  provider = "prisma-docs"
}
"""
    refuse = 'if (fs.readFileSync("generated.txt", "utf8").includes("docs")) process.exit(1);'
    write_files(code_base, {PRISMA: GENERATE + refuse})

    assert ask(after=schema).compiler.new == 2


_NEEDS_ENGINE = (
    """
if (!process.env.PRISMA_QUERY_ENGINE_LIBRARY.endsWith("libquery_engine-here.so.node")) {
  console.error("Error: NodeAPIQueryEngineLibrary.dmmf is not a function");
  process.exit(1);
}
"""
    + GENERATE
)


def test_a_prisma_that_asks_its_engine_is_given_what_is_installed(ask, code_base):
    write_files(code_base, {PRISMA: _NEEDS_ENGINE, "node_modules/@prisma/engines/libquery_engine-here.so.node": ""})

    assert ask().compiler.new == 2


def test_a_prisma_whose_engine_is_not_there_is_told_and_nothing_is_downloaded(ask, code_base):
    write_files(code_base, {PRISMA: _NEEDS_ENGINE, "node_modules/prisma/package.json": '{"version": "3.15.2"}'})

    assert ask().compiler.why_not == (
        "Prisma 3.15.2 asks its query engine what the client looks like, and none that works is installed: "
        "run `prisma generate` once yourself, so that it is downloaded"
    )


def test_what_prisma_says_of_a_schema_is_told_as_it_is(ask, code_base):
    told = "Error: Prisma schema validation - (getDmmf wasm)\nError code: P1012\nerror: The enum value is not there."
    write_files(code_base, {PRISMA: f"console.error({told!r}); process.exit(1);"})

    assert "P1012" in ask().compiler.why_not
    assert "engine" not in ask().compiler.why_not


def test_a_database_that_prisma_wants_to_be_named_need_not_be_there(ask, code_base, monkeypatch):
    monkeypatch.delenv("SHOP_DATABASE", raising=False)
    script = """
if (!process.env.SHOP_DATABASE) {
  console.error("Failed to load config: Cannot resolve environment variable: SHOP_DATABASE.");
  process.exit(1);
}
"""
    write_files(code_base, {PRISMA: script + GENERATE})

    assert ask().compiler.new == 2


def test_a_schema_outside_the_code_base_is_said(code_base, facts, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "schema.prisma"
    why = stand_ins.ask(code_base, facts, schema=elsewhere).compiler.why_not

    assert why == "the schema is not inside the code base; --code can name the folder that holds both"


def test_components_that_the_compiler_does_not_look_into_are_counted(ask, code_base):
    write_files(code_base, {"a/One.vue": "", "a/Two.vue": "", "b.svelte": "", "node_modules/x/Three.vue": ""})

    assert ask().compiler.unseen == ("1 .svelte", "2 .vue")


_SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Task {
  id    Int    @id
  title String
}
"""
_RULES = """\
name: kinds
rules:
  - add_field: { model: Task, field: newKind, type: String, required: true, backfill: [{ value: plain }] }
"""


@pytest.fixture
def command(code_base, tmp_path):
    """The whole command on the code base."""
    write_files(code_base, {"schema.prisma": _SCHEMA, "kinds.yaml": _RULES})
    options = ["--rules", code_base / "kinds.yaml", "--code", code_base, "--out", tmp_path / "build", "--tsc"]
    arguments = [str(each) for each in (code_base / "schema.prisma", *options)]
    return partial(CliRunner().invoke, refactor_command, arguments)


def test_why_the_compiler_was_not_asked_is_said_at_the_end_of_the_command(code_base, command):
    shutil.rmtree(code_base / "node_modules")
    result = command()

    assert result.exit_code == 0
    assert result.output.endswith("compiler    not asked: no packages are installed: run `npm install` first\n")


def test_all_of_it_is_said_at_the_end_of_the_command(code_base, command):
    refuse = 'if (process.cwd().endsWith("api")) { console.log("error TS5023: No such option."); process.exit(1); }\n'
    write_files(code_base, {TYPESCRIPT: refuse + TSC, "api/tsconfig.json": "{}", "One.vue": ""})
    result = command()

    assert result.exit_code == 0
    assert result.output.splitlines()[-3:] == [
        "compiler    2 new errors, 0 removed by the patch, 2 left",
        "            not compiled: api/tsconfig.json: TS5023: No such option.",
        "            it does not look into components: 1 .vue",
    ]
    guide = (code_base / "build" / "code" / "guide.md").read_text(encoding="utf-8")
    assert "\nIt could not compile api/tsconfig.json: TS5023: No such option.\n" in guide
    assert "\nIt does not look into components: 1 .vue.\n" in guide
