"""Related records that are spread into an object or an element: null adds nothing, and it is made all the same.

`{ ...book.author }`, `<Card {...book.author} />`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_detour, note_read
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import children_of, key_of, text_of
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.misfits import needed_members
from prisma_decouple.typescript.types.typed import WRITTEN, What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What is made of what is spread, by what is around that.
_IN_ELEMENT = "jsx_expression"
_MADE = {_IN_ELEMENT: "element", "object": "object"}
_VALUES = frozenset({"identifier", "member_expression", "non_null_expression"})


def find_spreads(file: FileContext) -> None:
    """Note where a record that may be absent is spread into an object, or into an element of a page.

    Args:
        file: the file; its findings are filled.
    """
    for spread in file.source.nodes("spread_element"):
        made, value = _MADE.get(spread.parent.type if spread.parent is not None else ""), spread.named_children[-1]
        if made is not None and value.type in _VALUES and not _has_defaults(spread):
            _check(file, spread, value, made)


def _has_defaults(spread: Node) -> bool:
    """Whether something stands before what is spread, for when that has nothing: `{ name: "", ...post.author }`."""
    before = spread.prev_named_sibling
    while before is not None and before.type == "comment":
        before = before.prev_named_sibling
    return before is not None and before.type != "spread_element"


def _check(file: FileContext, spread: Node, value: Node, made: str) -> None:
    """A record that is spread: only one that was always there, and may be absent now, matters."""
    found = file.types.of(value)
    if found is None or found.what is not What.RECORD or found.became_null is None or found.is_list:
        return
    if not found.is_nullable or is_narrowed(file, value):
        return
    model, field = found.became_null
    needed = _needed(file, spread, found.model)
    (note_read if needed else note_detour)(file, found.place)
    why = (
        f"The `{field}` of {with_article(model)} may be null now. Spreading null adds nothing, so this {made} is made "
        f"all the same, without {name_list(needed) if needed else f'what {with_article(found.model)} has'}."
    )
    file.hint(spread, Kind.READ, file.sure_of_null if needed else Confidence.LIKELY, why, absent=value)


def _needed(file: FileContext, spread: Node, model: str) -> list[str]:
    """What the place of an object or an element needs of a record that is spread into it, and nothing else gives."""
    wanted, holder = expected(file, spread.named_children[-1]), spread.parent
    if wanted is None or wanted.what not in WRITTEN or wanted.is_list or holder is None:
        return []
    beside = children_of(holder.parent if holder.type == _IN_ELEMENT and holder.parent is not None else holder)
    given = {
        key_of(each) or (text_of(each.named_children[0]) if each.type == "jsx_attribute" else "") for each in beside
    }
    names = (name for name in needed_members(wanted) if name not in given)
    return [name for name in names if file.facts.column_of(model, name) is not None]
