"""What a record has no more, or has as another type, where a written type wants it as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import given_behind, properties
from prisma_decouple.typescript.types.kinds import kinds_in, takes
from prisma_decouple.typescript.types.places.declared import wanted_property
from prisma_decouple.typescript.types.places.tolerance import takes as lets_through
from prisma_decouple.typescript.types.properties import loaded_options, property_of
from prisma_decouple.typescript.types.retyped import retyped_field
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.members import shape_members
from prisma_decouple.typescript.wording import missing, now_and_before, now_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.source.place import Place

_DEPTH = 6
_WRITTEN = frozenset({What.BOX, What.CLASS, What.SHAPE})


def outdated(
    file: FileContext,
    given: Type,
    wanted: Type,
    hidden: frozenset[str] = frozenset(),
    depth: int = _DEPTH,
    beside: frozenset[str] | None = frozenset(),
) -> Iterator[str]:
    """Why a record, or a literal with one inside, does not fit a written type any more, in words.

    Args:
        file: the file in which it is handed over.
        given: what is handed over.
        wanted: what its place takes.
        hidden: the properties that something else gives instead.
        depth: how deep it is looked into.
        beside: the properties that are given beside it, where it lacks them; None when that may be any.
    """
    if not depth or wanted.what not in _WRITTEN:
        return
    if given.literal is not None:
        yield from _of_literal(file, given, wanted, hidden, depth)
    if given.what is not What.RECORD:
        return
    facts = file.facts
    for lost in (each for each in facts.missing_in(given.model) if each.name not in hidden):
        is_lacking = _had(facts, given, lost.name) and beside is not None and lost.name not in beside
        is_lacking = is_lacking and not any(_has_member(each, lost.name) for each in given.extras)
        member = wanted_property(file, wanted, lost.name) if is_lacking else None
        if member is not None and not lets_through(member, "undefined"):
            told = f"{missing(lost)}, and what takes it here wants one."
            yield told + now_called(lost)
    for field in (each for each in facts.retyped if each.model == given.model and each.field not in hidden):
        if why := _refused(field, wanted_property(file, wanted, field.field) if given.has(field.field) else None):
            yield why
    for relation in (each for each in facts.relations if each.model == given.model and each.name not in hidden):
        inner = property_of(facts, given, relation.name, _DEPTH) if _had(facts, given, relation.name) else None
        taken = wanted_property(file, wanted, relation.name) if inner is not None else None
        if inner is not None and taken is not None:
            yield from outdated(file, inner, taken, depth=depth - 1)


def is_of_another(facts: SchemaFacts, data: Node, model: str) -> bool:
    """Whether data makes a record of the model to which a relation led before: it has what only that one has.

    Args:
        facts: the change.
        data: the expression.
        model: the model to which the relation leads now.
    """
    given = properties(data) if data.type == "object" else ()
    found = (facts.lost_of(model, name) for name, _ in given)
    return any(each is not None and each.was for each in found)


def _refused(field: RetypedField, member: Type | None) -> str:
    """Why what takes a field that is of another type now does not; empty when it does, or nothing tells."""
    kinds = kinds_in(member) if member is not None else frozenset[str]()
    if not kinds or any(takes(kind, field.after, is_column=False) for kind in kinds):
        return ""
    return f"{now_and_before(field)} What takes it here says `{' | '.join(sorted(kinds))}`."


def _had(facts: SchemaFacts, record: Type, name: str) -> bool:
    """Whether a record had a field: a relation only when it was loaded with it."""
    is_relation = facts.relation_of(record.model, name) is not None
    is_loaded = not is_relation or loaded_options(record.place, name) is not None
    return record.has(name) and (is_loaded or any(_has_member(each, name) for each in record.extras))


def _of_literal(file: FileContext, literal: Type, wanted: Type, hidden: frozenset[str], depth: int) -> Iterator[str]:
    """What is spread into a literal, and what it has inside."""
    place = literal.place
    for name, value in properties(place.node) if place is not None else ():
        field = retyped_field(place.file, value) if place is not None and name not in hidden else None
        if field is not None and (why := _refused(field, wanted_property(file, wanted, name))):
            yield why
        inner = place.file.types.of(value) if place is not None and name not in hidden else None
        taken = wanted_property(file, wanted, name) if inner is not None else None
        if inner is not None and taken is not None:
            yield from outdated(file, inner, taken, depth=depth - 1)
    for spread in place.node.named_children if place is not None else ():
        if place is not None and spread.type == "spread_element":
            found = place.file.types.of(spread.named_children[-1])
            if found is not None:
                yield from outdated(file, found, wanted, hidden | given_behind(spread), depth - 1)


def _has_member(shape: Place, name: str) -> bool:
    return next(shape_members(shape.file, shape.node, name, _DEPTH), None) is not None
