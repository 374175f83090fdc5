"""Primary keys and unique constraints, and the fields of every key and index."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from prisma_decouple.model.validation.entries import parts_of
from prisma_decouple.model.validation.registry import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import Container, Key, Part
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Attribute

_CLIENT_NAME = r"[A-Za-z0-9_]+"


def keys_of(table: Table, *kinds: str) -> Iterator[Key]:
    """The keys and indexes of all models and views, or those of some kinds."""
    for container in table.containers:
        yield from (key for key in container.keys if not kinds or key.kind in kinds)


@check("V701", "attributes")
def unknown_key_fields(table: Table) -> Iterator[Problem]:
    """A key or index names a field that is not there."""
    for key in keys_of(table):
        for part in key.parts:
            if not _exists(table, part, can_be_deep=key.kind != "id"):
                yield part.node, f"`{key.owner.name}` has no field `{'.'.join(part.path)}`"


def _exists(table: Table, part: Part, *, can_be_deep: bool) -> bool:
    entry = part.field
    for name in part.path[1:]:
        if not can_be_deep or entry is None or entry.kind != "composite":
            return False
        entry = table.composites[entry.type].by_name.get(name)
    return entry is not None


@check("V702", "attributes")
def repeated_key_fields(table: Table) -> Iterator[Problem]:
    """A key or index names a field twice, or none."""
    for key in keys_of(table):
        if not key.parts:
            yield key.attribute, f"`{key.spelling}` needs at least one field"
        elif len(set(key.names)) < len(key.names):
            yield key.attribute, f"`{key.spelling}` names a field twice"


@check("V703", "attributes")
def relations_in_keys(table: Table) -> Iterator[Problem]:
    """A key or index names a relation instead of the fields that hold it."""
    for key in keys_of(table):
        for part in key.parts:
            if part.field is not None and not part.field.is_scalar and key.field is None:
                yield part.node, f"`{part.field.name}` is a relation; `{key.spelling}` wants the fields that hold it"


@check("V704", "attributes")
def optional_ids(table: Table) -> Iterator[Problem]:
    """A field of the primary key is optional or a list."""
    for key in keys_of(table, "id"):
        for entry in key.fields:
            if not entry.is_required and not key.owner.is_ignored:
                yield key.attribute, f"`{entry.name}` is a part of the primary key and must be required"


@check("V705", "attributes")
def several_ids(table: Table) -> Iterator[Problem]:
    """A model has more than one primary key."""
    for container in table.containers:
        for key in [key for key in container.keys if key.kind == "id"][1:]:
            yield key.attribute, f"`{container.name}` has a primary key already"


@check("V706", "meaning")
def no_unique_criterion(table: Table) -> Iterator[Problem]:
    """A model has neither a primary key nor a unique constraint that is always there."""
    for container in table.containers:
        if not container.is_ignored and not container.is_view and not any(map(_is_strict, container.keys)):
            yield container.node, f"`{container.name}` needs an `@id`, or a `@unique` whose fields are required"


def _is_strict(key: Key) -> bool:
    fields_are_fine = all(not entry.node.is_optional and entry.kind != "unsupported" for entry in key.fields)
    return key.kind in {"id", "unique"} and fields_are_fine


@check("V707", "attributes")
def client_names(table: Table) -> Iterator[Problem]:
    """The `name` of a compound key is malformed or that of a field."""
    for key in keys_of(table, "id", "unique"):
        name = key.client_name
        if name is None:
            continue
        if not re.fullmatch(_CLIENT_NAME, name):
            yield key.attribute, f"`{name}` may have letters, digits and underscores only"
        elif name in key.owner.by_name:
            yield key.attribute, f"`{key.owner.name}` has a field `{name}`"


@check("V708", "meaning")
def client_names_twice(table: Table) -> Iterator[Problem]:
    """Two compound keys of a model have the same `name`."""
    for container in table.containers:
        seen: set[str] = set()
        for key in container.keys:
            name = key.client_name
            if name is not None and name in seen:
                yield key.attribute, f"another key of `{container.name}` has the name `{name}`"
            seen.add(name or "")


@check("V709", "meaning")
def implied_client_names(table: Table) -> Iterator[Problem]:
    """The client's name of a compound key, its fields joined, is that of a field."""
    for key in keys_of(table, "id", "unique"):
        name = "_".join(key.names).replace(".", "_")
        field = key.owner.by_name.get(name)
        if len(key.parts) > 1 and field is not None and field.is_scalar:
            yield key.attribute, f"`{key.owner.name}` has a field `{name}`, which is the client's name of this key"


