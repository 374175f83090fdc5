"""The names of constraints in the database: their length, and that no two are the same.

Which kinds of constraint share their names, in a table or in the whole database, was measured for each provider.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.entries import Container
from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.relations import inline_ends
from prisma_decouple.model.validation.table import once_per_table
from prisma_decouple.syntax.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.model.validation.connectors import Scope
    from prisma_decouple.model.validation.entries import Part
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table

_SUFFIXES = {"id": "pkey", "unique": "key", "index": "idx", "fulltext": "idx"}


class _Constraint(msgspec.Struct, frozen=True):
    """A constraint: its kind, model, name in the database, and node."""

    kind: str
    owner: Container
    name: str
    is_given: bool
    node: Node


@once_per_table
def _constraints(table: Table) -> list[_Constraint]:
    return [*_of_models(table), *_of_relations(table)]


def _of_models(table: Table) -> Iterator[_Constraint]:
    for container in table.containers:
        if not container.is_view:
            yield from _keys(table, container)
    yield from _defaults(table)


def _of_relations(table: Table) -> Iterator[_Constraint]:
    for end, _other in () if table.is_emulated else inline_ends(table):
        given = string(end.attribute.get("map")) if end.attribute else None
        if end.fields:
            name = given or _implied(table, end.owner, [key.column for key in end.keys], "fkey")
            yield _Constraint("relation", end.owner, name, given is not None, end.entry.node)


def _keys(table: Table, container: Container) -> Iterator[_Constraint]:
    for key in container.keys:
        given = key.mapped_name
        columns = () if key.kind == "id" or given else (_column(table, part) for part in key.parts if part.field)
        name = given or _implied(table, container, columns, _SUFFIXES[key.kind])
        yield _Constraint(key.kind, container, name, given is not None, key.attribute)


def _column(table: Table, part: Part) -> str:
    """The column of a part, joined to those of the composite types through which it goes."""
    entry, columns = part.field, []
    for at in range(1, len(part.path) + 1):
        if entry is not None:
            columns.append(entry.column)
            inner = table.composites.get(entry.type)
            entry = inner.by_name.get(part.path[at]) if inner and at < len(part.path) else None
    return "_".join(columns)


def _defaults(table: Table) -> Iterator[_Constraint]:
    for entry in table.fields_with("default"):
        owner, attribute = entry.owner, entry.attributes["default"]
        if entry.is_scalar and not owner.is_view:
            given = string(attribute.get("map"))
            name = given or f"{owner.table}_{entry.column}_df"
            yield _Constraint("default", owner, name, given is not None, attribute)


def _implied(table: Table, container: Container, columns: Iterable[str], suffix: str) -> str:
    """Prisma's own name for a constraint, cut at a character so that it fits into the provider's limit."""
    stem = "_".join((container.table, *columns))
    room = table.connector.name_limit - len(suffix) - 1
    if len(stem) > room or not stem.isascii():
        stem = stem.encode()[:room].decode(errors="ignore")
    return f"{stem}_{suffix}"


@check("V731", "meaning")
def long_names(table: Table) -> Iterator[Problem]:
    """A constraint has a name that is longer than the provider allows."""
    limit = table.connector.name_limit
    for each in _constraints(table):
        if each.is_given and len(each.name.encode()) > limit:
            yield each.node, f"`{each.name}` is longer than {limit} bytes"


@check("V732", "meaning")
def names_twice(table: Table) -> Iterator[Problem]:
    """Two constraints have the same name in the database."""
    for scope in table.connector.scopes:
        sharing = [(each, _where(each, scope)) for each in _constraints(table) if each.kind in scope.kinds]
        times = Counter(where for _, where in sharing)
        if len(times) == len(sharing):
            continue
        for each, where in sharing:
            if times[where] > 1 and (scope.refused is None or each.kind in scope.refused):
                yield each.node, f"another constraint has the name `{each.name}`"


def _where(each: _Constraint, scope: Scope) -> tuple[object, str]:
    return each.owner.namespace if scope.is_global else each.owner, each.name
