"""What records are made of, by a create itself or by way of a generic function: `repository.add({ title })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import given_by, property_value, values_of
from prisma_decouple.typescript.source.syntax import is_inside
from prisma_decouple.typescript.source.vocabulary import CREATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.prisma.forwarded import Forwarded


def data_of_create(argument: Node, method: str) -> Iterator[Node]:
    """What a create is given: its `data`, and for an upsert its `create`.

    Args:
        argument: of the create.
        method: its name.
    """
    for options in values_of(argument):
        if options.type != "object":
            yield options
            continue
        value = property_value(options, "create" if method == "upsert" else "data")
        if value is not None:
            yield from made_of(value)
        else:
            yield from given_by(options).opaque


def made_of(value: Node) -> Iterator[Node]:
    """The literals of which records are made, and the value itself where it may be anything else."""
    found = list(values_of(value))
    yield from found if all(each.type == "object" for each in found) else _there(value, found)


def _there(value: Node, found: Iterable[Node]) -> Iterator[Node]:
    """The literals that are written in a value, and the value itself where it may be anything else."""
    yield from (each for each in found if each.type in {"array", "object"} or is_inside(value, each))
    if any(each.type not in {"array", "object"} and not is_inside(value, each) for each in found):
        yield value


def forwarded_creates(file: FileContext) -> list[Forwarded]:
    """The calls of a file that make records of a changed model by way of generic functions.

    Args:
        file: the file.
    """
    models = {each.model for each in file.facts.needed}
    made = (each for each in (file.forwarded if models else ()) if each.method in CREATES and each.is_open)
    return [each for each in made if each.model in models]


def given_to_generic(file: FileContext) -> Iterator[tuple[Node, RequiredRelation]]:
    """What these calls give, each with what it needs.

    Args:
        file: the file.
    """
    for query in forwarded_creates(file):
        for relation in file.facts.needed_of(query.model):
            name, keys = "create" if query.method == "upsert" else "data", {relation.field, *relation.foreign_keys}
            yield from ((data, relation) for given in query.made_of(name, keys) for data in made_of(given.node))
