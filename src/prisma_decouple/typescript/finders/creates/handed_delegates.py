"""Records that are made by a function which is handed the model of the client: `insertAll(prisma.book, books)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.likeness import repeats
from prisma_decouple.typescript.source.literals import properties, values_of
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import binding_of, parameters
from prisma_decouple.typescript.source.syntax import call_arguments, callee, descendants, text_of
from prisma_decouple.typescript.source.vocabulary import CREATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext


def given_with_delegates(file: FileContext) -> Iterator[tuple[Node, RequiredRelation]]:
    """What is handed over beside the model in which records are made of it, each with what it needs.

    What the function does with it on the way is not followed: it is literals that repeat the model, or the only thing
    beside it, of which nothing is known: `insertAll(prisma.book, data.books)`.

    Args:
        file: the file.
    """
    models = {each.model for each in file.facts.needed}
    for call in file.source.nodes("call_expression"):
        given = call_arguments(call)
        for index, argument in enumerate(given if len(given) > 1 else ()):
            model = file.delegates.model_of(argument) if argument.type == "member_expression" else None
            if model not in models or not file.delegates.is_certain(argument) or not _creates(file, call, index):
                continue
            others = [other for other in given if other != argument]
            literals = [each for other in others for each in values_of(other) if each.type == "object"]
            made = [each for each in literals if repeats(file.facts, model, {key for key, _ in properties(each)})]
            if len(others) == 1 and file.types.of(others[0]) is None:
                made = others
            yield from ((each, relation) for each in made for relation in file.facts.needed_of(model))


def _creates(file: FileContext, call: Node, index: int) -> bool:
    """Whether the function that is called makes records in what it takes as one of its arguments."""
    function = file.types.function_of(call)
    taken = parameters(function.place.node) if function is not None and function.place is not None else []
    if function is None or function.place is None or index >= len(taken):
        return False
    name = text_of(pattern_of(taken[index]))
    inner = map(callee, descendants(function.place.node, "call_expression"))
    return any(
        owner is not None and method in CREATES and text_of(owner) == name and binding_of(owner) == taken[index]
        for owner, method in inner
    )
