"""What is sent where it is a parameter: what those who call the function give for it, wherever they do.

`const save = (data: any) => api.post("/books", data)` is called by name, by a component that is given it, `<BookDialog
onSave={save} />`, and as the function of a mutation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.callback_props import calls_by_component, calls_by_components
from prisma_decouple.typescript.finders.sent.mutation_calls import beginnings_of
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import properties, property_value, spreads_in
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, function_name, parameters
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    callee,
    function_around,
    last_name,
    owner_of_read,
    start_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.properties import literal_behind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

_WHOLE_FORMS = frozenset({"getRawValue", "getValues"})  # of Angular and of react-hook-form
_DEPTH = 5


def given_for(body: Place, depth: int = _DEPTH) -> Iterator[Place]:
    """What is sent, and what callers give for it where it is a parameter: `(data: any) => post("/api/books", data)`.

    Args:
        body: what is sent, a literal or a name.
        depth: how many functions are gone through.
    """
    yield body
    file, sent = body.file, [(body.node, 0)]
    if body.node.type == "object":
        spread = [unwrapped(each.named_children[0]) for each in spreads_in(body.node)]
        yield from (Place(file, each) for each in spread if _is_state(each))
        sent = [*((each, 0) for each in spread), *((each, 1) for _, each in properties(body.node))]
    taken = {(binding, path[: len(path) - last]) for each, last in sent for binding, path in _taken_from(each)}
    for binding, way in sorted(taken, key=lambda each: (each[0].start_byte, each[1])) if depth else ():
        yield from _given_by_callers(Place(file, binding), way, depth)


def _taken_from(value: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The parameter that a value is, or is read of, or is taken out of, and by which names."""
    binding = binding_of(start_of(value))
    if binding is not None and binding.type in PARAMETERS:
        read, names = unwrapped(value), list[str]()
        while read.type in READS and (owner := owner_of_read(read)) is not None:
            names.insert(0, last_name(read))
            read = owner
        yield binding, (*(path_to(binding, text_of(read)) or ()), *names)


def _is_state(value: Node) -> bool:
    """Whether a value is what a page keeps: `const [form, setForm] = useState(…)`."""
    binding = binding_of(value)
    held = binding.child_by_field_name("value") if binding is not None else None
    return held is not None and callee(held)[1] in STATES


def _given_by_callers(parameter: Place, way: Sequence[str], depth: int) -> Iterator[Place]:
    """What those who call a function give for a parameter of it, or under some names in that."""
    function = function_around(parameter.node)
    if function is None or parameter.node not in parameters(function):
        return
    index = parameters(function).index(parameter.node)
    for call in _calls_of(Place(parameter.file, function)):
        for given in call_arguments(call.node)[index : index + 1] if not is_test(call.file.source.path) else ():
            kept = _under(Place(call.file, given), way)
            yield from given_for(kept, depth - 1) if kept.node.type == "object" or is_whole(kept.node) else ()


def _under(given: Place, way: Sequence[str]) -> Place:
    """What stands under some names in what is given, as far as it is a literal."""
    kept = literal_behind(given) or given
    for name in way:
        inner = property_value(kept.node, name) if kept.node.type == "object" else None
        if inner is not None:
            value = Place(kept.file, inner)
            kept = literal_behind(value) or value
    return kept


def _calls_of(function: Place) -> Iterator[Place]:
    """The calls of a function: by its name, by the components that are given it, and as that of a mutation."""
    for file, call in function.file.project.calls_of(function_name(function.node)):
        found = file.types.function_of(call)
        if found is not None and found.place is not None and found.place.node == function.node:
            yield Place(file, call)
    yield from calls_by_components(function)
    for begins in beginnings_of(function):
        outer = begins.node.parent
        if outer is not None and outer.child_by_field_name("function") == begins.node:
            yield Place(begins.file, outer)
        yield from calls_by_component(begins)


def is_whole(value: Node) -> bool:
    """Whether a value is what is kept as a whole: `form`, `this.form.value`, `this.form.getRawValue()`."""
    is_asked_for = value.type == "call_expression" and callee(value)[1] in _WHOLE_FORMS
    return value.type in {"identifier", "member_expression"} or is_asked_for
