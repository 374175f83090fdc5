"""Changes of the key that need not be there any more, which leave the new one beside it as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by, property_value
from prisma_decouple.typescript.source.syntax import text_of, unwrapped
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation, RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_NOTHING = frozenset({"null", "undefined"})


def find_steps(file: FileContext) -> None:
    """Note the data that gives a record to another one and says nothing of what it always belongs to now.

    Args:
        file: the file; its findings are filled.
    """
    found = ((each, file.facts.successor(each)) for each in file.facts.optional)
    pairs = [(relation, successor) for relation, successor in found if successor is not None]
    for literal in file.source.nodes("object") if pairs else ():
        wanted = expected(file, literal)
        if wanted is None or wanted.what is not What.UPDATE or _is_made(file, literal):
            continue
        for relation, successor in pairs:
            if relation.model == wanted.model and _is_out_of_step(literal, relation, successor):
                why = (
                    f"This gives {with_article(relation.model)} to another {relation.target} and leaves its "
                    f"`{successor.foreign_keys[0]}` as it was. Look whether the two still belong together."
                )
                file.hint(literal, Kind.FLOW, Confidence.UNSURE, why)


def _is_made(file: FileContext, literal: Node) -> bool:
    """Whether data makes a record inside of another one: what that lacks is told as such."""
    return any(start == literal.start_byte for start, _ in file.checked)


def _is_out_of_step(literal: Node, relation: OptionalRelation, successor: RequiredRelation) -> bool:
    given = given_by(literal)
    if given.opaque or given.values.keys() & {successor.field, *successor.foreign_keys}:
        return False
    return any(_is_given(literal, name) for name in (relation.field, *relation.foreign_keys))


def _is_given(literal: Node, name: str) -> bool:
    """Whether a key gets a value, and does not lose its own."""
    shorthand = (each for each in literal.named_children if each.type == "shorthand_property_identifier")
    if any(text_of(each) == name for each in shorthand):
        return True
    value = property_value(literal, name)
    node = unwrapped(value) if value is not None else None
    if node is None or text_of(node) in _NOTHING:
        return False
    return node.type != "object" or property_value(node, "disconnect") is None
