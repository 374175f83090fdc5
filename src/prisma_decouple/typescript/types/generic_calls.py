"""What a generic function or class wants, or makes, in one of its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.syntax import call_arguments
from prisma_decouple.typescript.types.generics import bound_by, type_parameters
from prisma_decouple.typescript.types.given_types import given_types
from prisma_decouple.typescript.types.instantiated import instantiated
from prisma_decouple.typescript.types.typed import Type, What, bound_to, substituted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.expressions import Types

_DEPTH = 12


def of_given(types: Types, call: Node, function: Type, written: Node, depth: int) -> Type | None:
    """What a type that a generic function writes is in a call of it, `T[K]`.

    Args:
        types: of the file of the call.
        call: the call.
        function: what it calls.
        written: the type.
        depth: how far declarations are followed.
    """
    if function.what is not What.FUNCTION or function.place is None:
        return None
    given = dict(reversed([*given_types(types, call, function, depth), *function.bound]))
    return instantiated(function.place.file.types, written, given, depth)


def looked_up(types: Types, call: Node, function: Type, parameter: Node, depth: int = _DEPTH) -> Type | None:
    """What a parameter says that looks its type up by what another one is given: `emit<K>(name: K, event: Events[K])`.

    Args:
        types: of the file of the call.
        call: the call.
        function: what it calls.
        parameter: the parameter, of the function itself or of a callback that it takes.
        depth: how far declarations are followed.
    """
    written = parameter.child_by_field_name("type")
    inner = written.named_children[0] if written is not None and written.named_children else None
    is_looked_up = inner is not None and inner.type == "lookup_type"
    return of_given(types, call, function, inner, depth) if inner is not None and is_looked_up else None


def told_of_reduce(types: Types, call: Node, depth: int = _DEPTH) -> Type | None:
    """What a `reduce` makes, and its callback gives back, where that is written: `reduce<Totals>(...)`, `{} as Totals`.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    given, values = call.child_by_field_name("type_arguments"), call_arguments(call)
    if given is not None and given.named_children:
        return types.read(given.named_children[0], depth - 1)
    is_told = len(values) > 1 and values[1].type == "as_expression"
    return types.of(values[1], depth - 1) if is_told else None


def as_wanted(
    file: FileContext, call: Node, generic: Place, wanted: Type | None, place: Callable[[], Type | None]
) -> Type | None:
    """What a parameter of a generic declaration is in a call that says what it is given, or has to fit its own place.

    Args:
        file: the file of the call.
        call: the call, or `new Page(...)`.
        generic: the function or the class.
        wanted: what the parameter says.
        place: gives what the place of the call wants.
    """
    names = type_parameters(generic.node) if wanted is not None else []
    listed = call.child_by_field_name("type_arguments") if names else None
    if wanted is not None and wanted.what is What.FUNCTION and listed is not None:
        bound = bound_by(file.types, generic.node, listed.named_children, _DEPTH)
        return replace(wanted, bound=(*bound, *wanted.bound))
    if wanted is None or wanted.parameter not in names:
        return wanted
    if listed is not None:
        told = dict(zip(names, listed.named_children, strict=False)).get(wanted.parameter)
        meant = file.types.read(told) if told is not None else None
    else:
        around = place()
        meant = _meant(around, generic, wanted.parameter) if around is not None else None
    return substituted(wanted, replace(wanted, bound=((wanted.parameter, meant),))) if meant is not None else wanted


def _meant(place: Type, generic: Place, parameter: str) -> Type | None:
    """What a type parameter stands for when what a class or a function makes has to be what a place wants."""
    if place.place is not None and place.place.node == generic.node:
        return bound_to(place, parameter)
    written = generic.node.child_by_field_name("return_type")
    made = generic.file.types.read(written) if written is not None else None
    if made is None or made.place is None or place.place is None or made.place.node != place.place.node:
        return None
    name = next((name for name, each in made.bound if each.parameter == parameter), "")
    return bound_to(place, name)
