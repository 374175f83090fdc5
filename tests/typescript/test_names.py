"""Names of somebody's schema and code come from the rule file, never from the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_NAMES = re.compile(r"\b(Post|Task|Integration|Mention|Provider)\b|createTask|providerId|integrationId")
_FILES = [
    *sorted((_ROOT / "src/prisma_decouple/typescript").rglob("*.py")),
    *sorted((_ROOT / "templates/code").glob("*")),
    _ROOT / "src/prisma_decouple/rules/code.py",
    _ROOT / "src/prisma_decouple/render/code.py",
]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_no_model_and_no_function_is_named_in_the_program(path):
    assert _NAMES.findall(path.read_text(encoding="utf-8")) == []
