"""Queries that sort or filter by a field which may be null now: nulls come first or last, and `not` finds none.

What a number was and a text is now is sorted otherwise: "10" comes before "9".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.filter_places import assigned_place, place_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    ancestors,
    descendants,
    function_around,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.prisma.given_keys import given_by_options
from prisma_decouple.typescript.types.prisma.queries import RANGES
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_UNLIKE = frozenset({"not", "notIn"})
# Where PostgreSQL puts rows without a value (its documentation, "Sorting Rows").
_NUMBERS = frozenset({"bigint", "number", "Prisma.Decimal"})
_ENDS = {"asc": "last", "desc": "first"}


def find_orders(file: FileContext) -> None:
    """Note the orders by a field that may be null now or is a text now, and the filters that leave out what has none.

    Args:
        file: the file; its findings are filled.
    """
    _find_orders_of_texts(file)
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    for pair in file.source.nodes(*PROPERTIES):
        if key_of(pair) not in names:
            continue
        place = place_of(file, pair)
        if place is None or not place.model or key_of(pair) not in file.facts.nullable_names(place.model):
            continue
        value = pair.child_by_field_name("value") or pair
        if not file.facts.relation_of(place.model, key_of(pair)):
            check = {"orderBy": _check_order, "where": _check_filter}.get(place.root)
            if check is not None:
                check(file, pair, unwrapped(value), place.model)
    for assignment in file.source.nodes("assignment_expression") if names & file.source.words else ():
        _check_assigned(file, assignment, names)


def _check_assigned(file: FileContext, assignment: Node, names: Container[str]) -> None:
    """`where.bornAt = { gte: from }`, and `where.bornAt.gte = from`, of which the first is told in a function."""
    left, value = (assignment.child_by_field_name(each) for each in ("left", "right"))
    owner = left.child_by_field_name("object") if left is not None and last_name(left) in RANGES else None
    field = owner if owner is not None else left
    place = assigned_place(file, field) if field is not None and last_name(field) in names else None
    if field is None or value is None or place is None or place.root != "where":
        return
    around = function_around(assignment) or file.source.root
    told = (around.id, text_of(field))
    is_range = owner is not None or _is_range(Place(file, unwrapped(value)), ())
    is_meant = last_name(field) in file.facts.nullable_names(place.model) and not file.facts.relation_of(
        place.model, last_name(field)
    )
    if is_meant and is_range and told not in file.checked:
        file.checked.add(told)
        file.hint(field, Kind.FILTER, Confidence.UNSURE, _out_of_range(place.model, last_name(field)))


def _out_of_range(model: str, field: str) -> str:
    return f"{with_article(model, 'A')} without `{field}` is in no range; look whether it should be found."


def _find_orders_of_texts(file: FileContext) -> None:
    """`orderBy: { number: "desc" }`, where the first one was the highest number."""
    fields = {(each.model, each.field): each.before for each in file.facts.retyped if each.after == "string"}
    names = {name for (_, name), before in fields.items() if before in _NUMBERS}
    for pair in file.source.nodes("pair"):
        place = place_of(file, pair) if key_of(pair) in names else None
        if place is None or place.root != "orderBy" or fields.get((place.model, key_of(pair))) not in _NUMBERS:
            continue
        told = f"`{key_of(pair)}` of {with_article(place.model)} is a text now"
        why = f'{told}, and "10" comes before "9". Look whether that order will do.'
        file.hint(pair, Kind.FILTER, Confidence.LIKELY, why)


def _check_order(file: FileContext, pair: Node, value: Node, model: str) -> None:
    is_said = value.type == "object" and any(name == "nulls" for name, _ in properties(value))
    holder = next((each for each in ancestors(pair) if each.type == "pair" and key_of(each) == "orderBy"), None)
    options = holder.parent if holder is not None else None
    if is_said or (options is not None and key_of(pair) in given_by_options(Place(file, options), model)):
        file.fine()
        return
    direction = text_of(value).strip("\"'`")
    end = f" come {_ENDS[direction]}" if direction in _ENDS else " stand at one end"
    why = (
        f"`{key_of(pair)}` of {with_article(model)} may be null now: those without one{end}. Look whether they should."
    )
    file.hint(pair, Kind.FILTER, Confidence.UNSURE, why)


def _check_filter(file: FileContext, pair: Node, value: Node, model: str) -> None:
    """`{ not: 5 }`, `NOT: …` and ranges find nothing that is null."""
    asked = dict(properties(value)) if value.type == "object" else {}
    is_unlike = any(name in asked and asked[name].type not in NOTHING for name in _UNLIKE)
    if is_unlike or (_is_negated(pair) and value.type not in NOTHING and not asked.keys() & _UNLIKE):
        told = f"{with_article(model, 'A')} without `{key_of(pair)}` is left out"
        why = f"{told}: to a database null is neither equal to anything nor different."
        file.hint(pair, Kind.FILTER, Confidence.LIKELY, why)
    elif _is_range(Place(file, value), asked):
        file.hint(pair, Kind.FILTER, Confidence.UNSURE, _out_of_range(model, key_of(pair)))


def _is_range(value: Place, asked: Container[str]) -> bool:
    """Whether a condition asks for what is above or below something, also by a variable, or only when it is given.

    `{ ...(from && { gte: from }) }` is such a condition.
    """
    if any(name in asked for name in RANGES):
        return True
    literal = literal_behind(value)
    inside = list(descendants(literal.node, "pair")) if literal is not None else []
    return bool(inside) and all(key_of(each) in RANGES for each in inside)


def _is_negated(pair: Node) -> bool:
    """Whether a condition stands behind `NOT`, with nothing between them that asks for related records."""
    return any(key_of(each) == "NOT" for each in _keys_around(pair))


def _keys_around(pair: Node) -> Iterator[Node]:
    for outer in ancestors(pair):
        if outer.type == "pair":
            yield outer
            if key_of(outer) not in {"AND", "NOT", "OR"}:
                return
        elif outer.type not in {"array", "object"}:
            return
