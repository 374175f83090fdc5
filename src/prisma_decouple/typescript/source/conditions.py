"""The parts of a condition, and what is there, or is not, when it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.operators import DIFFERENT, EQUAL
from prisma_decouple.typescript.source.questions import CALLED_NOTHING, is_constant, plain
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, held_by, returned_values
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    call_arguments,
    callee,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import KEEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_DEPTH = 3
_READS = frozenset({"member_expression", "subscript_expression", *VALUE_NAMES})
_NONE = CALLED_NOTHING | {'""', "''"}
_CONDITIONS = frozenset({"binary_expression", "unary_expression"})
# What gives whether a value is there, or itself.
_DERIVED = "$derived"
_SAME = frozenset({_DERIVED, "Boolean", "unref"})


def absent_in(condition: Node) -> Iterator[Node]:
    """What is not there when a condition holds: `value` of `!value`, and of `value === null && other`.

    Args:
        condition: the condition, or the name of a constant that is one.
    """
    for each in conjuncts(condition):
        sides = (each.child_by_field_name(name) for name in ("argument", "left", "right"))
        yield from (value for value in sides if value is not None and is_absence(each, plain(text_of(value))))


def present_unless(condition: Node) -> Iterator[Node]:
    """What is there when a condition does not hold.

    `value` of `!value || other`, of `!value && other`, of `!(value && other)`, and of `!ready` where
    `const ready = value && other`.

    Args:
        condition: the condition.
    """
    for each in alternatives(condition):
        yield from absent_in(each)
        yield from _present_unless_one(each)


def absent_alone(condition: Node) -> Iterator[Node]:
    """The values of which it is enough that one is missing for a condition to hold: not `value` of `!value && other`.

    Args:
        condition: the condition.
    """
    for each in alternatives(condition):
        if text_of(each.child_by_field_name("operator")) != "&&":
            yield from absent_in(each)
            yield from _present_unless_one(each)


def present_in(condition: Node, depth: int = _DEPTH) -> Iterator[Node]:
    """What is there when a condition holds: `a` and `b` of `a && !!b`, and of `ready` where that is a constant for it.

    Args:
        condition: the condition.
        depth: how far constants and functions are followed.
    """
    for each in conjuncts(condition):
        if each.type in _READS:
            yield each
        elif text_of(each.child_by_field_name("operator")) in DIFFERENT:
            yield from (side for side, other in _compared(each) if text_of(other) in _NONE)
        elif (denied := _denied(each)) is not None and (asked := _denied(denied)) is not None:
            yield asked
        for meant in _meant(each) if depth else ():
            yield from present_in(meant, depth - 1)


def _present_unless_one(condition: Node) -> Iterator[Node]:
    """What is there unless a condition holds that denies several: `a` and `b` of `!(a && b)`."""
    denied = _denied(condition)
    if denied is not None and (denied.type not in _READS or any(_meant(denied))):
        yield from present_in(denied)


def _compared(comparison: Node) -> tuple[tuple[Node, Node], ...]:
    """Each side of a comparison with the other one: `null !== value` says what `value !== null` does."""
    left, right = comparison.child_by_field_name("left"), comparison.child_by_field_name("right")
    return ((left, right), (right, left)) if left is not None and right is not None else ()


def _denied(condition: Node) -> Node | None:
    """What a condition says is not so: `value` of `!value`."""
    is_denied = condition.type == "unary_expression" and text_of(condition.child_by_field_name("operator")) == "!"
    argument = condition.child_by_field_name("argument")
    return unwrapped(argument) if argument is not None and is_denied else None


def _meant(condition: Node) -> Iterator[Node]:
    """The conditions that a constant is, or that a function without parameters gives back: `!isReady()`."""
    called = condition.child_by_field_name("function")
    if called is not None and text_of(called) in _SAME:
        yield from call_arguments(condition)[:1]
    elif called is not None:
        yield from _given_back(called) if not call_arguments(condition) else ()
    else:
        yield from _kept(condition)


def _kept(name: Node) -> Iterator[Node]:
    """The condition that a constant is: `const ready = useMemo(() => a && b, [a, b])`, in Vue read as `ready.value`."""
    owner = name.child_by_field_name("object") if text_of(name).endswith(".value") else None
    kept = _constant(owner or name)
    if kept is not None and kept.type == "call_expression":
        given = call_arguments(kept)[:1] if callee(kept)[1] in KEEPS | _SAME else []
        yield from (inner for each in given for inner in (returned_values(each) if is_function(each) else (each,)))
    elif kept is not None and kept.type in _CONDITIONS:
        yield kept


def _constant(name: Node) -> Node | None:
    """What a constant is, also where it is taken out of what else is kept: what a component shows of its script."""
    binding = binding_of(name)
    if binding is None or not (is_constant(binding) or callee(held_by(name) or name)[1] == _DERIVED):
        return None
    value, whole = declared_value(binding, text_of(name)), binding.child_by_field_name("value")
    if value is None and whole is not None and (literal := held_by(whole)) is not None and literal.type == "object":
        value = property_value(literal, text_of(name))
    return unwrapped(value) if value is not None else None


def _given_back(name: Node) -> Iterator[Node]:
    """The conditions that a function of a name gives back: `const isReady = () => !!value`."""
    value = _constant(name)
    if value is not None and callee(value)[1] in KEEPS | _SAME:
        value = next(iter(call_arguments(value)), None)
    function = value if value is not None else binding_of(name)
    for returned in returned_values(function) if function is not None and is_function(function) else ():
        condition = unwrapped(returned)
        if condition.type in _CONDITIONS or text_of(condition.child_by_field_name("function")) in _SAME:
            yield condition


def alternatives(condition: Node) -> Iterator[Node]:
    """The conditions of which one is enough: the sides of `||`, also where a constant is `a || b`.

    Args:
        condition: the whole.
    """
    return _sides(condition, "||", _DEPTH)


def conjuncts(condition: Node) -> Iterator[Node]:
    """The conditions that hold when all of one holds: the sides of `&&`, also where a constant is that.

    Args:
        condition: the one.
    """
    return _sides(condition, "&&", _DEPTH)


def _sides(condition: Node, operator: str, depth: int) -> Iterator[Node]:
    """What an operator stands between, in its order; the condition itself where it does not stand there.

    In place of the name of a constant that is a condition, the sides of that.
    """
    waiting = [(condition, depth)]
    while waiting:
        node, left = waiting.pop()
        kept = list(_kept(node)) if left and node.type == "identifier" else []
        if node.type == "parenthesized_expression":
            waiting += [(each, left) for each in node.named_children[:1]]
        elif node.type == "binary_expression" and text_of(node.child_by_field_name("operator")) == operator:
            waiting += [(each, left) for each in node.named_children[::-1]]
        elif kept:
            waiting += [(each, left - 1) for each in kept[::-1]]
        else:
            yield node


def is_absence(condition: Node, value: str) -> bool:
    """Whether a condition says that a value is missing, which is written without `?` and `!`."""
    if condition.type == "unary_expression" and text_of(condition.child_by_field_name("operator")) == "!":
        return plain(text_of(condition.child_by_field_name("argument"))) == value
    is_equal = text_of(condition.child_by_field_name("operator")) in EQUAL
    sides = _compared(condition) if is_equal else ()
    return any(plain(text_of(side)) == value and text_of(other) in CALLED_NOTHING for side, other in sides)
