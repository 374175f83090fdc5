"""Fallbacks of a value that may be null now, where it goes on under its own name.

`{ authorId: book.authorId ?? 1 }` looks like a real author from here on, and `{ authorId: input.authorId ??
book.authorId }` can never take the author away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.key_uses import nullable_keys
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.syntax import NOTHING, has_safe_read, key_of, parenthesized, text_of, unwrapped
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.typed import DATA
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_named_fallbacks(file: FileContext) -> None:
    """Note the fallbacks that may be taken for a value, and those that keep an old one where null may be meant.

    Args:
        file: the file; its findings are filled.
    """
    for value, key in nullable_keys(file):
        outer = _fallback_around(value)
        pair = outer.parent if outer is not None else None
        is_kept = pair is not None and pair.type == "pair" and key_of(pair) == key.field
        if outer is None or not is_kept or is_there(file, value) or file.is_told(outer):
            continue
        left, right = outer.child_by_field_name("left"), outer.child_by_field_name("right")
        if left is not None and right is not None and unwrapped(left) == value:
            if right.type not in NOTHING and not has_safe_read(value):
                why = (
                    f"`{key.field}` of {with_article(key.model)} may be null now, and goes on from here as "
                    f"`{excerpt(text_of(right))}`. Look whether that may be mistaken for a real one, or stored as one."
                )
                file.hint(outer, Kind.SENTINEL, Confidence.UNSURE, why)
        elif _is_written(file, outer, key.model):
            why = f"Where none is given the old `{key.field}` is kept. It may be null now; this cannot make it null."
            file.hint(outer, Kind.SENTINEL, Confidence.UNSURE, why)


def _fallback_around(value: Node) -> Node | None:
    """The `value ?? other`, or `other ?? value`, in which a value stands."""
    outer = parenthesized(value).parent
    is_fallback = outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS
    return outer if is_fallback else None


def _is_written(file: FileContext, value: Node, model: str) -> bool:
    """Whether a value becomes a field of a record; what becomes of other literals is not asked."""
    literal = value.parent.parent if value.parent is not None else None
    wanted = expected(file, literal) if literal is not None else None
    return wanted is None or (wanted.what in DATA and wanted.model == model)
