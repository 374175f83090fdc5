"""What demands a key on its way into SQL, `INSERT INTO "Book" ("authorId") VALUES (${authorId})`, as before a create.

It is `db.book.create({ data: { authorId } })` in other words, and the column can do without now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import Stored
from prisma_decouple.typescript.finders.inputs.inbound import asked_before, check_source, first_choice, given_by_value
from prisma_decouple.typescript.finders.inputs.refusals import check_checked, check_value, owner_of_value
from prisma_decouple.typescript.finders.inputs.ways_in import follow_in
from prisma_decouple.typescript.finders.queries.raw_sql import queries_about
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import call_arguments, children_of
from prisma_decouple.typescript.source.who_asks import tells_who_asks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.sql.touches import Query
    from prisma_decouple.typescript.changes import StoredField
    from prisma_decouple.typescript.context import FileContext

_PART, _VALUES = "template_substitution", "values"


def find_raw_writes(file: FileContext) -> None:
    """Note what refuses to be given nothing on the way to a column that may be null now.

    Args:
        file: the file with the SQL; the findings of all files on the way are filled.
    """
    fields = [each for each in file.facts.stored if each.change is Stored.NULLABLE]
    queries = queries_about(file, {each.table for each in fields}) if fields else ()
    for node, query in queries if not is_test(file.source.path) else ():
        for value, field, is_changed in _written(node, query, fields):
            if not tells_who_asks(first_choice(value)):
                _check(file, value, field, is_changed=is_changed)


def _check(file: FileContext, value: Node, field: StoredField, *, is_changed: bool) -> None:
    check_value(Place(file, value), field.name, field.model)
    owner = owner_of_value(value)
    if owner is not None:
        check_checked(file, owner, field.model)
    said = [*given_by_value(file, value), *asked_before(file, value, field.model, field.name)]
    for found in filter(None, said):
        check_source(found, field.model, field.name, is_changed=is_changed)
        follow_in(found, field.name, field.model)


def _written(node: Node, query: Query, fields: Sequence[StoredField]) -> Iterator[tuple[Node, StoredField, bool]]:
    """What code puts into a query for a column, each with the column and whether the row is there already."""
    put_in = [each.named_children[0] for each in children_of(node) if each.type == _PART and each.named_children]
    beside = _given_beside(node)
    inserted = {each.table for each in query.inserts()}
    for given in query.given():
        values = put_in if put_in and not given.is_numbered else beside
        for field in fields if given.at < len(values) else ():
            names = ((field.table, given.table), (field.column, given.column))
            if all(own.lower() == written.lower() for own, written in names):
                yield values[given.at], field, given.table not in inserted


def _given_beside(node: Node) -> list[Node]:
    """What is given beside a text with `$1` in it: in a list, as further arguments, or as the `values` of an object."""
    holder = node.parent
    if holder is not None and holder.type == "variable_declarator":
        use = next((each for each in uses_of_variable(holder) if each.parent and each.parent.type == "arguments"), None)
        return _given_beside(use) if use is not None else []
    if holder is not None and holder.type == "pair" and holder.parent is not None:
        values = property_value(holder.parent, _VALUES)
        return children_of(values) if values is not None and values.type == "array" else []
    call = holder.parent if holder is not None and holder.type == "arguments" else None
    given = call_arguments(call)[1:] if call is not None else []
    return children_of(given[0]) if given and given[0].type == "array" else given
