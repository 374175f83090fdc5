"""The model on which a generic function or class makes its queries, as far as its caller or the class itself tells.

`class Repository { constructor(protected model: any) {} }` is told it by `super(prisma.book)`, by
`new Repository("book")` or by a field of the class that extends it, `const crud = (model: any) => ({ … })` by
`crud(prisma.book)`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import (
    bound_names,
    declared_value,
    parameters,
    returned_values,
)
from prisma_decouple.typescript.source.syntax import (
    CLASSES,
    VALUE_NAMES,
    call_arguments,
    callee,
    descendants,
    function_around,
    is_inside,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.classes import bases_of_class, constructor_of, value_of_field
from prisma_decouple.typescript.types.prisma.delegates import looks_like_client
from prisma_decouple.typescript.types.typed import Type, What, bound_to, member_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 12
_SELF = frozenset({"super", "this"})
# What becomes of the name of a model before the client is asked for it.
_SAME_NAME = frozenset({"camelCase", "lowerFirst", "toLowerCase", "toString", "trim", "uncapitalize"})
_MADE = frozenset({What.CLASS, What.SHAPE})


class Scene(NamedTuple):
    """From where code is looked at.

    Attributes:
        owner: what `this` is there.
        call: the call of the function around it, None where nobody calls it.
        function: that function.
        outer: from where that call is looked at.
    """

    owner: Type | None = None
    call: Place | None = None
    function: Place | None = None
    outer: Scene | None = None


def with_models(file: FileContext, call: Node, function: Node | None, made: Type | None) -> Type | None:
    """What a function or constructor makes, bound to the models of the client that it is given.

    Args:
        file: the file of the call.
        call: the call, or the `new`.
        function: what it calls.
        made: what that makes.
    """
    if made is None or function is None or made.what not in _MADE or made.is_list or made.place is None:
        return made
    if made.what is not What.CLASS and not is_inside(function, made.place.node):
        return made
    found = tuple(_models_given(file, call, function))
    return replace(made, bound=(*made.bound, *found)) if found else made


def _models_given(file: FileContext, call: Node, function: Node) -> Iterator[tuple[str, Type]]:
    for parameter, value in zip(parameters(function), call_arguments(call), strict=False):
        if model := _model_called(file, value) or _delegate(file, value):
            yield from ((_parameter(name), Type(What.DELEGATE, model)) for name in bound_names(parameter))


def _parameter(name: str) -> str:
    """Under which what is made has what a parameter was given; no type parameter is called so."""
    return f"({name})"


def _model_called(file: FileContext, value: Node) -> str:
    """The model that a text names, as the client does or as the schema does."""
    name = string_value(unwrapped(value))
    return next((each for each in file.facts.models if name in {each, client_accessor(each)}), "") if name else ""


def _delegate(file: FileContext, value: Node) -> str:
    value = unwrapped(value)
    is_read = value.type in {"member_expression", "subscript_expression", "identifier"}
    model = file.delegates.model_of(value) if is_read else None
    return model if model and file.delegates.is_certain(value) else ""


def meant(place: Place, scene: Scene, depth: int = _DEPTH) -> Type | None:
    """What an expression in a generic function or class is: a model of the client, or an instance of a class.

    Args:
        place: the expression.
        scene: from where it is looked at.
        depth: how far it is followed.
    """
    file, node = place.file, unwrapped(place.node)
    if not depth or node.type in _SELF:
        return scene.owner if depth else None
    if model := _model_called(file, node) or file.delegates.model_of(node):
        return Type(What.DELEGATE, model)
    if node.type == "member_expression":
        inner = node.child_by_field_name("object")
        is_own = inner is not None and inner.type in _SELF and scene.owner is not None
        return _of_member(scene.owner, last_name(node), depth - 1) if is_own and scene.owner is not None else None
    if node.type == "subscript_expression":
        client, index = node.child_by_field_name("object"), node.child_by_field_name("index")
        is_asked = client is not None and index is not None and looks_like_client(client)
        return meant(Place(file, index), scene, depth - 1) if is_asked and index is not None else None
    if node.type == "call_expression":
        return _of_call(Place(file, node), scene, depth - 1)
    return _of_name(Place(file, node), scene, depth - 1) if node.type in VALUE_NAMES else None


def _of_call(place: Place, scene: Scene, depth: int) -> Type | None:
    """`this.getModel()`, and the name of a model that is written in another way, `name.toLowerCase()`."""
    receiver, method = callee(place.node)
    if method in _SAME_NAME and (inner := next(iter(call_arguments(place.node)), receiver)) is not None:
        return meant(Place(place.file, inner), scene, depth)
    owner = meant(Place(place.file, receiver), scene, depth) if receiver is not None else None
    function = function_called(place, owner)
    values = returned_values(function.node) if function is not None else ()
    if function is None or len(values) != 1:
        return None
    return meant(Place(function.file, values[0]), Scene(owner, place, function, scene), depth)


def function_called(call: Place, owner: Type | None) -> Place | None:
    """The function that a call calls, where what has it may be known better than its file tells."""
    if owner is None:
        found = call.file.types.function_of(call.node)
    else:
        found = call.file.types.property(owner, callee(call.node)[1])
    return found.place if found is not None and found.what is What.FUNCTION else None


def _of_name(place: Place, scene: Scene, depth: int) -> Type | None:
    name = text_of(place.node)
    found = place.file.project.lookup(place.file, place.node, name)
    if not isinstance(found, Symbol):
        return None
    if (value := declared_value(found.node, name)) is not None:
        return meant(Place(found.file, value), scene, depth)
    return _of_parameter(Place(found.file, found.node), name, scene, depth)


def _of_parameter(parameter: Place, name: str, scene: Scene, depth: int) -> Type | None:
    function = function_of_parameter(parameter.node)
    if function is None:
        return None
    if scene.function is not None and scene.function.node == function:
        given = argument(scene, parameter.node, name)
        return meant(given, scene.outer, depth) if given is not None and scene.outer is not None else None
    if scene.owner is None:
        return None
    if key_of(function) != "constructor":
        return bound_to(scene.owner, _parameter(name))
    return _given_to_constructor(scene.owner, Place(parameter.file, function), parameter.node, name, depth)


def function_of_parameter(parameter: Node) -> Node | None:
    """The function that has a parameter; None for anything else."""
    function = function_around(parameter)
    return function if function is not None and parameter in parameters(function) else None


def argument(scene: Scene, parameter: Node, name: str) -> Place | None:
    """What the call of a scene gives for a name that a parameter of the function binds."""
    if scene.call is None or scene.function is None:
        return None
    place, path = parameters(scene.function.node).index(parameter), path_to(parameter, name)
    given = call_arguments(scene.call.node)[place : place + 1]
    value = given[0] if given and path is not None else None
    for key in path or ():
        value = property_value(unwrapped(value), key) if value is not None else None
    return Place(scene.call.file, value) if value is not None else None


def _given_to_constructor(owner: Type, constructor: Place, parameter: Node, name: str, depth: int) -> Type | None:
    """What the constructor of a class is given: where an instance is made, or by the class that extends it."""
    made = constructor_of(owner)
    if made is not None and made[0].node == constructor.node:
        return bound_to(owner, _parameter(name))
    place = parameters(constructor.node).index(parameter)
    for declared, above in pairwise(each for each in _line_of(owner) if member_of(each.node, "constructor")):
        own = member_of(declared.node, "constructor")
        if own is not None and member_of(above.node, "constructor") == constructor.node:
            calls = (each for each in descendants(own, "call_expression") if _is_super(each))
            given = [value for call in calls for value in call_arguments(call)[place : place + 1]]
            return meant(Place(declared.file, given[0]), Scene(owner), depth) if given else None
    return None


def _is_super(call: Node) -> bool:
    return text_of(call.child_by_field_name("function")) == "super"


def _line_of(owner: Type, depth: int = _DEPTH) -> Iterator[Place]:
    """The class of an instance and those that it extends, one after the other."""
    if owner.place is None or owner.place.node.type not in CLASSES or not depth:
        return
    yield owner.place
    for base in bases_of_class(owner.place):
        yield from _line_of(base, depth - 1)


def _of_member(owner: Type, name: str, depth: int) -> Type | None:
    """What an instance has under a name: what its class sets or its constructor is given, or what a getter gives."""
    for declared in _line_of(owner):
        found = value_of_field(declared, name)
        if found is not None and function_of_parameter(found.node) is not None:
            return _of_parameter(found, name, Scene(owner), depth)
        if found is not None:
            return meant(found, Scene(owner), depth)
    return None
