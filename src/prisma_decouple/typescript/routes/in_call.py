"""What values are in a function in one call of it: `{ success: true, data }` in `succeed(res, books)`.

A helper that sends what it is given says of it `T` or `any`, and is called by all handlers: each gives something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import given_by, properties, spreads_in
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.scopes import binding_of, bound_names, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    call_arguments,
    descendants,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.classes import constructor_of, is_parameter_property
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_DEPTH = 4
# Where an expression has what it may be.
_SIDES = {"binary_expression": ("left", "right"), "ternary_expression": ("consequence", "alternative")}
_MADE = frozenset({"call_expression", "new_expression"})


class InCall:
    """What values are in a function in one call of it.

    Args:
        file: of the function.
        given: what its parameters are given, by their nodes' ids; None for what cannot be told.
        depth: how many functions are followed that make something of it.
    """

    def __init__(self, file: FileContext, given: Mapping[int, Type | None], depth: int = _DEPTH) -> None:
        self._file = file
        self._given = given
        self._depth = depth

    def of(self, value: Node) -> Type | None:
        """What a value is; what has nothing to do with the call is what it is in every one."""
        node = unwrapped(value)
        if node.type == "await_expression":
            node = unwrapped(node.named_children[0])
        if node.type in _MADE and (made := self._made(node)) is not None:
            return made
        if not depends(node, self._given):
            held = _held(node)
            return self.of(held) if held is not None and held.type in _MADE else self._file.types.kept(value)
        if node.type in VALUE_NAMES:
            return self._named(node)
        if node.type == "object":
            bound = tuple(self._inside(node).items())
            return Type(What.BOX, bound=bound) if bound else None
        if node.type == "member_expression":
            owner = node.child_by_field_name("object")
            found = self.of(owner) if owner is not None else None
            return self._file.types.property(found, last_name(node)) if found is not None else None
        sides = filter(None, map(node.child_by_field_name, _SIDES.get(node.type, ())))
        found = next(filter(None, map(self._side, sides)), None)
        return found if node.type in _SIDES else self._file.types.kept(value)

    def at(self, call: Node, function: Place) -> InCall:
        """The values in a function that is called in this one."""
        given = [self.of(each) for each in call_arguments(call)]
        taken = parameters(function.node)
        return InCall(
            function.file,
            {each.id: given[index] if index < len(given) else None for index, each in enumerate(taken)},
            self._depth - 1,
        )

    def returned(self, function: Node) -> Type | None:
        """What a function gives back that is a literal made of what it is given."""
        literals = (each for each in returned_values(function) if _is_literal(each) and depends(each, self._given))
        return next(filter(None, map(self.of, literals)), None)

    def set_by(self, constructor: Node) -> Type | None:
        """What a constructor sets: `this.data = data`, `constructor(public data: T)`."""
        fields = (each for each in parameters(constructor) if is_parameter_property(each))
        found = {name: self._given.get(each.id) for each in fields for name in bound_names(each)}
        for node in descendants(constructor, "assignment_expression"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if right is not None and text_of(left).startswith("this."):
                found[last_name(left)] = self.of(right)
        bound = tuple((name, each) for name, each in found.items() if each is not None)
        return Type(What.BOX, bound=bound) if bound else None

    def _side(self, side: Node) -> Type | None:
        return self.of(side) if depends(side, self._given) else None

    def _named(self, name: Node) -> Type | None:
        """What a parameter is given, or what a variable holds that is made of it, whatever is written of it."""
        binding = binding_of(name)
        if binding is None or binding.id not in self._given:
            held = _held(name)
            return self.of(held) if held is not None else self._file.types.kept(name)
        found, path = self._given[binding.id], path_to(binding, text_of(name))
        for key in path if path is not None else ():
            found = self._file.types.property(found, key) if found is not None else None
        return found if path is not None else None

    def _inside(self, literal: Node) -> dict[str, Type]:
        """What an object has by name, what is spread into it and what it is given later as well."""
        found: dict[str, Type] = {}
        for spread in spreads_in(literal):
            inner = unwrapped(spread.named_children[-1])
            right = inner.child_by_field_name("right") if inner.type == "binary_expression" else None
            found |= dict(self._spread(right or inner))
        values = given_by(literal, 0).values.items()
        return found | {name: each for name, value in values if (each := self.of(value)) is not None}

    def _spread(self, value: Node) -> Iterator[tuple[str, Type]]:
        found = self.of(value)
        literal = found.literal if found is not None else None
        if found is not None and found.what is What.BOX:
            yield from found.bound
        for name, _ in properties(literal.node) if literal is not None else ():
            inner = self._file.types.property(found, name) if found is not None else None
            if inner is not None:
                yield name, inner

    def _made(self, node: Node) -> Type | None:
        """What a function, or the constructor of a class, makes of what it is given there."""
        types = self._file.types
        if not self._depth:
            return None
        if node.type == "call_expression":
            taken = binding_of(node.child_by_field_name("function"))
            handed = self._given.get(taken.id) if taken is not None else None
            if handed is not None and handed.what is What.FUNCTION:
                return types.returned(handed)
            function = types.function_of(node)
            place = function.place if function is not None else None
            return self.at(node, place).returned(place.node) if place is not None else None
        made = types.of(node)
        constructor = constructor_of(made) if made is not None and made.what is What.CLASS else None
        return self.at(node, constructor[0]).set_by(constructor[0].node) if constructor is not None else None


def depends(node: Node, taken: Collection[int], depth: int = _DEPTH) -> bool:
    """Whether a value is made of a parameter: `const url = base + path; fetch(url)`.

    Args:
        node: the value.
        taken: the ids of the nodes of the parameters.
        depth: how far variables are followed.
    """
    names = [node, *(each for kind in VALUE_NAMES for each in descendants(node, kind))]
    bindings = {each.id: each for name in names if (each := binding_of(name)) is not None}
    if any(each in taken for each in bindings):
        return True
    values = [each.child_by_field_name("value") for each in bindings.values() if each.type == "variable_declarator"]
    later = given_by(node, 0).values.values() if node.type == "object" else ()  # `answer.data = data`
    return depth > 0 and any(depends(each, taken, depth - 1) for each in (*values, *later) if each is not None)


def _held(name: Node) -> Node | None:
    """What a variable holds that is declared with it."""
    binding = binding_of(name) if name.type in VALUE_NAMES else None
    value = binding.child_by_field_name("value") if binding is not None else None
    is_whole = binding is not None and path_to(binding, text_of(name)) == []
    return unwrapped(value) if value is not None and is_whole else None


def _is_literal(value: Node) -> bool:
    """Whether a value is a literal, or a variable that holds one."""
    node = unwrapped(value)
    held = _held(node) or node
    return held.type == "object"
