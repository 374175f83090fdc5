"""Every real schema and refactoring, judged by the engine that users have and by the database's own catalog."""

from __future__ import annotations

import pytest

from judges.availability import shared
from judges.catalog import differences
from judges.corpus import share_of
from judges.marks import on_one_server
from judges.psql import psql

from .conftest import EMPTY, can_make, migration, whole_catalog, without_order
from .corpus import PAIRS, real_schemas, refactorings, unrelated

SCHEMAS, REFACTORINGS = real_schemas(), refactorings()


@on_one_server
@pytest.mark.parametrize("name", share_of([*SCHEMAS], first=0) or [None])
def test_from_empty_it_makes_the_database_of_the_engine_and_back_nothing_is_left(judge, name):
    schema = SCHEMAS[name] if name else shared("corpus")
    if not can_make(judge, schema):
        pytest.skip("the engine itself cannot make it on this server")
    up, down = migration(EMPTY, schema)

    with judge.empty() as url, judge.database(schema) as theirs:
        nothing = whole_catalog(url)
        psql(url, up)
        assert differences(whole_catalog(theirs), whole_catalog(url)) == []

        psql(url, down)
        assert differences(nothing, whole_catalog(url)) == []


@on_one_server
@pytest.mark.parametrize("number", share_of([*REFACTORINGS], first=0) or [None])
def test_a_refactoring_leaves_no_drift_and_can_be_undone(judge, number):
    before, after = REFACTORINGS[number] if number else shared("corpus")
    if not can_make(judge, before):
        pytest.skip("the engine itself cannot make it on this server")
    up, down = migration(before, after)

    with judge.database(before) as url:
        was = whole_catalog(url)
        psql(url, up)
        assert judge.drift(url, after) == ""

        psql(url, down)
        assert differences(without_order(was), without_order(whole_catalog(url))) == []


@on_one_server
@pytest.mark.parametrize(("old", "new"), unrelated(SCHEMAS, PAIRS) or [(None, None)])
def test_a_schema_becomes_any_other_and_itself_again(judge, old, new):
    before, after = (SCHEMAS[old], SCHEMAS[new]) if old else shared("corpus")
    if not (can_make(judge, before) and can_make(judge, after)):
        pytest.skip("the engine itself cannot make it on this server")
    up, down = migration(before, after)

    with judge.database(before) as url:
        was = whole_catalog(url)
        psql(url, up)
        assert judge.drift(url, after) == _always_missing(judge, after)

        psql(url, down)
        assert differences(without_order(was), without_order(whole_catalog(url))) == []


def _always_missing(judge, schema):
    """What the engine misses even in a database of its own: it does not know some spellings of a default again."""
    with judge.database(schema) as url:
        return judge.drift(url, schema)
