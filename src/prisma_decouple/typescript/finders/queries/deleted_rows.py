"""Deletions that the database is told without Prisma, of what others need not belong to any more, or have to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.deletions import reasons_of
from prisma_decouple.typescript.finders.queries.query_builders import table_of
from prisma_decouple.typescript.finders.queries.raw_sql import queries_about
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_deleted_rows(file: FileContext) -> None:
    """Note them; a test knows what it has made.

    Args:
        file: the file; its findings are filled.
    """
    targets = {each.target for each in file.facts.stored if each.target}
    if not targets or is_test(file.source.path):
        return
    for node, query in queries_about(file, targets):
        for table in query.deletes():
            _note(file, node, table)
    for call in file.source.called("deleteFrom"):
        _note(file, call, table_of(call))


def _note(file: FileContext, place: Node, table: str) -> None:
    fields = {(each.model, each.name) for each in file.facts.stored if each.target and each.target == table}
    held = [each for each in file.facts.required if each.holds and (each.model, each.foreign_keys[0]) in fields]
    freed = [each for each in file.facts.optional if (each.model, each.foreign_keys[0]) in fields]
    for target in sorted({*(each.target for each in held), *(each.target for each in freed)}):
        if (reasons := " ".join(reasons_of(held, freed, target))) and not file.is_told(place, Kind.FILTER):
            file.hint(place, Kind.FILTER, Confidence.UNSURE, reasons)
