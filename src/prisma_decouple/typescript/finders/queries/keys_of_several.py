"""Records that are removed or changed by a key of several fields, one of which may be null now.

`db.book.delete({ where: { shelfId_authorId: { shelfId, authorId } } })`: the client takes no null in such a key, and
so a book without an author is removed by none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.kept_literals import literal_of, options_of, part_of
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    callee,
    descendants,
    function_around,
    owner_of_read,
    unwrapped,
)
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_FINDS = ("findUnique", "findUniqueOrThrow")
_REMOVES = frozenset({"delete", "deleteMany"})
_CHANGES = frozenset({"update", "updateMany", "updateManyAndReturn"})


def find_keys_of_several(file: FileContext) -> None:
    """Note such keys, where nothing in the code base removes, or changes, the records by another key.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called("delete", "update", *_FINDS) if not is_test(file.source.path) else ():
        for relation in file.facts.optional_of(_model_of(file, call)):
            key = _part_of_key(file, call, relation)
            methods = _done_by(file, call) if key is not None and not file.is_told(key) else None
            if key is not None and methods and not _is_done_otherwise(file, relation, methods):
                done = "removed" if methods == _REMOVES else "changed"
                one, field = with_article(relation.model, "A"), f"`{relation.field}`"
                why = (
                    f"{one} without {field} is not {done} by this: the client takes no null in a key of several fields."
                )
                file.hint(key, Kind.FILTER, Confidence.UNSURE, f"{why} Look how one is to be {done}.")


def _model_of(file: FileContext, call: Node) -> str:
    receiver = callee(call)[0]
    return (file.delegates.model_of(receiver) if receiver is not None else None) or ""


def _part_of_key(file: FileContext, call: Node, relation: OptionalRelation) -> Node | None:
    """What a query gives as the key of the relation in a key of several fields."""
    for name, value in _asked_by(call):
        parts = literal_of(value) if not file.facts.knows_field(relation.model, name) else None
        if parts is not None:
            return next((each for part, each in properties(parts) if part in relation.foreign_keys), None)
    return None


def _asked_by(call: Node) -> Iterator[tuple[str, Node]]:
    where = part_of(options_of(call), "where")
    yield from properties(where) if where is not None else ()


def _done_by(file: FileContext, call: Node) -> frozenset[str]:
    """The methods that do what a call does, or with the record that it finds; none where nothing is done."""
    method = callee(call)[1]
    if method not in _FINDS:
        return _REMOVES if method in _REMOVES else _CHANGES
    function, model = function_around(call), _model_of(file, call)
    for other in descendants(function, "call_expression") if function is not None else ():
        methods = next((each for each in (_REMOVES, _CHANGES) if callee(other)[1] in each), None)
        if methods and _model_of(file, other) == model and any(_is_of(each, call) for _, each in _asked_by(other)):
            return methods
    return frozenset()


def _is_of(key: Node, call: Node) -> bool:
    """Whether a key is that of the record that a call finds."""
    owner = owner_of_read(unwrapped(key))
    held = held_by(owner) if owner is not None else None
    return held is not None and unwrapped(held) == call


def _is_done_otherwise(file: FileContext, relation: OptionalRelation, methods: frozenset[str]) -> bool:
    """Whether somewhere the same is done to records that are not chosen by the key of the relation."""
    calls = (each for method in sorted(methods) for each in file.project.calls_of(method))
    return any(
        _model_of(other, call) == relation.model and not _is_by_relation(other, call, relation)
        for other, call in calls
        if not is_test(other.source.path)
    )


def _is_by_relation(file: FileContext, call: Node, relation: OptionalRelation) -> bool:
    """Whether a query chooses by the key of the relation, or by the record that such a query found."""
    asked = list(_asked_by(call))
    if any(name in relation.foreign_keys for name, _ in asked) or _part_of_key(file, call, relation) is not None:
        return True
    owners = (owner_of_read(unwrapped(value)) for _, value in asked)
    found = (unwrapped(held) for owner in owners if owner is not None and (held := held_by(owner)) is not None)
    return any(_part_of_key(file, each, relation) is not None for each in found if each.type == "call_expression")
