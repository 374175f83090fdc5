"""Whether who receives an answer reads what may be null now, also of what a page keeps of it in a state.

`const response = await fetch(url); setBook(await response.json())`, and `book.title` where the page shows it: as long
as all of it is seen, and nobody reads `book.authorId`, nobody has to know that it may be null.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.spent import outermost
from prisma_decouple.typescript.routes.states import state_set_by
from prisma_decouple.typescript.source.operators import CHOICES, FALLBACKS
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.scopes import binding_of, bound_names, parameters, uses_in
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    call_given,
    callee,
    function_around,
    is_function,
    is_inside,
    last_name,
    nearest,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import ELEMENT_PARAMETERS, SAME_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_ASKING = frozenset({"do_statement", "if_statement", "switch_statement", "unary_expression", "while_statement"})
_BODIES = frozenset({"body", "data"})
_LOOKS = frozenset({"Array.isArray", "Boolean", "console.error", "console.log"})
_PARSES = "JSON.parse"
_SCOPES = ("program", "statement_block")
_SHOWING = frozenset({"expression_statement", "template_substitution"})
_SHOWN_IN = frozenset({"jsx_element", "jsx_fragment"})
_THE_SAME = frozenset({"catch", "finally", "json", "text"})  # called, they give the same, or the body
_THEN = "then"


@dataclass(frozen=True)
class Received:
    """What may be null now in an answer.

    Attributes:
        file: of those who receive it.
        names: of what may be null.
        holds: whether something of the answer has any of it.
    """

    file: FileContext
    names: frozenset[str]
    holds: Callable[[Type], bool]

    def is_read(self, receiver: Node, answer: Type) -> bool:
        """Whether some of it is read, or goes where that cannot be seen.

        Args:
            receiver: the call that gets the answer.
            answer: what that is.
        """
        waiting, known = [(receiver, answer)], set[int]()
        while waiting:
            node, found = waiting.pop()
            if node.id in known:
                continue
            known.add(node.id)
            further = self._further(outermost(node), found)
            if further is None:
                return True
            waiting += further
        return False

    def _further(self, node: Node, found: Type) -> list[tuple[Node, Type]] | None:
        """Where a value goes, or what is read of it; None where that is what may be null, or is not seen."""
        outer = node.parent
        if outer is None or _is_asked(node, outer) or _is_shown(outer):
            return []
        if outer.type in READS and outer.child_by_field_name("object") == node:
            return self._read(outer, found)
        if outer.type == "arguments":
            return self._given(outer.parent, node, found) if outer.parent is not None else None
        binding = _binding(outer, node)
        if binding is not None:
            return self._bound(binding, found)
        whole = outer if outer.type == "binary_expression" else _then_around(node, outer)
        return [(whole, found)] if whole is not None else None

    def _bound(self, binding: Node, found: Type) -> list[tuple[Node, Type]] | None:
        """The uses of what is bound to names; the type of an element is that of its list."""
        scope = function_around(binding) if binding.type != "variable_declarator" else nearest(binding, *_SCOPES)
        scope = binding if binding.type == "for_in_statement" else scope
        uses: list[tuple[Node, Type]] = []
        pattern = pattern_of(binding)
        for name in bound_names(pattern):
            path = path_to(binding, name)
            inner: Type | None = found
            for step in path if path is not None else ():
                inner = self._part(inner, step) if inner is not None else None
            if path is None or scope is None or not self.names.isdisjoint(path):
                return None
            named = uses_in(scope, name, binding) if inner is not None else ()
            uses += [(use, inner) for use in named if inner is not None and not _is_given(use, pattern)]
        return uses

    def _part(self, owner: Type, name: str) -> Type | None:
        """What stands under a name, where it has any of what may be null."""
        if name.isdigit():
            return owner
        inner = self.file.types.property(owner, name)
        if inner is None and name in _BODIES:
            return owner
        return inner if inner is not None and self.holds(inner) else None

    def _read(self, read: Node, found: Type) -> list[tuple[Node, Type]] | None:
        name, call = last_name(read), read.parent
        if read.type == "subscript_expression" and not name:
            return [(read, found)]
        if call is not None and call.type == "call_expression" and call.child_by_field_name("function") == read:
            return self._called(call, name, found)
        if name in self.names:
            return None
        inner = self._part(found, name)
        return [(read, inner)] if inner is not None else []

    def _called(self, call: Node, name: str, found: Type) -> list[tuple[Node, Type]] | None:
        """What becomes of an answer, or of a list in it, of which a method is called."""
        if name in _THE_SAME:
            return [(call, found)]
        if name == _THEN:
            return self._handed(call_arguments(call)[:1], found)
        if name not in ELEMENT_PARAMETERS and name not in SAME_ELEMENTS:
            return None
        uses = [(call, found)] if name in SAME_ELEMENTS else []
        for function in call_arguments(call)[:1] if name in ELEMENT_PARAMETERS else ():
            taken = parameters(function) if is_function(function) else []
            elements = [each for index, each in enumerate(taken) if index in ELEMENT_PARAMETERS[name]]
            inner = [self._bound(each, found) for each in elements]
            if not taken or None in inner:
                return None
            uses += [use for each in inner for use in each or ()]
        return uses

    def _given(self, call: Node, node: Node, found: Type) -> list[tuple[Node, Type]] | None:
        """What becomes of what a call is given: a state keeps it, or it is only looked at."""
        called = text_of(call.child_by_field_name("function"))
        if called in _LOOKS:
            return []
        if called == _PARSES:
            return [(call, found)]
        setter = call.child_by_field_name("function")
        return self._kept(setter, found) if setter is not None and call_arguments(call) == [node] else None

    def _handed(self, functions: list[Node], found: Type) -> list[tuple[Node, Type]] | None:
        """What becomes of what functions are given that `then` is handed."""
        uses: list[tuple[Node, Type]] = []
        for function in functions:
            taken = parameters(function)[:1] if is_function(function) else []
            inner = [self._bound(each, found) for each in taken] if taken else [self._kept(function, found)]
            if None in inner:
                return None
            uses += [use for each in inner for use in each or ()]
        return uses

    def _kept(self, setter: Node, found: Type) -> list[tuple[Node, Type]] | None:
        """The uses of the state that a function sets."""
        state = state_set_by(setter)
        scope = function_around(state) if state is not None else None
        binding = state.parent.parent if state is not None and state.parent is not None else None
        if state is None or scope is None or binding is None:
            return None
        return [(use, found) for use in uses_in(scope, text_of(state), binding) if use != state]


def _binding(outer: Node, node: Node) -> Node | None:
    """What binds the name that a value is given, where it is declared or later."""
    if outer.type != "assignment_expression":
        return outer if outer.type in {"for_in_statement", "variable_declarator"} else None
    left = outer.child_by_field_name("left")
    return binding_of(left) if left is not None and left != node and left.type == "identifier" else None


def _then_around(node: Node, outer: Node) -> Node | None:
    """The call of `then` that gives what a function gives back, where that is a value."""
    function = function_around(node) if outer.type in {"arrow_function", "return_statement"} else None
    call = call_given(function) if function is not None else None
    return call if call is not None and callee(call)[1] == _THEN else None


def _is_given(name: Node, pattern: Node) -> bool:
    """Whether a name stands in the pattern that binds it, or is given another value."""
    outer = name.parent
    return is_inside(pattern, name) or (outer is not None and outer.child_by_field_name("left") == name)


def _is_asked(node: Node, outer: Node) -> bool:
    """Whether it is only asked whether something is there, or what it is."""
    if outer.type == "ternary_expression":
        return outer.child_by_field_name("condition") == node
    if outer.type != "binary_expression":
        return outer.type in _ASKING
    operator = text_of(outer.child_by_field_name("operator"))
    is_first = outer.child_by_field_name("left") == node
    return operator not in CHOICES or (is_first and operator not in FALLBACKS)


def _is_shown(outer: Node) -> bool:
    """Whether a value is shown, or nothing is done with it; what an element is given goes on."""
    is_of_element = outer.type == "jsx_expression" and outer.parent is not None and outer.parent.type in _SHOWN_IN
    return is_of_element or outer.type in _SHOWING
