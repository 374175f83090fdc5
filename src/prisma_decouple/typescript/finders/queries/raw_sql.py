"""SQL that is written by hand, in `$queryRaw` and elsewhere: neither the compiler nor Prisma looks at its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.sql.touches import Query
from prisma_decouple.typescript.changes import Stored
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import ancestors, callee, last_name, nearest, string_value, text_of
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import StoredField
    from prisma_decouple.typescript.context import FileContext

# Of Prisma's client, and of other libraries that are handed SQL.
_TAKERS = frozenset(
    {
        *("$executeRaw", "$executeRawUnsafe", "$queryRaw", "$queryRawUnsafe", "$queryRawTyped"),
        *("execute", "query", "raw", "sql", "unsafe"),
    }
)

_WORDS = re.compile(r"\b(?:DELETE|INSERT|JOIN|ORDER|SELECT|UPDATE|WHERE)\b", re.IGNORECASE)


def find_raw_sql(file: FileContext) -> None:
    """Note the SQL that uses a column which changed.

    Args:
        file: the file; its findings are filled.
    """
    for node, query in queries_about(file, {each.table for each in file.facts.stored}):
        _check(file, node, query)


def queries_about(file: FileContext, tables: AbstractSet[str]) -> Iterator[tuple[Node, Query]]:
    """The texts of a file that are SQL and speak of one of some tables.

    Args:
        file: the file.
        tables: as the database calls them.
    """
    names = {each.lower() for each in tables}
    is_about = any(each in file.source.text.lower() for each in names) and _WORDS.search(file.source.text)
    for node in file.source.nodes("template_string", "string") if is_about else ():
        text = text_of(node).lower()
        if any(table in text for table in names) and not _is_inside_sql(node):
            query = Query(_written(node))
            if (query.is_whole or _is_handed_over(node)) and not query.is_definition:
                yield node, query


def _check(file: FileContext, node: Node, query: Query) -> None:
    """Tell what matters most about a query, once."""
    fields = [each for each in file.facts.stored if query.names(each.table)]
    found = next((told for look in (_lacking, _lost, _dropping, _nullable) for told in look(query, fields)), None)
    if found is not None:
        kind, confidence, why = found
        file.hint(node, kind, confidence, why)


def _lacking(query: Query, fields: Sequence[StoredField]) -> Iterator[tuple[Kind, Confidence, str]]:
    """An insert that does not give a column without which the database takes no row."""
    for insert in query.inserts():
        needed = [each for each in fields if each.change is Stored.NEEDED and each.table == insert.table]
        lacking = [each for each in needed if each.column not in (insert.columns or ())]
        if lacking:
            is_listed = insert.columns is not None
            columns, model = name_list([each.column for each in lacking]), with_article(lacking[0].model, "A")
            why = f"{model} needs {columns} now, and " + (
                "this inserts one without." if is_listed else "whether this gives it cannot be seen here."
            )
            yield Kind.CREATE, Confidence.CERTAIN if is_listed else Confidence.UNSURE, why


def _lost(query: Query, fields: Sequence[StoredField]) -> Iterator[tuple[Kind, Confidence, str]]:
    for each in fields:
        if each.change is Stored.LOST and query.names(each.column):
            now = f" It is called `{each.successor}` now." if each.successor else ""
            why = f"The table `{each.table}` has no column `{each.column}` any more.{now}"
            yield Kind.GONE, Confidence.LIKELY, why


def _dropping(query: Query, fields: Sequence[StoredField]) -> Iterator[tuple[Kind, Confidence, str]]:
    for each in fields:
        is_key = each.change is Stored.NULLABLE and each.target
        if is_key and query.drops_without(each.column, each.target):
            why = f"This join leaves out every {each.model} without `{each.column}`, silently; a LEFT JOIN keeps it."
            yield Kind.FILTER, Confidence.LIKELY, why


def _nullable(query: Query, fields: Sequence[StoredField]) -> Iterator[tuple[Kind, Confidence, str]]:
    for each in fields:
        if each.change is Stored.NULLABLE and query.names(each.column) and not query.only_gives(each.column):
            why = (
                f"`{each.column}` of {with_article(each.model)} may be null now: a comparison with null is never true, "
                "and what is selected here is read as if it were there. Look what this SQL makes of it."
            )
            yield Kind.FLOW, Confidence.UNSURE, why


def _written(node: Node) -> str:
    """What is written in a text; what code puts into it counts as a parameter."""
    if node.type == "string":
        return string_value(node)
    parts = (text_of(each) if each.type != "template_substitution" else "?" for each in node.children[1:-1])
    return "".join(parts)


def _is_handed_over(node: Node) -> bool:
    """Whether a text is the argument, or the template, of a function that takes SQL."""
    outer = next((each for each in ancestors(node) if each.type != "arguments"), None)
    if outer is None or outer.type != "call_expression":
        return False
    function = outer.child_by_field_name("function")
    return callee(outer)[1] in _TAKERS or (function is not None and last_name(function) in _TAKERS)


def _is_inside_sql(node: Node) -> bool:
    """Whether a text is a part that is put into another one, which speaks for it."""
    outer = nearest(node, "template_string")
    return outer is not None and Query(_written(outer)).is_whole
