"""Extensions of a Prisma client: what the functions are given that `$extends({ result, query })` is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.vocabulary import CREATES
from prisma_decouple.typescript.types.typed import Type, What, taker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.facts import SchemaFacts

_ALL = "$allModels"
# What is given the name of a model: `$allModels: { create({ model, args, query }) { ... } }`.
MODEL_NAME = Type(What.VALUE, primitive="string", field="Prisma.ModelName")
EXTENDS = frozenset({"$extends", "defineExtension"})


def wanted_by_extension(facts: SchemaFacts, extension: Node) -> Type | None:
    """What an extension wants of its parts, as far as they are functions that are given something of a model.

    Args:
        facts: the change.
        extension: the literal that `$extends` is given.
    """
    if extension.type != "object":
        return None
    parts = (("result", _computed), ("query", _queried))
    return _box((name, _box(_of_models(facts, extension, name, part))) for name, part in parts)


def _of_models(
    facts: SchemaFacts, extension: Node, name: str, part: Callable[[str, Node], Type]
) -> Iterator[tuple[str, Type]]:
    models = {client_accessor(model): model for model in facts.models}
    literal = property_value(extension, name)
    for accessor, value in properties(literal) if literal is not None and literal.type == "object" else ():
        if accessor in models and value.type == "object":
            yield accessor, part(models[accessor], value)
        elif accessor == _ALL and name == "query" and value.type == "object":
            yield accessor, _box((method, taker(_box([("model", MODEL_NAME)]))) for method, _ in properties(value))


def _computed(model: str, fields: Node) -> Type:
    """Fields that are computed of those that they need: `{ needs: { title: true }, compute(book) { ... } }`."""
    parts = (
        (name, (("needs", Type(What.LOADS, model)), ("compute", taker(_needed(model, field)))))
        for name, field in properties(fields)
    )
    return _box((name, _box(each)) for name, each in parts)


def _needed(model: str, field: Node) -> Type:
    needs = property_value(field, "needs") if field.type == "object" else None
    names = frozenset(name for name, _ in properties(needs)) if needs is not None else frozenset[str]()
    return Type(What.RECORD, model, only=names)


def _queried(model: str, methods: Node) -> Type:
    """What stands around queries: `create({ args, query }) { ... }`."""
    return _box((name, taker(_box([("args", _options(model, name))]))) for name, _ in properties(methods))


def _options(model: str, method: str) -> Type:
    return Type(What.ARGS if method in CREATES else What.QUERY, model)


def _box(members: Iterable[tuple[str, Type]]) -> Type:
    return Type(What.BOX, bound=tuple(members))
