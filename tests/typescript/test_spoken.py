"""What is told of functions that speak of what may be null now, where nothing else is told of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from case_files import cases_of
from prisma_decouple.typescript.changes import Column, RelationField
from prisma_decouple.typescript.code_base import CodeBase
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.looks import look_at
from prisma_decouple.typescript.source.files import CodeFile
from prisma_decouple.typescript.spoken import with_spoken


@pytest.fixture
def hospital(facts):
    """A Surgery has a doctor as well, and always: what speaks of that is not meant."""
    others = (RelationField("Surgery", "doctor", "Doctor", ("doctorId",)),)
    columns = (
        Column("Surgery", "knife", "string"),
        Column("Surgery", "hours", "number"),
        Column("Visit", "day", "number"),
    )
    return replace(facts, relations=(*facts.relations, *others), columns=(*facts.columns, *columns))


@pytest.fixture
def spoken(hospital):
    def spoken_(files):
        read = [CodeFile(path, text) for path, text in files.items()]
        scripts = tuple(each for each in read if each.path.endswith((".js", ".svelte", ".vue")))
        code = CodeBase(tuple(each for each in read if each not in scripts), {}, scripts)
        result = with_spoken(look_at(hospital, code, is_whole=True))
        return [hint for hint in result.hints if hint.kind is Kind.SPOKEN]

    return spoken_


@pytest.mark.parametrize("case", cases_of(Path(__file__).parent / "spoken", title="promise"))
def test_who_searches_for_the_name_finds_these_lines_and_no_others(case, spoken):
    told = [
        f"{hint.file}:{', '.join(str(line) for line in (hint.line, *(each.line for each in hint.follows)))}"
        for hint in spoken(case["files"])
    ]
    assert told == case.get("spoken", [])


def test_it_says_what_may_be_null_and_of_which_model(spoken):
    code = "const rows: any[] = load();\nexport const labels = () => rows.map((task) => task.integrationId);"

    (hint,) = spoken({"tasks.ts": code})

    assert hint.why.startswith("`integrationId` of a Post or Task may be null now")
    assert not hint.patched
