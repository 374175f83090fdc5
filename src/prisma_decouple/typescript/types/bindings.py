"""What the names are that variables, parameters, loops and patterns declare."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import is_empty_list
from prisma_decouple.typescript.source.patterns import path_to, pattern_of, taken_before_rest
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import (
    PARAMETERS,
    added_values,
    assigned_values,
    declared_value,
    parameters,
)
from prisma_decouple.typescript.source.signatures import says_any
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    NOTHING,
    call_arguments,
    callee,
    function_around,
    is_function,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ELEMENT_PARAMETERS, UNTYPED
from prisma_decouple.typescript.types.containers import element_of, settled, value_of_map
from prisma_decouple.typescript.types.contexts import given_to, told_parameter
from prisma_decouple.typescript.types.either import beside
from prisma_decouple.typescript.types.kept_by_key import kept_by_key
from prisma_decouple.typescript.types.libraries.fastify import handed_to_route
from prisma_decouple.typescript.types.libraries.list_functions import element_handed_on
from prisma_decouple.typescript.types.libraries.messages import heard_by
from prisma_decouple.typescript.types.libraries.next_auth import given_to_callback
from prisma_decouple.typescript.types.libraries.procedures import handed_to_procedure
from prisma_decouple.typescript.types.libraries.validators import CHECKS, let_through
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.handed_in import handed_to_parameter
from prisma_decouple.typescript.types.typed import (
    FAR,
    Type,
    What,
    element,
    known,
    listed,
    omittable,
    substituted,
    without_nothing,
)
from prisma_decouple.typescript.types.written.generic_calls import looked_up
from prisma_decouple.typescript.types.written.given_types import given_types
from prisma_decouple.typescript.types.written.type_arguments import given_beside

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

_OF_ANYTHING = re.compile(r"\bany\s*(?:>|;?\s*\}|$)")  # `Record<string, any>`, `{ [name: string]: any }`
_HOOK = re.compile(r"use(?!Callback|Event)[A-Z]")  # what a hook gives is no more than made by what it is given
# What is known better than by the function that it is made with.
_KNOWN = frozenset({What.BOX, What.KEY, What.MAP, What.RECORD, What.TAKER})


class Bindings:
    """The names that a file declares."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._file = types.file
        self._owners: dict[tuple[int, str], list[Type | None]] = {}
        self._known: dict[tuple[int, str], Type | None] = {}
        self._readers = {
            **dict.fromkeys(PARAMETERS, self._of_parameter),
            "variable_declarator": self._of_declarator,
            "for_in_statement": self._of_loop,
            "identifier": self._of_argument,  # the bare parameter of an arrow function
        }

    def of_symbol(self, node: Node, name: str, depth: int) -> Type | None:
        """What a name is whose declaration is a node."""
        key = (node.id, name)
        if key in self._known:
            return self._known[key]
        if (reader := self._readers.get(node.type)) is not None:
            circles = self._file.project.circles
            found = known(reader(node, name, depth))
            if depth > FAR and circles == self._file.project.circles:
                self._known[key] = found  # nothing was left out of it
            return found
        if is_function(node) or node.type == "function_signature":
            return Type(What.FUNCTION, place=Place(self._file, node))
        if node.type in DECLARED_CLASSES:
            return Type(What.STATIC, place=Place(self._file, node))
        return self._types.of(node, depth - 1) if node.type.endswith("_expression") else None

    def owner_of(self, binding: Node, name: str, depth: int, step: int = -1) -> Type | None:
        """What a pattern takes a name out of: of `{ id }` in `for (const { id } of books)` a book.

        Args:
            binding: what gives the name its value.
            name: the name.
            depth: how far declarations are followed.
            step: of the types on the way to the name, from the value to the innermost, which one.
        """
        self.of_symbol(binding, name, depth)
        owners = self._owners.get((binding.id, name), [])
        return owners[step] if -len(owners) <= step < len(owners) else None

    def _of_loop(self, node: Node, name: str, depth: int) -> Type | None:
        value = node.child_by_field_name("right")
        found = self._types.of(value, depth - 1) if value is not None else None
        return self._taken(element(found), node, name, depth) if found is not None else None

    def _of_declarator(self, node: Node, name: str, depth: int) -> Type | None:
        annotation, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        requests = self._file.project.requests
        if requests is not None:  # a reader looks at what it is
            written = text_of(annotation).removeprefix(":").strip()
            is_open = value is not None and requests.is_left_open(Place(self._file, value), annotation)
            annotation = None if written in UNTYPED or is_open else annotation
            if (annotation is None or _OF_ANYTHING.search(written)) and (
                kept := kept_by_key(self._types, node, name, depth)
            ):
                return kept
        among = declared_value(node, name)
        if annotation is None and value is not None and among is not None and among != value:
            kept = self._types.of(among, depth - 1)
            is_settled = kept is not None and callee(unwrapped(value))[1] == "allSettled"
            return settled(kept) if kept is not None and is_settled else kept
        found = self._types.read(annotation, depth - 1) if annotation is not None else None
        if found is None and value is not None:
            found = self._held(node, value, depth)
        if found is None and annotation is None and (value is None or text_of(value) in NOTHING):
            return self._assigned(node, name, depth)
        if found is None and annotation is None and is_empty_list(value):
            return self._filled(node, name, depth) or self._assigned_list(node, name, depth)
        if found is None and value is not None and (path := path_to(node, name)) is not None and len(path) == 1:
            return self._types.of_namespace(value, path[0], depth)
        return self._taken(found, node, name, depth) if found is not None else None

    def _held(self, declarator: Node, value: Node, depth: int) -> Type | None:
        """What a variable holds: a function with something around it, unless a library makes more of it."""
        found = self._types.kept(value, depth - 1)
        if pattern_of(declarator).type != "identifier" or (found is not None and found.what in _KNOWN):
            return found
        return wrapped_function(self._file, value) or found

    def _assigned(self, declarator: Node, name: str, depth: int) -> Type | None:
        """What a variable that is declared without a value is given later; it may be nothing until then."""
        given = (self._types.kept(value, depth - 1) for value in assigned_values(declarator, name))
        found = list(filter(None, given))
        return replace(beside(*found), is_nullable=True) if found else None

    def _filled(self, declarator: Node, name: str, depth: int) -> Type | None:
        """What a list that is empty at first becomes one of: of what is added to it."""
        found = (self._added(value, depth - 1) for value in added_values(declarator, name))
        first = next(filter(None, found), None)
        return listed(first) if first is not None else None

    def _assigned_list(self, declarator: Node, name: str, depth: int) -> Type | None:
        """What a list of anything, which is empty at first, is given later, as a reader sees it."""
        found = self._assigned(declarator, name, depth) if self._file.project.requests is not None else None
        return without_nothing(found) if found is not None and found.is_list else None

    def _added(self, value: Node, depth: int) -> Type | None:
        """What is added to a list: a value, or the elements of another one, `...books`."""
        if value.type != "spread_element":
            return self._types.kept(value, depth)
        found = self._types.of(value.named_children[0], depth) if value.named_children else None
        return element(found) if found is not None and found.is_list else None

    def _of_parameter(self, node: Node, name: str, depth: int) -> Type | None:
        found = self._of_told_parameter(node, name, depth)
        if self._file.project.requests is None or (found is not None and not found.is_any):
            return found
        handed = handed_to_parameter(self._file, node, name, depth - 1) if depth else None
        return handed or self._of_heard(node, name, depth) or found

    def _of_heard(self, node: Node, name: str, depth: int) -> Type | None:
        """What a function is given that hears what is sent elsewhere."""
        function = function_around(node)
        taken = parameters(function) if function is not None else []
        if function is None or node not in taken or not depth:
            return None
        found = heard_by(self._file, function, taken.index(node), depth - 1)
        return self._taken(found, node, name, depth) if found is not None else None

    def _of_told_parameter(self, node: Node, name: str, depth: int) -> Type | None:
        annotation = node.child_by_field_name("type")
        is_told = annotation is not None and not says_any(annotation)
        given = self._of_argument(node, name, depth) if not is_told else None
        value = node.child_by_field_name("value")
        if annotation is None and given is None and value is not None:
            given = self._taken_from(value, node, name, depth)
        if annotation is None or given is not None:
            return given
        found = self._types.read(annotation, depth - 1)
        if found is not None and node.type == "optional_parameter":
            found = omittable(found)
        return self._taken(found, node, name, depth) if found is not None else None

    def _taken_from(self, value: Node, binding: Node, name: str, depth: int) -> Type | None:
        found = self._types.of(value, depth - 1)
        return self._taken(found, binding, name, depth) if found is not None else None

    def _taken(self, found: Type, binding: Node, name: str, depth: int) -> Type | None:
        """What a pattern takes out of a value for a name."""
        rest = taken_before_rest(binding, name)
        if rest is not None:
            return replace(found, without=found.without | rest)
        path = path_to(binding, name)
        current: Type | None = found
        self._owners[binding.id, name] = owners = list[Type | None]()
        for key in path if path is not None else ():
            owners.append(current)
            if current is None:
                return None
            current = element_of(current, int(key)) if key.isdigit() else self._types.property(current, key, depth - 1)
        return current if path is not None else None

    def _of_argument(self, parameter: Node, name: str, depth: int) -> Type | None:
        """What a callback is given: an element of a list, the client of a transaction, or what its caller says."""
        function = function_around(parameter)
        call = function.parent.parent if function is not None and function.parent is not None else None
        if function is None:
            return None
        index = next((place for place, each in enumerate(parameters(function)) if each == parameter), None)
        if call is None or call.type != "call_expression":
            found = told_parameter(self._types, function, index, depth - 1)
            if found is None and index == 0:
                found = given_to_callback(self._file, function)
            if found is None and index is not None:
                found = given_to(expected(self._file, function) or self._said(function, depth), index, depth - 1)
                if found is not None and found.parameter:
                    found = given_beside(self._file, function, found.parameter, depth - 1) or found
            return self._taken(found, parameter, name, depth) if found is not None else None
        receiver, method = callee(call)
        owner = self._types.of(receiver, depth - 1) if receiver is not None else None
        if method == "$transaction":
            return self._taken(Type(What.CLIENT), parameter, name, depth)
        if method in {"reduce", "reduceRight"} and index == 0 and len(call_arguments(call)) > 1:
            told = call.child_by_field_name("type_arguments")
            written = (
                self._types.read(told.named_children[0], depth - 1)
                if told is not None and told.named_children
                else None
            )
            return written or self._types.of(call_arguments(call)[1], depth - 1)
        found = _handed_on(owner, receiver, method, index)
        if index == 0:
            found = found or handed_to_procedure(self._types, call, depth - 1)
            found = found or handed_to_route(self._types, call, depth - 1)
        found = found or element_handed_on(self._types, call, function, index, depth - 1)
        found = found or self._of_written_callback(call, owner, function, index, depth)
        found = found or told_parameter(self._types, function, index, depth - 1)
        return self._taken(found, parameter, name, depth) if found is not None else None

    def _said(self, function: Node, depth: int) -> Type | None:
        """What a function is said to be, `((book) => …) as Shown`: its parameters are told by that."""
        outer = parenthesized(function).parent
        return self._types.cast(outer, depth - 1) if outer is not None else None

    def _of_written_callback(
        self, call: Node, owner: Type | None, function: Node, index: int | None, depth: int
    ) -> Type | None:
        """What the type of a callback says that it is given."""
        receiver, method = callee(call)
        called = self._types.called(call, owner, method, depth) if receiver is None or owner is not None else None
        if index is not None and (called is None or called.what is What.TAKER):
            wanted = expected(self._file, function)
            return given_to(wanted, index, depth - 1) if wanted is not None and wanted.what is What.TAKER else None
        if called is None or called.what is not What.FUNCTION or called.place is None or index is None:
            return None
        place = next((place for place, each in enumerate(call_arguments(call)) if each == function), None)
        taken = parameters(called.place.node)
        if place is None or place >= len(taken):
            return None
        written = called.place.file.types.read(taken[place].child_by_field_name("type"), depth - 1)
        if (found := self._looked_up(call, called, written, index)) is not None:
            return found
        found = given_to(written, index, depth - 1)
        if found is None or not found.parameter:
            return found
        return substituted(
            found, replace(called, bound=(*given_types(self._types, call, called, depth), *called.bound))
        )

    def _looked_up(self, call: Node, called: Type, written: Type | None, index: int) -> Type | None:
        """What a callback is given whose type is looked up by another argument: `(event: Events[K]) => void`."""
        place = written.place if written is not None and written.what is What.FUNCTION else None
        taken = parameters(place.node) if place is not None else []
        return looked_up(self._types, call, called, taken, index)


def wrapped_function(file: FileContext, value: Node) -> Type | None:
    """The function in `cache(async () => ...)`: a plain call of one function around another."""
    function = value.child_by_field_name("function") if value.type == "call_expression" else None
    if function is None or function.type != "identifier" or _HOOK.match(text_of(function)):
        return None
    inner = next((each for each in call_arguments(value) if is_function(each)), None)
    return Type(What.FUNCTION, place=Place(file, inner)) if inner is not None else None


def _handed_on(owner: Type | None, receiver: Node | None, method: str, index: int | None) -> Type | None:
    """What a method of a list, or `then`, gives to the function that it is given."""
    if owner is None or receiver is None:
        return None
    if owner.what is What.MAP and not owner.is_list:
        return value_of_map(owner) if method == "forEach" and index == 0 else None
    if owner.is_list and index in ELEMENT_PARAMETERS.get(method, ()):
        return element(owner)
    if method in CHECKS and index == 0 and (inner := let_through(owner)) is not None:
        return inner
    return owner if method == "then" and index == 0 else None
