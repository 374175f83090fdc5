"""Functions whose types are written where they are kept: `const show: FC<Props> = ({ book }) => ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.signatures import is_rest
from prisma_decouple.typescript.source.syntax import call_given, callee, text_of
from prisma_decouple.typescript.types.containers import element_of
from prisma_decouple.typescript.types.typed import Type, What, bound_to, omittable, substituted

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_HOLDERS = frozenset({"public_field_definition", "variable_declarator"})
# Which of the types that they are given is that of a component's properties.
_WRAPPERS = {"forwardRef": 1, "memo": 0}
_COMPONENTS = frozenset({"FC", "FunctionComponent", "NextPage", "VFC"})


def told_parameter(types: Types, function: Node, index: int | None, depth: int) -> Type | None:
    """What the type of a variable or field says of a parameter of the function that it holds, or what is around it.

    Args:
        types: the types of the function's file.
        function: the function.
        index: the number of the parameter.
        depth: how far types may be followed.
    """
    annotation = _annotation(function)
    if annotation is None or index is None:
        wrapped = _wrapped_props(function) if index == 0 else None
        return types.read(wrapped, depth) if wrapped is not None else None
    props = _props(types, annotation, depth) if index == 0 else None
    return props or given_to(types.read(annotation, depth), index, depth)


def given_to(written: Type | None, index: int, depth: int) -> Type | None:
    """What a written type of functions says of their parameter of that number."""
    if written is not None and written.what is What.TAKER:
        return bound_to(written, str(index))
    if written is None or written.what is not What.FUNCTION or written.place is None:
        return None
    taken = parameters(written.place.node)
    types = written.place.file.types
    last = len(taken) - 1
    is_open = index >= last >= 0 and is_rest(taken[last])
    told = taken[last] if is_open else taken[index] if index <= last else None
    found = types.read(told.child_by_field_name("type"), depth) if told is not None else None
    found = element_of(found, index - last) if found is not None and is_open else found
    return substituted(found, written) if found is not None and found.parameter and written.bound else found


def taken_by(function: Type, depth: int) -> Type | None:
    """What a function takes, by the number of the parameter: `Parameters<typeof add>`."""
    if function.what is What.TAKER:
        return Type(What.BOX, bound=function.bound)
    if function.what is not What.FUNCTION or function.place is None:
        return None
    found = {}
    for index, parameter in enumerate(parameters(function.place.node)):
        told = given_to(function, index, depth)
        is_open = parameter.type == "optional_parameter" or parameter.child_by_field_name("value") is not None
        if told is not None:
            found[str(index)] = omittable(told) if is_open else told
    return Type(What.BOX, bound=tuple(found.items()))


def _annotation(function: Node) -> Node | None:
    holder = function.parent
    is_held = holder is not None and holder.type in _HOLDERS and holder.child_by_field_name("value") == function
    return holder.child_by_field_name("type") if holder is not None and is_held else None


def _props(types: Types, annotation: Node, depth: int) -> Type | None:
    """The properties of a component, as the type of its variable has them: of `React.FC<Props>` the `Props`."""
    written = annotation.named_children[0] if annotation.named_children else None
    return _of_component(types, written, depth) if written is not None else None


def _of_component(types: Types, written: Node, depth: int) -> Type | None:
    if written.type == "type_identifier" and depth:
        found = types.file.project.lookup(types.file, written, text_of(written), is_type=True)
        value = found.node.child_by_field_name("value") if isinstance(found, Symbol) else None
        return _of_component(found.file.types, value, depth - 1) if isinstance(found, Symbol) and value else None
    name, given = written.child_by_field_name("name"), written.child_by_field_name("type_arguments")
    is_component = written.type == "generic_type" and text_of(name).rpartition(".")[2] in _COMPONENTS
    listed = given.named_children if is_component and given is not None else []
    return types.read(listed[0], depth) if listed else None


def _wrapped_props(function: Node) -> Node | None:
    """The properties of a component that another function makes: of `forwardRef<Element, Props>` the `Props`."""
    call = call_given(function)
    given = call.child_by_field_name("type_arguments") if call is not None else None
    place = _WRAPPERS.get(callee(call)[1]) if call is not None and call.type == "call_expression" else None
    if given is None or place is None or place >= len(given.named_children):
        return None
    return given.named_children[place]
