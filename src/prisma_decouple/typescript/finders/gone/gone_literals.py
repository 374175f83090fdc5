"""Gone fields in literals that stand apart from their query: in a variable, or in what a function gives back.

`const data = { handle: "x" }; create({ data })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone.gone_fields import note_lost
from prisma_decouple.typescript.finders.uses.held_literals import OF_QUERIES, HeldLiteral, held_literals
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.places.expectations import expected

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_gone_literals(file: FileContext) -> None:
    """Note the gone fields in such literals.

    The compiler lets a variable have more than its place wants; Prisma refuses it when the query is made.

    Args:
        file: the file; its findings are filled.
    """
    for held in held_literals(file) if file.facts.missing_names else ():
        if held.wanted.what in OF_QUERIES:
            _check_held(held.place.file, held)


def _check_held(file: FileContext, held: HeldLiteral) -> None:
    literal, wanted = held.place.node, held.wanted
    for name, given in given_by(literal).values.items():
        lost = file.facts.lost_of(wanted.model, name)
        holder = given.parent
        place = holder if holder is not None and holder.type == "pair" and key_of(holder) == name else given
        if lost is not None and not file.is_told(place):
            is_held = not held.is_named or not _is_only_for(file, held.whole.node)
            note_lost(file, place, lost, Confidence.CERTAIN, is_held=is_held)


def _is_only_for(file: FileContext, literal: Node) -> bool:
    """Whether a literal is held by a variable that is given to queries of one model, and to nothing else."""
    holder = literal.parent
    statement = holder.parent if holder is not None and holder.type == "variable_declarator" else None
    is_exported = statement is None or statement.parent is None or statement.parent.type == "export_statement"
    if holder is None or is_exported or holder.child_by_field_name("type") is not None:
        return False
    places = [expected(file, use) for use in uses_of_variable(holder)]
    models = {each.model if each is not None and each.what in OF_QUERIES else "" for each in places}
    return len(models) == 1 and "" not in models
