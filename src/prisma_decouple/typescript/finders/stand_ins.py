"""Reads with `?.` that never met nothing, and what is shown or taken instead where they do now.

`{message.author?.name ?? "You"}` shows a message of nobody as one's own, `book.author?.id ?? book.id` is the key of
something else, and `<b>{book.author?.name}</b> wrote this` is a sentence without a subject.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.safe_reads import leaves_gap
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    callee,
    chain_around,
    first_name,
    last_name,
    parenthesized,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

# Who is called so is somebody: the one who reads it, or who does what nobody else did.
_SOMEBODY = re.compile(
    r"(?:the )?(?:you|me|i|myself|yourself|admin(?:istrator)?|system|sistema|système|support|staff|bot|automatic)",
    re.IGNORECASE,
)
# A cell of a table may well be empty.
_CELL = re.compile(r"<(?:td|\w*Cell)\b")
_GAP = "gap"
_NAMES = frozenset({"displayName", "firstName", "fullName", "name", "nickname", "username"})


def note_stand_in(file: FileContext, node: Node, relation: OptionalRelation) -> bool:
    """Note what is taken, or shown as nothing, in place of what is read of a record that may be absent.

    Args:
        file: the file; its findings are filled.
        node: the relation in a chain of reads that asks with `?.`, or behind a check.
        relation: the relation.

    Returns:
        Whether there is such a place.
    """
    chain = chain_around(node)
    if is_narrowed(file, node):
        return False
    model = with_article(relation.model, "A")
    for other in _instead_of(chain):
        if _is_taken_for_one(chain, other, relation) and not file.is_told(chain):
            why = (
                f"{model} may be without `{relation.field}` now, and `{excerpt(text_of(other))}` is taken instead then."
            )
            file.hint(chain, Kind.SENTINEL, Confidence.UNSURE, f"{why} Look whether that is right.")
            return True
    element = _showing(chain)
    shown = _shown_without(chain, element) if element is not None and (element.id, _GAP) not in file.checked else ""
    if element is None or not shown:
        return False
    file.checked.add((element.id, _GAP))
    why = f"{model} may be without `{relation.field}` now, and {shown}."
    file.hint(chain, Kind.READ, Confidence.UNSURE, why)
    return True


def _showing(value: Node) -> Node | None:
    """The element between whose tags a value is shown."""
    holder = parenthesized(value).parent
    element = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    return element if element is not None and element.type == "jsx_element" else None


def _shown_without(value: Node, element: Node) -> str:
    """What an element shows without a value that it names somebody by, in words; empty when that will do."""
    if leaves_gap(value):
        return "nothing is shown here then, with words around it"
    inner = [each for each in element.named_children[1:-1] if text_of(each).strip()]
    is_cell = _CELL.search(text_of(element.named_children[0])) is not None
    is_alone = len(inner) == 1 and last_name(value) in _NAMES and not is_cell
    return "this element is empty then, where there was a name" if is_alone else ""


def _instead_of(value: Node) -> Iterator[Node]:
    """What is taken instead of a value: `b`, then `c`, of `a ?? b ?? c`."""
    node = parenthesized(value)
    outer = node.parent
    while outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS:
        right = outer.child_by_field_name("right")
        if right is None or outer.child_by_field_name("left") != node:
            return
        yield unwrapped(right)
        node = parenthesized(outer)
        outer = node.parent


def _is_taken_for_one(chain: Node, other: Node, relation: OptionalRelation) -> bool:
    """Whether what is taken instead is the name of somebody, or the key of something else."""
    name, is_of_same = last_name(chain), first_name(other) == first_name(chain)
    if name == ID:
        is_own_key = last_name(other) in relation.foreign_keys
        return bool(string_value(other)) or (other.type in READS and last_name(other) == ID and not is_own_key)
    if other.type in READS:
        return name in _NAMES | {"email"} and last_name(other) == name and not is_of_same
    spoken = call_arguments(other) if other.type == "call_expression" and not callee(other)[0] else [other]
    written = string_value(spoken[0]) if len(spoken) == 1 else ""
    return _SOMEBODY.fullmatch(written.rsplit(".", 1)[-1].strip()) is not None
