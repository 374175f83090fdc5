"""What to look for where no code base is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.hints import Confidence, Hint, Kind
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.typescript.changes import OptionalField, OptionalRelation, RequiredRelation
    from prisma_decouple.typescript.facts import SchemaFacts


def general_hints(facts: SchemaFacts) -> tuple[Hint, ...]:
    """The hints that the change of the schema gives by itself.

    Args:
        facts: the change.

    Returns:
        Hints without a file: the creates and calls of each relation that is now required, then what to do about each
        relation that may now be absent, and what is there no more.
    """
    found = [pair for relation in facts.required for pair in _of_required(facts, relation)]
    found += [pair for relation in facts.optional for pair in _of_optional(facts, relation)]
    found += [pair for field in facts.required_fields for pair in _of_required(facts, field)]
    found += [pair for field in facts.optional_fields for pair in _of_optional_field(field)]
    found += [
        (Kind.GONE, f"{with_article(each.model, 'A')} has no `{each.name}` any more.") for each in facts.lost_fields
    ]
    found += [(Kind.GONE, f"The schema has no `{name}` any more.") for name in (*facts.lost_models, *facts.lost_enums)]
    return tuple(Hint(None, None, None, kind, Confidence.CERTAIN, (), None, why) for kind, why in found)


def _of_required(facts: SchemaFacts, relation: RequiredRelation) -> Iterator[tuple[Kind, str]]:
    accessor, keys = client_accessor(relation.model), name_list(relation.foreign_keys)
    given = f"{keys} or `{relation.field}`" if relation.target else keys
    methods = f"`{accessor}.create`, `createMany`, `createManyAndReturn` and the `create` of an `upsert`"
    nested = f"and so must every {relation.model} that is created inside another record"
    yield Kind.CREATE, f"{methods} must give {given}, {nested}."
    if not relation.target:
        return
    why = (
        f"Every function that creates {with_article(relation.model)} from what it is given must be given {keys} as well"
    )
    yield Kind.CALL, f"{why}: {name_list(facts.code.calls)}." if facts.code.calls else f"{why}."


def _of_optional_field(field: OptionalField) -> Iterator[tuple[Kind, str]]:
    model, name, scalar = with_article(field.model), field.field, field.scalar_type
    yield Kind.FLOW, f"`{name}` of {model} may be null, and must not meet what is never null."
    yield Kind.READ, f"Reading on from `{name}` of {model} needs `?.` or a check."
    yield Kind.TYPE, f"A type that repeats {model} with `{name}: {scalar}` must say `{scalar} | null`."


def _of_optional(facts: SchemaFacts, relation: OptionalRelation) -> Iterator[tuple[Kind, str]]:
    model, field, keys = with_article(relation.model), relation.field, name_list(relation.foreign_keys)
    key, scalar = relation.foreign_keys[0], relation.scalar_types[0]
    yield Kind.SENTINEL, f"{keys} of {model} is null when there is none: look for `{key} || 0` and `{key} ?? 0`."
    yield Kind.FILTER, f"A filter through `{field}` leaves out every {relation.model} that has none, silently."
    load = f"In {model} that is loaded with `include` or `select`, `{field}` may be null."
    successor = facts.successor(relation)
    yield Kind.INCLUDE, f"{load} Load `{successor.field}` directly." if successor is not None else load
    yield Kind.FLOW, f"{keys} of {model} must not meet what is never null: a unique `where`, a parameter of `{scalar}`."
    yield Kind.READ, f"Reading on through `{field}` of {model} needs `?.` or a check."
    yield Kind.TYPE, f"A type that repeats {model} with `{key}: {scalar}` must say `{scalar} | null`."
