"""Gone fields in literals that stand apart from their query: in a variable, or in what a function gives back.

`const data = { handle: "x" }; create({ data })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone_fields import note_lost
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.literals import given_by, values_of
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import PROPERTIES, key_of
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_OF_QUERIES = frozenset({What.FILTER, What.INPUT, What.LOADS, What.ORDER, What.UPDATE})


def find_gone_literals(file: FileContext) -> None:
    """Note the gone fields in such literals.

    The compiler lets a variable have more than its place wants; Prisma refuses it when the query is made.

    Args:
        file: the file; its findings are filled.
    """
    names = file.facts.missing_names
    if not names & file.source.words:
        return
    for node in file.source.nodes(*PROPERTIES):
        value = node.child_by_field_name("value") or node
        if value.type in {"object", "string", "true", "false", "null", "number"}:
            continue  # it stands in the query itself, as most do: what its place wants need not be asked
        wanted = expected(file, value)
        if wanted is not None and wanted.what in _OF_QUERIES:
            for literal in (each for each in values_of(value) if each.type == "object" and _is_elsewhere(value, each)):
                _check_held(file, literal, wanted)


def _is_elsewhere(value: Node, literal: Node) -> bool:
    return not value.start_byte <= literal.start_byte < value.end_byte or value.type == "call_expression"


def _check_held(file: FileContext, literal: Node, wanted: Type) -> None:
    for name, given in given_by(literal).values.items():
        lost = file.facts.lost_of(wanted.model, name)
        holder = given.parent
        place = holder if holder is not None and holder.type == "pair" and key_of(holder) == name else given
        if lost is not None and not file.is_told(place):
            note_lost(file, place, lost, Confidence.CERTAIN, is_held=not _is_only_for(file, literal, wanted))


def _is_only_for(file: FileContext, literal: Node, wanted: Type) -> bool:
    """Whether a literal is held by a variable that is given to queries of the same model, and to nothing else."""
    holder = literal.parent
    statement = holder.parent if holder is not None and holder.type == "variable_declarator" else None
    is_exported = statement is None or statement.parent is None or statement.parent.type == "export_statement"
    if holder is None or is_exported or holder.child_by_field_name("type") is not None:
        return False
    places = [expected(file, use) for use in uses_of_variable(holder)]
    return all(each is not None and each.what in _OF_QUERIES and each.model == wanted.model for each in places)
