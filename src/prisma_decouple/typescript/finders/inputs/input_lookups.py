"""Lookups by what comes in, where a record can do without now: `findUnique({ where: { id: input.authorId } })`.

Prisma throws where the key of `findUnique` is undefined, and finds any author where that of `findFirst` is ("Null and
undefined").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.kept_literals import literal_of, options_of, part_of
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import callee, is_inside, text_of
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_ANY = frozenset({"findFirst", "findFirstOrThrow"})
_ONE = frozenset({"findUnique", "findUniqueOrThrow"})
_ASKING = frozenset({"count", "findFirst", "findFirstOrThrow", "findMany"})
_CHANGING = frozenset({"delete", "deleteMany", "update", "updateMany"})
_LEFT_OUT = "undefined"


def note_lookups(file: FileContext, function: Node, sources: Container[str], relation: OptionalRelation) -> None:
    """Note where a related record is looked up by what may be left out now.

    Args:
        file: the file; its findings are filled.
        function: in which a record gets its key.
        sources: what the key is called there.
        relation: that may be absent, and leads to what is looked up.
    """
    for call in file.source.called(*_ANY, *_ONE):
        receiver, method = callee(call)
        is_meant = receiver is not None and file.delegates.model_of(receiver) == relation.target
        for key in _keys_of(call, relation) if is_meant and is_inside(function, call) else ():
            found = file.types.of(key)
            nothing = found.nothing if found is not None and found.what is not What.KEY else frozenset[str]()
            if text_of(key) not in sources or not nothing or is_narrowed(file, key, text_of(key)) or file.is_told(key):
                continue
            is_any = method in _ANY and _LEFT_OUT in nothing
            then = f"finds any {relation.target}" if is_any else "throws"
            why = (
                f"{with_article(relation.model, 'A')} may be without `{relation.foreign_keys[0]}` now, and without one"
            )
            file.hint(key, Kind.FLOW, Confidence.LIKELY, f"{why} `{method}` {then}. Ask only where there is one.")


def note_changes(file: FileContext, function: Node, keys: Collection[Node], relation: OptionalRelation) -> None:
    """Note where the related record is changed by a key that is as good as always there until now.

    Args:
        file: the file; its findings are filled.
        function: in which a record gets its key.
        keys: where the function reads the key: `line.authorId`.
        relation: that may be absent, and leads to what is changed.
    """
    for call in file.source.called(*_CHANGING) if keys else ():
        receiver, method = callee(call)
        is_meant = receiver is not None and file.delegates.model_of(receiver) == relation.target
        for key in _keys_of(call, relation) if is_meant and is_inside(function, call) else ():
            if key in keys and not is_narrowed(file, key, text_of(key)) and not file.is_told(key):
                one = with_article(relation.model, "A")
                why = f"{one} may be without `{relation.foreign_keys[0]}` now, and without one `{method}` throws."
                file.hint(key, Kind.FLOW, Confidence.UNSURE, f"{why} Do it only where there is one.")


def note_clashes(file: FileContext, function: Node, sources: Container[str], relation: OptionalRelation) -> None:
    """Note where others of the same model are looked up by a key that may be null now: all without one are found then.

    `findFirst({ where: { authorId: input.authorId, title } })`, before a book is made of the input, finds any book
    without an author, as if they were all of one.

    Args:
        file: the file; its findings are filled.
        function: in which a record gets its key.
        sources: what the key is called there.
        relation: that may be absent.
    """
    for call in file.source.called(*_ASKING, *_ONE):
        receiver, method = callee(call)
        is_meant = receiver is not None and file.delegates.model_of(receiver) == relation.model
        asked = _parts_of_keys(file, call, relation.model) if method in _ONE else _asked_by(call)
        for name, key in asked if is_meant and is_inside(function, call) else ():
            is_same = name in relation.foreign_keys and text_of(key) in sources
            if is_same and not is_narrowed(file, key, text_of(key)) and not file.is_told(key):
                file.hint(key, Kind.FILTER, Confidence.UNSURE, _clash(method, relation))


def _clash(method: str, relation: OptionalRelation) -> str:
    one, field = with_article(relation.model, "a"), relation.field
    if method in _ONE:
        why = f"Where the key is null, this throws, and nothing keeps {one} without `{field}` from being there twice."
        return f"{why} Look whether something should."
    why = f"Where the key is null, this finds {one} of those without `{field}`, as if they were of one"
    return f"{why}. Look whether it should."


def _keys_of(call: Node, relation: OptionalRelation) -> Iterator[Node]:
    """What the key of a record is said to be in the `where` of a query for it."""
    yield from (value for name, value in _asked_by(call) if name in relation.references)


def _asked_by(call: Node) -> Iterator[tuple[str, Node]]:
    """What the `where` of a query asks for."""
    where = part_of(options_of(call), "where")
    yield from properties(where) if where is not None else ()


def _parts_of_keys(file: FileContext, call: Node, model: str) -> Iterator[tuple[str, Node]]:
    """What a query asks for by a key of several fields: `{ authorId_title: { authorId, title } }`."""
    for name, value in _asked_by(call):
        parts = literal_of(value) if not file.facts.knows_field(model, name) else None
        yield from properties(parts) if parts is not None else ()
