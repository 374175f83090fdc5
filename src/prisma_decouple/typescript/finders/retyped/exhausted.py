"""New values of an enum, where the compiler finds that code which went through all values does not any more.

`default: return never(cover)`, and `LABELS[cover]` of an object that had a label for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone.gone_values import enum_behind
from prisma_decouple.typescript.finders.retyped.new_values import value_of_key
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import ancestors, text_of, unwrapped
from prisma_decouple.typescript.types.places.arrivals import handed_values
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.keys import enum_values
from prisma_decouple.typescript.wording import may_be

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import NewValue
    from prisma_decouple.typescript.context import FileContext


def find_exhausted(file: FileContext) -> None:
    """Note what must not be reached by any value, and what is looked up by a value, where a new one has nothing.

    Args:
        file: the file; its findings are filled.
    """
    new = {each.enum: each for each in file.facts.new_values}
    if new:
        _find_reached(file, new)
        _find_looked_up(file, new)


def _find_reached(file: FileContext, new: dict[str, NewValue]) -> None:
    """What the code says is never reached, with the value that is left: `default: return never(cover)`."""
    for value in _kept(file):
        wanted = expected(file, value)
        found = new.get(enum_behind(file, unwrapped(value))) if wanted is not None and _is_never(wanted) else None
        if found is not None and not any(file.is_told(each, Kind.FLOW) for each in _switches(value)):
            why = f"{may_be(found)}, and reaches this, which no value should reach."
            file.hint(value, Kind.FLOW, Confidence.CERTAIN, why)


def _find_looked_up(file: FileContext, new: dict[str, NewValue]) -> None:
    """What is looked up by a value where something was there for each: `LABELS[state]`."""
    for node in file.source.nodes("subscript_expression"):
        owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
        found = new.get(enum_behind(file, unwrapped(index))) if index is not None else None
        names = _names(file, owner, found) if owner is not None and found is not None else frozenset()
        if found is not None and found.others <= names and found.value not in names:
            why = f"{may_be(found)}, and `{text_of(owner)}` has nothing for it."
            file.hint(node, Kind.FLOW, Confidence.CERTAIN, why)


def _kept(file: FileContext) -> Iterator[Node]:
    """The expressions that are handed to something, or are said to be something with `satisfies`."""
    yield from handed_values(file)
    for node in file.source.nodes("satisfies_expression"):
        yield node.named_children[0]


def _is_never(wanted: Type) -> bool:
    return wanted.what is What.VALUE and wanted.place is not None and text_of(wanted.place.node) == "never"


def _switches(node: Node) -> Iterator[Node]:
    return (each for each in ancestors(node) if each.type == "switch_statement")


def _names(file: FileContext, owner: Node, new: NewValue) -> frozenset[str]:
    """The names that a literal, or an enum of the code base, has something under; empty for anything else."""
    declared = file.project.lookup(file, owner, text_of(owner))
    if isinstance(declared, Symbol) and declared.node.type == "enum_declaration":
        return frozenset(enum_values(declared.node))
    found = file.types.of(owner)
    literal = found.literal if found is not None else None
    if literal is None or any(spreads_in(literal.node)):
        return frozenset()
    return frozenset(value_of_key(each, new) for each in literal.node.named_children)
