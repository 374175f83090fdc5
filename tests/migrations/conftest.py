"""Small schemas, their databases, and migrations that are run on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from judges.catalog import catalog, differences
from judges.checksums import checksums
from judges.psql import psql
from prisma_decouple import parse_rules, parse_schema, refactor

if TYPE_CHECKING:
    from prisma_decouple import Change

DATASOURCE = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

"""


def with_datasource(schema):
    """The schema with the usual datasource, unless it has its own."""
    return schema if "datasource " in schema else DATASOURCE + schema


@dataclass
class Job:
    """A refactoring and the database that it is for."""

    url: str
    change: Change

    def up(self, *, check=True):
        """Run migration.sql; what psql wrote to stderr."""
        return psql(self.url, self.change.migration.up, check=check).stderr

    def down(self, *, check=True):
        """Run down.sql; what psql wrote to stderr."""
        return psql(self.url, self.change.migration.down, check=check).stderr

    def contents(self):
        """The whole structure of the database and the checksums of all rows."""
        return catalog(self.url), checksums(self.url)


@pytest.fixture
def job(prisma, database):
    """Make the database of a schema, put rows into it, and refactor the schema."""

    def make(schema, rules, rows="", structure=None, **settings):
        """`structure` is the SQL that makes the database, Prisma's unless given; `settings` go to `refactor`."""
        text = with_datasource(schema)
        assert prisma.validate(text) == []
        psql(database, structure or prisma.sql(None, text))
        psql(database, rows)
        return Job(database, refactor(parse_schema(text), parse_rules(rules), timestamp="20260101000000", **settings))

    return make


@pytest.fixture
def there_and_back(prisma):
    """Run a migration and its way back; Prisma must find no drift between, and nothing may differ afterwards."""

    def run(job):
        before_catalog, before_rows = job.contents()
        job.up()
        # Prisma cannot ask about names with a quote in them: it does not escape them itself.
        if "'" not in str(job.change.schema):
            assert prisma.drift(job.url, str(job.change.schema)) == ""
        job.down()
        after_catalog, after_rows = job.contents()
        assert differences(before_catalog, after_catalog) == []
        assert after_rows == before_rows

    return run
