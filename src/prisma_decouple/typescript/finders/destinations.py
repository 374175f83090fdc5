"""Where what a schema lets in gets to: a key of another model says nothing of the one that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.uses import reads_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_FIELDS = frozenset({What.FILTER, What.INPUT, What.UPDATE})
_TAKEN_OUT = ("shorthand_property_identifier_pattern", "pair_pattern")


def goes_elsewhere(schema: Place, name: str) -> bool:
    """Whether everything that a member of a schema lets in is seen to become, or to look for, what did not change.

    Args:
        schema: the schema of the member.
        name: the member.
    """
    uses = reads_of(schema.file.project, name).get(schema.node.id, [])
    files = {use.file.source.path: use.file for use in uses}
    is_taken_out = any(key_of(each) == name for file in files.values() for each in file.source.nodes(*_TAKEN_OUT))
    return bool(uses) and not is_taken_out and all(_is_of_another(use.file, use.node) for use in uses)


def _is_of_another(file: FileContext, value: Node) -> bool:
    """Whether a value is given to, or compared with, a field of a query in which nothing became optional."""
    pair = value.parent
    literal = pair.parent if pair is not None and pair.type == "pair" else None
    wanted = expected(file, literal) if literal is not None else None
    if pair is None or wanted is None or wanted.what not in _FIELDS:
        return False
    return file.facts.nullability(wanted.model, key_of(pair)) is None
