"""The schema that comes out, judged by Prisma and compared with what the author wrote by hand."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from judges.oracle import Engine, Prisma

ENGINES = ["6", "7"]
NAMED_IN_THE_REQUIREMENTS = ["Post", "Task", "Mention", "Provider", "Integration", "SubTask", "Queue"]

# By model: the lines that go and the lines that come, with single spaces and without the blank ones.
REQUIRED_PROVIDER = (
    ["integrationId Int", "integration Integration @relation(fields: [integrationId], references: [id])"],
    [
        "integrationId Int?",
        "integration Integration? @relation(fields: [integrationId], references: [id])",
        "providerId Int",
        "provider Provider @relation(fields: [providerId], references: [id])",
        "@@index([userId, providerId])",
        "@@index([providerId, createdAt])",
    ],
)
EDITS: dict[str, tuple[list[str], list[str]]] = {
    "Post": REQUIRED_PROVIDER,
    "Task": REQUIRED_PROVIDER,
    "Mention": ([], ["providerId Int?", "provider Provider? @relation(fields: [providerId], references: [id])"]),
    "Provider": ([], ["posts Post[]", "tasks Task[]", "mentions Mention[]"]),
}

BLOCK = re.compile(r"^(?:model|enum|datasource|generator) (\w+) \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def old(real: Path) -> str:
    return (real / "before.prisma").read_bytes().decode()


@pytest.fixture(scope="module")
def new(refactored: Path) -> str:
    return (refactored / "schema.prisma").read_bytes().decode()


def blocks(schema: str) -> dict[str, str]:
    """The text of each block by its name."""
    return {match[1]: match[0] for match in BLOCK.finditer(schema)}


def without_spacing(block: str) -> list[str]:
    """The lines of a block that say something, as if nothing were aligned."""
    return [" ".join(line.split()) for line in block.splitlines() if line.strip()]


def edits(old_lines: list[str], new_lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    compared = list(difflib.ndiff(old_lines, new_lines))
    went, came = ([line[2:] for line in compared if line.startswith(sign)] for sign in "-+")
    return went, came


def described(prisma: Prisma, schema: str | Path, engine: Engine) -> dict[str, Any]:
    """What Prisma knows of each model; the order of its fields and indexes says nothing about the database."""
    datamodel = prisma.dmmf(schema, engine)["datamodel"]
    return {
        model["name"]: {
            **model,
            "fields": {field["name"]: field for field in model["fields"]},
            "indexes": sorted(str(index) for index in datamodel["indexes"] if index["model"] == model["name"]),
        }
        for model in datamodel["models"]
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_prisma_accepts_the_schema(prisma: Prisma, new: str, engine: Engine):
    assert prisma.validate(new, engine) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("model", NAMED_IN_THE_REQUIREMENTS)
def test_a_model_of_the_requirements_means_what_the_author_wrote(
    prisma: Prisma, real: Path, new: str, model: str, engine: Engine
):
    assert described(prisma, new, engine)[model] == described(prisma, real / "author-after.prisma", engine)[model]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_other_model_means_anything_else_than_before(prisma: Prisma, old: str, new: str, engine: Engine):
    def others(schema: str) -> dict[str, Any]:
        models = described(prisma, schema, engine)
        return {name: model for name, model in models.items() if name not in EDITS}

    assert others(new) == others(old)


@pytest.mark.parametrize("columns", [["userId", "providerId"], ["providerId", "createdAt"]], ids="-".join)
@pytest.mark.parametrize("model", ["Post", "Task"])
def test_the_common_queries_have_an_index(prisma: Prisma, new: str, model: str, columns: list[str]):
    indexes = prisma.dmmf(new)["datamodel"]["indexes"]

    found = [[field["name"] for field in each["fields"]] for each in indexes if each["model"] == model]

    assert found.count(columns) == 1


@pytest.mark.parametrize("model", EDITS)
def test_a_changed_model_has_the_expected_edits_and_no_other(old: str, new: str, model: str):
    went, came = edits(without_spacing(blocks(old)[model]), without_spacing(blocks(new)[model]))

    assert (sorted(went), sorted(came)) == tuple(sorted(lines) for lines in EDITS[model])


@pytest.mark.parametrize("model", EDITS)
def test_within_a_changed_model_only_groups_with_an_edit_are_laid_out_anew(old: str, new: str, model: str):
    _, expected = EDITS[model]
    groups = re.split(r"\n\s*\n", blocks(old)[model])
    kept = re.split(r"\n\s*\n", blocks(new)[model])

    for group in kept:
        has_edit = any(line in expected for line in without_spacing(group))
        assert has_edit or group in groups


def test_outside_of_the_changed_models_every_byte_is_the_same(old: str, new: str):
    def rest(schema: str) -> str:
        return BLOCK.sub(lambda match: match[1] if match[1] in EDITS else match[0], schema)

    assert rest(new) == rest(old)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_formatted_stays_formatted(prisma: Prisma, old: str, new: str, engine: Engine):
    def formatted(schema: str) -> set[str]:
        laid_out = blocks(prisma.format(schema, engine))
        return {name for name, text in blocks(schema).items() if laid_out[name] == text}

    assert set(EDITS) <= formatted(old)
    assert formatted(new) == formatted(old)
