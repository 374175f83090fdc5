"""Random schemas, and random changes to them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from judges.catalog import differences
from judges.psql import psql

from .conftest import migration, whole_catalog, without_order
from .strategies import pairs


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pair=pairs())
def test_any_change_leaves_no_drift_and_can_be_undone(judge, pair):
    before, after = pair
    assert judge.prisma.validate(before) == judge.prisma.validate(after) == []
    up, down = migration(before, after)

    with judge.database(before) as url:
        was = whole_catalog(url)
        psql(url, up)
        assert judge.drift(url, after) == ""

        psql(url, down)
        assert differences(without_order(was), without_order(whole_catalog(url))) == []
