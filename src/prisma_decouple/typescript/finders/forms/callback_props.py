"""Functions that a component is given and calls: what it hands to them, a page sends.

`<BookDialog onSave={handleSave} />`, and in it `await onSave({ title, authorId: form.authorId })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.child_components import component_of, names_given
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import binding_of, function_name, held_by
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    children_of,
    descendants,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import KEEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 3


def calls_by_components(function: Place) -> Iterator[Place]:
    """The calls of a function in the components that are given it by an attribute.

    Args:
        function: the function, also where it is written in the attribute itself.
    """
    holder = function.node.parent
    if holder is not None and holder.type == "jsx_expression":
        yield from calls_by_component(Place(function.file, function.node))
        return
    name = function_name(function.node)
    for file in function.file.project.speaking_of(name) if name else ():
        for attribute in file.source.nodes("jsx_attribute"):
            value = _value_of(attribute)
            if value is not None and _is_it(file, value, name, function.node):
                yield from _calls_by(Place(file, attribute), _DEPTH)


def calls_by_component(value: Place) -> Iterator[Place]:
    """The calls of what stands alone in an attribute, in the component that is given it; of anything else none.

    Args:
        value: what stands there.
    """
    holder = value.node.parent
    attribute = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    if attribute is not None and attribute.type == "jsx_attribute":
        yield from _calls_by(Place(value.file, attribute), _DEPTH)


def _value_of(attribute: Node) -> Node | None:
    """What stands in the braces of an attribute."""
    holder = attribute.named_children[-1]
    inner = children_of(holder)[:1] if holder.type == "jsx_expression" else []
    return unwrapped(inner[0]) if inner else None


def _is_it(file: FileContext, value: Node, name: str, function: Node) -> bool:
    """Whether a value is a function, also one that is kept between two renderings: `useCallback(async () => …)`."""
    if value.type != "identifier" or is_function(value):
        return False
    held = held_by(value)
    kept = call_arguments(held)[:1] if held is not None and callee(held)[1] in KEEPS else [held]
    if function in kept or binding_of(value) == function:
        return True
    found = file.types.of(value) if text_of(value) == name else None
    return found is not None and found.place is not None and found.place.node == function


def _calls_by(attribute: Place, depth: int) -> Iterator[Place]:
    """The calls of what an attribute gives, in the component, and in those that it gives it on to."""
    file, tag = attribute.file, attribute.node.parent
    component = component_of(file, tag) if tag is not None else None
    if component is None:
        return
    names = {plain(each) for each in names_given(component, text_of(attribute.node.named_children[0]))}
    for call in descendants(component.node, "call_expression"):
        if plain(text_of(call.child_by_field_name("function"))) in names:
            yield Place(component.file, call)
    for other in descendants(component.node, "jsx_attribute") if depth else ():
        value = _value_of(other)
        if value is not None and plain(text_of(value)) in names:
            yield from _calls_by(Place(component.file, other), depth - 1)
