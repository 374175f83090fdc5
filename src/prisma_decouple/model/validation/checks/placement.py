"""Views, and the database schemas of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.checks.keys import keys_of
from prisma_decouple.model.validation.registry import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table


@check("V901", "meaning")
def views_enabled(table: Table) -> Iterator[Problem]:
    """Views need the preview feature `views`."""
    if not table.has_preview("views"):
        for container in table.containers:
            if container.is_view:
                yield container.node, "a view needs the preview feature `views`"


@check("V902", "meaning")
def keys_of_views(table: Table) -> Iterator[Problem]:
    """A view has a primary key, an index, or a unique constraint with a name in the database."""
    for key in keys_of(table):
        if not key.owner.is_view:
            continue
        if key.kind != "unique":
            yield key.attribute, f"a view has no `{key.spelling}`"
        elif key.attribute.get("map") is not None or key.attribute.get("clustered") is not None:
            yield key.attribute, "a view has no index, so its `@unique` has neither `map` nor `clustered`"
        elif any(part.options for part in key.parts):
            yield key.attribute, "the fields of a unique constraint of a view have no options"


@check("V903", "meaning")
def schemas_supported(table: Table) -> Iterator[Problem]:
    """`@@schema` names a schema that the datasource does not list, or the provider has none."""
    for block in table.schema.blocks("model", "view", "enum"):
        attribute = block.attribute("schema")
        if attribute is None:
            continue
        if not table.connector.can("schemas"):
            yield attribute, f"{table.connector.name or 'a schema without a datasource'} has no `@@schema`"
        elif string(attribute.get("map", 0)) not in (table.namespaces or ()):
            yield attribute, "`schemas` of the datasource does not list this schema"


@check("V904", "meaning")
def schemas_missing(table: Table) -> Iterator[Problem]:
    """A block has no `@@schema` although the datasource lists schemas."""
    if table.namespaces is not None and table.connector.can("schemas"):
        for block in table.schema.blocks("model", "view", "enum"):
            if block.attribute("schema") is None:
                yield block, f"`{block.name}` needs `@@schema`, as the datasource lists `schemas`"
