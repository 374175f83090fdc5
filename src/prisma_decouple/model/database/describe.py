"""From the data model to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.database.columns import column_of
from prisma_decouple.model.database.foreign_keys import foreign_keys_of
from prisma_decouple.model.database.indexes import index_of
from prisma_decouple.model.database.join_tables import join_tables
from prisma_decouple.model.database.naming import enum_name, table_name
from prisma_decouple.model.database.objects import Database, EnumType, Extension, Table
from prisma_decouple.model.spelling import string
from prisma_decouple.syntax.nodes import Array, Atom, Call

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel, Model


def describe_database(data: DataModel) -> Database:
    """The database of a schema, with the names and referential actions that Prisma would choose.

    What the schema tells Prisma Client to ignore is there all the same.
    """
    tables = [_table(data, model) for model in data.models.values() if not model.is_view]
    enums = [EnumType(enum_name(enum), tuple(value for _, value in enum.values)) for enum in data.enums.values()]
    return Database(
        tables={table.name: table for table in (*tables, *join_tables(data))},
        enums={enum.name: enum for enum in enums},
        views={table_name(model): str(model.node) for model in data.models.values() if model.is_view},
        extensions=_extensions(data),
    )


def _table(data: DataModel, model: Model) -> Table:
    columns = [column_of(data, field) for field in model.scalars.values()]
    indexes = [index_of(data, model, index) for index in model.indexes if index.kind != "fulltext"]
    return Table(
        name=table_name(model),
        columns={column.name: column for column in columns},
        indexes={index.name: index for index in indexes},
        foreign_keys={key.name: key for key in foreign_keys_of(data, model)},
    )


def _extensions(data: DataModel) -> dict[str, Extension] | None:
    """`extensions = [citext, uuid_ossp(map: "uuid-ossp", version: "1.1", schema: "public")]`."""
    listed = next((block.properties.get("extensions") for block in data.schema.blocks("datasource")), None)
    if not isinstance(listed, Array):
        return None
    found = [_extension(item.value) for item in listed.items if isinstance(item.value, Atom | Call)]
    return {extension.name: extension for extension in found}


def _extension(expression: Atom | Call) -> Extension:
    if isinstance(expression, Atom):
        return Extension(expression.text)
    arguments = expression.arguments
    return Extension(
        name=string(arguments.get("map")) or expression.name,
        version=string(arguments.get("version")),
        namespace=string(arguments.get("schema")),
    )
