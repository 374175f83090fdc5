"""Texts that have to name a field of a model: of `keyof Book`, of `key: keyof T`, of `Prisma.BookScalarFieldEnum`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.comparisons import compared_with
from prisma_decouple.typescript.source.syntax import ancestors, text_of
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.generics import given_types
from prisma_decouple.typescript.types.prisma_types import model_in
from prisma_decouple.typescript.types.typed import Type, What, bound_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_DEPTH = 12
_NAMES_OF_FIELDS = "ScalarFieldEnum"
_KEYS = "index_type_query"


def fields_named(file: FileContext, text: Node) -> Iterator[Type]:
    """The types, one of whose properties a text has to name: one that is given, and one that is compared.

    Args:
        file: the file.
        text: the text.
    """
    other = compared_with(text)
    wanted = file.types.of(other) if other is not None else expected(file, text)
    if wanted is None or wanted.what is not What.VALUE or wanted.place is None:
        return
    there = wanted.place.file
    for part in alternatives(wanted.place.node):
        if part.type == _KEYS:
            owner = there.types.read(part.named_children[0])
            found = _meant(file, text, owner.parameter) if owner is not None and owner.parameter else owner
            if found is not None:
                yield found
        elif (model := model_of_names(file.facts, text_of(part))) != "":
            yield Type(What.RECORD, model)


def model_of_names(facts: SchemaFacts, name: str) -> str:
    """The model whose fields `Prisma.BookScalarFieldEnum` names; empty for anything else."""
    bare = name.rpartition(".")[2]
    model = model_in(facts, bare) if bare.endswith(_NAMES_OF_FIELDS) else ""
    return model if bare == f"{model}{_NAMES_OF_FIELDS}" else ""


def _meant(file: FileContext, text: Node, parameter: str) -> Type | None:
    """What a type parameter is at a text: by the call that it is given to, or by the type of what it is written in."""
    for outer in ancestors(text):
        if outer.type == "object":
            owner = expected(file, outer)
            if owner is not None and (found := bound_to(owner, parameter)) is not None:
                return found
        if outer.type == "call_expression":
            function = file.types.function_of(outer)
            given = dict(given_types(file.types, outer, function, _DEPTH)) if function is not None else {}
            return given.get(parameter)
    return None
