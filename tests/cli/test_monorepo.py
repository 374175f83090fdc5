"""Several schemas in one repository."""

from __future__ import annotations

import json

import pytest

from .conftest import SCHEMA

SHOP, BLOG = "packages/shop/prisma/schema.prisma", "packages/blog/prisma/schema.prisma"
BROKEN = SCHEMA.replace("loginId Int", "loginId Itn")


@pytest.fixture
def monorepo(tmp_path, monkeypatch):
    """Two packages with a schema each, and none at the root."""
    for path in (SHOP, BLOG):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(SCHEMA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    return tmp_path


def found(result):
    """Code and package of each problem."""
    assert result.status in {0, 1}, result.err
    return [(each["code"], each["file"].split("/")[1]) for each in json.loads(result.out)["problems"]]


def test_without_settings_they_are_named_with_what_to_write(monorepo, run):
    result = run("check")

    assert result.status == 2
    assert f"schemas: [{BLOG}, {SHOP}]" in result.err


@pytest.mark.parametrize("schemas", [[BLOG, SHOP], ["packages/*/prisma/schema.prisma"], ["packages/*/prisma", SHOP]])
def test_the_settings_list_them(monorepo, run, schemas):
    (monorepo / "prisma-decouple.yaml").write_text(json.dumps({"schemas": schemas, "enable": ["D101"]}))

    assert {package for _, package in found(run("check", "--output-format", "json"))} == {"shop", "blog"}


def test_what_is_installed_is_none_of_ours(monorepo, run):
    installed = monorepo / "packages" / "node_modules" / "x" / "prisma"
    installed.mkdir(parents=True)
    (installed / "schema.prisma").write_text(BROKEN)
    (monorepo / "prisma-decouple.yaml").write_text('schemas: ["packages/**/schema.prisma"]\n')

    assert run("check").status == 0


def test_a_listed_schema_that_is_not_there_is_bad_input(monorepo, run):
    (monorepo / "prisma-decouple.yaml").write_text(f"schemas: [{SHOP}, packages/news/prisma]\n")

    result = run("check")

    assert result.status == 2
    assert "there is no schema at `packages/news/prisma`, which `schemas` in the settings names" in result.err


def test_a_named_schema_is_the_only_one(monorepo, run):
    (monorepo / "prisma-decouple.yaml").write_text('schemas: ["packages/*/prisma"]\n')
    (monorepo / BLOG).write_text(BROKEN)

    assert run("check", SHOP).status == 0
    assert run("check", SHOP, BLOG).status == 1


def test_format_formats_all_that_are_listed(monorepo, run):
    (monorepo / "prisma-decouple.yaml").write_text('schemas: ["packages/*/prisma"]\n')
    for path in (SHOP, BLOG):
        (monorepo / path).write_text(SCHEMA.replace("  id ", "      id "))

    assert run("format").status == 0
    assert [(monorepo / path).read_text() for path in (SHOP, BLOG)] == [SCHEMA, SCHEMA]


def test_the_nearest_settings_count(monorepo, run):
    (monorepo / "prisma-decouple.yaml").write_text("schemas: [packages/*/prisma]\nenable: [D101]\n")
    (monorepo / "packages" / "blog" / "pyproject.toml").write_text('[tool.prisma-decouple]\nenable = ["D105"]\n')
    (monorepo / "packages" / "shop" / "pyproject.toml").write_text("[tool.other]\n")

    assert set(found(run("check", "--output-format", "json"))) == {("D101", "shop"), ("D105", "blog")}
    assert set(found(run("check", SHOP, BLOG, "--output-format", "json"))) == {("D101", "shop"), ("D105", "blog")}


def test_rule_files_of_settings_are_beside_them_and_those_of_the_command_line_are_not(monorepo, run):
    rules = "name: x\nrules:\n  - make_optional: { model: Post, field: login }\n"
    (monorepo / "packages" / "blog" / "prisma-decouple.yaml").write_text("rules: [ours.yaml]\n")
    (monorepo / "packages" / "blog" / "ours.yaml").write_text(rules)
    (monorepo / "theirs.yaml").write_text(rules.replace("Post, field: login", "Login, field: source"))

    result = run("check", SHOP, BLOG, "--rules", "theirs.yaml", "--output-format", "json")

    assert found(result) == [("D201", "shop"), ("D201", "blog"), ("D201", "blog")]


def test_a_mistake_in_settings_of_a_package_names_their_file(monorepo, run):
    (monorepo / "packages" / "blog" / "prisma-decouple.yaml").write_text("enabel: []\n")

    result = run("check", BLOG)

    assert result.status == 2
    assert result.err.startswith("packages/blog/prisma-decouple.yaml:1:1:")


def test_files_of_several_schemas_are_judged_each_with_its_own(monorepo, run):
    for package in ("shop", "blog"):
        folder = monorepo / "packages" / package / "prisma"
        text = (folder / "schema.prisma").read_text()
        (folder / "schema.prisma").write_text(text.partition("model Post")[0])
        (folder / "post.prisma").write_text("model Post" + text.partition("model Post")[2])
    posts = [SHOP.replace("schema.", "post."), BLOG.replace("schema.", "post.")]

    result = run("check", *posts, "--enable", "D101", "--output-format", "json")

    assert found(result) == [("D101", "shop"), ("D101", "blog")]
    assert run("check", *posts).status == 0


def test_each_schema_has_its_own_migrations_and_its_own_prisma(monorepo, run):
    for package, prisma in (("shop", "6.19.0"), ("blog", "7.5.0")):
        script = monorepo / "packages" / package / "prisma" / "migrations" / "20250101000000_x" / "migration.sql"
        script.parent.mkdir(parents=True)
        script.write_text("INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n")
        (monorepo / "packages" / package / "package.json").write_text(json.dumps({"dependencies": {"prisma": prisma}}))

    assert found(run("check", SHOP, BLOG, "--output-format", "json")) == [("D304", "blog")]

    result = run("check", SHOP, BLOG, "--database-url", "postgresql://127.0.0.1:1/x")

    assert result.status == 2
    assert "here are those of 2" in result.err


def test_a_configuration_of_a_package_says_where_its_migrations_are(monorepo, run):
    script = monorepo / "packages" / "blog" / "changes" / "20250101000000_x" / "migration.sql"
    script.parent.mkdir(parents=True)
    script.write_text("ALTER TABLE a ADD COLUMN b INT NOT NULL;\n")
    (monorepo / "packages" / "blog" / "prisma.config.ts").write_text(
        'export default { schema: "prisma/schema.prisma", migrations: { path: "changes" } };'
    )

    assert found(run("check", BLOG, "--output-format", "json")) == [("D301", "blog")]
