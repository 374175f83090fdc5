"""Queries that are built by Kysely, whose tables and columns are called as the database calls them.

`db.selectFrom("Book").innerJoin("Author", "Author.id", "Book.authorId")` (Kysely's documentation, "Recipes").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.changes import Stored
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by, values_of
from prisma_decouple.typescript.source.syntax import (
    CHAIN,
    call_arguments,
    callee,
    descendants,
    string_value,
    text_of,
)
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import StoredField
    from prisma_decouple.typescript.context import FileContext

_STARTS = ("deleteFrom", "insertInto", "replaceInto", "selectFrom", "updateTable")
_INSERTS = frozenset({"insertInto", "replaceInto"})
_JOINS = frozenset({"innerJoin", "innerJoinLateral"})
_CONDITIONS = frozenset({"having", "where"})
_DIFFERENT = frozenset({"!=", "<>", "not in"})
_ALIAS = " as "


class _Part(NamedTuple):
    """A call in the chain of a query."""

    method: str
    call: Node
    given: list[Node]


def find_query_builders(file: FileContext) -> None:
    """Note the queries so built that use a column which changed.

    Args:
        file: the file; its findings are filled.
    """
    for start in file.source.called(*_STARTS) if file.facts.stored else ():
        method, table = callee(start)[1], table_of(start)
        parts = list(_parts(start))
        for field in (each for each in file.facts.stored if table and table == each.table):
            if field.change is Stored.NULLABLE:
                _check_nullable(file, parts, field)
        needed = [each for each in file.facts.stored if each.change is Stored.NEEDED and each.table == table]
        if needed and method in _INSERTS:
            _check_inserted(file, parts, needed)


def table_of(start: Node) -> str:
    """The table that the first call of a query names."""
    given = call_arguments(start)
    return _name(given[0]) if given else ""


def _parts(start: Node) -> Iterator[_Part]:
    """The calls behind the first one of a query."""
    node, outer = start, start.parent
    while outer is not None and outer.type in CHAIN and outer.named_children[0] == node:
        node, outer = outer, outer.parent
        if node.type == "call_expression":
            yield _Part(callee(node)[1], node, call_arguments(node))


def _name(value: Node) -> str:
    """A table or a column, without what else it is called and of what it is: `Book.authorId as writer`."""
    return string_value(value).partition(_ALIAS)[0].rpartition(".")[2]


def _check_inserted(file: FileContext, parts: list[_Part], needed: list[StoredField]) -> None:
    for part in (each for each in parts if each.method == "values" and each.given):
        for row in values_of(part.given[0]):
            given = given_by(row) if row.type == "object" else None
            lacking = [each for each in needed if given is None or each.column not in given.values]
            if not lacking:
                file.fine()
                continue
            columns, is_seen = name_list([each.column for each in lacking]), given is not None and not given.opaque
            told = "this inserts one without" if is_seen else "whether this gives it cannot be seen here"
            why = f"{with_article(lacking[0].model, 'A')} needs {columns} now, and {told}."
            file.hint(row, Kind.CREATE, Confidence.CERTAIN if is_seen else Confidence.UNSURE, why)


def _check_nullable(file: FileContext, parts: list[_Part], field: StoredField) -> None:
    one, column = with_article(field.model, "A"), f"`{field.column}`"
    for part in parts:
        if part.method in _JOINS and part.given and field.target and _name(part.given[0]) == field.target:
            if any(_name(each) == field.column for each in descendants(part.call, "string")):
                why = f"This join leaves out every {field.model} without {column}, silently; a `leftJoin` keeps it."
                file.hint(part.given[0], Kind.FILTER, Confidence.LIKELY, why)
            continue
        named = next((each for each in _texts(part) if _name(each) == field.column), None)
        if named is None:
            continue
        if part.method in _CONDITIONS and any(string_value(each) in _DIFFERENT for each in part.given[1:2]):
            why = f"{one} without {column} is left out: to a database null is neither equal to anything nor different."
            file.hint(named, Kind.FILTER, Confidence.LIKELY, why)
        elif part.method == "groupBy":
            why = f"{one} may have no {column} now, and all of those are one group here. Look whether they should be."
            file.hint(named, Kind.FILTER, Confidence.UNSURE, why)
        elif part.method == "orderBy" and "nulls" not in text_of(part.call.child_by_field_name("arguments")).lower():
            why = f"{one} may have no {column} now, and has nothing to be ordered by: say where nulls belong."
            file.hint(named, Kind.FILTER, Confidence.UNSURE, why)


def _texts(part: _Part) -> Iterator[Node]:
    """The texts that a call is given, or the list that it is given."""
    for each in part.given[:1]:
        yield from each.named_children if each.type == "array" else [each]
