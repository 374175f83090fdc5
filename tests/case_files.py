"""The cases of a test: files of YAML that a person can read without the code."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

# Every worker reads all cases, and libyaml does it ten times as fast.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@cache
def read_cases(file: Path) -> list[dict[str, Any]]:
    """The cases of one file; they are shared, so that no test may change one."""
    return yaml.load(file.read_text(encoding="utf-8"), _LOADER)


def cases_of(folder: Path, *, title: str = "name") -> list[pytest.param]:
    """The cases of a folder as parameters, each called by its file and its title."""
    return [
        pytest.param(case, id=f"{file.stem}: {case[title]}")
        for file in sorted(folder.glob("*.yaml"))
        for case in read_cases(file)
    ]
