"""Selections that are written apart from their query and select only fields that are gone, where they are used.

`const names = { handle: true }` in `findMany({ select: names })`: when other fields are left in it, the compiler
complains of none of its uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    children_of,
    descendants,
    key_of,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.payloads import PAYLOAD
from prisma_decouple.typescript.types.prisma.prisma_types import prisma_type
from prisma_decouple.typescript.types.prisma.queries import LOADING
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, name_list

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_NAMES = frozenset({"identifier", "member_expression"})
_DEPTH = 8


def find_gone_selections(file: FileContext) -> None:
    """Note the uses of a selection of which nothing is left.

    Args:
        file: the file; its findings are filled.
    """
    if not file.facts.missing_names:
        return
    for pair in file.source.nodes("pair"):
        value = pair.child_by_field_name("value")
        if key_of(pair) not in LOADING or value is None or value.type not in _NAMES:
            continue
        wanted = expected(file, value)
        if wanted is not None and wanted.what is What.LOADS:
            _check(file, value, value, wanted.model)
    payloads = (each for each in file.source.nodes("generic_type") if _is_payload(each))
    for query in (each for payload in payloads for each in descendants(payload, "type_query")):
        payload = _payload(query)
        told = prisma_type(file.facts, payload[1]) if payload is not None else None
        if payload is not None and told is not None and query.named_children:
            _check(file, query.named_children[0], payload[0], told.model)


def _is_payload(written: Node) -> bool:
    return text_of(written.child_by_field_name("name")).endswith(PAYLOAD)


def _payload(query: Node) -> tuple[Node, str] | None:
    """The options around a selection in a payload's type, and its name: `BookGetPayload<{ select: typeof names }>`."""
    member = nearest(query, "property_signature")
    outer = nearest(query, "generic_type")
    told = member.parent if member is not None and key_of(member) in LOADING else None
    if outer is None or told is None or told.parent is None or told.parent.parent != outer:
        return None
    return told, text_of(outer.child_by_field_name("name")).rpartition(".")[2]


def _check(file: FileContext, name: Node, place: Node, model: str) -> None:
    literal = literal_behind(Place(file, name))
    lost = _nothing_left(file.facts, literal.node, model, _DEPTH) if literal is not None else []
    if lost:
        why = f"`{excerpt(text_of(name))}` selects only {name_list(lost)} here, which the schema has no more."
        file.hint(place, Kind.GONE, Confidence.CERTAIN, why)


def _nothing_left(facts: SchemaFacts, chosen: Node, model: str, depth: int) -> list[str]:
    """The names in a selection, or in one inside of it, when all of them are gone; else none."""
    named = [(key, unwrapped(value)) for key, value in properties(chosen)]
    is_all = len(named) == len(children_of(chosen))
    if named and is_all and all(_is_gone(facts, model, key) for key, _ in named):
        return [key for key, _ in named]
    for key, value in named if depth else ():
        target = facts.target_of(model, key)
        for inner, part in properties(value) if target is not None and value.type == "object" else ():
            if inner == "include" and target is not None and not _has_relations(facts, target):
                continue  # then there is nothing at all to include, and the compiler does not look
            if inner in LOADING and part.type == "object" and target is not None:
                found = _nothing_left(facts, part, target, depth - 1)
                if found:
                    return found
    return []


def _is_gone(facts: SchemaFacts, model: str, key: str) -> bool:
    """Whether a field is gone; one with a new name is renamed where it is selected."""
    lost = facts.lost_of(model, key)
    return lost is not None and not lost.is_renamed


def _has_relations(facts: SchemaFacts, model: str) -> bool:
    """Whether a model still has relation fields."""
    return any(each.model == model and facts.lost_of(model, each.name) is None for each in facts.relations)
