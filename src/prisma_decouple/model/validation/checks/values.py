"""Fields: what may stand beside which kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import mapped
from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.table import namespace_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Container, Table

_NOT_FOR_RELATIONS = ("map", "id", "unique", "default", "updatedAt")


@check("V411", "attributes")
def attributes_of_relations(table: Table) -> Iterator[Problem]:
    """A relation field has an attribute that only a column can have, or a column has `@relation`."""
    for container in table.containers:
        for entry in container.fields:
            if entry.is_scalar:
                if attribute := entry.node.attribute("relation"):
                    yield attribute, f"`{entry.name}` is not a relation"
                continue
            for name in _NOT_FOR_RELATIONS:
                if attribute := entry.node.attribute(name):
                    yield attribute, f"`{entry.name}` is a relation and cannot have `@{name}`"


@check("V412", "attributes")
def updated_at(table: Table) -> Iterator[Problem]:
    """`@updatedAt` stands beside something that is not a single DateTime."""
    for container in table.containers:
        for entry in container.scalars:
            attribute = entry.node.attribute("updatedAt")
            if attribute and (entry.type != "DateTime" or entry.node.is_list):
                yield attribute, "`@updatedAt` belongs to a field of type DateTime that is not a list"


@check("V413", "meaning")
def needless_ignore(table: Table) -> Iterator[Problem]:
    """A field is ignored although its whole model is."""
    for container in table.containers:
        for entry in container.scalars if container.is_ignored else ():
            if attribute := entry.node.attribute("ignore"):
                yield attribute, f"`{container.name}` is ignored already, so its fields are"


@check("V418", "attributes")
def ignored_unsupported(table: Table) -> Iterator[Problem]:
    """A field of type `Unsupported` is ignored, which it is anyway."""
    for container in table.containers:
        for entry in container.fields:
            attribute = entry.node.attribute("ignore")
            if attribute and entry.kind == "unsupported":
                yield attribute, f"`{entry.name}` is of type Unsupported and ignored already"


@check("V414", "attributes")
def columns_twice(table: Table) -> Iterator[Problem]:
    """Two fields have the same name in the database."""
    for container in (*table.containers, *table.types):
        yield from _columns_twice(container)


def _columns_twice(container: Container) -> Iterator[Problem]:
    """As Prisma: a mapped name clashes with another mapped one, and with a name that is not mapped further above."""
    mapped_names: set[str] = set()
    for at, entry in enumerate(container.fields):
        if entry.node.attribute("map") is None or not entry.is_scalar:
            continue
        name = entry.column
        other = container.by_name.get(name)
        is_taken = other is not None and other.is_scalar and other is not entry
        if is_taken and other is not None:
            is_taken = other.node.attribute("map") is None or container.fields.index(other) > at
        if name in mapped_names or is_taken:
            yield entry.node, f"`{container.name}` has a field with the name `{name}` in the database already"
        mapped_names.add(name)


@check("V415", "attributes")
def names_on_mongodb(table: Table) -> Iterator[Problem]:
    """A field of a model of MongoDB has a name that the database does not allow."""
    if table.connector.name != "mongodb":
        return
    for container in table.containers:
        for entry in container.scalars:
            if entry.node.attribute("map") and (entry.column.startswith("$") or "." in entry.column):
                yield entry.node, f"`{entry.column}` cannot be the name of a field of MongoDB"


@check("V416", "meaning")
def tables_twice(table: Table) -> Iterator[Problem]:
    """Two models, or two enums, have the same name in the database."""
    seen: set[tuple[str | None, str]] = set()
    for container in table.containers:
        where = (container.namespace, container.table)
        if where in seen:
            yield (
                container.node.attribute("map") or container.node,
                f"another model has the name `{container.table}` in the database",
            )
        seen.add(where)


@check("V417", "attributes")
def enums_twice(table: Table) -> Iterator[Problem]:
    """Two enums have the same name in the database."""
    seen: set[tuple[str | None, str]] = set()
    for block in table.enums:
        where = (namespace_of(block), mapped(block))
        if where in seen:
            yield block, f"another enum has the name `{mapped(block)}` in the database"
        seen.add(where)
