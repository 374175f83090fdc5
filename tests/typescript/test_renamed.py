"""Code whose names the schema has changed; the compiler judges the patch."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from prisma_decouple import read_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.scan import scan

from .compiler import compiler_of

_PACKAGES = Path(__file__).parents[2] / "examples" / "sentiment"
_RENAMED = Path(__file__).parent / "renamed"
_RENAMES = ("Guest.nick=alias", "Stay.guestId=visitorId", "Remark=Comment", "Rank=Level", "Room.TWIN=DOUBLE")


@pytest.fixture(scope="module")
def models():
    return [read_model(read_schema(path)) for path in (_RENAMED / "prisma", _RENAMED / "after.prisma")]


def test_a_patch_calls_everything_by_its_new_name_and_the_compiler_is_satisfied(models, tmp_path):
    result = scan(facts_of(*models, CodeRules(), renames=_RENAMES), _RENAMED)
    target = tmp_path / "code"
    compiler = compiler_of(_PACKAGES, target)
    for folder in ("apps", "packages", "prisma"):
        shutil.rmtree(target / folder)
    shutil.copytree(_RENAMED, target, dirs_exist_ok=True)
    config = target / "tsconfig.json"
    config.write_text(config.read_text().replace('["apps", "packages", "prisma"]', '["src"]'))
    before = compiler.errors()
    shutil.copy(_RENAMED / "after.prisma", target / "prisma" / "schema.prisma")
    broken = compiler.errors()
    for change in result.changes:
        (target / change.path).write_text(change.after)

    assert {hint.kind for hint in result.hints} == {Kind.FLOW, Kind.GONE, Kind.TYPE}
    assert all(hint.patched for hint in result.hints)
    assert (before, len(broken) > len(result.hints) // 2, compiler.errors()) == ([], True, [])


def test_what_nobody_says_was_renamed_is_a_guess_and_stays_out_of_the_patch(models):
    result = scan(facts_of(*models, CodeRules()), _RENAMED)

    assert not any(hint.patched for hint in result.hints if "`nick`" in hint.why or "Remark" in hint.why)
    assert any("seems to be `alias`" in hint.why for hint in result.hints)


def test_what_keeps_its_column_is_known_to_be_renamed(models):
    result = scan(facts_of(*models, CodeRules()), _RENAMED)

    told = [hint for hint in result.hints if hint.why.startswith("A Guest has no `slackRef`")]
    assert told
    assert all(hint.patched for hint in told)
