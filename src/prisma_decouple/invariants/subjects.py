"""What an invariant speaks of: a model, a field, a relation, an index or an enum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.model.datamodel import RelationField

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel, Enum, Index, Model, ScalarField
    from prisma_decouple.syntax.nodes import Block, Field, Node


@dataclass(frozen=True)
class ModelSubject:
    """A model."""

    data: DataModel
    model: Model

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the model `{self.model.name}`"

    @property
    def name(self) -> str:
        """Its name."""
        return self.model.name

    @property
    def node(self) -> Block:
        """Where it stands."""
        return self.model.node


@dataclass(frozen=True)
class FieldSubject:
    """A scalar field, or one that is a relation."""

    data: DataModel
    model: Model
    field: ScalarField | RelationField

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the field `{self.model.name}.{self.field.name}`"

    @property
    def type(self) -> str:
        """Its type without `?` and `[]`."""
        return self.field.target if isinstance(self.field, RelationField) else self.field.type

    @property
    def node(self) -> Field:
        """Where it stands."""
        return self.field.node


@dataclass(frozen=True)
class RelationSubject:
    """A relation, at the side that holds the key."""

    data: DataModel
    model: Model
    relation: RelationField

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the relation `{self.model.name}.{self.relation.name}`"

    @property
    def node(self) -> Field:
        """Where it stands."""
        return self.relation.node


@dataclass(frozen=True)
class EnumSubject:
    """An enum."""

    data: DataModel
    enum: Enum

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the enum `{self.enum.name}`"

    @property
    def node(self) -> Block:
        """Where it stands."""
        return self.enum.node


@dataclass(frozen=True)
class IndexSubject:
    """An index, a unique constraint or a primary key."""

    data: DataModel
    model: Model
    index: Index

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"the {_KINDS[self.index.kind]} on ({', '.join(self.index.names)}) of `{self.model.name}`"

    @property
    def node(self) -> Node:
        """Where it stands."""
        return self.index.node or self.model.node


# How a message names them.
_KINDS = {"id": "key", "unique": "unique constraint", "index": "index", "fulltext": "full text index"}

Subject: TypeAlias = ModelSubject | FieldSubject | RelationSubject | EnumSubject | IndexSubject
