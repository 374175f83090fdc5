"""The example of the README: its whole output is under `__snapshots__/test_example`, to be reviewed like code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from prisma_decouple import load_rules, read_schema, refactor

EXAMPLE = Path(__file__).parents[1] / "examples" / "sentiment"
TIME = "20260101000000"
MIGRATION = f"migrations/{TIME}_decouple_integration"


def output(ending):
    """A snapshot that is a file of its own with the output's own ending, so that editors and diffs know what it is."""
    members = {"_write_mode": WriteMode.TEXT, "file_extension": ending}
    return type(f"{ending.title()}Extension", (SingleFileSnapshotExtension,), members)


@pytest.fixture(scope="module")
def change(tmp_path_factory):
    schema = read_schema(EXAMPLE / "prisma" / "schema.prisma")
    # Whoever tries the example has installed its packages, and the account counts the folders that are not looked into.
    code = tmp_path_factory.mktemp("example") / "code"
    shutil.copytree(EXAMPLE, code, ignore=shutil.ignore_patterns("node_modules"))
    return refactor(schema, load_rules(EXAMPLE / "decouple.yaml"), timestamp=TIME, code=code)


def test_the_outputs_are_those_that_the_readme_lists(change):
    assert set(change.files) == {
        f"{MIGRATION}/migration.sql",
        f"{MIGRATION}/down.sql",
        "code/changes.patch",
        "code/createTask.md",
        "code/hints.json",
        "summary.json",
    }


def test_schema(change, snapshot):
    assert str(change.schema) == snapshot(extension_class=output("prisma"))


def test_migration(change, snapshot):
    assert change.migration.up == snapshot(extension_class=output("sql"))


def test_way_back(change, snapshot):
    assert change.migration.down == snapshot(extension_class=output("sql"))


def test_guide(change, snapshot):
    assert change.files["code/createTask.md"] == snapshot(extension_class=output("md"))


def test_hints(change, snapshot):
    assert change.files["code/hints.json"] == snapshot(extension_class=output("json"))


def test_summary(change, snapshot):
    assert change.files["summary.json"] == snapshot(extension_class=output("json"))


def test_the_audit_of_the_authentication_is_off_until_it_is_asked_for(change):
    schema = read_schema(EXAMPLE / "prisma" / "schema.prisma")
    rules = load_rules(EXAMPLE / "decouple.yaml", enable=["audit-authentication"])

    audited = refactor(schema, rules, timestamp=TIME)

    assert "AuthMethod" not in str(change.schema)
    assert "enum AuthMethod {\n  USER_INTEGRATION\n  API_KEY\n  MASTER_TOKEN\n}" in str(audited.schema)
    assert (
        """CASE WHEN "row"."integrationId" IS NOT NULL THEN 'USER_INTEGRATION'::"AuthMethod" END"""
        in audited.migration.up
    )
