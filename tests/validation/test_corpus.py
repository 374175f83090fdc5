"""The verdicts of Prisma on the schemas of its own test suites and on those of public repositories."""

from __future__ import annotations

import json
import re

import pytest

from judges.availability import shared
from judges.corpus import indexed
from prisma_decouple import validate_schema

_DATASOURCE = re.compile(r"^([ \t]*datasource\s+\w+\s*\{)([^}]*)\}", re.MULTILINE)
_URLS = re.compile(r"^[ \t]*(?:url|directUrl|shadowDatabaseUrl)\s*=.*$", re.MULTILINE)


def without_urls(text):
    """As the verdicts of version 7 were taken: connection URLs blanked."""
    return _DATASOURCE.sub(lambda found: found[1] + _URLS.sub("", found[2]) + "}", text)


def with_url(text):
    """As the verdicts of version 6 were taken where the schema is written for 7."""

    def add(found):
        has_url = re.search(r"^[ \t]*url\s*=", found[2], re.MULTILINE)
        return found[0] if has_url else f'{found[1]}{found[2]}\n  url = env("DATABASE_URL")\n}}'

    return _DATASOURCE.sub(add, text)


def is_accepted(files, version):
    return not any(each.severity == "error" for each in validate_schema(files, version=version))


@pytest.mark.parametrize(("version", "verdict", "fit"), [("6", "v6", str), ("7", "v7_fit", without_urls)])
def test_prismas_own_cases(version, verdict, fit):
    cases = json.loads(shared("corpus", "engine", "cases.json").read_text(encoding="utf-8"))
    different = [
        name
        for name, case in cases.items()
        if is_accepted([("schema.prisma", fit(case["text"]))], version) != (case[verdict] == "ok")
    ]
    assert different == []


@pytest.mark.parametrize(("column", "fit"), [("valid6", str), ("valid6_with_url", with_url)])
def test_real_schemas(column, fit):
    shared("corpus", "real")
    different = [
        each.name
        for each in indexed()
        if is_accepted([(file.name, fit(file.read_bytes().decode())) for file in each.files], "6")
        != (each.facts[column] == "ok")
    ]
    assert different == []
