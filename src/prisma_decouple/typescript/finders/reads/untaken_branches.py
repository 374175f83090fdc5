"""Branches that give a value, of which none is for what is absent now: `if (shelf) … else if (book.author) …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.idle_guards import asked_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.branches import left_without_value
from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_untaken_branches(file: FileContext) -> None:
    """Note the last conditions of such branches where they ask for what may be absent now.

    Args:
        file: the file; its findings are filled.
    """
    for statement in file.source.nodes("if_statement"):
        condition = statement.child_by_field_name("condition")
        names = left_without_value(statement)
        if condition is None or not names or file.is_told(condition):
            continue
        asked = (_asked(file, each) for each in conjuncts(condition))
        if (found := next(filter(None, asked), None)) is not None:
            why = (
                f"{with_article(found[0], 'A')} may be without `{found[1]}` now, and none of these branches gives "
                f"{name_list(names)} a value then. Look whether something should."
            )
            file.hint(condition, Kind.FLOW, Confidence.UNSURE, why)


def _asked(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The model, and its relation or field that may be absent now, of which a condition asks whether it is there.

    A variable may hold it among other things: `let author = null; if (book) author = book.author`.
    """
    found = file.types.of(value)
    is_held = found is not None and found.what is What.RECORD and found.is_nullable and not found.is_list
    held = found.became_null if found is not None and is_held and not is_there(file, value) else None
    return asked_of(file, value, is_error=False) or held
