"""The checks by topic; each registers itself under its code."""

from __future__ import annotations

from prisma_decouple.model.validation.checks import (
    actions,
    arguments,
    constraint_names,
    defaults,
    indexes,
    keys,
    names,
    native_types,
    operator_classes,
    partial_indexes,
    placement,
    relation_keys,
    relations,
    settings,
    strings,
    types,
    values,
)

__all__ = [
    "actions",
    "arguments",
    "constraint_names",
    "defaults",
    "indexes",
    "keys",
    "names",
    "native_types",
    "operator_classes",
    "partial_indexes",
    "placement",
    "relation_keys",
    "relations",
    "settings",
    "strings",
    "types",
    "values",
]
