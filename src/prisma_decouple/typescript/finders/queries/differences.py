"""Numbers of records that are taken for numbers of what they belong to: `shelves.length - (await db.book.count())`.

As long as each book had a shelf of its own, this was the number of free ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.kept_literals import options_of, part_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import callee, last_name, text_of, unwrapped
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_COUNT, _LENGTH, _MINUS = "count", "length", "-"


def find_differences(file: FileContext) -> None:
    """Note where records that may belong to none are subtracted from those to which they did.

    Args:
        file: the file; its findings are filled.
    """
    for difference in file.source.nodes("binary_expression") if file.source.called(_COUNT, "findMany") else ():
        if text_of(difference.child_by_field_name("operator")) != _MINUS:
            continue
        left, right = (difference.child_by_field_name(name) for name in ("left", "right"))
        of_all, counted = _counted(file, left), _counted(file, right)
        relations = [each for each in file.facts.optional_of(counted) if each.target == of_all] if of_all else []
        for relation in relations[:1] if not file.is_told(difference) else ():
            one = with_article(relation.model, "A")
            why = f"{one} may be without `{relation.field}` now, and is counted here as if it took one."
            file.hint(difference, Kind.FILTER, Confidence.UNSURE, f"{why} Look whether it should be.")


def _counted(file: FileContext, number: Node | None) -> str:
    """The model whose records a number counts; empty where it counts something else."""
    node = unwrapped(number) if number is not None else None
    if node is None:
        return ""
    if last_name(node) == _LENGTH and node.type == "member_expression":
        owner = node.child_by_field_name("object")
        found = file.types.of(owner) if owner is not None else None
        return found.model if found is not None and found.what is What.RECORD and found.is_list else ""
    call = unwrapped(held_by(node) or node)
    receiver, method = callee(call) if call.type == "call_expression" else (None, "")
    if receiver is None or method != _COUNT:
        return ""
    model, where = file.delegates.model_of(receiver), part_of(options_of(call), "where")
    relations = file.facts.optional_of(model or "")
    names = {name for each in relations for name in (each.field, *each.foreign_keys)}
    is_asked = where is not None and any(property_value(where, each) for each in names)
    return model if model is not None and not is_asked else ""
