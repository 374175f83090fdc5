"""The operations on many real schemas that they were not written for, judged by Prisma and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from judges.availability import shared
from judges.catalog import catalog, differences
from judges.corpus import REAL, indexed, share_of
from judges.marks import on_one_server
from judges.psql import psql
from prisma_decouple import parse_rules, read_schema, refactor
from prisma_decouple.model.reader import read_model

if TYPE_CHECKING:
    from pathlib import Path

    from judges.oracle import Prisma
    from prisma_decouple.model.datamodel import DataModel, Model, RelationField

RULES_OF_A_KIND = 3


def real_schemas() -> list[Path]:
    """The PostgreSQL schemas that Prisma accepts and that need no extension of PostgreSQL."""
    paths = [each.path for each in indexed() if each.is_accepted and each.facts["provider"] == "postgresql"]
    return [path for path in paths if has_rules(path) and not needs_extension(path)]


def needs_extension(path: Path) -> bool:
    text = str(read_schema(path))
    return any(word in text for word in ("uuid_generate_v4", "Citext", "geometry", "extensions", "timestamp_id"))


def has_rules(path: Path) -> bool:
    return bool(rules_for(read_model(read_schema(path))))


def rules_for(data: DataModel) -> list[dict[str, object]]:
    """Make relations optional, and give models the record that one of their relations leads to."""
    owners = [(model, owned) for model in data.models.values() if not model.is_view and (owned := owned_by(model))]
    rules: list[dict[str, object]] = []
    for model, owned in [pair for pair in owners if keeps_a_key(*pair)][:RULES_OF_A_KIND]:
        rules.append({"make_optional": {"model": model.name, "field": owned.name}})
    for model, owned in owners[:RULES_OF_A_KIND]:
        target = data.models[owned.target]
        onward = owned_by(target)
        if onward and onward.references == data.models[onward.target].key:
            path = f"{owned.name}.{onward.name}"
            shared_settings = {"model": model.name, "to": onward.target, "field": "origin", "backfill": [path]}
            rules.append({"add_relation": {**shared_settings, "required": False}})
    return rules


def owned_by(model: Model) -> RelationField | None:
    return next((each for each in model.relations.values() if each.fields and not each.is_optional), None)


def keeps_a_key(model: Model, owned: RelationField) -> bool:
    return bool(model.primary_key) and not set(owned.fields) & set(model.primary_key)


@on_one_server
@pytest.mark.parametrize(
    "path", share_of(real_schemas(), first=1) or [None], ids=lambda path: path and path.relative_to(REAL).as_posix()
)
def test_the_schema_stays_valid_and_formatted_and_the_database_follows_there_and_back(
    prisma: Prisma, database: str, path: Path | None
):
    schema = read_schema(path or shared("corpus"))
    files = [(file.path, str(file)) for file in schema.files]
    psql(database, prisma.sql(None, files))
    before, drift = catalog(database), prisma.drift(database, files)

    change = refactor(schema, parse_rules(yaml.safe_dump({"rules": rules_for(read_model(schema))})))

    after = [(file.path, str(file)) for file in change.schema.files]
    assert prisma.validate(after) == []
    if prisma.format_files(files) == files:
        assert prisma.format_files(after) == after
    psql(database, change.migration.up)
    # Some schemas drift before anything is done to them, by expressions that PostgreSQL stores in another spelling.
    assert prisma.drift(database, after) == drift
    psql(database, change.migration.down)
    assert differences(before, catalog(database)) == []
