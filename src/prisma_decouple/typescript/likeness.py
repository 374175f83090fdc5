"""Whether something that is written down repeats a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.facts import SchemaFacts

_SEVERAL = 3


def fields_of(facts: SchemaFacts, model: str) -> frozenset[str]:
    """The names of the fields, relation fields and keys that a model has, or had."""
    relations = [each for each in facts.relations if each.model == model]
    names = {name for each in relations for name in (each.name, *each.foreign_keys)}
    names |= {each.name for each in facts.columns if each.model == model}
    return frozenset(names | {each.name for each in facts.lost_fields if each.model == model})


def repeats(facts: SchemaFacts, model: str, names: Collection[str]) -> bool:
    """Whether most names are those of a model's fields, and not only one or two."""
    shared = fields_of(facts, model) & set(names)
    return len(shared) >= _SEVERAL and 2 * len(shared) > len(names)


def is_of_others(facts: SchemaFacts, relations: Iterable[OptionalRelation]) -> bool:
    """Whether a key is called like those of more models in which it is as it was than of those in which it changed."""
    known = list(relations)
    others = {model for each in known for model in facts.namesakes(each)}
    return len(others) > len({each.model for each in known})
