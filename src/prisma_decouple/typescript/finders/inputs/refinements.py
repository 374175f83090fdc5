"""What refines a schema and refuses for want of a value that a record can do without now.

`z.object({ authorId: z.string().optional() }).refine((book) => !!book.authorId || !!book.authorName)`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.refusals import note_refused
from prisma_decouple.typescript.finders.inputs.refusing_conditions import refusals_of_check
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, callee, is_function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_CHAIN = frozenset({"arguments", "call_expression", "member_expression", "object", "pair"})
_REFINES = frozenset({"refine", "superRefine"})


def check_refinements(member: Place, name: str, model: str) -> None:
    """Note what refuses there.

    Args:
        member: what a schema says of one of its members; the findings of its file are filled.
        name: of the field that it becomes.
        model: of the record.
    """
    for call in _around(member.node):
        check = next(iter(call_arguments(call)), None) if callee(call)[1] in _REFINES else None
        if check is not None and is_function(check):
            note_refused(next(refusals_of_check(Place(member.file, check), name), None), name, model)


def _around(member: Node) -> Iterator[Node]:
    """The calls of the chain that makes the schema with a member in it."""
    for outer in ancestors(member):
        if outer.type not in _CHAIN:
            return
        if outer.type == "call_expression":
            yield outer
