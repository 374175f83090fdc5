"""Fields: what may stand beside which kind of field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import mapped
from prisma_decouple.model.validation.entries import namespace_of
from prisma_decouple.model.validation.registry import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import Container
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table

_NOT_FOR_RELATIONS = ("map", "id", "unique", "default", "updatedAt")


@check("V411", "attributes")
def attributes_of_relations(table: Table) -> Iterator[Problem]:
    """A relation field has an attribute that only a column can have, or a column has `@relation`."""
    for entry in table.fields_with("relation"):
        if entry.is_scalar:
            yield entry.attributes["relation"], f"`{entry.name}` is not a relation"
    for name in _NOT_FOR_RELATIONS:
        for entry in table.fields_with(name):
            if not entry.is_scalar:
                yield entry.attributes[name], f"`{entry.name}` is a relation and cannot have `@{name}`"


@check("V412", "attributes")
def updated_at(table: Table) -> Iterator[Problem]:
    """`@updatedAt` stands beside something that is not a single DateTime."""
    for entry in table.fields_with("updatedAt"):
        if entry.is_scalar and (entry.type != "DateTime" or entry.node.is_list):
            attribute = entry.attributes["updatedAt"]
            yield attribute, "`@updatedAt` belongs to a field of type DateTime that is not a list"


@check("V413", "meaning")
def needless_ignore(table: Table) -> Iterator[Problem]:
    """A field is ignored although its whole model is."""
    for entry in table.fields_with("ignore"):
        if entry.is_scalar and entry.owner.is_ignored:
            yield entry.attributes["ignore"], f"`{entry.owner.name}` is ignored already, so its fields are"


@check("V418", "attributes")
def ignored_unsupported(table: Table) -> Iterator[Problem]:
    """A field of type `Unsupported` is ignored, which it is anyway."""
    for entry in table.fields_with("ignore"):
        if entry.kind == "unsupported":
            yield entry.attributes["ignore"], f"`{entry.name}` is of type Unsupported and ignored already"


@check("V414", "attributes")
def columns_twice(table: Table) -> Iterator[Problem]:
    """Two fields have the same name in the database."""
    mapped_fields = (*table.fields_with("map"), *table.type_fields_with("map"))
    for container in dict.fromkeys(entry.owner for entry in mapped_fields):
        yield from _columns_twice(container)


def _columns_twice(container: Container) -> Iterator[Problem]:
    """As Prisma: a mapped name clashes with another mapped one, and with a name that is not mapped further above."""
    mapped_names: set[str] = set()
    for at, entry in enumerate(container.fields):
        if "map" not in entry.attributes or not entry.is_scalar:
            continue
        name = entry.column
        other = container.by_name.get(name)
        is_taken = other is not None and other.is_scalar and other is not entry
        if is_taken and other is not None:
            is_taken = "map" not in other.attributes or container.fields.index(other) > at
        if name in mapped_names or is_taken:
            yield entry.node, f"`{container.name}` has a field with the name `{name}` in the database already"
        mapped_names.add(name)


@check("V415", "attributes")
def names_on_mongodb(table: Table) -> Iterator[Problem]:
    """A field of a model of MongoDB has a name that the database does not allow."""
    if table.connector.name != "mongodb":
        return
    for entry in table.fields_with("map"):
        if entry.is_scalar and (entry.column.startswith("$") or "." in entry.column):
            yield entry.node, f"`{entry.column}` cannot be the name of a field of MongoDB"


@check("V416", "meaning")
def tables_twice(table: Table) -> Iterator[Problem]:
    """Two models, or two enums, have the same name in the database."""
    seen: set[tuple[str | None, str]] = set()
    for container in table.containers:
        where = (container.namespace, container.table)
        if where in seen:
            yield (
                container.attributes.get("map") or container.node,
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
