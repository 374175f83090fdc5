"""Texts that have to name a field of a model: of `keyof Book`, of `key: keyof T`, of `Prisma.BookScalarFieldEnum`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.comparisons import compared_with
from prisma_decouple.typescript.source.syntax import ancestors, text_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.prisma_types import model_of_names
from prisma_decouple.typescript.types.typed import Type, What, bound_to
from prisma_decouple.typescript.types.written.given_types import given_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 12
_KEYS = "index_type_query"
_WRITTEN = frozenset({What.SHAPE, What.VALUE})  # `keyof Book & string` is an intersection
_CHOOSING = frozenset({"Exclude", "Extract"})


def fields_named(file: FileContext, text: Node) -> Iterator[Type]:
    """The types, one of whose properties a text has to name: one that is given, and one that is compared.

    Args:
        file: the file.
        text: the text.
    """
    other = compared_with(text)
    if (record := _looked_in(file, text)) is not None:
        yield record
        return
    wanted = file.types.of(other) if other is not None else expected(file, text)
    if wanted is None or wanted.what not in _WRITTEN or wanted.place is None:
        return
    there = wanted.place.file
    for part in (each for whole in alternatives(wanted.place.node) for each in _parts(whole)):
        if part.type == _KEYS:
            owner = there.types.read(part.named_children[0])
            found = _meant(file, text, owner.parameter) if owner is not None and owner.parameter else owner
            if found is not None:
                yield found
        elif (model := model_of_names(file.facts, text_of(part))) != "":
            yield Type(What.RECORD, model)


def _looked_in(file: FileContext, text: Node) -> Type | None:
    """The record in which a name is looked for, `"title" in book`."""
    outer = text.parent
    is_asked = outer is not None and outer.type == "binary_expression" and outer.child_by_field_name("left") == text
    right = outer.child_by_field_name("right") if outer is not None and is_asked else None
    found = file.types.of(right) if right is not None and outer is not None and _operator(outer) == "in" else None
    return found if found is not None and found.what is What.RECORD else None


def _operator(node: Node) -> str:
    return text_of(node.child_by_field_name("operator"))


def _parts(written: Node) -> Iterator[Node]:
    """What names are chosen from: `keyof Book` of `keyof Book & string`, or of `Extract<keyof Book, string>`."""
    if written.type == "intersection_type":
        yield from (part for each in written.named_children for part in _parts(each))
    elif written.type == "generic_type" and text_of(written.child_by_field_name("name")) in _CHOOSING:
        listed = written.child_by_field_name("type_arguments")
        yield from listed.named_children[:1] if listed is not None else ()
    else:
        yield written


def _meant(file: FileContext, text: Node, parameter: str) -> Type | None:
    """What a type parameter is at a text: by the call that it is given to, or by the type of what it is written in."""
    for outer in ancestors(text):
        if outer.type == "object":
            owner = expected(file, outer)
            if owner is not None and (found := bound_to(owner, parameter)) is not None:
                return found
        if outer.type == "call_expression":
            function = file.types.function_of(outer)
            given = [*given_types(file.types, outer, function, _DEPTH), *function.bound] if function is not None else []
            return next((each for name, each in given if name == parameter), None)
    return None
