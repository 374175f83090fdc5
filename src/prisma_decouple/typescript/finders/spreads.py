"""Related records that are spread into an object, `{ ...book.author }`: null adds nothing, and the object is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.loaded_relations import note_detour
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_VALUES = frozenset({"identifier", "member_expression", "non_null_expression"})


def find_spreads(file: FileContext) -> None:
    """Note where a record that may be absent is spread into an object.

    Args:
        file: the file; its findings are filled.
    """
    for spread in file.source.nodes("spread_element"):
        literal, value = spread.parent, spread.named_children[-1]
        if literal is not None and literal.type == "object" and value.type in _VALUES and not _has_defaults(spread):
            _check(file, spread, value)


def _has_defaults(spread: Node) -> bool:
    """Whether something stands before what is spread, for when that has nothing: `{ name: "", ...post.author }`."""
    before = spread.prev_named_sibling
    while before is not None and before.type == "comment":
        before = before.prev_named_sibling
    return before is not None and before.type != "spread_element"


def _check(file: FileContext, spread: Node, value: Node) -> None:
    """A record that is spread: only one that was always there, and may be absent now, matters."""
    found = file.types.of(value)
    if found is None or found.what is not What.RECORD or found.became_null is None or found.is_list:
        return
    if not found.is_nullable or is_narrowed(file, value):
        return
    note_detour(file, found.place)
    model, field = found.became_null
    why = (
        f"The `{field}` of {with_article(model)} may be null now. Spreading null adds nothing, so this object is made "
        f"all the same, without what {with_article(found.model)} has."
    )
    file.hint(spread, Kind.READ, Confidence.LIKELY, why)
