"""Which file an import means."""

from __future__ import annotations

import json

import pytest

from prisma_decouple.typescript.source.modules import Modules

_PATHS = {
    "apps/web/app/page.tsx",
    "apps/web/lib/index.ts",
    "apps/web/lib/db.ts",
    "packages/services/src/index.ts",
    "packages/services/src/tasks.ts",
    "packages/plain/index.ts",
    "shared/types.ts",
}
_CONFIGS = {
    "apps/web/tsconfig.json": """{
      /* as usual */
      "extends": "../../tsconfig.base",
      "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./*"], }, }, // the editor's own commas
    }""",
    "tsconfig.base.json": json.dumps({"compilerOptions": {"paths": {"#types": ["shared/types"]}}}),
    "packages/services/package.json": json.dumps(
        {"name": "@repo/services", "exports": {".": {"import": "./dist/index.js"}}}
    ),
    "packages/plain/package.json": json.dumps({"name": "plain"}),
    "packages/broken/package.json": "{",
}


# As `npm create vite` makes it.
_LEAVING = '{"files": [], "references": [{"path": "./tsconfig.app.json"}, {"path": "./tsconfig.node.json"}]}'


@pytest.fixture(scope="module")
def modules():
    return Modules(_PATHS, _CONFIGS)


@pytest.mark.parametrize(
    ("module", "path"),
    [
        ("../lib/db", "apps/web/lib/db.ts"),
        ("../lib/db.js", "apps/web/lib/db.ts"),
        ("../lib", "apps/web/lib/index.ts"),
        ("@/lib/db", "apps/web/lib/db.ts"),
        ("lib/db", "apps/web/lib/db.ts"),
        ("#types", "shared/types.ts"),
        ("@repo/services", "packages/services/src/index.ts"),
        ("@repo/services/tasks", "packages/services/src/tasks.ts"),
        ("plain", "packages/plain/index.ts"),
        ("react", None),
        ("../nowhere", None),
    ],
)
def test_a_module_is_found_as_typescript_finds_it(modules, module, path):
    assert modules.resolve(module, "apps/web/app/page.tsx") == path


def test_the_paths_of_a_file_are_those_of_the_configuration_to_which_it_is_left():
    app = '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}, "include": ["src"]}'
    own = {"web/tsconfig.json": _LEAVING, "web/tsconfig.app.json": app, "tsconfig.json": app}
    modules = Modules({"web/src/api.ts", "src/api.ts"}, own)

    assert modules.resolve("@/api", "web/src/page.ts") == "web/src/api.ts"
    assert modules.resolve("@/api", "src/page.ts") == "src/api.ts"


def test_a_file_is_imported_by_its_relative_path_within_its_package(modules):
    assert modules.relative("packages/services/src/tasks.ts", "packages/services/src/index.ts") == "./tasks"
    assert modules.relative("packages/services/src/index.ts", "packages/services/src/tasks.ts") == "."


def test_a_file_of_another_package_is_not_imported_by_its_path(modules):
    assert modules.relative("packages/plain/index.ts", "packages/services/src/index.ts") is None


def test_the_packages_of_a_workspace_are_taken_from_their_sources(modules):
    assert modules.paths_of("apps/web/tsconfig.json")["@repo/services"][0] == "packages/services/src/index"


@pytest.mark.parametrize(
    ("module", "is_installed"),
    [
        ("express", True),
        ("express/lib/router", True),
        ("@scope/queue/tasks", True),
        ("node:buffer", True),
        ("@repo/database", False),
        ("linked", False),
        ("@/lib/db", False),
        ("./tasks", False),
    ],
)
def test_a_package_is_installed_when_a_manifest_names_it_and_it_is_no_part_of_the_code_base(module, is_installed):
    manifest = {
        "dependencies": {"express": "^5.0.0", "@repo/database": "workspace:*", "linked": "link:../linked"},
        "devDependencies": {"@scope/queue": "catalog:"},
    }

    assert Modules((), {"package.json": json.dumps(manifest)}).is_installed(module) is is_installed


@pytest.mark.parametrize(
    ("configs", "is_minded"),
    [
        ({}, True),
        ({"tsconfig.json": "{}"}, False),
        ({"tsconfig.json": "{}", "package.json": '{"devDependencies": {"typescript": "~6.0.2"}}'}, True),
        ({"tsconfig.json": '{"compilerOptions": {"strict": true}}'}, True),
        ({"tsconfig.json": '{"compilerOptions": {"strict": true, "strictNullChecks": false}}'}, False),
        ({"tsconfig.json": '{"extends": "@tsconfig/node20/tsconfig.json"}'}, True),
        ({"tsconfig.json": '{"extends": "./missing.json"}'}, True),
        ({"tsconfig.json": '{"compilerOptions": {"strict": true}}', "src/tsconfig.json": "{}"}, False),
        ({"base.json": '{"compilerOptions": {"strict": true}}', "tsconfig.json": '{"extends": "./base"}'}, True),
        ({"tsconfig.app.json": '{"compilerOptions": {"strict": true}}', "tsconfig.json": _LEAVING}, True),
        ({"tsconfig.app.json": "{}", "tsconfig.json": _LEAVING}, False),
    ],
)
def test_whether_the_compiler_minds_null_is_what_the_nearest_configuration_says(configs, is_minded):
    assert Modules({}, configs).checks_null("src/code.ts") is is_minded


@pytest.mark.parametrize(
    ("config", "module", "path"),
    [
        ('{"extends": "./.svelte-kit/tsconfig.json"}', "$lib/db", "src/lib/db.ts"),
        ('{"extends": "./.svelte-kit/tsconfig.json"}', "$lib/Row.svelte", "src/lib/Row.svelte"),
        ('{"extends": "./.nuxt/tsconfig.json"}', "~/lib/db", "lib/db.ts"),
        ('{"files": [], "references": [{"path": "./.nuxt/tsconfig.app.json"}]}', "@/types", "app/types.ts"),
        ("{}", "$lib/db", None),
    ],
)
def test_what_a_framework_generates_for_its_aliases_need_not_be_there(config, module, path):
    paths = {"src/lib/db.ts", "src/lib/Row.svelte", "lib/db.ts", "app/types.ts"}

    assert Modules(paths, {"tsconfig.json": config}).resolve(module, "src/routes/+page.ts") == path


def test_a_jsconfig_says_where_modules_are_unless_there_is_a_tsconfig_beside_it():
    here = {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}
    there = {"compilerOptions": {"paths": {"@/*": ["./old/*"]}}}
    paths = {"src/api.js", "old/api.js", "web/src/api.js", "web/old/api.js", "web/page.js"}
    modules = Modules(
        paths,
        {
            "jsconfig.json": json.dumps(here),
            "web/jsconfig.json": json.dumps(there),
            "web/tsconfig.json": json.dumps(here),
        },
    )

    assert modules.resolve("@/api", "main.js") == "src/api.js"
    assert modules.resolve("@/api", "web/page.js") == "web/src/api.js"
