"""The names of tables and types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.database.objects import QualifiedName

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import Enum, Model


def table_name(model: Model) -> QualifiedName:
    """The table of a model."""
    return QualifiedName(model.namespace, model.table)


def enum_name(enum: Enum) -> QualifiedName:
    """The type of an enum."""
    return QualifiedName(enum.namespace, enum.type_name)
