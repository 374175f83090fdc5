"""What a generic function or class wants, or makes, in one of its calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, returned_values
from prisma_decouple.typescript.source.signatures import is_rest
from prisma_decouple.typescript.source.syntax import call_arguments, unwrapped
from prisma_decouple.typescript.types.containers import element_of
from prisma_decouple.typescript.types.typed import Type, What, bound_to, substituted
from prisma_decouple.typescript.types.written.generics import bound_by, type_parameters
from prisma_decouple.typescript.types.written.given_types import given_types
from prisma_decouple.typescript.types.written.instantiated import instantiated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


def of_taken_out(types: Types, call: Node, function: Type, depth: int) -> Type | None:
    """What a generic function gives that says nothing of it, and takes it out: `<T, K>(one: T, key: K) => one[key]`.

    Args:
        types: of the file of the call.
        call: the call.
        function: what it calls.
        depth: how far declarations are followed.
    """
    node = function.place.node if function.place is not None else None
    values = list(returned_values(node)) if node is not None else []
    taken = unwrapped(values[0]) if len(values) == 1 else None
    if function.place is None or taken is None or taken.type != "subscript_expression":
        return None
    given = dict(reversed([*given_types(types, call, function, depth), *function.bound]))
    parts = (taken.child_by_field_name("object"), taken.child_by_field_name("index"))
    owner, key = (_stands_for(function.place.file.types, each, given, depth) for each in parts)
    names = key.only if key is not None and key.only is not None else ()
    return types.property(owner, next(iter(names)), depth) if owner is not None and len(names) == 1 else None


def _stands_for(types: Types, value: Node | None, given: Mapping[str, Type], depth: int) -> Type | None:
    """What a parameter of a generic function is in a call of it."""
    binding = binding_of(value) if value is not None and value.type == "identifier" else None
    written = binding.child_by_field_name("type") if binding is not None and binding.type in PARAMETERS else None
    found = types.read(written, depth)
    return given.get(found.parameter) if found is not None and not found.is_list else None


def looked_up(types: Types, call: Node, function: Type, taken: Sequence[Node], place: int) -> Type | None:
    """What a parameter says that looks its type up by what another one is given: `emit<K>(name: K, event: Events[K])`.

    Args:
        types: of the file of the call.
        call: the call.
        function: what it calls.
        taken: the parameters of the function itself, or of a callback that it takes; the last may take the rest.
        place: which of the values that are given.
    """
    last = len(taken) - 1
    is_open = place >= last >= 0 and is_rest(taken[last])
    parameter = taken[last] if is_open else taken[place] if place <= last else None
    written = parameter.child_by_field_name("type") if parameter is not None else None
    inner = written.named_children[0] if written is not None and written.named_children else None
    if inner is None or inner.type != "lookup_type":
        return None
    found = of_given(types, call, function, inner, _DEPTH)
    return element_of(found, place - last) if is_open and found is not None else found


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
