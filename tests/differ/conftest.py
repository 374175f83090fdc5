"""What Prisma's engine and a PostgreSQL server say of a migration between two schemas."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from judges.catalog import catalog
from judges.oracle import PrismaError, as_files
from judges.psql import SqlError, psql, rows
from prisma_decouple.model.reader import read_model
from prisma_decouple.plan.migration import plan_difference
from prisma_decouple.render.sql import render_difference
from prisma_decouple.syntax.parser import parse_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judges.oracle import Prisma, Schema
    from judges.postgres import Server

EMPTY = 'datasource db {\n  provider = "postgresql"\n}\n'
# What real schemas expect to be there; a server has them or has not.
EXTENSIONS = ("citext", "pg_trgm", "uuid-ossp")
NAMESPACES = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"


@dataclass
class Judge:
    """Both together."""

    prisma: Prisma
    postgres: Server

    @contextmanager
    def database(self, schema: Schema) -> Iterator[str]:
        """A database that Prisma's engine has made of the schema; it is made once.

        Raises:
            SqlError: PostgreSQL does not let the engine make it.
        """
        template = self.postgres.template(
            repr(as_files(schema)), lambda url: psql(url, self.engine_sql(schema)), self.base
        )
        with self.postgres.database(template) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database without tables."""
        with self.postgres.database(self.base) as url:
            yield url

    @property
    def base(self) -> str:
        """The template of an empty database with the extensions that the server has."""

        def install(url: str) -> None:
            for name in EXTENSIONS:
                psql(url, f'CREATE EXTENSION "{name}"', check=False)

        return self.postgres.template("extensions", install)

    def engine_sql(self, schema: Schema) -> str:
        """The engine's own script; it does not escape the quotes in the names of enum values."""
        return self._any_engine(lambda engine: self.prisma.sql(None, schema, engine)).replace("'it's", "'it''s")

    def drift(self, url: str, schema: Schema) -> str:
        """What the engine still finds missing."""
        return self._any_engine(lambda engine: self.prisma.drift(url, schema, engine))

    @staticmethod
    def _any_engine(ask: Any) -> Any:
        """Prisma 7 knows what 6 does not, and the other way round."""
        try:
            return ask("6")
        except PrismaError:
            return ask("7")


@pytest.fixture
def judge(prisma, postgres):
    return Judge(prisma, postgres)


def migration(before: Schema, after: Schema, **options: bool) -> tuple[str, str]:
    """The SQL from one schema to another and back."""
    models = [read_model(parse_files(as_files(schema))) for schema in (before, after)]
    plan = plan_difference(*models, **options)
    names = {"source": "before", "target": "after", "provider": "postgresql"}
    return render_difference(plan, **names), render_difference(plan, down=True, **names)


def whole_catalog(url: str) -> dict[tuple[str, str], Any]:
    """The catalog of all namespaces, without what extensions bring."""
    return catalog(url, [row["nspname"] for row in rows(url, NAMESPACES)])


def without_order(found: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """The catalog without the positions of columns: one that is dropped and added again comes last."""
    return {
        (kind, name): {key: value for key, value in what.items() if key != "position"} if kind == "columns" else what
        for (kind, name), what in found.items()
    }


def can_make(judge: Judge, schema: Schema) -> bool:
    """Whether the engine's script runs on this server."""
    try:
        with judge.database(schema):
            return True
    except SqlError:
        return False
