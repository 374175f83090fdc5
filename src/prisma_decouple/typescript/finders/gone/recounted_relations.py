"""Queries through a relation that leads to many records now and led to one, or the other way round.

`where: { books: { title } }` of one book is `where: { books: { some: { title } } }` of many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by, values_of
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import DATA, What
from prisma_decouple.typescript.wording import now_and_before

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext

# What a query has for many records and not for one (Prisma's reference, "Relation filters", "Nested writes").
_OF_MANY = {
    What.FILTER: frozenset({"every", "none", "some"}),
    What.ORDER: frozenset({"_count"}),
    What.LOADS: frozenset({"cursor", "distinct", "orderBy", "skip", "take"}),
    **dict.fromkeys(DATA, frozenset({"createMany", "deleteMany", "updateMany"})),
}
# Where a query asks for one record by its fields, and for many by nothing but the words above.
_BY_FIELDS = frozenset({What.FILTER, What.ORDER})
_CHOSEN = frozenset({"update", "upsert"})  # one of many is chosen by `where`
_WHICHEVER = frozenset({"delete", "disconnect"})  # `true` is enough for one


def find_recounted_relations(file: FileContext) -> None:
    """Note what queries ask of such a relation, or write through it, and cannot any more.

    Args:
        file: the file; its findings are filled.
    """
    names = {each.field for each in file.facts.retyped if _is_recounted(each)}
    for pair in file.source.nodes("pair") if names & file.source.words else ():
        if key_of(pair) in names and pair.parent is not None and pair.parent.type == "object":
            _check(file, pair, pair.parent)


def _is_recounted(field: RetypedField) -> bool:
    is_many = field.after.endswith("[]")
    return is_many != field.before.endswith("[]") and field.before.rstrip("[]") == field.after.rstrip("[]")


def _check(file: FileContext, pair: Node, literal: Node) -> None:
    owner = expected(file, literal)
    field = file.facts.retyped_of(owner.model, key_of(pair)) if owner is not None else None
    if owner is None or field is None or owner.what not in _OF_MANY or owner.is_mock:
        return
    if not _is_recounted(field) or file.facts.relation_of(field.model, field.field) is None:
        return
    refused = _refused_of_many if field.after.endswith("[]") else _refused_of_one
    for value in values_of(pair.child_by_field_name("value") or pair):
        name = refused(value, owner.what)
        if name:
            why = f"{now_and_before(field)} A query does not take `{name}` there."
            file.hint(pair, Kind.FLOW, Confidence.CERTAIN, why)
            return


def _refused_of_many(value: Node, what: What) -> str:
    """What stands in a query for one record and is not for many; empty when it may stay."""
    if value.type == "null":
        return "null" if what is What.FILTER else ""
    if value.type != "object":
        return ""
    given = given_by(value).values
    if what in _BY_FIELDS:
        return next((name for name in given if name not in _OF_MANY[what]), "")
    if what not in DATA:
        return ""
    return next((name for name, inner in given.items() if _is_of_one(name, inner)), "")


def _is_of_one(name: str, value: Node) -> bool:
    """Whether a nested write does not say which record is meant."""
    if name in _WHICHEVER:
        return value.type == "true"
    return (
        name in _CHOSEN
        and value.type == "object"
        and not given_by(value).opaque
        and "where" not in given_by(value).values
    )


def _refused_of_one(value: Node, what: What) -> str:
    """What stands in a query for many records and is not for one; empty when it may stay."""
    given = given_by(value).values if value.type == "object" else {}
    named = next((name for name in given if name in _OF_MANY[what]), "")
    lists = (name for name, inner in given.items() if what in DATA and inner.type == "array")
    return named or next(lists, "")
