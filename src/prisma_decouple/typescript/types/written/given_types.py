"""What the type parameters of a function or class stand for in a call of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.signatures import is_rest
from prisma_decouple.typescript.source.syntax import call_arguments
from prisma_decouple.typescript.types.contexts import given_to
from prisma_decouple.typescript.types.typed import Type, What, bound_to, element, without_nothing
from prisma_decouple.typescript.types.written.generics import type_parameters
from prisma_decouple.typescript.types.written.keys import named, names_in, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_DEPTH = 8


def given_types(
    types: Types, call: Node, function: Type, depth: int, declaration: Node | None = None
) -> Iterator[tuple[str, Type]]:
    """What the type parameters of a function stand for in a call of it: as they are given, or by the arguments.

    Args:
        types: of the file of the call.
        call: the call.
        function: what it calls.
        depth: how far declarations are followed.
        declaration: what has the type parameters, of a constructor the class; as a rule the function itself.
    """
    if function.place is None:
        return
    names, given = type_parameters(declaration or function.place.node), call.child_by_field_name("type_arguments")
    for name, each in zip(names, given.named_children if given is not None else (), strict=False):
        found = types.read(each, depth - 1)
        if found is not None:
            yield name, found
    values = call_arguments(call)
    for index, parameter in enumerate(parameters(function.place.node)[: len(values)]):
        value, is_open = values[index], is_rest(parameter)
        wanted = function.place.file.types.read(parameter.child_by_field_name("type"), depth - 1)
        if (
            wanted is not None
            and wanted.parameter in names
            and (texts := _texts(types, values[index:] if is_open else [value]))
        ):
            yield wanted.parameter, named(texts)
            continue
        made = types.of(value, depth - 1) if wanted is not None and wanted.what is What.FUNCTION else None
        if made is not None and wanted is not None and made.what is What.FUNCTION:
            if made.place is not None:
                yield from _said_by(made.place.file.types, wanted, made.place.node, names, depth)
            wanted, found = types.returned(wanted, depth - 1), types.returned(made, depth - 1)
        else:
            found = types.of(value, depth - 1) if wanted is not None and wanted.parameter in names else None
        if found is None and wanted is not None and wanted.bound:
            yield from _of_same(wanted, types.of(value, depth - 1), names)
        elif found is not None and wanted is not None and wanted.parameter in names:
            found = element(found) if wanted.is_list else found
            yield wanted.parameter, without_nothing(found) if _takes_off(parameter, wanted) else found


def _said_by(
    types: Types, wanted: Type, function: Node, names: Sequence[str], depth: int
) -> Iterator[tuple[str, Type]]:
    """What type parameters stand for as a function says of its own: `(id: number) => ...` for `(key: K) => ...`."""
    for index, parameter in enumerate(parameters(function)):
        said, taken = types.read(parameter.child_by_field_name("type"), depth - 1), given_to(wanted, index, depth - 1)
        if said is not None and taken is not None and taken.parameter in names and said.is_list >= taken.is_list:
            yield taken.parameter, element(said) if taken.is_list else said


def _of_same(wanted: Type, found: Type | None, names: Sequence[str]) -> Iterator[tuple[str, Type]]:
    """What type parameters stand for where a value of the same generic type is given, `Page<Book>` for `Page<T>`."""
    is_same = found is not None and found.place == wanted.place and found.is_list == wanted.is_list
    for name, each in wanted.bound if is_same else ():
        given = bound_to(found, name) if found is not None and each.parameter in names else None
        if given is not None:
            yield each.parameter, given


def _takes_off(parameter: Node, wanted: Type) -> bool:
    """Whether what a parameter takes besides is no part of its type parameter: `T | null`, `(T | null)[]`."""
    written = parameter.child_by_field_name("type")
    is_whole = written is not None and written.named_children[0].type == "union_type"
    return wanted.is_nullable and is_whole != wanted.is_list


def _texts(types: Types, values: Sequence[Node]) -> frozenset[str]:
    """The texts that some arguments are; empty when one of them is none that is written out."""
    found = [texts_of(types, each) or _said(types, each) for each in values]
    return frozenset[str]().union(*found) if all(found) else frozenset()


def _said(types: Types, value: Node) -> frozenset[str]:
    """The one text that a variable is said to be: `key: "title"`; empty for one of several."""
    found = types.of(value) if value.type == "identifier" else None
    place = found.place if found is not None and found.what is What.VALUE and not found.is_list else None
    return names_in(place.file.types, place.node, {}, _DEPTH) if place is not None else frozenset()
