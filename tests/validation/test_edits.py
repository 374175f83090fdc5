"""Prisma's verdict on schemas that nobody has written: those of the cases, each with random edits, always the same."""

from __future__ import annotations

import random
import re

import pytest

from prisma_decouple import validate_schema

from .test_cases import CASES, files_of

EDITS = 8
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
WORDS = sorted({word for case in CASES for word in _WORD.findall(case.values[0]["schema"]) if not word.isspace()})


def edited(text, choose):
    """A text with a line removed, repeated or moved, or with a word exchanged for one of any case."""
    lines = text.splitlines(keepends=True)
    at = choose.randrange(len(lines))
    kind = choose.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, choose.choice(lines))
    elif kind == 2:
        lines.insert(choose.randrange(len(lines)), lines.pop(at))
    else:
        words = _WORD.findall(lines[at])
        words[choose.randrange(len(words))] = choose.choice(WORDS)
        lines[at] = "".join(words)
    return "".join(lines) or "\n"


@pytest.mark.parametrize("case", CASES)
def test_prisma_gives_the_same_verdict(prisma, case):
    choose = random.Random(case["name"])
    different = []
    for _ in range(EDITS):
        engine = case.get("version") or choose.choice("67")
        schema = case["schema"]
        for _ in range(choose.choice((1, 1, 2))):
            schema = edited(schema, choose)
        files = files_of({**case, "schema": schema, "version": engine})
        errors = prisma.validate(files, engine, fit_url=False)
        if bool(errors) != bool(validate_schema(files, version=engine)):
            different.append((engine, schema, [error.message for error in errors]))

    assert different == []
