"""The schema and its migrations are found where Prisma finds them, which Prisma's own command line confirms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from case_files import read_cases
from judges.command_lines import CommandLineError, PrismaCommandLine
from prisma_decouple.cli.locate import locate_migrations, locate_schema, migrations_home
from prisma_decouple.errors import InputError

FOLDER = Path(__file__).parent / "cases"
VERSIONS = ("6", "7")
SCHEMAS = {
    "6": 'datasource db {\n  provider = "postgresql"\n  url      = "postgresql://localhost:1/x"\n}\n',
    "7": 'datasource db {\n  provider = "postgresql"\n}\n',
}


def cases(name):
    entries = read_cases(FOLDER / name)
    return [pytest.param(case, version, id=f"{case['name']} ({version})") for case in entries for version in VERSIONS]


def asked(name):
    """The cases that Prisma is asked about: both of its versions only where they may differ, as each takes a second."""
    return [each for each in cases(name) if "7" in each.values or "config" not in str(each.values[0])]


def put(folder, case, version):
    """Make a case's project with a Prisma; the folder where it is run."""
    for entry in case["files"]:
        for path, text in entry.items() if isinstance(entry, dict) else [(entry, SCHEMAS[version])]:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
    return folder / case.get("at", ".")


def say_version(folder, version):
    (folder / "node_modules" / "prisma").mkdir(parents=True)
    (folder / "node_modules" / "prisma" / "package.json").write_text(json.dumps({"version": f"{version}.0.0"}))


def of_version(value, version):
    return value[int(version)] if isinstance(value, dict) else value


@pytest.fixture(scope="session")
def prismas(tmp_path_factory):
    return {version: PrismaCommandLine(version, tmp_path_factory.mktemp("prisma")) for version in VERSIONS}


@pytest.mark.parametrize(("case", "version"), cases("locate.yaml"))
def test_the_schema_is_found(tmp_path, monkeypatch, case, version):
    monkeypatch.chdir(put(tmp_path, case, version))
    say_version(tmp_path, version)
    expected = of_version(case["found"], version)

    if expected is None:
        with pytest.raises(InputError, match="there is no schema"):
            locate_schema(Path())
    elif "refused" in case:
        with pytest.raises(InputError, match="only running it would tell") as caught:
            locate_schema(Path())
        assert str(caught.value.place).endswith(f":1:{case['refused']}")
    else:
        assert locate_schema(Path()).as_posix() == expected


@pytest.mark.parametrize(("case", "version"), asked("locate.yaml"))
def test_prisma_finds_it_there(tmp_path, prismas, case, version):
    folder = put(tmp_path, case, version)
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "prisma").symlink_to(prismas[version].package)

    try:
        found = prismas[version].schema(folder)
    except CommandLineError as error:
        assert "file or directory not found" in str(error) or "schema.prisma: file not found" in str(error)  # noqa: PT017
        found = None
    assert found == of_version(case["found"], version)


@pytest.mark.parametrize(("case", "version"), cases("locate_migrations.yaml"))
def test_the_migrations_are_found(tmp_path, monkeypatch, case, version):
    monkeypatch.chdir(put(tmp_path, case, version))
    expected = of_version(case["found"], version)
    Path(expected).mkdir(parents=True)
    schema = Path(case["schema"])
    files = [(path.as_posix(), path.read_text()) for path in sorted(schema.rglob("*.prisma")) or [schema]]

    assert locate_migrations(schema, files) == Path(expected)


@pytest.mark.parametrize(("case", "version"), cases("locate_migrations.yaml"))
def test_the_first_migration_goes_there(tmp_path, monkeypatch, case, version):
    monkeypatch.chdir(put(tmp_path, case, version))
    say_version(tmp_path, version)
    schema = Path(case["schema"])
    files = [(path.as_posix(), path.read_text()) for path in sorted(schema.rglob("*.prisma")) or [schema]]

    assert migrations_home(schema, files) == Path(of_version(case["found"], version))
    assert locate_migrations(schema, files) is None


@pytest.mark.parametrize(("case", "version"), cases("locate_migrations.yaml"))
def test_prisma_finds_them_there(tmp_path, prismas, case, version):
    folder = put(tmp_path, case, version)
    config = next(iter([*tmp_path.glob("prisma.config.ts"), *tmp_path.glob(".config/*")]), None)
    if version == "7":
        # From this version on the address stands there.
        config = config or tmp_path / "prisma.config.ts"
        settings = config.read_text() if config.exists() else "export default {}"
        url = 'datasource: { url: "postgresql://localhost:1/x" }'
        config.write_text(settings.replace("export default {", f"export default {{ {url},"))

    assert prismas[version].migrations(folder) == of_version(case["found"], version)


@pytest.mark.parametrize("package", ["{", "[]", '{"prisma": 1}', '{"prisma": {"seed": "x"}}'])
def test_a_package_json_that_says_nothing_is_passed_over(tmp_path, package):
    (tmp_path / "schema.prisma").touch()
    (tmp_path / "package.json").write_text(package)

    assert locate_schema(tmp_path) == tmp_path / "schema.prisma"


def test_where_no_version_is_known_package_json_is_believed(tmp_path):
    (tmp_path / "main.prisma").touch()
    (tmp_path / "package.json").write_text(
        '{"prisma": {"schema": "main.prisma"}, "devDependencies": {"prisma": "latest"}}'
    )

    assert locate_schema(tmp_path) == tmp_path / "main.prisma"


def test_a_folder_that_prisma_wants_named_is_found_as_well(tmp_path):
    (tmp_path / "prisma" / "schema").mkdir(parents=True)
    (tmp_path / "prisma" / "schema" / "user.prisma").touch()

    assert locate_schema(tmp_path) == tmp_path / "prisma" / "schema"


def test_a_named_place_without_a_schema_is_an_error_that_names_both(tmp_path):
    (tmp_path / "schema.prisma").touch()
    (tmp_path / "package.json").write_text('{"prisma": {"schema": "gone.prisma"}}')

    with pytest.raises(InputError, match=r"there is no schema at `.*gone\.prisma`, which `.*package\.json` names"):
        locate_schema(tmp_path)


@pytest.mark.parametrize(
    "config",
    [
        "const a = b\nconst b = a\nexport default { schema: a }",
        'const a = b + "x"\nconst b = a\nexport default { schema: a }',
        "export default { schema: `${}`, [ ]: 1, ... }",
        "export default ({",
        "\0",
    ],
)
def test_a_configuration_that_makes_no_sense_is_no_fault_of_ours(tmp_path, config):
    (tmp_path / "schema.prisma").touch()
    (tmp_path / "prisma.config.ts").write_text(config)

    try:
        assert locate_schema(tmp_path) == tmp_path / "schema.prisma"
    except InputError as error:
        assert error.place is not None  # noqa: PT017


def test_in_a_monorepo_the_packages_with_a_schema_are_named(tmp_path):
    for path in ("packages/db/prisma/schema.prisma", "apps/web/schema.prisma", "node_modules/x/schema.prisma"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()

    with pytest.raises(InputError) as caught:
        locate_schema(tmp_path)

    assert "packages/db/prisma/schema.prisma" in caught.value.hint
    assert "apps/web/schema.prisma" in caught.value.hint
    assert "node_modules" not in caught.value.hint
