"""Tables of the code base's own that repeat a model, as a phone keeps what it gets from the server.

`sqliteTable("books", { authorId: text("author_id").notNull() })`, or `CREATE TABLE books (author_id TEXT NOT NULL)`,
takes no book without an author; neither the compiler nor Prisma knows that they have to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.sql.changes import CreateTable
from prisma_decouple.sql.effects import changes
from prisma_decouple.sql.script import statements
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_called_after_only, repeats
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    key_of,
    string_value,
    text_of,
)
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Collection

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_DECLARES = re.compile(r"(?:\w*T|^t)able$")  # of Drizzle: `pgTable`, `sqliteTable`
_REFUSES = "notNull"
_CREATES = re.compile(r"\bCREATE\s+TABLE\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"_([a-z])")


def find_own_tables(file: FileContext) -> None:
    """Note the columns of such tables that take no null and repeat a key that may be null now.

    Args:
        file: the file; its findings are filled.
    """
    if _REFUSES in file.source.text:
        for pair in file.source.nodes("pair"):
            _check_column(file, pair)
    if _CREATES.search(file.source.text) is not None:
        for text in file.source.nodes("template_string", "string"):
            _check_definition(file, text)


def _check_column(file: FileContext, pair: Node) -> None:
    """`authorId: text("author_id").notNull()` in what declares a table."""
    relations, literal = file.facts.optional_by_key(key_of(pair)), pair.parent
    call = literal.parent.parent if literal is not None and literal.parent is not None else None
    if not relations or literal is None or call is None or not _DECLARES.search(callee(call)[1]):
        return
    name = string_value(next(iter(call_arguments(call)), None))
    relation = _repeated(file, relations, name, {key for key, _ in properties(literal)})
    if relation is not None and any(callee(each)[1] == _REFUSES for each in descendants(pair, "call_expression")):
        _note(file, pair, relation, key_of(pair))


def _check_definition(file: FileContext, text: Node) -> None:
    """`CREATE TABLE books (author_id TEXT NOT NULL)`."""
    if _CREATES.search(text_of(text)) is None:
        return
    done = [each for statement in statements(text_of(text)[1:-1]) for each in changes(statement)]
    for table in (each for each in done if isinstance(each, CreateTable)):
        columns = {_spoken(each.name): each for each in table.columns}
        for name in (name for name, column in columns.items() if column.is_required):
            relation = _repeated(file, file.facts.optional_by_key(name), table.table.name, columns)
            if relation is not None and not file.is_told(text, Kind.TYPE):
                _note(file, text, relation, columns[name].name)


def _spoken(column: str) -> str:
    """The name of a column as that of a field: `authorId` for `author_id`."""
    return _NEXT_WORD.sub(lambda found: found[1].upper(), column)


def _repeated(
    file: FileContext, relations: Collection[OptionalRelation], table: str, names: Collection[str]
) -> OptionalRelation | None:
    """The relation of the model after which a table is called, and whose fields it has."""
    facts = file.facts
    meant = (
        each
        for each in relations
        if is_called_after_only(facts, table, each.model) and repeats(facts, each.model, names)
    )
    return next(meant, None)


def _note(file: FileContext, node: Node, relation: OptionalRelation, column: str) -> None:
    why = f"This table takes no row without `{column}`; {with_article(relation.model)} may be without "
    why += f"`{relation.field}` now. Where it keeps copies of these, let null in."
    file.hint(node, Kind.TYPE, Confidence.LIKELY, why)
