"""Literals of nothing but what is read of one record that may be absent: `writer: { id: book.author.id }`.

Read safely value by value, such a writer would be there without an author: it is null as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.safe_reads import needs_of_read
from prisma_decouple.typescript.source.made_of_one import first_read
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.syntax import ancestors, has_safe_read, is_function, text_of, unwrapped
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.tolerance import takes_nothing
from prisma_decouple.typescript.types.typed import WRITTEN

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


class Whole(NamedTuple):
    """Something that is nothing without a record.

    Attributes:
        place: the literal, or the element.
        is_first: whether the read that is asked about is the first of the record in it.
        edits: what makes it nothing without the record.
        is_taken: whether its place takes that.
        told: what it is then, in a sentence.
        nothing: of a literal, whether that is null or undefined.
    """

    place: Node
    is_first: bool
    edits: list[Edit]
    is_taken: bool
    told: str
    nothing: str = ""


def whole_around(file: FileContext, node: Node) -> Whole | None:
    """The literal that is made of one record that may be absent, and of nothing else: the outermost one.

    Args:
        file: the file.
        node: the record, where it is read on from.

    Returns:
        None where there is none, where it is the value of no property, or where only its values may be nothing.
    """
    found, name = None, plain(text_of(node))
    for outer in ancestors(node) if is_reference(node) else ():
        if is_function(outer):
            break
        first = first_read(outer, name) if outer.type == "object" else None
        found = (outer, first) if first is not None and _is_free(file, outer) else found
    if found is None:
        return None
    literal, first = found
    takes_null = takes_nothing(file, literal)
    takes_undefined = not takes_null and takes_nothing(file, literal, "undefined")
    is_taken, nothing = takes_null or takes_undefined, "undefined" if takes_undefined else "null"
    if not is_taken and not needs_of_read(file, first):
        return None  # its values may be nothing, for all that is seen, and it may not
    told = f"Without it there is nothing to make this of: it is {nothing} as a whole."
    return Whole(literal, first == node, _edits(file, literal, node, nothing), is_taken, told, nothing)


def _is_free(file: FileContext, literal: Node) -> bool:
    """Whether a literal in a property is none of those that queries are given, as far as is known."""
    pair = literal.parent
    owner = expected(file, pair.parent) if pair is not None and pair.parent is not None else None
    return owner is None or owner.what in WRITTEN or owner.is_any


def _edits(file: FileContext, literal: Node, node: Node, nothing: str) -> list[Edit]:
    """`author && { … }`, or a condition where the file has those, or only that gives the nothing that is taken."""
    name, start, end = text_of(node), literal.start_byte, literal.end_byte
    is_asked = nothing == "undefined" or has_safe_read(node) or _has_conditions(file)
    if not is_asked:
        return [Edit(start, start, f"{name} && ")]
    return [Edit(start, start, f"{name} ? "), Edit(end, end, f" : {nothing}")]


def _has_conditions(file: FileContext) -> bool:
    """Whether a file has literals that are null where a condition is not met: `{ writer: author ? { … } : null }`."""
    for choice in file.source.nodes("ternary_expression"):
        made, other = choice.child_by_field_name("consequence"), choice.child_by_field_name("alternative")
        if made is not None and other is not None and unwrapped(made).type == "object" and other.type == "null":
            return True
    return False
