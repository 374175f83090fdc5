"""The cases of migrations: a history, and what is found in its last migration."""

from __future__ import annotations

from pathlib import Path

from case_files import cases_of
from prisma_decouple.migrations.findings import OPTIONAL
from prisma_decouple.migrations.folder import Migration
from prisma_decouple.migrations.judging import judge

CASES = cases_of(Path(__file__).parent / "cases")


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
