"""Addresses of databases."""

from __future__ import annotations

import pytest

from prisma_decouple.sql.address import for_libpq, namespace_in


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@host:5432/db?schema=public&connection_limit=5", "postgresql://u:p@host:5432/db"),
        ("postgres://u@host/db?sslmode=require&pgbouncer=true", "postgres://u@host/db?sslmode=require"),
        ("host=/tmp dbname=x", "host=/tmp dbname=x"),
    ],
)
def test_what_only_prisma_understands_is_left_out_of_an_address(url, expected):
    assert for_libpq(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@host:5432/db?schema=shop&sslmode=require", "shop"),
        ("postgresql://u:p@host:5432/db", "public"),
        ("host=/tmp dbname=x", "public"),
    ],
)
def test_the_namespace_is_the_one_that_prisma_works_in(url, expected):
    assert namespace_in(url) == expected
