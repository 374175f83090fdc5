"""How a function takes a new key: as a property of an argument, or as an argument of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.assignments import is_assigned
from prisma_decouple.typescript.source.decorators import decorators_of, is_decorated
from prisma_decouple.typescript.source.literals import comes_from_parameter
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, bound_names, function_name, parameters
from prisma_decouple.typescript.source.signatures import must_be_given
from prisma_decouple.typescript.source.syntax import (
    READS,
    descendants,
    function_around,
    last_name,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.members import is_of_others

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
_MANY = 3
_SENT = frozenset({"Arg", "Args", "Body", "MessageBody", "Param", "Payload", "Query"})  # decorators of what is sent
_NAMES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")


@dataclass(frozen=True)
class Slot:
    """Where a function takes the foreign keys of a new relation.

    Attributes:
        function: the function.
        parameter: the parameter that has them, or behind which they come.
        index: the number of the argument.
        is_property: whether they are properties of that argument.
        owner: the name of that argument inside the function; empty when it is taken apart.
        is_whole: whether all of that argument goes where the keys are needed, so that nothing is to be added there.
    """

    function: Place
    parameter: Node
    index: int
    is_property: bool
    owner: str = ""
    is_whole: bool = False

    def values(self, relation: RequiredRelation) -> tuple[str, ...]:
        """The expressions for the keys inside the function."""
        return tuple(f"{self.owner}.{key}" if self.owner else key for key in relation.foreign_keys)

    def is_free(self, relation: RequiredRelation) -> bool:
        """Whether the keys' own names, where the function is to have them, mean nothing else in it."""
        if self.owner:
            return True
        known = bound_names(pattern_of(self.parameter)) if self.is_property else ()
        names = set(relation.foreign_keys).difference(known)
        inside = (text_of(each) for kind in _NAMES for each in descendants(self.function.node, kind))
        return not names or names.isdisjoint(inside)

    def subject(self, relation: RequiredRelation) -> str:
        """What the hint provides that makes the function take the keys."""
        return f"takes {' '.join(relation.foreign_keys)} {place_key(self.function)}"


def place_key(place: Place) -> str:
    """A place as a word."""
    return f"{place.file.source.path}:{place.node.start_byte}"


def slot_for(file: FileContext, node: Node, relation: RequiredRelation, *, is_whole: bool = False) -> Slot | None:
    """The way in which a function should take a new key beside a value that it was given.

    Args:
        file: the file.
        node: an expression that leads to a parameter: the neighbouring key, or something that has it.
        relation: of the new key.
        is_whole: whether it is something that has it.

    Returns:
        None when it does not lead to a parameter, when something else has the key's name in the function, or nobody
        can be told to give one: the function is a constructor or component, or somebody else's idea of a signature, as
        its decorators or a framework's request show.
    """
    slot = _slot_beside(file, node, is_whole=is_whole)
    if slot is None or not slot.is_free(relation):
        return None
    function, name = slot.function.node, text_of(_root(node))
    is_another = is_assigned(function, {name}, function.start_byte, node.start_byte, is_whole=True)
    return slot if not is_another else None  # by then it may not be what the callers gave


def _slot_beside(file: FileContext, node: Node, *, is_whole: bool) -> Slot | None:
    path = _root(node)
    binding = binding_of(path)
    function = function_around(binding) if binding is not None else None
    if binding is None or function is None:
        return None
    taken = parameters(function)
    if not function_name(function) or is_component(file, function) or _is_of_framework(file, binding):
        return None
    index = next((place for place, each in enumerate(taken) if each == binding), None)
    if index is None or (not is_whole and (_is_list(file, path) or _is_entity(file, path, node))):
        return None
    place, pattern = Place(file, function), pattern_of(binding)
    if pattern.type == "object_pattern":
        # Of what is taken out whole it is the type that lacks the keys, and not what it is taken out of.
        is_inner = is_whole and path_to(binding, text_of(path)) is not None
        return Slot(place, binding, index, is_property=True) if not is_inner else None
    if is_whole or _is_owner(path, node) or _is_record_like(file, path):
        slot = Slot(place, binding, index, is_property=True, owner=text_of(path), is_whole=is_whole)
        return None if _may_be_absent(slot) or pattern.type == "rest_pattern" else slot
    return Slot(place, binding, _position(taken), is_property=False) if _may_grow(function) else None


