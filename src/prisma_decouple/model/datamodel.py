"""Models, fields and relations, read from the tree."""

from __future__ import annotations

import msgspec

from prisma_decouple.syntax.nodes import Block, BlockAttribute, Expression, Field, Schema


class NativeType(msgspec.Struct, frozen=True):
    """`@db.VarChar(255)`: the name and the arguments as they are written."""

    name: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"@db.{self.name}({', '.join(self.arguments)})" if self.arguments else f"@db.{self.name}"


class ScalarField(msgspec.Struct, frozen=True):
    """A field that is a column.

    Attributes:
        type: one of `SCALAR_TYPES`, the name of an enum or of a composite type, or `Unsupported("…")`.
        column: its name in the database.
        default: the argument of `@default`, None without one.
    """

    name: str
    node: Field
    type: str
    is_list: bool
    is_optional: bool
    is_enum: bool
    column: str
    native_type: NativeType | None
    default: Expression | None

    @property
    def is_required(self) -> bool:
        """Whether every record has a value."""
        return not (self.is_optional or self.is_list)

    @property
    def is_supported(self) -> bool:
        """Whether Prisma has a type for it, so that it can be a part of a relation's key."""
        return not self.type.startswith("Unsupported(")


class RelationField(msgspec.Struct, frozen=True):
    """A field whose type is a model.

    Attributes:
        target: the other model.
        fields: the scalar fields of this model that hold the key; empty on the other side.
        references: the fields of the other model that they point at.
        relation: the relation's name, None when the schema does not give one.
        on_delete: the action as written, None when it is left to Prisma.
        constraint: the constraint's name as given by `map`.
    """

    name: str
    node: Field
    target: str
    is_list: bool
    is_optional: bool
    fields: tuple[str, ...]
    references: tuple[str, ...]
    relation: str | None
    on_delete: str | None
    on_update: str | None
    constraint: str | None


class IndexField(msgspec.Struct, frozen=True):
    """A field of an index, with what the schema says of it, such as `sort` or `ops`."""

    name: str
    options: tuple[tuple[str, str], ...] = ()


class Index(msgspec.Struct, frozen=True):
    """A primary key, a unique constraint or an index.

    Attributes:
        kind: `id`, `unique` or `index`.
        name: its name in the database, when the schema gives one with `map`.
        options: further arguments such as `type`, as written.
        where: the predicate of a partial index.
        node: the block attribute, or the field with the attribute.
    """

    kind: str
    fields: tuple[IndexField, ...]
    name: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    where: Expression | None = None
    node: BlockAttribute | Field | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(part.name for part in self.fields)

    @property
    def type(self) -> str:
        """Its type, which is `BTree` when the schema does not say."""
        return dict(self.options).get("type", "BTree")


class Model(msgspec.Struct, frozen=True):
    """A model or a view.

    Attributes:
        table: its name in the database.
        namespace: the database schema that `@@schema` names.
    """

    name: str
    node: Block
    table: str
    namespace: str | None
    scalars: dict[str, ScalarField]
    relations: dict[str, RelationField]
    indexes: tuple[Index, ...]

    @property
    def is_view(self) -> bool:
        """Whether the database computes it."""
        return self.node.keyword == "view"

    @property
    def field_names(self) -> list[str]:
        """Its fields in the order of the file."""
        return [node.name for node in self.node.fields]

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The fields of `@id` or `@@id`; empty without one."""
        return next((index.names for index in self.indexes if index.kind == "id"), ())

    @property
    def key(self) -> tuple[str, ...]:
        """The fields that identify a record: the primary key, else the first unique whose fields are all required."""
        uniques = (
            index.names
            for index in self.indexes
            if index.kind == "unique" and all(self._is_required(name) for name in index.names)
        )
        return self.primary_key or next(uniques, ())

    @property
    def has_plain_key(self) -> bool:
        """Whether there is a key, and none of its fields is inside a composite type or of a type that Prisma lacks."""
        return bool(self.key) and all(name in self.scalars and self.scalars[name].is_supported for name in self.key)

    def _is_required(self, name: str) -> bool:
        # A dotted name reaches into a composite type.
        return name in self.scalars and self.scalars[name].is_required

    def relation_with(self, key: tuple[str, ...]) -> RelationField | None:
        """The relation field whose key these scalar fields are."""
        return next((relation for relation in self.relations.values() if relation.fields == key), None)

    def leads_to(self, key: tuple[str, ...], other: RelationField) -> bool:
        """Whether these fields hold what another relation can point at: they are its references, or point there too."""
        if self.name == other.target and key == other.references:
            return True
        own = [relation for relation in self.relations.values() if relation.fields == key]
        return any(each.target == other.target and each.references == other.references for each in own)

    def relations_on(self, scalar: str) -> list[RelationField]:
        """The relation fields whose key the scalar field is a part of."""
        return [relation for relation in self.relations.values() if scalar in relation.fields]


class Enum(msgspec.Struct, frozen=True):
    """An enum; `values` are pairs of the name in the schema and the name in the database, in the order of the block."""

    name: str
    node: Block
    type_name: str
    namespace: str | None
    values: tuple[tuple[str, str], ...]


class DataModel(msgspec.Struct, frozen=True):
    """A whole schema.

    Attributes:
        provider: of the datasource, such as `postgresql`; None when there is no datasource.
        has_foreign_keys: False with `relationMode = "prisma"`.
        namespaces: the database schemas that the datasource lists.
    """

    schema: Schema
    provider: str | None
    has_foreign_keys: bool
    models: dict[str, Model]
    enums: dict[str, Enum]
    composites: dict[str, Block] = {}
    namespaces: tuple[str, ...] = ()

    def opposite(self, model: Model, relation: RelationField) -> RelationField | None:
        """The field at the other end of a relation."""
        target = self.models[relation.target]
        for candidate in target.relations.values():
            same = target.name == model.name and candidate.name == relation.name
            if candidate.target == model.name and candidate.relation == relation.relation and not same:
                return candidate
        return None

    def relations_between(self, one: str, other: str) -> list[RelationField]:
        """The fields of model `one` whose type is model `other`."""
        return [relation for relation in self.models[one].relations.values() if relation.target == other]
