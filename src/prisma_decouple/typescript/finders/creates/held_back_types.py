"""Written types that cannot get a new member, because some value of the type has nothing to put into it.

When `Draft` is to get an `authorId` so that a book can be made of it, a `Draft` that is made for a preview has none. No
person is told of such a value: it only keeps the patch from changing the type. `grown_literals` tells of the values
whose makers have to give the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.new_members import lacking, member_subject
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.types.places.arrivals import handed_values
from prisma_decouple.typescript.types.places.expectations import expected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_WHY = "This has a type that gets another member, and nothing for it."


def find_held_back_types(file: FileContext) -> None:
    """Note, quietly, the values without which a written type may not get its new member.

    Args:
        file: the file; its findings are filled, so that what has to be done elsewhere waits for these.
    """
    grown = {
        subject: relation
        for subject, (path, relation) in file.findings.grown.items()
        if file.source.path in file.project.users_of(path)
    }
    for value in _values(file) if grown else ():
        for relation in dict.fromkeys(grown.values()):
            subject = _lacks(file, value, relation)
            if subject in grown:
                file.hint(value, Kind.CREATE, Confidence.UNSURE, _WHY, completes=[subject], is_quiet=True)


def _values(file: FileContext) -> Iterator[Node]:
    yield from file.source.nodes("object")
    yield from handed_values(file)


def _lacks(file: FileContext, value: Node, relation: RequiredRelation) -> str:
    """The subject of the type that a value has to have, when it has not enough for it and nobody has said so."""
    wanted = expected(file, value)
    shape = lacking(wanted, relation)
    if wanted is None or shape is None or wanted.is_partial or not all(map(wanted.has, relation.foreign_keys)):
        return ""
    is_enough = _gives(file, value, relation) if value.type == "object" else _fits(file, value, shape.node, relation)
    return "" if is_enough else member_subject(shape, relation)


def _gives(file: FileContext, literal: Node, relation: RequiredRelation) -> bool:
    """Whether a literal has the keys, or may have them by what is spread into it, or is known to lack them."""
    given = given_by(literal)
    has_all = given.values.keys() >= set(relation.foreign_keys)
    return has_all or bool(given.opaque) or any(file.is_told(literal, kind) for kind in (Kind.CREATE, Kind.CALL))


def _fits(file: FileContext, value: Node, shape: Node, relation: RequiredRelation) -> bool:
    """Whether a value is of that type already, of another one that gets the keys, or of one that may have them."""
    other = lacking(file.types.of(value), relation)
    if other is None or other.node == shape or member_subject(other, relation) in file.findings.grown:
        return True
    return other.node.type == "object" and _gives(other.file, other.node, relation)
