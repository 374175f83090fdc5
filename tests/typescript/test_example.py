"""The example's code: every place that the compiler complains about is found, and what is fine stays untouched."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml

from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.scan import scan, scan_files
from prisma_decouple.typescript.source.files import CodeFile

_EXAMPLE = Path(__file__).parents[2] / "examples" / "sentiment"

# tsc's errors once the schema is refactored and the client generated anew, and where the edit belongs that mends each.
COMPILER_ERRORS = {
    "apps/web/components/task-list.ts(13,25)": ("apps/web/components/task-list.ts", 8, Kind.TYPE),
    "apps/web/components/task-list.ts(13,70)": ("apps/web/components/task-list.ts", 13, Kind.READ),
    "apps/web/components/task-list.ts(21,39)": ("apps/web/components/task-list.ts", 21, Kind.READ),
    "packages/services/src/posts/posts.service.ts(16,7)": (
        "packages/services/src/posts/posts.service.ts",
        13,
        Kind.CREATE,
    ),
    "packages/services/src/posts/posts.service.ts(23,7)": (
        "packages/services/src/posts/posts.service.ts",
        23,
        Kind.CREATE,
    ),
    "packages/services/src/tasks/tasks.service.ts(22,9)": (
        "packages/services/src/tasks/tasks.service.ts",
        22,
        Kind.CREATE,
    ),
    "packages/services/src/tasks/tasks.service.ts(37,7)": (
        "packages/services/src/tasks/tasks.service.ts",
        37,
        Kind.CREATE,
    ),
    "prisma/seed.ts(11,5)": ("prisma/seed.ts", 11, Kind.CREATE),
}


@pytest.fixture(scope="module")
def example_facts(facts) -> SchemaFacts:
    rules = yaml.safe_load((_EXAMPLE / "decouple.yaml").read_text(encoding="utf-8"))
    return SchemaFacts(
        facts.required, facts.optional, facts.added, facts.relations, msgspec.convert(rules["code"], CodeRules)
    )


@pytest.fixture(scope="module")
def result(example_facts):
    return scan(example_facts, _EXAMPLE)


@pytest.mark.parametrize("error", COMPILER_ERRORS)
def test_every_complaint_of_the_compiler_is_found_where_it_is_mended(error, result):
    assert COMPILER_ERRORS[error] in [(hint.file, hint.line, hint.kind) for hint in result.hints]


def test_every_call_of_the_named_function_is_found(result):
    calls = [(hint.file, hint.line) for hint in result.hints if hint.kind is Kind.CALL]

    assert calls == [
        ("apps/web/actions/analysis.actions.ts", 13),
        ("apps/web/actions/sync.actions.ts", 7),
    ]


def test_files_in_which_everything_is_fine_have_no_hints(result):
    files = {hint.file for hint in result.hints}

    assert not files & {
        "packages/services/src/queue/queue.service.ts",
        "packages/services/src/providers/providers.service.ts",
        "packages/services/src/integrations/integrations.service.ts",
        "packages/services/src/urls/url-parser.ts",
    }


def test_every_certain_create_has_a_proposal_that_mends_it(result, example_facts):
    creates = [hint for hint in result.hints if (hint.kind, hint.confidence) == (Kind.CREATE, Confidence.CERTAIN)]
    assert creates

    for hint in creates:
        lines = (_EXAMPLE / hint.file).read_text(encoding="utf-8").split("\n")
        lines[hint.line - 1 : hint.line - 1 + len(hint.before)] = hint.after
        again = scan_files(example_facts, [CodeFile(hint.file, "\n".join(lines))])
        assert (hint.line, Kind.CREATE) not in [(each.line, each.kind) for each in again.hints]


def test_all_of_it_is_typescript(result):
    assert (result.syntax_errors, result.not_utf8, result.unreadable) == ((), (), ())


def test_two_scans_are_equal(result, example_facts):
    assert scan(example_facts, _EXAMPLE) == result
