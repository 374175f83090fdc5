"""What a state holds that says nothing of it: `const [books, setBooks] = useState<any[]>([])`, `ref<any[]>([])`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import binding_of, returned_values, uses_in, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    call_arguments,
    call_given,
    callee,
    descendants,
    function_around,
    is_function,
    last_name,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import UNTYPED
from prisma_decouple.typescript.types.typed import Type, What, omittable, without_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

STATES = frozenset({"ref", "shallowRef", "useState"})
"""What makes a state, in React and in Vue."""

# What is read by calling it, in Solid and in Angular.
_SIGNALS = frozenset({"createMemo", "createSignal", "signal"})
_DEPTH = 1
_EMPTY = frozenset({*NOTHING, "[]", "{}"})


def state_of(types: Types, call: Node, depth: int) -> Type | None:
    """What a state holds, by what it is set to; None where it says what it holds, or begins with something.

    Args:
        types: of the file.
        call: of one of `STATES`.
        depth: how far declarations are followed.
    """
    given, values = call.child_by_field_name("type_arguments"), call_arguments(call)
    is_untyped = given is None or all(text_of(each) in UNTYPED for each in given.named_children)
    is_empty = not values or text_of(values[0]) in _EMPTY
    if not is_untyped or (given is None and not is_empty):
        return None
    setter, is_reference = _setter(call), callee(call)[1] != "useState"
    given_later = _values_of(call) if is_reference else _set_to(setter) if setter is not None else ()
    found = (types.kept(value, depth - 1) for value in given_later)
    first = next((each for each in found if each is not None and not each.is_any), None)
    if first is None:
        return None
    is_list = bool(values) and text_of(values[0]) == "[]"
    held = without_nothing(first) if is_list else omittable(first)
    if is_reference:
        return Type(What.BOX, bound=(("value", held),))
    return Type(What.BOX, bound=(("0", held), ("1", Type(What.TAKER, bound=(("0", Type(What.VALUE)),)))))


def state_set_by(setter: Node) -> Node | None:
    """The name of the state that a function sets: `books` of `const [books, setBooks] = useState()`.

    Args:
        setter: the name of the function.

    Returns:
        None for any other expression.
    """
    binding = binding_of(setter) if setter.type == "identifier" else None
    held = binding.child_by_field_name("value") if binding is not None else None
    own = _setter(held) if held is not None and _is_state(held) else None
    pattern = own.parent if own is not None and text_of(own) == text_of(setter) else None
    return pattern.named_children[0] if pattern is not None else None


def is_of_state(value: Node, depth: int = _DEPTH) -> bool:
    """Whether a value is what a state holds, or made of it: `Number(form.authorId)`.

    Args:
        value: any expression.
        depth: how far variables are followed.
    """
    return any(_is_state(held) or (depth > 0 and is_of_state(held, depth - 1)) for held in _held_in(value))


def reads_signal(call: Node) -> bool:
    """Whether a call reads what a page keeps: `authorId()` of `const [authorId, setAuthorId] = createSignal()`.

    Args:
        call: the call.
    """
    binding = binding_of(call.child_by_field_name("function"))
    made = binding.child_by_field_name("value") if binding is not None else None
    return made is not None and made.type == "call_expression" and callee(made)[1] in _SIGNALS


def _held_in(value: Node) -> Iterator[Node]:
    """What the variables hold of which a value is made; of a call, not what is done in the functions it is given."""
    for name in (value, *descendants(value, "identifier")):
        binding = binding_of(name)
        held = binding.child_by_field_name("value") if binding is not None else None
        if held is not None and not is_function(held):
            yield held


def _is_state(held: Node) -> bool:
    return held.type == "call_expression" and callee(held)[1] in STATES


def _setter(call: Node) -> Node | None:
    """The second name in `const [books, setBooks] = useState()`."""
    declarator = call.parent
    pattern = declarator.child_by_field_name("name") if declarator is not None else None
    names = pattern.named_children if pattern is not None and pattern.type == "array_pattern" else []
    return names[1] if len(names) > 1 and names[1].type == "identifier" else None


def _set_to(setter: Node) -> Iterator[Node]:
    """What a state is set to: what its setter is called with, or what a function makes of it that `then` is given."""
    function, binding = function_around(setter), setter.parent.parent if setter.parent is not None else None
    for use in uses_in(function, text_of(setter), binding) if function is not None and binding is not None else ():
        outer = use.parent
        if outer is not None and outer.type == "call_expression" and outer.child_by_field_name("function") == use:
            for value in call_arguments(outer)[:1]:
                yield from returned_values(value) if is_function(value) else (value,)
        elif (call := call_given(use)) is not None and callee(call)[1] == "then":
            receiver = callee(call)[0]
            yield from (receiver,) if receiver is not None else ()


def _values_of(call: Node) -> Iterator[Node]:
    """What the value of a reference is set to: `books.value = await load()`."""
    declarator = call.parent
    is_held = declarator is not None and declarator.type == "variable_declarator"
    for use in uses_of_variable(declarator) if declarator is not None and is_held else ():
        member = use.parent
        assignment = member.parent if member is not None and last_name(member) == "value" else None
        left = assignment.child_by_field_name("left") if assignment is not None else None
        right = assignment.child_by_field_name("right") if assignment is not None else None
        if right is not None and left == member:
            yield right
