"""What is asked before a record is deleted, when more keeps it from that now: `if (author.books.length > 0) throw …`.

The database refuses to delete an author to whom a prize has to belong now, and who asks only for books does not say so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    VALUE_NAMES,
    call_arguments,
    callee,
    descendants,
    function_around,
    is_inside,
    key_of,
    last_name,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import refuses
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation, RelationField, RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_SAYS_SO = re.compile(r"(?:is_?)?(?:delet|remov)e?able|can_?(?:be_?)?(?:delete|remove)d?", re.IGNORECASE)
_COUNTS = "_count"
_STEPS = 2


def find_deletion_checks(file: FileContext, deletions: Iterable[tuple[Node, str]]) -> None:
    """Note what asks for all that keeps a record from being deleted, but for what does so only now.

    Args:
        file: the file; its findings are filled.
        deletions: the calls in it that delete, each with the model.
    """
    keeping = [each for each in file.facts.required if each.keeps]
    for call, model in deletions if keeping else ():
        for asked in _asked_before(call):
            _check(file, asked, [each for each in keeping if each.target == model])
    for said in _said(file) if keeping else ():
        _check(file, said, keeping)


def _check(file: FileContext, asked: Node, keeping: Iterable[RequiredRelation]) -> None:
    """A condition, or what a variable or property says: does it ask for other lists only?"""
    place = _written(asked)
    for relation in keeping:
        found = [each for each in _lists_in(file, asked) if each.target == relation.target]
        if not found or asks_for(file, asked, relation) or file.is_told(place, Kind.FILTER):
            continue
        one, it = with_article(relation.target), f"`{relation.target_list or relation.model}`"
        why = f"This asks what belongs to {one} before it is deleted. {with_article(relation.model, 'A')} does as well"
        why += f" now, by `{relation.field}`, and keeps it from being deleted: ask for {it} too."
        file.hint(place, Kind.FILTER, Confidence.LIKELY, why)


def asks_for(file: FileContext, asked: Node, relation: OptionalRelation | RequiredRelation) -> bool:
    """Whether a condition asks for the records that belong to another one by a relation.

    Args:
        file: the file.
        asked: the condition.
        relation: of these records.
    """
    return any((each.model, each.name) == (relation.model, relation.field) for each in _lists_in(file, asked))


def is_check_told(file: FileContext, call: Node) -> bool:
    """Whether what is asked before a record is deleted is told already: who asks for all has thought of the deletion.

    Args:
        file: the file.
        call: the call that deletes.
    """
    return any(file.is_told(_written(each), Kind.FILTER) for each in _asked_before(call))


def _asked_before(call: Node) -> Iterator[Node]:
    """The conditions on which a function refuses before it deletes, or on which it deletes."""
    function = function_around(call)
    for statement in descendants(function, "if_statement") if function is not None else ():
        condition, consequence = (statement.child_by_field_name(each) for each in ("condition", "consequence"))
        if condition is None or consequence is None:
            continue
        is_before = statement.end_byte <= call.start_byte and refuses(consequence)
        if is_before or is_inside(consequence, call):
            yield condition


def _said(file: FileContext) -> Iterator[Node]:
    """What says whether a record can be deleted: `{ canDelete: books.length === 0 }`."""
    for holder in file.source.nodes("pair", "variable_declarator"):
        value = holder.child_by_field_name("value")
        if value is not None and _SAYS_SO.fullmatch(key_of(holder)):
            yield value


def _written(asked: Node) -> Node:
    """What is asked, where that is kept in a variable: `const isUsed = author.books.length > 0`."""
    node = unwrapped(asked)
    held = held_by(node) if node.type in VALUE_NAMES else None
    return held or asked


def _lists_in(file: FileContext, asked: Node, steps: int = _STEPS) -> Iterator[RelationField]:
    """The relations whose records an expression asks for, by the list that a record has, or by a query for them."""
    for node in (asked, *(each for kind in (*READS, *VALUE_NAMES) for each in descendants(asked, kind))):
        if node.type in READS and (found := _by_list(file, node)) is not None:
            yield found
        held = held_by(node) if node.type in VALUE_NAMES else None
        call = unwrapped(held) if held is not None else None
        if call is not None and call.type == "call_expression":
            yield from _by_query(file, call)
        elif call is not None and steps:
            yield from _lists_in(file, call, steps - 1)


def _by_list(file: FileContext, read: Node) -> RelationField | None:
    """The relation of `author.books`, or of `author._count.books`, by its other side."""
    owner = read.child_by_field_name("object")
    is_count = owner is not None and last_name(owner) == _COUNTS
    record = unwrapped(owner).child_by_field_name("object") if owner is not None and is_count else owner
    found = file.types.of(record) if record is not None else None
    if found is None or found.what is not What.RECORD:
        return None
    names = ((each.model, each.name, each.opposite) for each in file.facts.relations if not each.foreign_keys)
    owned = next((each for each in names if each[:2] == (found.model, last_name(read))), None)
    others = (each for each in file.facts.relations if each.foreign_keys and each.target == found.model)
    return next((each for each in others if owned is not None and _leads_back(file, each, owned)), None)


def _leads_back(file: FileContext, relation: RelationField, owned: tuple[str, str, str]) -> bool:
    """Whether a relation is the other side of a list, given by its model, its name and the name of its other side."""
    model, name, opposite = owned
    listed = file.facts.relation_of(model, name)
    is_of_model = listed is not None and listed.target == relation.model
    return is_of_model and (relation.name == opposite if opposite else relation.opposite in {"", name})


def _by_query(file: FileContext, call: Node) -> Iterator[RelationField]:
    """The relations by whose keys a query asks for records: `db.book.count({ where: { authorId } })`."""
    receiver = callee(call)[0]
    model = file.delegates.model_of(receiver) if receiver is not None else None
    given = call_arguments(call)[:1] if model is not None else []
    named = {key_of(pair) for each in given for kind in PROPERTIES for pair in descendants(each, kind)}
    yield from (
        each
        for each in file.facts.relations
        if each.model == model and each.foreign_keys and named & {*each.foreign_keys, each.name}
    )
