"""The cases of migrations: a history, and what is found in its last migration."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from prisma_decouple.migrations.findings import OPTIONAL
from prisma_decouple.migrations.folder import Migration
from prisma_decouple.migrations.judging import judge

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def before(case):
    """The migrations before the last one."""
    scripts = case.get("before", [])
    return [scripts] if isinstance(scripts, str) else scripts


def verdicts(scripts, **options):
    """What is said of the last of some migrations, without what has to be enabled."""
    names = [f"{20250101000000 + number}_m" for number, _ in enumerate(scripts)]
    migrations = [Migration(name, f"{name}.sql", script.encode()) for name, script in zip(names, scripts, strict=True)]
    return list(judge(migrations, wanted={names[-1]}, **{"disabled": OPTIONAL, **options}))


def found(case):
    """The verdicts of a case."""
    disabled = OPTIONAL - set(case.get("enable", ()))
    return verdicts([*before(case), case["migration"]], deployment=case.get("deployment"), disabled=disabled)
