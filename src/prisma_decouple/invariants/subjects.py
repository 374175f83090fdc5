"""What an invariant speaks of: a model, a field, a relation, an index or an enum."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from prisma_decouple.model.datamodel import DataModel, Enum, Index, Model, RelationField, ScalarField

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Block, Field, Node


class ModelSubject(msgspec.Struct, frozen=True):
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


class FieldSubject(msgspec.Struct, frozen=True):
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


class RelationSubject(msgspec.Struct, frozen=True):
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


class EnumSubject(msgspec.Struct, frozen=True):
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


class IndexSubject(msgspec.Struct, frozen=True):
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
