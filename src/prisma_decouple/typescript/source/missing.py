"""A value that is missing, as code calls it, and the names of properties that stand for it.

`body.authorId`, `body["authorId"]`, and `body[field]` inside of `for (const field of ["authorId", "title"])`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.operators import EQUAL
from prisma_decouple.typescript.source.patterns import key_in_pattern, pattern_of
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import bound_names, find_binding, held_by, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    ancestors,
    call_arguments,
    call_given,
    callee,
    children_of,
    first_name,
    is_function,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

_DEPTH = 4
_GOING_THROUGH = frozenset({"every", "filter", "find", "forEach", "some"})


class Functions(Protocol):
    """What is known of the functions that a file calls."""

    def called(self, call: Node) -> tuple[Node, Functions] | None:
        """The function that a call calls, and what is known of those that its file calls; None when it is not seen."""


@dataclass(frozen=True)
class Missing:
    """A value that is missing.

    Attributes:
        values: what it is called, names and property chains without `?`: `body.authorId`.
        functions: of the file in which it is called so.
        names: variables that hold the name of the property that it is: the `field` of `body[field]`.
        lists: variables that hold lists of names, each with its names.
        is_key: whether nothing is found by it that is looked up; else it is of something that is there.
        depth: how many functions and constants are followed.
    """

    values: frozenset[str]
    functions: Functions
    names: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_key: bool = True
    depth: int = _DEPTH

    @property
    def deeper(self) -> Missing:
        """The same value, when one more step was followed."""
        return replace(self, depth=self.depth - 1)

    def also_called(self, values: Iterable[str]) -> Missing:
        """The same value, which is called something else as well.

        Args:
            values: the names.
        """
        return replace(self, values=self.values.union(map(plain, values)))

    def named_by(self, variable: str, name: str) -> Missing:
        """The same value, where a variable holds the name of a property.

        Args:
            variable: the variable.
            name: what it holds.
        """
        return replace(self, names={**self.names, variable: name})

    def within(self, node: Node) -> Missing:
        """The same value inside of what goes through names of properties: `for (const field of ["authorId"])`.

        Args:
            node: the place.
        """
        inside = self
        for outer in ancestors(node):
            element, listed = gone_through(outer)
            if element is not None and listed is not None:
                for name in self.own_of(listed)[:1]:
                    inside = inside.named_by(text_of(pattern_of(element)), name)
        return inside

    def is_compared_in(self, callback: Node) -> bool:
        """Whether a callback compares what an element has with the value: `(each) => each.id === body.authorId`."""
        names = set(bound_names(parameters(callback)[0])) if is_function(callback) and parameters(callback) else set()
        for condition in returned_values(callback) if names else ():
            sides = [condition.child_by_field_name(each) for each in ("left", "right")]
            if text_of(condition.child_by_field_name("operator")) in EQUAL:
                others = [each for each in sides if each is not None and first_name(each) not in names]
                return len(others) == 1 and self.is_it(unwrapped(others[0]))
        return False

    def is_it(self, node: Node) -> bool:
        """Whether an expression is the value, by its name, or read by the name of its property.

        Args:
            node: the expression.
        """
        if node.type not in {*READS, *VALUE_NAMES, "call_expression"}:  # a signal of Solid is called to read it
            return False
        index = node.child_by_field_name("index")
        name = self.names.get(text_of(index)) if index is not None else None
        owner = node.child_by_field_name("object")
        return self.is_property(owner, name) if name is not None else self._is_called(node)

    def _is_called(self, node: Node) -> bool:
        """Whether an expression is the value by its name, or a constant that was read of where the value comes from."""
        held = held_by(node) if node.type == "identifier" else None
        is_held = held is not None and held.type in READS and plain(text_of(held)) in self.values
        return is_held or plain(text_of(node)) in self.values

    def is_property(self, owner: Node | None, name: str) -> bool:
        """Whether the value is a property of something.

        Args:
            owner: what has the property.
            name: of the property.
        """
        return f"{plain(text_of(owner))}.{name}" in self.values

    def is_one_of(self, owners: Iterable[Node]) -> bool:
        """Whether the value is any property of one of some things.

        Args:
            owners: these.
        """
        texts = {plain(text_of(each)) for each in owners}
        return any(each.rpartition(".")[0] in texts for each in self.values)

    def name_in(self, node: Node) -> str:
        """The name of a property that an expression is: a text, or a variable that holds one; empty for any other.

        Args:
            node: the expression.
        """
        return string_value(node) or self.names.get(text_of(node), "")

    def own_of(self, listed: Node) -> Sequence[str]:
        """Of the names that a list is written with those of the value's property.

        Args:
            listed: the list, where it stands, in a variable, or as it was handed in.
        """
        own = {each.rpartition(".")[2] for each in self.values if "." in each}
        return [each for each in self._texts(unwrapped(listed)) if each in own]

    def handed_to(self, call: Node, is_missing: Callable[[Node], bool]) -> tuple[Node, Missing] | None:
        """The function that a call calls, and the value as that has it; None when the function is not seen.

        Args:
            call: the call.
            is_missing: whether an expression is the value, or made of nothing but that.
        """
        function, functions = (self.functions.called(call) if self.depth else None) or (None, self.functions)
        if function is None:
            return None
        values = {each for each in self.values if _is_the_same_in(function, call, each)}
        lists: dict[str, Sequence[str]] = {}
        for parameter, argument in zip(parameters(function), call_arguments(call), strict=False):
            pattern, given = pattern_of(parameter), unwrapped(argument)
            values |= set(bound_names(pattern) if is_missing(given) else self._called_in(pattern, given, is_missing))
            if texts := self._texts(given):
                lists[text_of(pattern)] = texts
        return function, Missing(frozenset(values), functions, {}, lists, self.is_key, self.depth - 1)

    def _called_in(self, pattern: Node, given: Node, is_missing: Callable[[Node], bool]) -> Iterator[str]:
        """What the value is called in a function that is given what it is a property of."""
        owner = f"{plain(text_of(given))}."
        inner = {each.removeprefix(owner) for each in self.values if each.startswith(owner)}
        if given.type == "object":
            inner |= {name for name, value in properties(given) if is_missing(value)}
        if pattern.type == "object_pattern":
            taken = {key_in_pattern(each): each for each in children_of(pattern)}
            yield from (name for key in inner if key in taken for name in bound_names(taken[key]))
        else:
            yield from (f"{text_of(pattern)}.{each}" for each in inner)

    def _texts(self, listed: Node) -> Sequence[str]:
        """The texts that a list is written with, where it stands, in a constant, or as it was handed in."""
        if (known := self.lists.get(text_of(listed))) is not None:
            return known
        kept = held_by(listed) if listed.type in VALUE_NAMES else listed
        node = unwrapped(kept) if kept is not None else listed
        return [string_value(each) for each in children_of(node)] if node.type == "array" else []


def _is_the_same_in(function: Node, call: Node, value: str) -> bool:
    """Whether what a value is called where a function is called is the same in it: what both of them can see."""
    first = value.partition(".")[0]
    if first == "this":
        return text_of(callee(call)[0]) == first
    binding = find_binding(call, first)
    return binding is not None and find_binding(function, first) == binding and first not in _bound_in(function)


def _bound_in(function: Node) -> set[str]:
    return {name for parameter in parameters(function) for name in bound_names(parameter)}


def gone_through(node: Node) -> tuple[Node | None, Node | None]:
    """What a loop, or a callback of `forEach`, binds to each element of a list, and the list; None for any other node.

    Args:
        node: the loop, or the callback.
    """
    if node.type == "for_in_statement":
        return node, node.child_by_field_name("right")
    call = call_given(node) if is_function(node) else None
    receiver, method = callee(call) if call is not None else (None, "")
    return (next(iter(parameters(node)), None), receiver) if method in _GOING_THROUGH else (None, None)
