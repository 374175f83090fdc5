"""The key of a relation: `fields` and `references`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.relations import End, ends_of, inline_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import Container
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table


@check("V821", "attributes")
def unknown_relation_fields(table: Table) -> Iterator[Problem]:
    """`fields` or `references` names a field that is not there or is a relation itself."""
    for end in ends_of(table):
        yield from _unknown(end, end.fields or (), end.owner)
        yield from _unknown(end, end.references or (), end.target)


@check("V827", "attributes")
def repeated_keys(table: Table) -> Iterator[Problem]:
    """`fields` or `references` names a field twice."""
    for end in ends_of(table):
        for names in (end.fields or (), end.references or ()):
            if len(set(names)) < len(names):
                yield end.entry.node, f"`@relation` of `{end.entry.name}` names a field twice"


def _unknown(end: End, names: tuple[str, ...], container: Container) -> Iterator[Problem]:
    for name in names:
        entry = container.by_name.get(name)
        if entry is None:
            yield end.entry.node, f"`{container.name}` has no field `{name}`"
        elif not entry.is_scalar:
            yield end.entry.node, f"`{container.name}.{name}` is a relation and cannot hold one"


@check("V822", "meaning")
def different_lengths(table: Table) -> Iterator[Problem]:
    """`fields` and `references` name different numbers of fields."""
    for end, _other in inline_ends(table):
        if end.fields and end.references and len(end.fields) != len(end.references):
            yield end.entry.node, "`fields` and `references` must name as many fields"


@check("V823", "meaning")
def optional_keys(table: Table) -> Iterator[Problem]:
    """A relation is required although a field of its key is optional."""
    for end, _other in inline_ends(table):
        if end.entry.is_required and any(key.node.is_optional for key in end.keys):
            yield end.entry.node, f"`{end.entry.name}` must be optional, as a field of its key is"


@check("V824", "meaning")
def different_types(table: Table) -> Iterator[Problem]:
    """A field of the key and the field that it references have different types."""
    for end, _other in inline_ends(table):
        if len(end.keys) != len(end.referenced):
            continue
        for key, referenced in zip(end.keys, end.referenced, strict=True):
            if key.type != referenced.type:
                yield end.entry.node, f"`{key.name}` is {key.type}, but `{referenced.name}` is {referenced.type}"


@check("V825", "meaning")
def referenced_not_unique(table: Table) -> Iterator[Problem]:
    """The referenced fields are not unique together."""
    for end, _other in inline_ends(table):
        if not end.referenced or len(end.referenced) != len(end.references or ()):
            continue
        uniques = list(end.target.uniques())
        if not any(set(unique) == set(end.referenced) for unique in uniques):
            names = ", ".join(f"`{entry.name}`" for entry in end.referenced)
            yield end.entry.node, f"{names} of `{end.target.name}` must be unique to be referenced"
        elif table.connector.can("ordered-references") and end.referenced not in uniques:
            yield end.entry.node, "SQL Server wants the references in the order of the unique constraint"


@check("V826", "meaning")
def named_foreign_keys(table: Table) -> Iterator[Problem]:
    """The provider has no names for foreign keys."""
    if not table.connector.can("named-foreign-keys"):
        for end in ends_of(table):
            if end.attribute and end.attribute.get("map") is not None:
                yield end.attribute, f"{table.connector.name or 'a schema without a datasource'} names no foreign keys"
