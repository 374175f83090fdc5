"""TypeScript's own compiler on the example: before, with the new schema alone, and with our patch."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from prisma_decouple import load_rules, read_schema, refactor

from .compiler import compiler_of
from .test_example import COMPILER_ERRORS

_EXAMPLE = Path(__file__).parents[2] / "examples" / "sentiment"


@pytest.fixture(scope="module")
def change():
    schema = read_schema(_EXAMPLE / "prisma" / "schema.prisma")
    return refactor(schema, load_rules(_EXAMPLE / "decouple.yaml"), timestamp="20260101000000", code=_EXAMPLE)


@pytest.fixture(scope="module")
def errors(change, tmp_path_factory):
    """What the compiler says of the example in its three states."""
    compiler = compiler_of(_EXAMPLE, tmp_path_factory.mktemp("compiler") / "example")
    before = compiler.errors()
    (compiler.project / "prisma" / "schema.prisma").write_text(str(change.schema), encoding="utf-8")
    between = compiler.errors()
    patch = change.files["code/changes.patch"]
    subprocess.run(["git", "init", "-q"], cwd=compiler.project, check=True)
    subprocess.run(["git", "apply", "-"], cwd=compiler.project, input=patch.encode(), check=True)
    return {"before": before, "between": between, "after": compiler.errors()}


def test_the_example_compiles(errors):
    assert errors["before"] == []


def test_with_the_new_schema_alone_it_does_not(errors):
    assert len(errors["between"]) == 8


def test_every_error_is_covered_by_a_hint_where_it_is_mended(errors, change):
    hints = {(hint.file, hint.line, hint.kind) for hint in change.hints}

    assert errors["between"] == list(COMPILER_ERRORS)
    assert set(COMPILER_ERRORS.values()) <= hints


def test_with_our_patch_it_compiles_again(errors):
    assert errors["after"] == []
