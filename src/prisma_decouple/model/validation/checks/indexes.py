"""Indexes: what the provider can do with them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from prisma_decouple.model.validation.checks.keys import keys_of
from prisma_decouple.model.validation.expressions import items_of, spelled
from prisma_decouple.model.validation.registry import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import Container, FieldEntry, Key, Part
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table

_INDEX_TYPES = frozenset({"BTree", "Hash", "Gist", "Gin", "SpGist", "Brin"})
_BLOBS = ("TinyBlob", "Blob", "MediumBlob", "LongBlob", "TinyText", "Text", "MediumText", "LongText")
_UNINDEXABLE: dict[str, frozenset[str]] = {
    "postgresql": frozenset({"Xml"}),
    "mysql": frozenset(_BLOBS),
    "sqlserver": frozenset({"Text", "NText", "Image", "Xml"}),
}
"""Native types that cannot be a part of an index, on MySQL unless it has a `length`."""


def _provider(table: Table) -> str:
    return table.connector.name or "a schema without a datasource"


@check("V721", "attributes")
def unknown_index_types(table: Table) -> Iterator[Problem]:
    """The type of an index does not exist."""
    for key in keys_of(table, "index"):
        if key.attribute.get("type") is not None and key.index_type not in _INDEX_TYPES:
            yield key.attribute, f"there is no index type `{key.index_type}`"


@check("V722", "meaning")
def index_types_supported(table: Table) -> Iterator[Problem]:
    """The provider does not have the type of an index."""
    for key in keys_of(table, "index"):
        if key.index_type and key.index_type not in table.connector.index_types:
            yield key.attribute, f"{_provider(table)} has no index type `{key.index_type}`"


@check("V723", "meaning")
def sorted_hash(table: Table) -> Iterator[Problem]:
    """An index of type Hash is sorted."""
    for key in keys_of(table, "index"):
        if key.index_type == "Hash" and any("sort" in part.options for part in key.parts):
            yield key.attribute, "an index of type Hash has no order"


@check("V724", "meaning")
def fulltext_supported(table: Table) -> Iterator[Problem]:
    """The provider has no such full-text index."""
    able = table.connector.can
    for container in table.containers:
        keys = [key for key in container.keys if key.kind == "fulltext"]
        for at, key in enumerate(keys):
            if not able("fulltext"):
                yield key.attribute, f"{_provider(table)} has no full-text indexes"
            elif at and not able("fulltext-many"):
                yield key.attribute, f"{_provider(table)} has one full-text index in a model"
            elif any("length" in part.options for part in key.parts):
                yield key.attribute, "a full-text index has no `length`"
            elif any("sort" in part.options for part in key.parts):
                yield from _sorted_fulltext(table, key)


def _sorted_fulltext(table: Table, key: Key) -> Iterator[Problem]:
    if not table.connector.can("fulltext-sort"):
        yield key.attribute, f"{_provider(table)} has no order in full-text indexes"
    elif sum(1 for is_sorted, _ in groupby("sort" in part.options for part in key.parts) if not is_sorted) > 1:
        yield key.attribute, "the searched fields of a full-text index stand side by side"


@check("V725", "meaning")
def length_supported(table: Table) -> Iterator[Problem]:
    """`length` stands where the provider, or the type, has none."""
    for key in keys_of(table):
        for part in key.parts:
            if "length" not in part.options or key.kind == "fulltext" or _is_negative(key, part):
                continue
            if not table.connector.can("index-length"):
                yield key.attribute, f"{_provider(table)} has no `length` in indexes"
            elif part.field and part.field.type not in {"String", "Bytes"} and part.field.kind != "unsupported":
                yield key.attribute, f"`length` belongs to fields of type String or Bytes, not {part.field.type}"


def _is_negative(key: Key, part: Part) -> bool:
    """A negative length in a list of fields counts as none in Prisma."""
    return key.field is None and spelled(part.options["length"]).startswith("-")


@check("V730", "meaning")
def several_columns(table: Table) -> Iterator[Problem]:
    """An index of type SpGist has several fields."""
    for key in keys_of(table, "index"):
        if key.index_type == "SpGist" and len(key.parts) > 1:
            yield key.attribute, "an index of type SpGist has one field"


@check("V726", "meaning")
def clustering_supported(table: Table) -> Iterator[Problem]:
    """The provider has no clustered indexes."""
    if not table.connector.can("clustering"):
        for key in keys_of(table):
            if key.attribute.get("clustered") is not None and not key.owner.is_view:
                yield key.attribute, f"{_provider(table)} has no `clustered`"


@check("V727", "meaning")
def clustered_twice(table: Table) -> Iterator[Problem]:
    """A model has more than one clustered index; the primary key is one unless it says otherwise."""
    if table.connector.can("clustering"):
        for container in table.containers:
            for key in [key for key in container.keys if _is_clustered(key)][1:]:
                yield key.attribute, f"`{container.name}` has a clustered index already"


def _is_clustered(key: Key) -> bool:
    value = key.attribute.get("clustered")
    return key.kind == "id" if value is None else spelled(value) == "true"


@check("V728", "meaning")
def unindexable_native_types(table: Table) -> Iterator[Problem]:
    """A native type cannot be indexed; nobody asks that of views, which have no indexes."""
    refused = _UNINDEXABLE.get(table.connector.name, frozenset())
    for key in (each for each in keys_of(table) if not each.owner.is_view):
        is_exempt = key.kind == "fulltext" and table.connector.name == "mysql"
        is_exempt |= key.kind == "id" and table.connector.name == "postgresql"
        for part in key.parts if not is_exempt else ():
            entry = part.field
            if entry and (entry.native_name in refused or _is_unlimited(entry)) and not _is_cut(table, key, part):
                yield key.attribute, f"`{entry.name}` is of native type {entry.native_name}, which cannot be indexed"


def _is_unlimited(entry: FieldEntry) -> bool:
    """Whether it is a `VarChar(Max)` or the like of SQL Server."""
    items = items_of(entry.native) if entry.native else ()
    return any(spelled(item.value).strip('"').lower() == "max" for item in items)


def _is_cut(table: Table, key: Key, part: Part) -> bool:
    return table.connector.name == "mysql" and "length" in part.options and not _is_negative(key, part)


@check("V729", "meaning")
def indexes_twice(table: Table) -> Iterator[Problem]:
    """A model of MongoDB has two indexes of the same fields, of whatever kind."""
    if table.connector.name == "mongodb":
        for container in table.containers:
            yield from _twice(container)


def _twice(container: Container) -> Iterator[Problem]:
    seen: set[tuple[tuple[FieldEntry, ...], tuple[str, ...], tuple[str, ...]]] = set()
    for key in [key for key in container.keys if key.kind != "id"]:
        orders = tuple(str(part.options.get("sort", "")).strip() for part in key.parts)
        what = (key.fields, key.names, orders)
        if what in seen:
            yield key.attribute, f"`{container.name}` has this index already"
        seen.add(what)
