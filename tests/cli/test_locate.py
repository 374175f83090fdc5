"""The schema is found where Prisma finds it."""

from __future__ import annotations

import json

import pytest

from prisma_decouple.cli.locate import locate_schema
from prisma_decouple.errors import InputError


def put(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("model A {\n  id Int @id\n}\n")


@pytest.mark.parametrize("place", ["schema.prisma", "prisma/schema.prisma"])
def test_in_the_usual_places(tmp_path, place):
    put(tmp_path, place)

    assert locate_schema(tmp_path) == tmp_path / place


def test_a_folder_of_files_in_the_usual_place(tmp_path):
    put(tmp_path, "prisma/schema/user.prisma")

    assert locate_schema(tmp_path) == tmp_path / "prisma" / "schema"


def test_package_json_comes_before_the_usual_places(tmp_path):
    put(tmp_path, "schema.prisma", "db/main.prisma")
    (tmp_path / "package.json").write_text(json.dumps({"prisma": {"schema": "db/main.prisma"}}))

    assert locate_schema(tmp_path) == tmp_path / "db" / "main.prisma"


@pytest.mark.parametrize("package", ["{", "[]", '{"prisma": 1}', '{"prisma": {"seed": "x"}}'])
def test_a_package_json_that_says_nothing_is_passed_over(tmp_path, package):
    put(tmp_path, "schema.prisma")
    (tmp_path / "package.json").write_text(package)

    assert locate_schema(tmp_path) == tmp_path / "schema.prisma"


@pytest.mark.parametrize(
    "config",
    [
        'export default defineConfig({ schema: "db/main.prisma" });',
        "export default { schema: path.join('db', 'main.prisma') } satisfies PrismaConfig;",
        'export default defineConfig({ schema: path.join(__dirname, "db", "main.prisma") });',
        'export default defineConfig({ schema: path.join(import.meta.dirname, "db/main.prisma") });',
        'const schema = `db/main.prisma`;\nconst config = { "schema": schema };\nexport default defineConfig(config);',
        'module.exports = { schema: "db/main.prisma" };',
        'export default defineConfig({ schema: "db/main.prisma" as const }) as PrismaConfig;',
    ],
)
def test_the_configuration_file_comes_before_everything(tmp_path, config):
    put(tmp_path, "schema.prisma", "db/main.prisma")
    (tmp_path / "package.json").write_text('{"prisma": {"schema": "schema.prisma"}}')
    (tmp_path / "prisma.config.ts").write_text(config)

    assert locate_schema(tmp_path).resolve() == tmp_path / "db" / "main.prisma"


def test_the_configuration_may_be_in_a_folder_of_its_own(tmp_path):
    put(tmp_path, "db/main.prisma")
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "prisma.ts").write_text('export default { schema: "../db/main.prisma" };')

    assert locate_schema(tmp_path).resolve() == tmp_path / "db" / "main.prisma"


def test_a_configuration_without_a_schema_leaves_the_usual_places(tmp_path):
    put(tmp_path, "prisma/schema.prisma")
    (tmp_path / "prisma.config.ts").write_text('export default defineConfig({ migrations: { path: "m" } });')

    assert locate_schema(tmp_path) == tmp_path / "prisma" / "schema.prisma"


@pytest.mark.parametrize(
    "config",
    [
        "export default defineConfig({ schema: process.env.SCHEMA });",
        "export default defineConfig({ schema: `${root}/schema.prisma` });",
        "export default defineConfig({ ...shared });",
        "export default makeConfig();",
        "",
    ],
)
def test_a_computed_place_is_refused_and_not_guessed(tmp_path, config):
    put(tmp_path, "prisma/schema.prisma")
    (tmp_path / "prisma.config.ts").write_text(config)

    with pytest.raises(InputError, match="only running it would tell") as caught:
        locate_schema(tmp_path)

    assert caught.value.place.line == 1


def test_a_named_place_without_a_schema_is_an_error(tmp_path):
    put(tmp_path, "schema.prisma")
    (tmp_path / "package.json").write_text('{"prisma": {"schema": "gone.prisma"}}')

    with pytest.raises(InputError, match=r"there is no schema at `.*gone\.prisma`, which `.*package\.json` names"):
        locate_schema(tmp_path)


def test_in_a_monorepo_the_packages_with_a_schema_are_named(tmp_path):
    put(tmp_path, "packages/db/prisma/schema.prisma", "apps/web/schema.prisma", "node_modules/x/schema.prisma")

    with pytest.raises(InputError) as caught:
        locate_schema(tmp_path)

    assert "packages/db/prisma/schema.prisma" in caught.value.hint
    assert "apps/web/schema.prisma" in caught.value.hint
    assert "node_modules" not in caught.value.hint
