"""Each check with a schema that it rejects, and with those that stand beside it and are fine."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import cases_of
from prisma_decouple import validate_schema
from prisma_decouple.model.validation.registry import CHECKS

CASES = cases_of(Path(__file__).parent / "cases")


def files_of(case):
    """The schema, and beside it a file with the provider and the preview features that it wants."""
    url = '  url = "x"\n' if case.get("version", "6") == "6" else ""
    header = f'datasource db {{\n  provider = "{case["provider"]}"\n{url}}}\n' if "provider" in case else ""
    if "previews" in case:
        names = ", ".join(f'"{name}"' for name in case["previews"])
        header += f'generator client {{\n  provider = "prisma-client"\n  previewFeatures = [{names}]\n}}\n'
    return [("schema.prisma", case["schema"]), ("settings.prisma", header)]


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    found = validate_schema(files_of(case), version=case.get("version"))
    assert [f"{each.code} at {each.line}" for each in found] == case["found"]
    assert all(each.path == "schema.prisma" for each in found)


@pytest.mark.parametrize(
    ("case", "engine"),
    [
        pytest.param(case.values[0], engine, id=f"{case.id}-{engine}")
        for case in CASES
        for engine in case.values[0].get("version", "67")
    ],
)
def test_prisma_says_the_same(prisma, case, engine):
    errors = prisma.validate(files_of({**case, "version": engine}), engine, fit_url="version" not in case)
    assert bool(errors) == bool(case["found"]), errors


def test_every_check_has_a_case():
    seen = {each.split()[0] for case in CASES for each in case.values[0]["found"]}
    assert {check.code for check in CHECKS} - seen == set()


def test_codes_are_given_once():
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes)


def test_syntax_errors_are_diagnostics_too():
    found = validate_schema([("a.prisma", "model A {\n  id Int @id\n"), ("b.prisma", "")])
    assert found
    assert found[0].path == "a.prisma"
    assert found[0].code.startswith("E2")


def test_the_span_is_the_text():
    text = "model Page {\r\n  id Int @id\r\n  höhe Int\r\n  höhe Int\r\n}\r\n"
    (found,) = validate_schema([("schema.prisma", text)])
    assert (found.line, found.column) == (4, 3)
    assert text[slice(*found.span)] == "höhe"
    assert str(found).startswith("schema.prisma:4:3: error V204 ")


@pytest.mark.parametrize("field", ["höhe  Text", "höhe  Text?", "/* m */ höhe  Text[] // m", 'höhe  Text @map("h")'])
def test_a_wrong_type_is_what_is_underlined(field):
    text = f"model Page {{\r\n  id Int @id\r\n  {field}\r\n}}\r\n"
    (found,) = validate_schema([("schema.prisma", text)])
    assert (found.code, found.line, found.column) == ("V301", 3, 3 + field.index("Text"))
    assert text[slice(*found.span)] == "Text"
