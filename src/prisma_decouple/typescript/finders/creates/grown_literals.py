"""Literals of a written type that is to get a new key, wherever they are made.

When `Draft` gets an `authorId` because `saveDraft(draft: Draft)` makes a book of it, every other `Draft` in the code
has to give one as well. `held_back_types` has those that cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.leads import lacking_shape
from prisma_decouple.typescript.finders.creates.passed_keys import check_made
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import WRITTEN, members_of
from prisma_decouple.typescript.types.written.members import is_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.finders.creates.leads import Lead
    from prisma_decouple.typescript.source.place import Place

_DEPTH = 8


def find_grown_literals(leads: Sequence[Lead]) -> Iterator[Lead]:
    """Note the literals that lack the key which their type gets.

    Args:
        leads: the functions whose parameters have such types.

    Yields:
        The functions around these literals whose callers have to give the key.
    """
    for lead in leads:
        shape = lacking_shape(lead)
        for file in _makers(shape) if shape is not None else ():
            yield from _check_literals(file, shape, lead) if shape is not None else ()


def _makers(shape: Place) -> Iterator[FileContext]:
    """The files in which a value of a written type may be made: they name what it must have."""
    members = (each for each in members_of(shape.node) if not any(child.type == "?" for child in each.children))
    names, project = {key_of(each) for each in members}, shape.file.project
    for path in sorted(project.users_of(shape.file.source.path)):
        if path == shape.file.source.path or names <= project.files[path].source.words:
            yield project.files[path]


def _check_literals(file: FileContext, shape: Place, lead: Lead) -> Iterator[Lead]:
    for literal in file.source.nodes("object"):
        if not file.is_told(literal, Kind.CALL) and _is_wanted(file, literal, shape, lead):
            yield from check_made(file, literal, lead, _called(shape))


def _is_wanted(file: FileContext, value: Node, shape: Place, lead: Lead) -> bool:
    """Whether a place wants a whole value of a written type."""
    wanted = expected(file, value)
    if wanted is None or wanted.what not in WRITTEN or wanted.place is None or wanted.is_partial:
        return False
    return all(map(wanted.has, lead.relation.foreign_keys)) and is_part(wanted.place, shape, _DEPTH)


def _called(shape: Place) -> str:
    """The name of a written type; empty when it has none."""
    named = shape.node if key_of(shape.node) else shape.node.parent
    return key_of(named) if named is not None else ""
