"""The answer in what a function gives back, whatever is written down of it on the way.

`const page: Page<T> = await response.json(); return page.data as T` gives what the answer has under `data`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.routes.asking import PARSED, PARSES
from prisma_decouple.typescript.routes.open_answers import open_in
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import assigned_values, binding_of
from prisma_decouple.typescript.source.syntax import VALUE_NAMES, call_arguments, callee, last_name, text_of, unwrapped
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

    _Asks: TypeAlias = Callable[[Place], Type | None]

_DEPTH = 8
# Where an expression has what it may be.
_SIDES = {"binary_expression": ("left", "right"), "ternary_expression": ("consequence", "alternative")}


class GivenBack:
    """What the values are in a function that have an answer in them.

    Args:
        file: of the function.
        asks: what a call gives that asks for something, with an open answer in it.
        given: what its parameters stand for that are given something with an answer in it, by their nodes' ids.
    """

    def __init__(self, file: FileContext, asks: _Asks, given: Mapping[int, Type]) -> None:
        self._file = file
        self._asks = asks
        self._given = given

    def of(self, value: Node | None, depth: int = _DEPTH) -> Type | None:
        """What a value is that has an open answer in it; None for any other."""
        found = self._found(unwrapped(value), depth - 1) if value is not None and depth else iter(())
        return next((each for each in found if each is not None and next(open_in(each), None) is not None), None)

    def of_any(self, values: Iterable[Node]) -> Type | None:
        """What one of several values is that a function gives back; of literals, what each has and the others not."""
        found = [each for value in values if (each := self.of(value)) is not None]
        literals = [each for each in found if each.what is What.BOX and not each.is_open]
        if not found or len(literals) < len(found):
            return next((each for each in found if each not in literals), None)
        return replace(found[0], bound=tuple({name: each for one in found[::-1] for name, each in one.bound}.items()))

    def _found(self, node: Node, depth: int) -> Iterator[Type | None]:
        """What an expression may be, the most telling first."""
        if node.type == "call_expression":
            yield self._asks(Place(self._file, node))
            yield self._of_method(node, depth)
            if text_of(node.child_by_field_name("function")) == PARSES:
                yield self._under(self.of(next(iter(call_arguments(node)), None), depth), PARSED)
        elif node.type == "member_expression":
            yield self._under(self.of(node.child_by_field_name("object"), depth), last_name(node))
        elif node.type in VALUE_NAMES:
            yield from self._of_name(node, depth)
        elif node.type == "object":
            inside = ((name, self.of(value, depth)) for name, value in properties(node))
            yield Type(What.BOX, bound=tuple((name, each) for name, each in inside if each is not None))
        for name in _SIDES.get(node.type, ()):
            yield self.of(node.child_by_field_name(name), depth)
        yield self._file.types.kept(node)

    def _of_method(self, call: Node, depth: int) -> Type | None:
        """What a method of what is answered gives: `response.json()`."""
        receiver, method = callee(call)
        found = self._under(self.of(receiver, depth), method)
        return bound_to(found, RESULT) if found is not None and found.what is What.TAKER else None

    def _of_name(self, name: Node, depth: int) -> Iterator[Type | None]:
        """What a variable or a parameter is, or what it takes out of its value."""
        binding = binding_of(name)
        if binding is None:
            return
        path = path_to(binding, text_of(name))
        value = binding.child_by_field_name("value") if binding.type == "variable_declarator" else None
        found = self._given.get(binding.id) or self.of(value, depth)
        for key in path if path is not None else ():
            found = self._under(found, key)
        yield found if path is not None else None
        if binding.type == "variable_declarator" and found is None:
            yield from (self.of(each, depth) for each in assigned_values(binding, text_of(name)))

    def _under(self, owner: Type | None, name: str) -> Type | None:
        return self._file.types.property(owner, name) if owner is not None else None
