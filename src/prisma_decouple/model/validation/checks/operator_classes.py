"""Operator classes, and the index types whose columns they decide about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.checks.keys import keys_of
from prisma_decouple.model.validation.expressions import items_of, spelled
from prisma_decouple.model.validation.operator_tables import (
    NATIVES_NOT_FOR_BRIN,
    NOT_FOR_BRIN,
    OPERATOR_CLASSES,
    SPGIST_NATIVES,
)
from prisma_decouple.model.validation.registry import check
from prisma_decouple.syntax.nodes import Atom, Call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import FieldEntry, Key, Part
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Expression


@check("V741", "attributes")
def unknown_operator_classes(table: Table) -> Iterator[Problem]:
    """`ops` is neither an operator class nor `raw("…")`."""
    for key in keys_of(table):
        for part in key.parts:
            value = part.options.get("ops")
            if value is not None and not _is_class(value):
                yield (
                    value,
                    f'`{spelled(value)}` is no operator class; any of the database can be written `raw("…")`',
                )


def _is_class(value: Expression) -> bool:
    if isinstance(value, Call):
        items = items_of(value)
        return value.name == "raw" and len(items) == 1 and string(items[0].value) is not None
    return isinstance(value, Atom) and value.text in OPERATOR_CLASSES


@check("V742", "meaning")
def operator_classes_fit(table: Table) -> Iterator[Problem]:
    """An operator class does not belong to the type of the index or to the column."""
    if table.connector.name == "cockroachdb":
        for key, part in _parts(table):
            if "ops" in part.options and key.index_type == "Gin":
                yield key.attribute, "CockroachDB has no operator classes"
    if table.connector.name != "postgresql":
        return
    for key, part in _parts(table):
        value, entry = part.options.get("ops"), part.field
        if not isinstance(value, Atom) or entry is None:
            continue
        each = OPERATOR_CLASSES[value.text]
        if (key.index_type or "BTree") not in each.index_types:
            yield key.attribute, f"`{value.text}` belongs to indexes of type {' or '.join(each.index_types)}"
        elif not each.scalar and not entry.node.is_list:
            yield key.attribute, f"`{value.text}` belongs to lists, and `{entry.name}` is none"
        elif each.scalar and (entry.type != each.scalar or (entry.native_name or "") not in each.natives):
            yield key.attribute, f"`{value.text}` does not belong to the type of `{entry.name}`"


@check("V744", "meaning")
def operator_classes_of_uniques(table: Table) -> Iterator[Problem]:
    """`ops` stands in a unique constraint or a full-text index."""
    for key in keys_of(table, "unique", "fulltext"):
        if any("ops" in part.options for part in key.parts):
            yield key.attribute, "only `@@index` has operator classes"


@check("V743", "meaning")
def columns_fit_index_type(table: Table) -> Iterator[Problem]:
    """The index type has no operator class of its own for the column."""
    if table.connector.name not in {"postgresql", "cockroachdb"}:
        return
    is_cockroach = table.connector.name == "cockroachdb"
    for key, part in _parts(table):
        entry = part.field
        if entry is None or "ops" in part.options or entry.kind == "unsupported":
            continue
        fits = True
        if key.index_type == "Gin":
            is_json = entry.type == "Json" and entry.native_name in {None, "JsonB"}
            fits = (is_json and not (is_cockroach and entry.node.is_list)) or (entry.node.is_list and not is_json)
            fits |= entry.node.is_list and not is_cockroach
        elif key.index_type == "Gist":
            fits = entry.type == "String" and entry.native_name is None
        elif key.index_type == "SpGist":
            fits = entry.type == "String" and (entry.native_name or "") in SPGIST_NATIVES
        elif key.index_type == "Brin":
            fits = _fits_brin(entry)
        if not fits:
            yield key.attribute, f"an index of type {key.index_type} does not take `{entry.name}` without `ops`"


def _fits_brin(entry: FieldEntry) -> bool:
    return entry.kind == "scalar" and entry.type not in NOT_FOR_BRIN and entry.native_name not in NATIVES_NOT_FOR_BRIN


def _parts(table: Table) -> Iterator[tuple[Key, Part]]:
    for key in keys_of(table, "index"):
        for part in key.parts:
            yield key, part
