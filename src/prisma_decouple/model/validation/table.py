"""The symbol table that the checks work on: it is built from any tree, right or wrong, and never complains itself."""

from __future__ import annotations

from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from prisma_decouple.model.spelling import SCALAR_TYPES, string
from prisma_decouple.model.validation.connectors import CONNECTORS, NO_PROVIDER, Connector
from prisma_decouple.model.validation.entries import Container, FieldEntry, keys_in
from prisma_decouple.model.validation.expressions import elements, values_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from prisma_decouple.syntax.nodes import Attribute, Block, Expression, Field, Schema

_Answer = TypeVar("_Answer")
_NO_ATTRIBUTES: Mapping[str, Attribute] = {}
_KINDS = {"model": "relation", "view": "relation", "enum": "enum", "type": "composite"}


class Table:
    """Everything that the checks ask for.

    Attributes:
        schema: the tree.
        version: the major version of Prisma whose verdict is wanted.
        blocks: models, views, enums and composite types by name; of two the first.
        containers: models and views, in order.
        types: composite types, in order.
        enums: in order.
    """

    def __init__(self, schema: Schema, version: int) -> None:
        self.schema = schema
        self.version = version
        self.blocks: dict[str, Block] = {}
        for block in schema.blocks("model", "view", "enum", "type"):
            self.blocks.setdefault(block.name, block)
        self.containers = [self._container(block) for block in schema.blocks("model", "view")]
        self.types = [self._container(block) for block in schema.blocks("type")]
        self.enums = list(schema.blocks("enum"))
        self.models = {container.name: container for container in reversed(self.containers)}
        self.composites = {container.name: container for container in reversed(self.types)}

    @property
    def is_before_7(self) -> bool:
        """Whether the schema holds the connection URLs itself; Prisma 7 reads them from prisma.config.ts."""
        return self.version < 7  # noqa: PLR2004 - the number is the name

    @cached_property
    def datasource(self) -> Block | None:
        """The first datasource."""
        return next(self.schema.blocks("datasource"), None)

    @cached_property
    def values(self) -> list[Expression]:
        """Every value of the schema: arguments, settings, and what is inside them."""
        return list(values_in(self.schema))

    @cached_property
    def connector(self) -> Connector:
        """What the provider can do."""
        provider = string(self.datasource.properties.get("provider")) if self.datasource else None
        return CONNECTORS.get(provider or "", NO_PROVIDER)

    @cached_property
    def is_emulated(self) -> bool:
        """Whether Prisma keeps the relations itself: `relationMode = "prisma"`, and always on MongoDB."""
        settings = self.datasource.properties if self.datasource else {}
        mode = string(settings.get("relationMode")) or string(settings.get("referentialIntegrity"))
        return mode == "prisma" or (mode is None and self.connector.name == "mongodb")

    @cached_property
    def _previews(self) -> frozenset[str]:
        """The preview features that the generators turn on, in small letters."""
        values = (block.properties.get("previewFeatures") for block in self.schema.blocks("generator"))
        names = (string(each) for value in values if value is not None for each in elements(value))
        return frozenset(name.lower() for name in names if name is not None)

    def has_preview(self, name: str) -> bool:
        """Whether a generator turns a preview feature on; Prisma takes large and small letters for the same."""
        return name.lower() in self._previews

    @cached_property
    def namespaces(self) -> tuple[str, ...] | None:
        """The database schemas of the datasource, None when it does not list them."""
        value = self.datasource.properties.get("schemas") if self.datasource else None
        if value is None:
            return None
        return tuple(name for each in elements(value) if (name := string(each)) is not None)

    def target(self, entry: FieldEntry) -> Container | None:
        """The model that a relation field points at."""
        return self.models.get(entry.type)

    def fields_with(self, attribute: str) -> Sequence[FieldEntry]:
        """The fields of models and views that have an attribute."""
        return self._marked.get(attribute, ())

    def type_fields_with(self, attribute: str) -> Sequence[FieldEntry]:
        """The fields of composite types that have an attribute."""
        return self._marked_in_types.get(attribute, ())

    @cached_property
    def _marked(self) -> dict[str, list[FieldEntry]]:
        return _by_attribute(self.containers)

    @cached_property
    def _marked_in_types(self) -> dict[str, list[FieldEntry]]:
        return _by_attribute(self.types)

    def _container(self, block: Block) -> Container:
        container = Container(block)
        container.fields = [self._entry(container, node) for node in block.fields]
        container.keys = list(keys_in(container))
        return container

    def _entry(self, container: Container, node: Field) -> FieldEntry:
        if not node.attributes:
            return FieldEntry(container, node, self._kind(node), _NO_ATTRIBUTES, None)
        attributes = {attribute.name: attribute for attribute in reversed(node.attributes)}
        native = next((attribute for attribute in node.attributes if "." in attribute.name), None)
        return FieldEntry(container, node, self._kind(node), attributes, native)

    def _kind(self, node: Field) -> str:
        type_ = node.type
        if type_ in self.blocks:
            return _KINDS[self.blocks[type_].keyword]
        if type_ in SCALAR_TYPES:
            return "scalar"
        return "unsupported" if type_.startswith("Unsupported(") else "unknown"


def once_per_table(question: Callable[[Table], _Answer]) -> Callable[[Table], _Answer]:
    """A question to the table that many checks ask: it is answered once."""
    answers: WeakKeyDictionary[Table, _Answer] = WeakKeyDictionary()

    @wraps(question)
    def ask(table: Table) -> _Answer:
        if table not in answers:
            answers[table] = question(table)
        return answers[table]

    return ask


def _by_attribute(containers: Iterable[Container]) -> dict[str, list[FieldEntry]]:
    found: dict[str, list[FieldEntry]] = {}
    for container in containers:
        for entry in container.fields:
            for name in entry.attributes:
                found.setdefault(name, []).append(entry)
    return found
