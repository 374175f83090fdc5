"""Code that meets a schema in which much is gone, is another one, or is called otherwise; the compiler judges."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from prisma_decouple import read_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.scan import scan

from .compiler import compiler_of

_PACKAGES = Path(__file__).parents[2] / "examples" / "sentiment"
_REPLACED = Path(__file__).parent / "replaced"
_PLACE = re.compile(r"(.+)\((\d+),")


@pytest.fixture(scope="module")
def result():
    models = (read_model(read_schema(path)) for path in (_REPLACED / "prisma", _REPLACED / "after.prisma"))
    return scan(facts_of(*models, CodeRules()), _REPLACED)


@pytest.fixture(scope="module")
def errors(tmp_path_factory, result):
    """The lines of which the compiler complains, with the old schema, the new one, and the patch."""
    target = tmp_path_factory.mktemp("replaced") / "code"
    compiler = compiler_of(_PACKAGES, target)
    for folder in ("apps", "packages", "prisma"):
        shutil.rmtree(target / folder)
    shutil.copytree(_REPLACED, target, dirs_exist_ok=True)
    config = target / "tsconfig.json"
    config.write_text(config.read_text().replace('["apps", "packages", "prisma"]', '["src"]'))
    before = _lines(compiler)
    shutil.copy(_REPLACED / "after.prisma", target / "prisma" / "schema.prisma")
    after = _lines(compiler)
    for change in result.changes:
        (target / change.path).write_text(change.after)
    return {"before": before, "after": after, "patched": _lines(compiler)}


def _lines(compiler):
    places = (_PLACE.match(each) for each in compiler.errors())
    return {(place[1], int(place[2])) for place in places}


def _covered(hints):
    own = {(hint.file, hint.line + row) for hint in hints for row in range(max(len(hint.before), 1))}
    return own | {(line.file, line.line) for hint in hints for line in hint.follows}


def test_the_code_compiles_with_the_old_schema(errors):
    assert errors["before"] == set()


def test_whatever_the_compiler_minds_is_a_certain_hint(errors, result):
    certain = [hint for hint in result.hints if hint.confidence is Confidence.CERTAIN]

    assert errors["after"] - _covered(certain) == set()


def test_whatever_is_certain_is_what_the_compiler_minds(errors, result):
    certain = [hint for hint in result.hints if hint.confidence is Confidence.CERTAIN and hint.kind is not Kind.TYPE]

    assert [hint for hint in certain if not _covered([hint]) & errors["after"]] == []


def test_a_new_key_is_given_beside_the_one_that_it_replaces_and_not_by_somebody_else(result):
    (change,) = (each for each in result.changes if each.path == "src/loans.ts")

    assert "  shelfId: number;\n  branchId: number;\n  readerId: number;\n" in change.after
    assert "branch: { connect: { id: input.branchId } }" in change.after
    assert "  motto: string;\n}" in change.after


def test_a_query_that_loads_what_is_gone_is_mended_and_the_patch_causes_no_error(errors):
    mended = {("src/queries.ts", 9), ("src/cards.ts", 26), ("src/indirect.ts", 7), ("src/selections.ts", 13)}
    changed = errors["after"] - errors["patched"]
    caused = {(file, line) for file, line in errors["patched"] - errors["after"] if file != "src/loans.ts"}

    assert changed & mended == errors["after"] & mended
    assert {("src/queries.ts", 9), ("src/indirect.ts", 7)} <= changed
    assert caused == set()  # in loans.ts lines have moved


def test_what_is_of_the_type_now_that_it_was_converted_to_is_not_converted_any_more(errors, result):
    (change,) = (each for each in result.changes if each.path == "src/depths.ts")

    assert "=> wall.depth * height;" in change.after
    assert "data: { depth: by / 100 }" in change.after
    assert {line for file, line in errors["after"] if file == "src/depths.ts"} == {6, 8, 11, 15, 21, 24}
    assert {line for file, line in errors["patched"] if file == "src/depths.ts"} == {21, 24}


def test_the_one_record_that_a_list_has_become_is_named_where_the_list_was(errors, result):
    (change,) = (each for each in result.changes if each.path == "src/rooms.ts")

    assert "curator.room?.plan && Array.isArray(curator.room.plan) ? curator.room.plan : []" in change.after
    assert "title: curator.room?.title" in change.after
    assert "data: { name, room: { create: { title } } }" in change.after
    assert {line for file, line in errors["patched"] if file == "src/rooms.ts"} == {17, 20, 24, 27}
