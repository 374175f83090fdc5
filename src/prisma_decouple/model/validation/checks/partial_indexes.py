"""Partial indexes, which Prisma 7 has behind the preview feature `partialIndexes`.

About seventy predicates were tried on columns of each type against Prisma 7.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.checks.keys import keys_of
from prisma_decouple.model.validation.expressions import items_of, kind_of, spelled
from prisma_decouple.model.validation.registry import check
from prisma_decouple.syntax.nodes import Call, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import FieldEntry
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Expression

_PROVIDERS = frozenset({"postgresql", "cockroachdb", "sqlite", "sqlserver"})
_NUMBERS = frozenset({"Int", "BigInt", "Float", "Decimal"})
_TEXTS = frozenset({"String", "DateTime"})


@check("V751", "attributes")
def malformed_predicates(table: Table) -> Iterator[Problem]:
    """`where` is neither `raw("…")` nor an object whose values fit the fields."""
    for key in keys_of(table, "unique", "index"):
        value = key.attribute.get("where")
        if isinstance(value, Object):
            if not value.items:
                yield value, "`where` is empty"
            for item in value.items:
                entry = key.owner.by_name.get(item.name or "")
                if entry is None or not entry.is_scalar:
                    yield item, f"`{key.owner.name}` has no column `{item.name}`"
                elif not _fits(entry, item.value):
                    yield item, f"`{spelled(item.value)}` cannot be compared with `{entry.name}`"
        elif value is not None and not _is_raw(value):
            yield value, '`where` is `raw("…")` or `{ field: value }`'


def _is_raw(value: Expression) -> bool:
    if not isinstance(value, Call) or value.name != "raw":
        return False
    items = items_of(value)
    return bool(items) and bool(string(items[0].value))


def _fits(entry: FieldEntry, value: Expression, *, is_nested: bool = False) -> bool:
    if isinstance(value, Object):
        only = value.items[0] if len(value.items) == 1 else None
        return not is_nested and only is not None and only.name == "not" and _fits(entry, only.value, is_nested=True)
    text, kind = spelled(value), kind_of(value)
    if text == "null":
        return True
    if text in {"true", "false"}:
        return entry.type == "Boolean"
    if kind == "number":
        return entry.type in _NUMBERS
    return kind == "string" and (entry.type in _TEXTS or entry.kind == "enum")


@check("V752", "meaning")
def partial_indexes_supported(table: Table) -> Iterator[Problem]:
    """The provider has no partial indexes."""
    if table.connector.name not in _PROVIDERS:
        for key in keys_of(table, "unique", "index"):
            if key.attribute.get("where") is not None:
                yield key.attribute, f"{table.connector.name or 'a schema without a datasource'} has no partial indexes"