def slot_of(function: Place, relation: RequiredRelation) -> Slot | None:
    """The way in which a function should take a new key, by the neighbouring key that it takes already."""
    facts, taken = function.file.facts, parameters(function.node)
    siblings = set(facts.neighbours_of(relation.model))
    for index, parameter in enumerate(taken):
        pattern = pattern_of(parameter)
        if pattern.type == "object_pattern" and siblings & set(bound_names(pattern)):
            return Slot(function, parameter, index, is_property=True)
        found = function.file.types.read(parameter.child_by_field_name("type"))
        is_shape = found is not None and found.what in {What.SHAPE, What.CLASS}
        if found is not None and is_shape and any(function.file.types.property(found, key) for key in siblings):
            return Slot(function, parameter, index, is_property=True, owner=text_of(pattern))
        if text_of(pattern) in siblings and _may_grow(function.node):
            slot = Slot(function, parameter, _position(taken), is_property=False)
            return slot if slot.is_free(relation) else None
    return None


def comes_from_callers(file: FileContext, expression: Node) -> bool:
    """Whether a value is a parameter, or a property of one, to which the code base itself gives its value."""
    binding = binding_of(_root(expression)) if comes_from_parameter(expression) else None
    return binding is not None and not _is_of_framework(file, binding)


def parameter_type(slot: Slot) -> Type | None:
    """The type that a function writes for the argument that has the keys."""
    return slot.function.file.types.read(slot.parameter.child_by_field_name("type"))


def _root(node: Node) -> Node:
    """The name at the beginning of a value: of `a`, `a.b`, `a.b || 0` and `a ? b : c`."""
    current = unwrapped(node)
    while current.type in {*READS, "binary_expression", "ternary_expression", "call_expression"}:
        fields = ("object", "left", "consequence")
        inner = next((found for each in fields if (found := current.child_by_field_name(each)) is not None), None)
        if inner is None:
            return current
        current = unwrapped(inner)
    return current


def _is_owner(name: Node, node: Node) -> bool:
    """Whether a name is there for one of its properties."""
    outer = name.parent
    is_object = outer is not None and outer.type in READS and outer.child_by_field_name("object") == name
    return is_object and name != unwrapped(node)


def _may_be_absent(slot: Slot) -> bool:
    found, has_default = parameter_type(slot), slot.parameter.child_by_field_name("value") is not None
    return has_default or slot.parameter.type == "optional_parameter" or (found is not None and found.is_nullable)


def _is_record_like(file: FileContext, name: Node) -> bool:
    """Whether a value has properties: a record, an object or an instance."""
    found = file.types.of(name)
    return found is not None and found.what not in {What.VALUE, What.FUNCTION}


def _is_entity(file: FileContext, path: Node, node: Node) -> bool:
    """Whether a value is of something that has a key of its own, `user.id`, and not of things that are handed over."""
    if not _is_owner(path, node):
        return False
    references = {each for relation in file.facts.changed for each in getattr(relation, "references", ())}
    found = file.types.of(path)
    is_written = found is not None and found.what in {What.CLASS, What.SHAPE}
    has_key = is_written and any(file.types.property(found, each) for each in references) if found else False
    return (has_key and not _is_taken_over(path)) or last_name(node) in references


def _is_taken_over(owner: Node) -> bool:
    """Whether a literal takes over most of what a value has, as that of a record does from what it is made of."""
    literal = nearest(owner, "object")
    values = [child.child_by_field_name("value") for child in literal.named_children] if literal is not None else []
    taken = [each for each in values if each is not None and text_of(_root(each)) == text_of(owner)]
    return len(taken) >= _MANY


def is_component(file: FileContext, function: Node) -> bool:
    """Whether a function is used in markup, where nobody calls it."""
    is_plain = function.type != "method_definition"
    return is_plain and file.source.may_have_elements and function_name(function)[:1].isupper()


def _is_of_framework(file: FileContext, parameter: Node) -> bool:
    """Whether a parameter is given its value by a framework, and not what a client sends: a request, a session."""
    decorators = decorators_of(parameter)
    if decorators and not decorators & _SENT:
        return True
    return is_of_others(file, parameter.child_by_field_name("type"), _DEPTH)


def _is_list(file: FileContext, name: Node) -> bool:
    found = file.types.of(name)
    return found is not None and found.is_list


def _position(taken: list[Node]) -> int:
    """Behind the last parameter that must be given."""
    required = [index for index, each in enumerate(taken) if must_be_given(each)]
    return required[-1] + 1 if required else 0


def _may_grow(function: Node) -> bool:
    """Whether a function's signature is its own: no constructor, no callback, nothing decorated."""
    name = text_of(function.child_by_field_name("name"))
    is_callback = function.parent is not None and function.parent.type == "arguments"
    return not any(map(is_decorated, (function, *parameters(function)))) and name != "constructor" and not is_callback
