"""What the namespace `Prisma` of a generated client has under a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.facts import SchemaFacts

_CREATED = re.compile(r"(?:Unchecked)?Create(?:Many)?(?:Without\w+|\w+Many)?Input")
# Besides these, data may give keys instead of relations.
_CHECKED = re.compile(r"(?:Create|Update)(?:Without\w+)?Input")
# What is written through a relation field of another model.
_NESTED = re.compile(
    r"(?:Unchecked)?(?:CreateNested(?:Many|One)Without\w+Input|Update(?:Many|One|OneRequired)Without\w+NestedInput)"
)
_PATTERNS = (
    (re.compile(r"Delegate"), What.DELEGATE),
    (re.compile(r"GetPayload|Model"), What.RECORD),
    (re.compile(r"(?:CreateManyAndReturn|CreateMany|Create|Upsert)Args"), What.ARGS),
    (_CREATED, What.INPUT),
    (_NESTED, What.WRITE),
    (re.compile(r"\w+Args"), What.QUERY),
    (re.compile(r"(?:Scalar)?Where\w*Input"), What.FILTER),
    (re.compile(r"(?:CountOutputType|Include|Select)\w*"), What.LOADS),
    (re.compile(r"OrderBy\w+Input"), What.ORDER),
    (re.compile(r"(?:Unchecked)?Update(?!ManyWith|OneWith|OneRequired|ToOne|WithWhere)\w*Input"), What.UPDATE),
)
_MODEL = "Model"
# The folder of the generator `prisma-client` with the types of records (Prisma's reference, "Generators").
_MODELS = re.compile(r"(?:^|/)models(?:/\w+)?(?:\.[jt]s)?$")
_NAMES_OF_FIELDS = "ScalarFieldEnum"
_WITHOUT = re.compile(r"Without(\w+?)(?:Nested)?Input$")
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
    model = model_in(facts, name)
    rest = name[len(model) :]
    what = next((what for pattern, what in _PATTERNS if pattern.fullmatch(rest)), None) if model else None
    if what is None or (what is What.INPUT and _is_implied(facts, model, rest)):
        return None
    without = frozenset({_field_without(rest)} if what is What.WRITE else ())
    return Type(what, model, is_checked=_CHECKED.fullmatch(rest) is not None, without=without)


def exported_name(facts: SchemaFacts, name: str, module: str) -> str:
    """What the models of a client are called that a module exports: those in `client/models` end in `Model`.

    Args:
        facts: the change.
        name: that is imported.
        module: from which it is.
    """
    bare = name.removesuffix(_MODEL)
    return bare if _MODELS.search(module) is not None and bare in facts.models and name not in facts.models else name


def model_in(facts: SchemaFacts, name: str) -> str:
    """The model that one of Prisma's types is made of, such as `BookCreateManyInput`; empty when it is of none.

    Args:
        facts: the change.
        name: behind `Prisma.`.
    """
    found = [each for each in facts.models if name.startswith(each) and not name[len(each) :][:1].islower()]
    return max(found, key=len, default="")


def model_of_names(facts: SchemaFacts, name: str) -> str:
    """The model whose fields `Prisma.BookScalarFieldEnum` names; empty for anything else."""
    bare = name.rpartition(".")[2]
    model = model_in(facts, bare) if bare.endswith(_NAMES_OF_FIELDS) else ""
    return model if bare == f"{model}{_NAMES_OF_FIELDS}" else ""


def _field_without(rest: str) -> str:
    """The relation field that a type leaves to the record around its values; empty when it leaves none."""
    without = _WITHOUT.search(rest)
    return without[1][:1].lower() + without[1][1:] if without is not None else ""


def lost_relation_in(facts: SchemaFacts, model: str, name: str) -> LostField | None:
    """The relation field that is no more, for which a type was made: `BookCreateNestedManyWithoutAuthorInput`.

    Args:
        facts: the change.
        model: the model of the type.
        name: behind `Prisma.`.
    """
    field = _field_without(name[len(model) :]) if model else ""
    return facts.lost_of(model, field) if field and facts.relation_of(model, field) is not None else None


def _is_implied(facts: SchemaFacts, model: str, rest: str) -> bool:
    """Whether data stands inside the target of the new relation, where it needs no key."""
    implied = {f"Without{each.field[:1].upper()}{each.field[1:]}" for each in facts.required_of(model)}
    return any(each in rest for each in implied)
