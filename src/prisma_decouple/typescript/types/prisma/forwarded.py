"""Queries that are made by a generic function or class on a model that only its caller, or the class, names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import properties, property_value, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, function_name, held_by, returned_values
from prisma_decouple.typescript.source.syntax import (
    FUNCTIONS,
    call_arguments,
    call_given,
    callee,
    descendants,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CREATES, METHODS, SAME_ELEMENTS
from prisma_decouple.typescript.types.prisma.handed_models import (
    Scene,
    argument,
    function_called,
    function_of_parameter,
    meant,
)
from prisma_decouple.typescript.types.prisma.queries import option, query_result, texts_in
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 4
_PARTS = frozenset({"by", "distinct", "having", "include", "orderBy", "select", "where"})
_FAR = 12
_ROUNDS = 3
_SELF = frozenset({"super", "this"})
# What a generic function has its model as: a parameter, a field, what the client has under a name.
_OPEN = frozenset({"call_expression", "identifier", "member_expression", "subscript_expression"})


class Forwarded(NamedTuple):
    """A call that makes a query, by way of a generic function.

    Attributes:
        call: the call.
        model: of the query.
        method: of the client that makes it.
        query: the call of that method.
        scene: from where that is looked at.
    """

    call: Node
    model: str
    method: str
    query: Place
    scene: Scene

    @property
    def is_open(self) -> bool:
        """Whether the function does not say itself of which model the query is."""
        receiver = callee(self.query.node)[0]
        return receiver is not None and self.query.file.delegates.model_of(receiver) is None

    def option(self, name: str) -> Place | None:
        """What the query is given as one of its options; None where that is not seen."""
        found = self._option(name)
        return found[0] if found is not None else None

    def _option(self, name: str) -> tuple[Place, Scene] | None:
        given = call_arguments(self.query.node)[:1]
        return _property(Place(self.query.file, given[0]), self.scene, name) if given else None

    def made_of(self, name: str, keys: AbstractSet[str]) -> list[Place]:
        """What a record is made of: of `{ ...data, isOpen: true }` what the caller gives; nothing where keys are given.

        Args:
            name: of the option.
            keys: any one of which is all that is needed.
        """
        found = self._option(name)
        if found is None:
            return []
        place, outer = found
        literal = place.node
        if outer.function is None:
            return [place]
        if literal.type != "object" or not keys.isdisjoint(key for key, _ in properties(literal)):
            return []
        spread = (traced(Place(place.file, each.named_children[-1]), outer) for each in spreads_in(literal))
        return [each for each, caller in spread if caller.function is None]

    def options(self) -> Iterator[tuple[Place, Type]]:
        """Where the options of the query, or each of them, are written, and what is wanted there."""
        facts, given = self.query.file.facts, call_arguments(self.query.node)[:1]
        whole = Type(What.ARGS if self.method in CREATES else What.QUERY, self.model)
        waiting = [traced(Place(self.query.file, each), self.scene) for each in given]
        for place, outer in waiting:
            yield place, whole
            for name, value in properties(place.node) if place.node.type == "object" else ():
                if (wanted := option(facts, whole, name)) is not None:
                    yield traced(Place(place.file, value), outer)[0], wanted
            spread = spreads_in(place.node) if place.node.type == "object" else ()
            waiting += [traced(Place(place.file, each.named_children[-1]), outer) for each in spread]

    @property
    def is_given_back(self) -> bool:
        """Whether the call gives what the query finds."""
        node, scene = self.query.node, self.scene
        while scene.function is not None and scene.call is not None and scene.outer is not None:
            if all(unwrapped(held_by(value) or value) != node for value in map(unwrapped, _returned(scene.function))):
                return False
            node, scene = scene.call.node, scene.outer
        return True


def _returned(function: Place) -> tuple[Node, ...]:
    return returned_values(function.node)


def forwarding_names(file: FileContext) -> frozenset[str]:
    """The names of the functions of a code base that may make queries on a model, or with options, of their callers.

    Args:
        file: one of its files.
    """
    if file.project.forwarding is None:
        file.project.forwarding = _forwarding(list(file.project.files.values()))
    return file.project.forwarding


def wanted_by_query(file: FileContext, value: Node) -> Type | None:
    """What a generic function wants as an argument that it makes a query of.

    Args:
        file: the file.
        value: the argument.
    """
    call = call_given(value)
    made = (each for each in file.forwarded if each.call == call) if call is not None else ()
    told = (wanted for each in made for place, wanted in each.options() if place.node == value)
    return next(told, None)


def forwarded_in(file: FileContext) -> Iterator[Forwarded]:
    """The calls of a file that make queries by way of generic functions.

    Args:
        file: the file.
    """
    for call in file.source.called(*forwarding_names(file)):
        receiver, method = callee(call)
        is_own = receiver is not None and receiver.type in _SELF
        if is_own or (method in METHODS and receiver is not None and file.delegates.model_of(receiver)):
            continue  # of what `this` is, those tell who call it from outside
        function = file.types.function_of(call)
        if function is not None:
            yield from _made_by(file, call, file.types.of(receiver) if receiver is not None else function, function)


def _made_by(file: FileContext, call: Node, owner: Type | None, function: Type) -> Iterator[Forwarded]:
    scene = Scene(owner, Place(file, call), function.place, Scene())
    yield from (Forwarded(call, *each) for each in _queries(scene, _DEPTH))


def given_by_query(file: FileContext, call: Node, owner: Type | None, function: Type | None) -> Type | None:
    """What a call gives when a generic function gives back what its query finds.

    Args:
        file: the file.
        call: the call.
        owner: what has the function.
        function: what it calls.
    """
    if function is None or function.what is not What.FUNCTION or callee(call)[1] not in forwarding_names(file):
        return None
    made = (each for each in _made_by(file, call, owner or function, function) if each.is_given_back)
    found = next(made, None)
    if found is None:
        return None
    given, by = query_result(found.query.file, found.model, found.method, found.query.node), found.option("by")
    is_grouped = given is not None and found.method == "groupBy" and by is not None
    return replace(given, only=texts_in(by.node)) if is_grouped and given is not None and by is not None else given


def _queries(scene: Scene, depth: int) -> Iterator[tuple[str, str, Place, Scene]]:
    """The queries of the function that is called in a scene, each with its model, method, call and scene."""
    if scene.function is None or not depth:
        return
    file = scene.function.file
    for call in descendants(scene.function.node, "call_expression"):
        receiver, method = callee(call)
        if receiver is None or method not in METHODS | forwarding_names(file):
            continue
        place, owner = Place(file, call), meant(Place(file, receiver), scene)
        if owner is not None and owner.what is What.DELEGATE:
            if method in METHODS:
                yield owner.model, method, place, scene
        elif owner is not None and (function := function_called(place, owner)) is not None:
            yield from _queries(Scene(owner, place, function, scene), depth - 1)


def _forwarding(files: Iterable[FileContext]) -> frozenset[str]:
    """The names of the functions that may make queries on a model that they do not name themselves."""
    files = [each for each in files if METHODS & each.source.words]
    found = frozenset(name for file in files for call in _open_queries(file) if (name := _name_around(call)))
    for _ in range(_ROUNDS):
        calls = (call for file in files for call in file.source.called(*found) if _is_of_itself(call))
        found |= frozenset(name for call in calls if (name := _name_around(call)))
    return found


def _open_queries(file: FileContext) -> Iterator[Node]:
    for call in file.source.called(*METHODS):
        receiver = callee(call)[0]
        is_open = receiver is not None and unwrapped(receiver).type in _OPEN
        if receiver is not None and is_open and (_hands_on(call) or file.delegates.model_of(receiver) is None):
            yield call


def _hands_on(call: Node) -> bool:
    """Whether a query is made with options, or a part of them, that its function is given."""
    given = [unwrapped(each) for each in call_arguments(call)[:1]]
    parts = [value for each in given if each.type == "object" for name, value in properties(each) if name in _PARTS]
    spread = [each.named_children[-1] for literal in given if literal.type == "object" for each in spreads_in(literal)]
    bindings = (binding_of(each) for each in (*given, *parts, *spread))
    return any(each is not None and function_of_parameter(each) is not None for each in bindings)


def _is_of_itself(call: Node) -> bool:
    receiver = callee(call)[0]
    return receiver is not None and text_of(receiver).partition(".")[0] in _SELF


def _name_around(call: Node) -> str:
    function = nearest(call, *FUNCTIONS)
    return function_name(function) if function is not None else ""


def _property(place: Place, scene: Scene, name: str, depth: int = _DEPTH) -> tuple[Place, Scene] | None:
    """What an object has under a name, wherever it is written, and from where that is looked at."""
    literal, outer = traced(place, scene)
    if literal.node.type != "object" or not depth:
        return None
    value = property_value(literal.node, name)
    if value is not None:
        return traced(Place(literal.file, value), outer)
    spread = (Place(literal.file, each.named_children[-1]) for each in [*spreads_in(literal.node)][::-1])
    return next(filter(None, (_property(each, outer, name, depth - 1) for each in spread)), None)


def traced(place: Place, scene: Scene, depth: int = _FAR) -> tuple[Place, Scene]:
    """Where a value comes from, as far as it is only handed on, and from where that is looked at."""
    node = unwrapped(place.node)
    while (inner := callee(node)[0] if node.type == "call_expression" else None) and callee(node)[1] in SAME_ELEMENTS:
        node = unwrapped(inner)
    binding, name = binding_of(node), text_of(node)
    value = declared_value(binding, name) if binding is not None else None
    if value is not None and depth:
        return traced(Place(place.file, value), scene, depth - 1)
    function = function_of_parameter(binding) if binding is not None else None
    is_own = scene.function is not None and function is not None and scene.function.node == function
    given = argument(scene, binding, name) if is_own and binding is not None else None
    if given is None or scene.outer is None:
        return Place(place.file, node), scene
    return traced(given, scene.outer, depth - 1) if depth else (place, scene)
