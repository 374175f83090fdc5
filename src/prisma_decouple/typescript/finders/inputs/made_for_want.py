"""Records that are made for want of one, for the sake of another that can do without now.

`author ??= await db.author.create({ data: { name: "unknown" } })`, and then `db.book.create({ data: { authorId:
author.id } })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.inbound import written_data
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import connected_key, property_value
from prisma_decouple.typescript.source.names import BLOCKS
from prisma_decouple.typescript.source.scopes import assigned_values, binding_of, find_binding, given_later, held_by
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    callee,
    descendants,
    is_function,
    last_name,
    nearest,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CREATES
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_CHOICES = frozenset({"binary_expression", "if_statement", "ternary_expression"})
_LOOK = " Look whether it still should be."
_FILLS = frozenset({"??=", "||="})


def find_made_for_want(file: FileContext) -> None:
    """Note the records that are made under a condition and give their key to what need not have one now.

    Args:
        file: the file; its findings are filled.
    """
    for data, model in written_data(file) if not is_test(file.source.path) else ():
        for relation in file.facts.optional_of(model):
            for made in _made_for(file, data, relation):
                if not file.is_told(made, Kind.FLOW):
                    target, one = with_article(relation.target, "A"), with_article(model)
                    why = f"{target} is made here for want of one, for {one}, which may be without now."
                    file.hint(made, Kind.FLOW, Confidence.UNSURE, why + _LOOK)


def _made_for(file: FileContext, data: Node, relation: OptionalRelation) -> Iterator[Node]:
    """The creates of related records, under a condition, whose key data is given."""
    given = property_value(data, relation.foreign_keys[0]) or property_value(data, relation.field)
    key = unwrapped(connected_key(given)) if data.type == "object" and given is not None else None
    for value in _values(key) if key is not None else ():
        owner = owner_of_read(value) if value.type in READS and last_name(value) in relation.references else None
        for record in _values(owner) if owner is not None else ():
            call = unwrapped(record.named_children[0]) if record.type == "await_expression" else record
            receiver, method = callee(call) if call.type == "call_expression" else (None, "")
            is_made = receiver is not None and method in CREATES - {"upsert"}
            is_related = is_made and receiver is not None and file.delegates.model_of(receiver) == relation.target
            if is_related and _is_chosen(call, data):
                yield call


def _values(name: Node) -> Iterator[Node]:
    """What a variable is declared with, and what it is given later; anything else is what it is."""
    held, binding = held_by(name), binding_of(name)
    later = list(given_later(name))
    if held is not None and binding is not None:
        later += [*assigned_values(binding, text_of(name)), *_filled_with(binding, text_of(name))]
    yield from map(unwrapped, dict.fromkeys(filter(None, (held, *later))) or (name,))


def _filled_with(declarator: Node, name: str) -> Iterator[Node]:
    """What a variable is given where it has nothing: `author ??= await make()`."""
    block = nearest(declarator, *BLOCKS)
    for filling in descendants(block, "augmented_assignment_expression") if block is not None else ():
        left, right = filling.child_by_field_name("left"), filling.child_by_field_name("right")
        is_same = text_of(left) == name and text_of(filling.child_by_field_name("operator")) in _FILLS
        if right is not None and is_same and find_binding(filling, name) == declarator:
            yield right


def _is_chosen(call: Node, data: Node) -> bool:
    """Whether a call is made under a condition that is none of what the data is given in as well."""
    for outer in ancestors(call):
        if is_function(outer):
            return False
        is_fill = outer.type == "augmented_assignment_expression"
        is_fill = is_fill and text_of(outer.child_by_field_name("operator")) in _FILLS
        if (outer.type in _CHOICES or is_fill) and not outer.start_byte <= data.start_byte < outer.end_byte:
            return True
    return False
