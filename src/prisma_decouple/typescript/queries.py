"""What the options of a query are about: `where`, `include` and the like, of which model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.typed import Type, What

if TYPE_CHECKING:
    from prisma_decouple.typescript.facts import SchemaFacts

_PARTS = {
    "where": What.FILTER,
    "having": What.FILTER,
    "cursor": What.FILTER,
    "include": What.LOADS,
    "select": What.LOADS,
    "orderBy": What.ORDER,
}
_DATA = frozenset({"data", "create"})
# Keys between a filter and a relation in it that do not lead to another model.
TRANSPARENT = frozenset({"AND", "OR", "NOT", "some", "every", "none", "is", "isNot"})
PARTS = frozenset({What.FILTER, What.LOADS, What.ORDER})


def option(facts: SchemaFacts, owner: Type, name: str) -> Type | None:
    """What a property of the options of a query is; None when it is not about a model.

    Args:
        facts: the change.
        owner: the options, or a part of them.
        name: the property.
    """
    if owner.what in {What.ARGS, What.QUERY}:
        if owner.what is What.ARGS and name in _DATA:
            return Type(What.INPUT, owner.model)
        return Type(_PARTS[name], owner.model) if name in _PARTS and owner.has(name) else None
    if owner.what not in PARTS:
        return None
    if owner.what is What.FILTER and name in TRANSPARENT:
        return owner
    target = facts.target_of(owner.model, name)
    if target is None:
        return None
    return Type(What.QUERY if owner.what is What.LOADS else owner.what, target)
