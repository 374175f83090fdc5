"""Primary keys, unique indexes and indexes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.model.database.columns import column_type, value_of
from prisma_decouple.model.database.objects import Condition, IndexColumn, IndexKey
from prisma_decouple.model.names import index_name, primary_key_name, unique_name
from prisma_decouple.model.spelling import string
from prisma_decouple.syntax.nodes import Call, Object

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel, Index, IndexField, Model
    from prisma_decouple.syntax.nodes import Argument

_RAW = re.compile(r'raw\(\s*"(.*)"\s*,?\s*\)', re.DOTALL)
# Where PostgreSQL's names of operator classes have their underscores: `TimestampTzMinMaxMultiOps` is
# timestamptz_minmax_multi_ops.
_OPERATOR_WORDS = re.compile(r"(?=(?:bloom|minmax|inclusion|multi|path|ops))")


def index_of(data: DataModel, model: Model, index: Index) -> IndexKey:
    """An index with the name that Prisma gives it."""
    columns = tuple(_index_column(model, part) for part in index.fields)
    names = tuple(column.name for column in columns)
    default_name = {
        "id": lambda: primary_key_name(model.table),
        "unique": lambda: unique_name(model.table, names),
        "index": lambda: index_name(model.table, names),
    }
    method = dict(index.options).get("type")
    return IndexKey(
        kind=index.kind,
        name=index.name or default_name[index.kind](),
        columns=columns,
        method=None if method == "BTree" else method,
        where=_where(data, model, index),
    )


def _index_column(model: Model, part: IndexField) -> IndexColumn:
    options = dict(part.options)
    return IndexColumn(
        model.scalars[part.name].column,
        descending=options.get("sort") == "Desc",
        operator_class=_operator_class(options["ops"]) if "ops" in options else None,
    )


def _operator_class(text: str) -> str:
    """`raw("gin_trgm_ops")` as it stands there, `JsonbPathOps` as PostgreSQL spells it."""
    if raw := _RAW.fullmatch(text):
        return raw[1]
    return _OPERATOR_WORDS.sub("_", text.lower()).lstrip("_")


def _where(data: DataModel, model: Model, index: Index) -> str | tuple[Condition, ...] | None:
    """The predicate of a partial index, which Prisma knows from 7 on."""
    if isinstance(index.where, Call):
        return string(index.where.arguments.get("sql", 0))
    if isinstance(index.where, Object):
        return tuple(_condition(data, model, entry) for entry in index.where.items)
    return None


def _condition(data: DataModel, model: Model, entry: Argument) -> Condition:
    """`field: value` or `field: { not: value }`."""
    field = model.scalars[entry.name or ""]
    value, is_equal = entry.value, True
    if isinstance(value, Object):
        value, is_equal = value.items[0].value, False
    is_null = str(value).strip() == "null"
    compared = None if is_null else value_of(data, field, value)
    return Condition(field.column, is_equal, compared, column_type(data, field))
