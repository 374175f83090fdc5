"""The files in `judged`, of which TypeScript's own compiler says what the new schema breaks."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from prisma_decouple import load_rules, read_schema, refactor
from prisma_decouple.typescript.hints import Confidence, Kind

from .compiler import compiler_of

_PACKAGES = Path(__file__).parents[2] / "examples" / "sentiment"
_JUDGED = Path(__file__).parent / "judged"
_PLACE = re.compile(r"(.+)\((\d+),")
# These say what no compiler minds, or mend elsewhere what it minds.
_UNJUDGED = frozenset({Kind.FILTER, Kind.INCLUDE, Kind.SENTINEL, Kind.TYPE})


@pytest.fixture(scope="module")
def compiler(tmp_path_factory):
    target = tmp_path_factory.mktemp("judged") / "code"
    compiler = compiler_of(_PACKAGES, target)
    for folder in ("apps", "packages", "prisma"):
        shutil.rmtree(target / folder)
    shutil.copytree(_JUDGED, target, dirs_exist_ok=True)
    shutil.copytree(target / "installed", target / "node_modules", dirs_exist_ok=True)
    shutil.rmtree(target / "installed")  # a package of the code base would be read as a part of it
    config = target / "tsconfig.json"
    config.write_text(config.read_text().replace('["apps", "packages", "prisma"]', '["src"]'))
    return compiler


@pytest.fixture(scope="module")
def change(compiler):
    schema = read_schema(_JUDGED / "prisma" / "schema.prisma")
    return refactor(schema, load_rules(_JUDGED / "rules.yaml"), timestamp="20260101000000", code=compiler.project)


@pytest.fixture(scope="module")
def errors(compiler, change):
    """The lines of which the compiler complains: before, with the new schema alone, and with the patch."""
    before = _lines(compiler)
    (compiler.project / "prisma" / "schema.prisma").write_text(str(change.schema), encoding="utf-8")
    between = _lines(compiler)
    patch = change.files["code/changes.patch"].encode()
    subprocess.run(["git", "init", "-q"], cwd=compiler.project, check=True)
    subprocess.run(["git", "apply", "-"], cwd=compiler.project, input=patch, check=True)
    return {"before": before, "between": between, "after": _lines(compiler)}


def _lines(compiler):
    places = (_PLACE.match(each) for each in compiler.errors())
    return {(place[1], int(place[2])) for place in places}


def _covered(hints):
    return {(hint.file, hint.line + row) for hint in hints for row in range(max(len(hint.before), 1))}


def test_the_files_compile_with_the_old_schema(errors):
    assert errors["before"] == set()


def _following(hints):
    minded = (hint for hint in hints if hint.kind is not Kind.SPOKEN)  # which has other lines that only a person minds
    return {(line.file, line.line) for hint in minded for line in hint.follows}


def test_whatever_the_compiler_minds_is_a_certain_hint_or_follows_from_one(errors, change):
    certain = [hint for hint in change.hints if hint.confidence is Confidence.CERTAIN]

    assert errors["between"] - _covered(certain) - _following(certain) == set()


def test_the_compiler_minds_whatever_is_said_to_follow(errors, change):
    following = _following(change.hints)

    assert following - errors["between"] == set()
    assert following & _covered(change.hints) == set()
    assert {file for file, _ in following} >= {"src/followed.ts", "src/followed-elsewhere.ts"}


def test_whatever_is_certain_is_what_the_compiler_minds(errors, change):
    certain = [hint for hint in change.hints if hint.confidence is Confidence.CERTAIN]
    certain = [hint for hint in certain if hint.kind not in _UNJUDGED and not hint.patched]

    minded = errors["between"] | errors["after"]
    assert [hint for hint in certain if not (_covered([hint]) | _following([hint])) & minded] == []


def test_what_the_patch_leaves_is_told(errors, compiler, change):
    texts = {name: (compiler.project / name).read_text().split("\n") for name, _ in errors["after"]}
    unpatched = {(hint.file, line) for hint in change.hints if not hint.patched for line in hint.before}
    told = unpatched | {(hint.file, line) for hint in change.hints if hint.patched for line in hint.after or ()}
    told |= {(name, (_JUDGED / name).read_text().split("\n")[line - 1]) for name, line in _following(change.hints)}

    assert {(name, texts[name][line - 1]) for name, line in errors["after"]} - told == set()
    assert len(errors["after"]) < len(errors["between"])


def test_what_only_shows_a_related_record_takes_none_as_well(errors, change):
    patch = change.files["code/changes.patch"]

    assert "+const tokenOf = (account: Account | null): string | undefined => account?.token;" in patch
    assert "+  account: { token: string; isActive: boolean } | null;" not in patch  # its flag would be undefined
    assert {line for file, line in errors["between"] if file == "src/receivers.ts"} == {19, 20, 21, 38, 39}
    assert {line for file, line in errors["after"] if file == "src/receivers.ts"} == {21, 38, 39}
