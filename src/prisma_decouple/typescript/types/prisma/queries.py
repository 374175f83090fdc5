"""What a query gives back, and what its options are about: `where`, `include` and the like, of which model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.kept_literals import options_of, part_of
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments, string_value, text_of
from prisma_decouple.typescript.source.vocabulary import CREATES, METHODS, NO_RECORDS
from prisma_decouple.typescript.types.typed import DATA, Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_PARTS = {
    "where": What.FILTER,
    "having": What.FILTER,
    "cursor": What.FILTER,
    "include": What.LOADS,
    "select": What.LOADS,
    "orderBy": What.ORDER,
}
# What a relation is loaded by.
LOADING = frozenset({"include", "select"})
# The queries that give null where there is no such record.
NULLABLE_RESULTS = frozenset({"findUnique", "findFirst"})
_LIST_RESULTS = frozenset({"findMany", "createManyAndReturn", "updateManyAndReturn"})
# What may tell the options of a query: a literal, or what is called by a name.
_WRITTEN = frozenset({"identifier", "member_expression", "object"})
_DATA = frozenset({"data", "create", "update"})
# What can be done through a relation field, besides writing data.
_SELECTIONS = frozenset({"connect", "delete", "deleteMany", "disconnect", "set"})
LISTED = frozenset({"in", "notIn"})
_SAME = frozenset({"equals", "has", "not", "push", "set"})
_LISTS = LISTED | {"hasEvery", "hasSome"}
# A condition by which only what is not null is found.
NOT_NULL = re.compile(r"\{\s*(?:not|isNot):\s*null\s*,?\s*\}")
RANGES = frozenset({"lt", "lte", "gt", "gte"})
# Keys between a filter and a relation in it that do not lead to another model.
TRANSPARENT = frozenset({"AND", "OR", "NOT", "some", "every", "none", "is", "isNot"})
_JSON = "Prisma.JsonValue"
# What is computed of the fields of many records.
AGGREGATES = frozenset({"_avg", "_count", "_max", "_min", "_sum"})
PARTS = frozenset({What.FILTER, What.LOADS, What.ORDER})
OF_QUERIES = PARTS | DATA | {What.ARGS, What.QUERY, What.WRITE}
"""The options of queries, and what is about a model in them."""


def option(facts: SchemaFacts, owner: Type, name: str) -> Type | None:
    """What a property of the options of a query is; None when it is not about a model.

    Args:
        facts: the change.
        owner: the options, or a part of them.
        name: the property.
    """
    if owner.what in {What.ARGS, What.QUERY}:
        return _option(owner, name)
    if owner.what is What.LOADS and name == "_count":
        return Type(What.QUERY, owner.model)  # `_count: { select: { badges: { where: { ... } } } }`
    if owner.what is What.WRITE:
        return _written(owner, name)
    if owner.what is What.FILTER and (name in TRANSPARENT or (owner.model, name) in facts.compound_keys):
        return owner
    target = facts.target_of(owner.model, name) if owner.what in {*PARTS, *DATA} else None
    if target is None:
        return None
    what = {What.LOADS: What.QUERY, **dict.fromkeys(DATA, What.WRITE)}.get(owner.what, owner.what)
    return Type(what, target)


def _option(owner: Type, name: str) -> Type | None:
    if name in _DATA:
        is_new = owner.what is What.ARGS and name != "update"
        return Type(What.INPUT if is_new else What.UPDATE, owner.model)
    if name in AGGREGATES:
        return Type(What.LOADS, owner.model)
    return Type(_PARTS[name], owner.model) if name in _PARTS and owner.has(name) else None


def _written(owner: Type, name: str) -> Type | None:
    """What stands under `create`, `connect` and the like of a relation field."""
    if name in _SELECTIONS:
        return Type(What.FILTER, owner.model)
    if name in {"createMany", "connectOrCreate", "updateMany", "upsert"}:
        return Type(What.QUERY, owner.model)
    return Type(What.UPDATE, owner.model) if name in _DATA else None


def query_of(model: str, method: str) -> Type | None:
    """A method of a model, as a function that is handed on: `typeof db.book.create`; None for no query of a client."""
    if method not in METHODS:
        return None
    taken = Type(What.ARGS if method in CREATES else What.QUERY, model)
    return Type(What.TAKER, model, field=method, bound=(("0", taken),))


def query_result(file: FileContext, model: str, method: str, call: Node | None) -> Type | None:
    """What a query gives back, with its options as the place that says what is loaded."""
    if method == "groupBy" and call is not None:
        return Type(What.RECORD, model, is_list=True, only=grouped_by(call), given=asked_to_be(call))
    if method == "aggregate":
        return Type(What.RECORD, model, only=frozenset())  # what is computed of all of them, and none of their fields
    if method in NO_RECORDS:
        return None
    options = next(iter(call_arguments(call)), None) if call is not None else None
    place = Place(file, options) if options is not None and options.type in _WRITTEN else None
    is_list = method in _LIST_RESULTS
    return Type(What.RECORD, model, place, is_nullable=method in NULLABLE_RESULTS, is_list=is_list)


def grouped_by(call: Node) -> frozenset[str]:
    """The fields by which `groupBy` groups, as far as they are written out."""
    options = options_of(call)
    by = property_value(options, "by") if options is not None else None
    return texts_in(by) if by is not None else frozenset()


def asked_to_be(call: Node) -> frozenset[str]:
    """The fields of which a query says that they must not be null: `{ where: { authorId: { not: null } } }`."""
    where = part_of(options_of(call), "where")
    asked = properties(where) if where is not None else ()
    return frozenset(name for name, value in asked if NOT_NULL.fullmatch(text_of(value)))


def texts_in(value: Node) -> frozenset[str]:
    """The texts of a list, or the one that is written alone."""
    return frozenset(filter(None, map(string_value, value.named_children if value.type == "array" else [value])))


def _condition(owner: Type, name: str) -> Type | None:
    """What an operator of a filter wants: `{ in: [...] }`."""
    if name in RANGES or name in _LISTS:
        return replace(owner, is_nullable=False, nothing=frozenset(), is_list=name in _LISTS)
    return owner if name in _SAME else None


def column(facts: SchemaFacts, owner: Type, name: str) -> Type | None:
    """What a query, or a record that is written out, wants of a scalar field; None when it is not known.

    Args:
        facts: the change.
        owner: the data, filter or record.
        name: the field.
    """
    if owner.what is What.VALUE and owner.field == _JSON:
        return replace(owner, is_nullable=True, nothing=frozenset())  # anything goes inside
    if owner.what is What.VALUE and owner.field and owner.place is None:
        return _condition(owner, name)
    if owner.what not in {What.FILTER, What.RECORD, *DATA}:
        return None
    found = facts.column_of(owner.model, name)
    if found is None or owner.is_filled:
        known = facts.nullability(owner.model, name) if not owner.is_filled else False
        return Type(What.VALUE, is_nullable=known) if known is not None else None
    if found.is_nullable:
        is_whole = owner.what is What.RECORD and not owner.is_partial
        return Type(
            What.VALUE, is_nullable=True, nothing=frozenset({"null"} if is_whole else ()), field=found.scalar_type
        )
    may_be_left = found.is_omittable or owner.what in {What.UPDATE, What.FILTER}
    nothing = frozenset({"undefined"} if may_be_left and owner.what is not What.RECORD else ())
    return Type(What.VALUE, is_nullable=bool(nothing), nothing=nothing, field=found.scalar_type)