@check("V710", "meaning")
def ids_of_provider(table: Table) -> Iterator[Problem]:
    """The primary key has something that the provider does not."""
    able, provider = table.connector.can, table.connector.name or "a schema without a datasource"
    for key in keys_of(table, "id"):
        if len(key.parts) > 1 and not able("compound-ids"):
            yield key.attribute, f"{provider} has no primary key of several fields"
        if key.attribute.get("map") is not None and not able("named-primary-keys"):
            yield key.attribute, f"{provider} has no names for primary keys"
        for part in key.parts:
            if "length" in part.options and not able("index-length"):
                yield key.attribute, f"{provider} has no `length` in primary keys"
            if "sort" in part.options and not able("id-sort"):
                yield key.attribute, f"{provider} has no `sort` in primary keys"


@check("V711", "meaning")
def ids_of_mongodb(table: Table) -> Iterator[Problem]:
    """A model of MongoDB has no primary key that is the database's `_id`."""
    if table.connector.name != "mongodb":
        return
    for container in table.containers:
        if container.is_view:
            continue
        if container.id is None:
            yield container.node, f"`{container.name}` needs an `@id` on MongoDB"
            continue
        for entry in container.id.fields[:1]:
            if entry.column != "_id":
                yield entry.node, f'`{entry.name}` is the `@id` and must have `@map("_id")`'
        yield from _unique_ids(container)


def _unique_ids(container: Container) -> Iterator[Problem]:
    """What is unique already."""
    for key in container.keys:
        if key.kind == "unique" and container.id is not None and key.fields == container.id.fields:
            yield key.attribute, f"`{key.fields[0].name}` is the `@id` and unique already"


@check("V712", "meaning")
def ids_of_sqlserver(table: Table) -> Iterator[Problem]:
    """A primary key of SQL Server has a field of type Bytes."""
    if table.connector.name == "sqlserver":
        for key in keys_of(table, "id"):
            for entry in key.fields:
                if entry.type == "Bytes":
                    yield key.attribute, f"`{entry.name}` is of type Bytes, which cannot be a primary key on SQL Server"


@check("V713", "meaning")
def composites_in_uniques(table: Table) -> Iterator[Problem]:
    """A unique constraint of several fields has a composite type among them."""
    for key in keys_of(table, "unique"):
        for part in key.parts:
            if len(key.parts) > 1 and part.field and part.field.kind == "composite" and len(part.path) == 1:
                yield (
                    part.node,
                    f"`{part.field.name}` is of a composite type and cannot be one of several unique fields",
                )


@check("V714", "attributes")
def shard_keys(table: Table) -> Iterator[Problem]:
    """A shard key is given twice, or names a field that is missing, optional or a relation."""
    marked = table.fields_with("shardKey")
    times = Counter(entry.owner for entry in marked)
    for entry in marked:
        if times[entry.owner] > 1 or "shardKey" in entry.owner.attributes:
            yield entry.node, f"`{entry.owner.name}` has more than one shard key"
        elif not entry.owner.is_ignored and not (entry.is_required and entry.is_scalar):
            yield entry.node, f"`{entry.name}` is a shard key and must be a required column"
    for container in table.containers:
        if "shardKey" in container.attributes:
            yield from _wrong_shard_key(container, container.attributes["shardKey"])


def _wrong_shard_key(container: Container, attribute: Attribute) -> Iterator[Problem]:
    parts = list(parts_of(container, attribute.get("fields", 0)))
    if not parts or len({part.path for part in parts}) < len(parts):
        yield attribute, "`@@shardKey` names each of its fields once, and at least one"
    for part in parts:
        if part.field is None or not (container.is_ignored or (part.field.is_required and part.field.is_scalar)):
            yield part.node, f"`{'.'.join(part.path)}` of the shard key must be a required column"


@check("V715", "meaning")
def shard_keys_supported(table: Table) -> Iterator[Problem]:
    """Shard keys need MySQL and the preview feature `shardKeys`."""
    if table.connector.name == "mysql" and table.has_preview("shardKeys"):
        return
    models = [container for container in table.containers if "shardKey" in container.attributes]
    for owner, attributes in (
        *((entry.owner, entry.attributes) for entry in table.fields_with("shardKey")),
        *((container, container.attributes) for container in models),
    ):
        if not owner.is_view:
            yield attributes["shardKey"], "shard keys need MySQL and the preview feature `shardKeys`"
