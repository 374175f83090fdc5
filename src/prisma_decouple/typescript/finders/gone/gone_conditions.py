"""Conditions and orders that are written apart from their query and name only fields that are gone, where used.

`const byHandle = { handle: "x" }` in `findMany({ where: byHandle })`: the compiler lets a variable have more than its
place wants, but not nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import properties, spreads_in, values_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import VALUE_NAMES, children_of, text_of, unwrapped
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.queries import option
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, name_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.types.typed import Type

_HOLDERS = frozenset({"arguments", "array", "pair", "spread_element"})
_PARTS = frozenset({What.FILTER, What.LOADS, What.ORDER, What.QUERY})
_NAMED = frozenset({What.FILTER, What.ORDER})
_DEPTH = 8


def find_gone_conditions(file: FileContext) -> None:
    """Note the uses of a condition or an order of which nothing is left, where it is not told itself.

    Args:
        file: the file; its findings are filled.
    """
    for node in file.source.nodes("identifier") if file.facts.missing_names else ():
        found = _gone_at(file, node)
        if found is not None and expected(found[0].file, found[0].node) is None:
            why = f"`{excerpt(text_of(node))}` names only {name_list(found[1])} here, which the schema has no more."
            file.hint(_place_of(node), Kind.GONE, Confidence.CERTAIN, why)


def is_nothing_left(file: FileContext, place: Node) -> bool:
    """Whether the compiler minds that nothing is left of a condition or an order, where a query is given it by name.

    Args:
        file: the file.
        place: what the compiler would point to: the name, or the property that is given it.
    """
    given = (place.parent.child_by_field_name("value") if place.parent is not None else None) or place
    names = [given, *(each.named_children[0] for each in spreads_in(given))]
    return any(_gone_at(file, each) is not None for each in names if each.type in VALUE_NAMES)


def _gone_at(file: FileContext, name: Node) -> tuple[Place, list[str]] | None:
    """The literal that is used by a name, and what it names that is gone, when it names nothing else."""
    holder = name.parent
    is_short = name.type == "shorthand_property_identifier"
    if holder is None or not (is_short or holder.type in _HOLDERS) or name == holder.child_by_field_name("key"):
        return None
    wanted = expected(file, name)
    literal = literal_behind(Place(file, name)) if wanted is not None and wanted.what in _PARTS else None
    if literal is None or wanted is None or literal.node.type != "object":
        return None
    lost = _nothing_left(file.facts, literal.node, wanted, _DEPTH)
    return (literal, lost) if lost else None


def _place_of(name: Node) -> Node:
    """The name, or the property whose value it is spread into."""
    holder = name.parent
    literal = holder.parent if holder is not None and holder.type == "spread_element" else None
    pair = literal.parent if literal is not None and literal.type == "object" else None
    return (pair.child_by_field_name("key") or name) if pair is not None and pair.type == "pair" else name


def _nothing_left(facts: SchemaFacts, literal: Node, wanted: Type, depth: int) -> list[str]:
    """The names in a condition or an order, or in one inside of it, when all of them are gone; else none."""
    named = [(key, unwrapped(value)) for key, value in properties(literal)]
    is_all = len(named) == len(children_of(literal))
    is_lost = wanted.what in _NAMED and all(facts.lost_of(wanted.model, key) is not None for key, _ in named)
    if named and is_all and is_lost:
        return [key for key, _ in named]
    for key, given in _all_properties(literal, depth):
        inner, value = option(facts, wanted, key), unwrapped(given)
        parts = value.named_children if value.type == "array" else [value]
        for part in (each for each in parts if each.type == "object") if inner is not None else ():
            found = _nothing_left(facts, part, inner, depth - 1) if inner is not None and inner.what in _PARTS else []
            if found:
                return found
    return []


def _all_properties(literal: Node, depth: int) -> Iterator[tuple[str, Node]]:
    """The properties of a literal, and of those that are spread into it where they stand: `...(name && { name })`."""
    yield from properties(literal) if depth else ()
    for spread in (each for each in literal.named_children if depth and each.type == "spread_element"):
        for part in (each for each in values_of(spread.named_children[0]) if each.type == "object"):
            yield from _all_properties(part, depth - 1)
