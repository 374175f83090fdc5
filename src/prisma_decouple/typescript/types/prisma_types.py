"""What the namespace `Prisma` of a generated client has under a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from prisma_decouple.typescript.facts import SchemaFacts

_CREATED = re.compile(r"(?:Unchecked)?Create(?:Many)?(?:Without\w+|\w+Many)?Input")
# Besides these, data may give keys instead of relations.
_CHECKED = re.compile(r"(?:Create|Update)(?:Without\w+)?Input")
_PATTERNS = (
    (re.compile(r"Delegate"), What.DELEGATE),
    (re.compile(r"GetPayload"), What.RECORD),
    (re.compile(r"(?:CreateManyAndReturn|CreateMany|Create|Upsert)Args"), What.ARGS),
    (_CREATED, What.INPUT),
    (re.compile(r"\w+Args"), What.QUERY),
    (re.compile(r"(?:Scalar)?Where\w*Input"), What.FILTER),
    (re.compile(r"(?:Include|Select)\w*"), What.LOADS),
    (re.compile(r"OrderBy\w+Input"), What.ORDER),
    (re.compile(r"(?:Unchecked)?Update(?!ManyWith|OneWith|OneRequired|ToOne|WithWhere)\w*Input"), What.UPDATE),
)
# Prisma's own types around the argument of a method; the argument's type comes last.
NARROWED = frozenset({"Exact", "SelectSubset", "Subset", "SubsetIntersection"})


def prisma_type(facts: SchemaFacts, name: str) -> Type | None:
    """The type of that name; None when it is not about a model.

    Args:
        facts: the change.
        name: behind `Prisma.`.
    """
    if name == "TransactionClient":
        return Type(What.CLIENT)
    models = sorted(facts.models, key=len, reverse=True)
    model = next((model for model in models if name.startswith(model)), "")
    rest = name[len(model) :]
    what = next((what for pattern, what in _PATTERNS if pattern.fullmatch(rest)), None) if model else None
    if what is None or (what is What.INPUT and _is_implied(facts, model, rest)):
        return None
    return Type(what, model, is_checked=_CHECKED.fullmatch(rest) is not None)


def _is_implied(facts: SchemaFacts, model: str, rest: str) -> bool:
    """Whether data stands inside the target of the new relation, where it needs no key."""
    implied = {f"Without{each.field[:1].upper()}{each.field[1:]}" for each in facts.required_of(model)}
    return any(each in rest for each in implied)
