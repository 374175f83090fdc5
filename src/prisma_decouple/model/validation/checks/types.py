"""The types of fields: whether they exist and whether the provider has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.errors import did_you_mean
from prisma_decouple.model.spelling import SCALAR_TYPES
from prisma_decouple.model.validation.native_tables import NATIVE_TYPES
from prisma_decouple.model.validation.registry import TypeOf, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import Container, FieldEntry
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table


_UNSUPPORTED = r'Unsupported\(\s*"\s*(\w+)[^"]*"\s*\)'


@check("V301", "types")
def unknown_types(table: Table) -> Iterator[Problem]:
    """A field has a type that does not exist."""
    # Looking for a name that is near takes long in a large schema, and what is missing is often missing in many places.
    hints: dict[str, str] = {}
    for container in (*table.containers, *table.types):
        for entry in container.fields:
            if entry.kind == "unknown":
                if entry.type not in hints:
                    hints[entry.type] = did_you_mean(entry.type, [*SCALAR_TYPES, *table.blocks])
                near = f"; {hints[entry.type]}" if hints[entry.type].startswith("did") else ""
                yield (
                    TypeOf(entry.node),
                    f"`{entry.type}` is neither a type of Prisma nor a model, enum or type here{near}",
                )


@check("V302", "types")
def relations_in_composites(table: Table) -> Iterator[Problem]:
    """A composite type has a field whose type is a model."""
    for container in table.types:
        for entry in container.relations:
            yield TypeOf(entry.node), f"`{entry.name}` is a relation; a composite type cannot have one"


@check("V303", "types")
def endless_composites(table: Table) -> Iterator[Problem]:
    """Composite types contain each other without end."""
    for container in table.types:
        for entry in container.fields:
            if entry.kind == "composite" and entry.is_required and _leads_to(table, entry, container):
                yield (
                    entry.node,
                    f"every `{container.name}` would contain another; make `{entry.name}` optional or a list",
                )


def _leads_to(table: Table, start: FieldEntry, goal: Container) -> bool:
    """Whether required fields lead from a field back to a composite type."""
    seen: set[str] = set()
    ways = [start.type]
    while ways:
        name = ways.pop()
        if name == goal.name:
            return True
        if name not in seen:
            seen.add(name)
            inner = table.composites[name].fields if name in table.composites else []
            ways += [entry.type for entry in inner if entry.kind == "composite" and entry.is_required]
    return False


@check("V304", "meaning")
def composites_supported(table: Table) -> Iterator[Problem]:
    """The provider has no composite types."""
    if not table.connector.can("composite-types"):
        for container in table.types:
            yield container.node, f"{_provider(table)} has no composite types"


@check("V305", "meaning")
def enums_supported(table: Table) -> Iterator[Problem]:
    """The provider has no enums."""
    if not table.connector.can("enums"):
        for block in table.enums:
            yield block, f"{_provider(table)} has no enums"


@check("V306", "meaning")
def lists_supported(table: Table) -> Iterator[Problem]:
    """The provider has no lists of scalars."""
    for entry in _columns(table):
        if entry.node.is_list and entry.kind != "composite" and not table.connector.can("lists"):
            yield TypeOf(entry.node), f"{_provider(table)} has no lists, so `{entry.name}` cannot be one"


@check("V307", "meaning")
def scalars_supported(table: Table) -> Iterator[Problem]:
    """The provider does not have the scalar type."""
    for entry in _columns(table):
        if entry.kind != "scalar":
            continue
        if entry.type == "Json" and not table.connector.can("json"):
            yield TypeOf(entry.node), f"{_provider(table)} has no type Json"
        elif entry.type == "Json" and entry.node.is_list and not table.connector.can("json-lists"):
            yield TypeOf(entry.node), f"{_provider(table)} has no lists of Json"
        elif entry.type == "Decimal" and not table.connector.can("decimal"):
            yield TypeOf(entry.node), f"{_provider(table)} has no type Decimal"


@check("V308", "meaning")
def needless_unsupported(table: Table) -> Iterator[Problem]:
    """`Unsupported` names a native type that Prisma has."""
    known = NATIVE_TYPES.get(table.connector.name, {})
    for entry in _columns(table):
        if entry.kind == "unsupported":
            match = re.fullmatch(_UNSUPPORTED, entry.type)
            if match and match[1] in known:
                yield (
                    TypeOf(entry.node),
                    f"`{match[1]}` is a native type: write `{known[match[1]].scalars[0]} @db.{match[1]}`",
                )


def _columns(table: Table) -> Iterator[FieldEntry]:
    for container in table.containers:
        yield from container.scalars


def _provider(table: Table) -> str:
    return table.connector.name or "a schema without a datasource"
