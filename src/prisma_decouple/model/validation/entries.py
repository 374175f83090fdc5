"""What models, views and composite types are made of, as the checks speak of it: fields, keys and their parts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.model.spelling import mapped, string
from prisma_decouple.model.validation.expressions import items_of
from prisma_decouple.syntax.nodes import Array, Atom, Attribute, Block, Call, Expression, Field

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK_KEYS = frozenset({"id", "unique", "index", "fulltext"})


class FieldEntry(msgspec.Struct, eq=False):
    """A field of a model, a view or a composite type.

    Attributes:
        owner: the block that it is in.
        kind: `scalar`, `enum`, `composite`, `relation`, `unsupported` or `unknown`.
        attributes: by name; of two the first.
        native: its `@db.…` attribute.
    """

    owner: Container
    node: Field
    kind: str
    attributes: Mapping[str, Attribute]
    native: Attribute | None

    @property
    def name(self) -> str:
        """Its name in the schema."""
        return self.node.name

    @property
    def type(self) -> str:
        """The name of its type."""
        return self.node.type

    @property
    def is_required(self) -> bool:
        """Whether every record has exactly one value."""
        return not self.node.arity.endswith(("?", "]"))

    @property
    def is_scalar(self) -> bool:
        """Whether it is a column of its own: anything but a relation."""
        return self.kind != "relation"

    @property
    def column(self) -> str:
        """Its name in the database."""
        return mapped(self.node) if "map" in self.attributes else self.node.name

    @property
    def native_name(self) -> str | None:
        """The name of its native type."""
        return self.native.name.partition(".")[2] if self.native else None

    @property
    def is_ignored(self) -> bool:
        """Whether `@ignore` stands beside it."""
        return "ignore" in self.attributes


class Part(msgspec.Struct, eq=False):
    """One element of a key's field list.

    Attributes:
        path: the names between the dots; more than one reaches into composite types.
        field: what the first name stands for, when there is such a field.
        options: `sort`, `length` and `ops`.
    """

    node: Expression
    path: tuple[str, ...]
    field: FieldEntry | None
    options: dict[str, Expression]


class Key(msgspec.Struct, eq=False):
    """A primary key, a unique constraint or an index.

    Attributes:
        kind: `id`, `unique`, `index` or `fulltext`.
        field: the field that the attribute stands beside; None for one of the block.
    """

    kind: str
    owner: Container
    attribute: Attribute
    parts: tuple[Part, ...]
    field: FieldEntry | None = None

    @property
    def fields(self) -> tuple[FieldEntry, ...]:
        """Those of its fields that there are."""
        return tuple(part.field for part in self.parts if part.field is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields as they are written."""
        return tuple(".".join(part.path) for part in self.parts)

    @property
    def spelling(self) -> str:
        """The attribute as a person writes it."""
        return f"{'@' if self.field else '@@'}{self.attribute.name}"

    def text(self, name: str) -> str | None:
        """The string that an argument has."""
        return string(self.attribute.get(name))

    @property
    def mapped_name(self) -> str | None:
        """Its name in the database as the schema gives it; `name` is the older spelling in an index."""
        given = self.text("map")
        if given is None and self.kind == "index":
            return self.text("name")
        return given

    @property
    def client_name(self) -> str | None:
        """The `name` that the client uses for a compound key."""
        return self.text("name") if self.field is None and self.kind in {"id", "unique"} else None

    @property
    def index_type(self) -> str | None:
        """The value of `type:`."""
        value = self.attribute.get("type")
        return value.text if isinstance(value, Atom) else None


class Container(msgspec.Struct, eq=False, dict=True):
    """A model, a view or a composite type."""

    node: Block
    fields: list[FieldEntry] = []
    keys: list[Key] = []

    @property
    def name(self) -> str:
        """Its name in the schema."""
        return self.node.name

    @property
    def is_view(self) -> bool:
        """Whether the database computes it."""
        return self.node.keyword == "view"

    @property
    def word(self) -> str:
        """What to call it in a message."""
        return "composite type" if self.node.keyword == "type" else self.node.keyword

    @cached_property
    def by_name(self) -> dict[str, FieldEntry]:
        """Its fields; of two with the same name the first."""
        return {entry.name: entry for entry in reversed(self.fields)}

    @cached_property
    def table(self) -> str:
        """Its name in the database."""
        return mapped(self.node) if "map" in self.attributes else self.node.name

    @cached_property
    def namespace(self) -> str | None:
        """The database schema that `@@schema` names."""
        return namespace_of(self.node) if "schema" in self.attributes else None

    @cached_property
    def attributes(self) -> Mapping[str, Attribute]:
        """Its block attributes by name; of two the first."""
        return {line.name: line.attribute for line in reversed(self.node.attributes)}

    @property
    def is_ignored(self) -> bool:
        """Whether `@@ignore` stands in it."""
        return "ignore" in self.attributes

    @cached_property
    def id(self) -> Key | None:
        """Its primary key."""
        return next((key for key in self.keys if key.kind == "id"), None)

    @property
    def scalars(self) -> Iterator[FieldEntry]:
        """The fields that are columns."""
        return (entry for entry in self.fields if entry.is_scalar)

    @property
    def relations(self) -> Iterator[FieldEntry]:
        """The fields whose type is a model."""
        return (entry for entry in self.fields if not entry.is_scalar)

    def uniques(self) -> Iterator[tuple[FieldEntry, ...]]:
        """The field lists of its primary key and unique constraints."""
        return (key.fields for key in self.keys if key.kind in {"id", "unique"})


def namespace_of(block: Block) -> str | None:
    """The database schema that `@@schema` names."""
    attribute = block.attribute("schema")
    return string(attribute.get("map", 0)) if attribute else None


def keys_in(container: Container) -> Iterator[Key]:
    """The keys and indexes that stand beside its fields, then those of the block."""
    for entry in container.fields:
        for attribute in entry.node.attributes if "id" in entry.attributes or "unique" in entry.attributes else ():
            if attribute.name in {"id", "unique"}:
                options = {
                    item.name: item.value for item in items_of(attribute) if item.name in {"sort", "length", "ops"}
                }
                part = Part(Atom("", entry.name), (entry.name,), entry, options)
                yield Key(attribute.name, container, attribute, (part,), entry)
    for line in container.node.attributes:
        if line.name in _BLOCK_KEYS:
            parts = tuple(parts_of(container, line.attribute.get("fields", 0)))
            yield Key(line.name, container, line.attribute, parts)


def parts_of(container: Container, value: Expression | None) -> Iterator[Part]:
    """The elements of a field list; a single name counts as a list of one."""
    for node in [item.value for item in value.items] if isinstance(value, Array) else [value]:
        if isinstance(node, Call):
            options = {item.name or "": item.value for item in items_of(node)}
            yield _part(container, node, node.name, options)
        elif isinstance(node, Atom):
            yield _part(container, node, node.text, {})


def _part(container: Container, node: Expression, name: str, options: dict[str, Expression]) -> Part:
    path = tuple(name.split("."))
    return Part(node, path, container.by_name.get(path[0]), options)
