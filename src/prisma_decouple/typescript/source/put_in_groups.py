"""Values that are put into groups by a key in plain code, and what is said of a group by the first that is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.scopes import (
    binding_of,
    bound_names,
    parameters,
    returned_values,
    uses_in,
    uses_of_variable,
)
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    call_given,
    callee,
    children_of,
    descendants,
    function_around,
    is_function,
    names_in,
    parenthesized,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source

_ASSIGNS = ("assignment_expression", "augmented_assignment_expression")
_ADDS = frozenset({"add", "push", "unshift"})
_CALLED_WITH = frozenset({"computed", "createMemo", "reduce", "useMemo"})
_GOES_THROUGH = frozenset({"flatMap", "forEach", "map"})
# What is around the groups on the way to what goes through them: `Object.entries(groups).sort(…)`, `[...groups]`.
_AROUND = frozenset({"arguments", "array", "as_expression", "member_expression", "parenthesized_expression"})
_AROUND |= frozenset({"call_expression", "non_null_expression", "spread_element"})
_GIVES = frozenset({"entries", "values"})
_FIRST = "0"


class Grouped(NamedTuple):
    """A value that is put into a group.

    Attributes:
        key: what names the group.
        groups: what holds the groups: a name, or the call that makes them.
    """

    key: Node
    groups: Node


class Shown(NamedTuple):
    """What is done with each of some groups.

    Attributes:
        names: where the name of the group is used.
        firsts: what is the first of the group.
    """

    names: list[Node]
    firsts: list[Node]


def put_in_groups(source: Source) -> Iterator[Grouped]:
    """What a file puts into groups: `groups[book.shelf].push(book)`, `Object.groupBy(books, (book) => book.shelf)`.

    Args:
        source: the file.
    """
    for call in source.called(*_ADDS, "set", "groupBy"):
        receiver, method = callee(call)
        values = call_arguments(call)
        if method == "groupBy":
            keys = returned_values(values[1]) if values[1:] and is_function(values[1]) else values[1:2]
            yield from (Grouped(each, call) for each in keys)
        elif method == "set" and receiver is not None and values[1:] and _is_list_of_some(values[1]):
            yield Grouped(values[0], receiver)
        elif method in _ADDS and receiver is not None:
            yield from _under(unwrapped(receiver))
    for assignment in source.nodes(*_ASSIGNS):
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        if left is not None and right is not None and _is_list_of_some(right):
            yield from _under(left)


def shown_of(groups: Node) -> Iterator[Shown]:
    """What is done with each of the groups that something holds.

    Args:
        groups: a name, or the call that makes them.
    """
    for use in _uses(groups):
        outer, called = use, ""
        for each in ancestors(use):
            if each.type == "for_in_statement" and each.child_by_field_name("right") == outer:
                yield from _in_loop(each, called)
            if each.type not in _AROUND:
                break
            method = callee(each)[1] if each.type == "call_expression" else ""
            callback = next(filter(is_function, call_arguments(each)), None) if method in _GOES_THROUGH else None
            if callback is not None and outer != callback:
                yield from _in_callback(callback, called, is_bare=callee(each)[0] == use)
                break
            outer, called = each, method if method in _GIVES else called


def _under(target: Node) -> Iterator[Grouped]:
    """The group in `groups[key]`, `groups.get(key)` and `(groups[key] ??= [])`."""
    left = target.child_by_field_name("left") if target.type in _ASSIGNS else target
    left = unwrapped(left) if left is not None else target
    owner, index = left.child_by_field_name("object"), left.child_by_field_name("index")
    if left.type == "subscript_expression" and owner is not None and index is not None and not text_of(index).isdigit():
        yield Grouped(index, owner)
    receiver, method = callee(left) if left.type == "call_expression" else (None, "")
    if method == "get" and receiver is not None and call_arguments(left):
        yield Grouped(call_arguments(left)[0], receiver)


def _is_list_of_some(value: Node) -> bool:
    """Whether a value is a list to which something is added: `[...(groups[key] ?? []), book]`."""
    node = unwrapped(value)
    return node.type == "array" and any(each.type == "spread_element" for each in children_of(node))


def _uses(groups: Node) -> Iterator[Node]:
    """Where groups are used, also those that a function makes: `useMemo(() => { const groups = {}; …; })`."""
    holder = parenthesized(groups).parent
    if groups.type == "call_expression":
        yield groups
        yield from uses_of_variable(holder) if holder is not None and holder.type == "variable_declarator" else ()
        return
    binding = binding_of(groups)
    function = function_around(groups)
    if binding is not None and binding.type == "variable_declarator":
        yield from uses_of_variable(binding)
    while function is not None:
        is_given_back = any(text_of(unwrapped(each)) == text_of(groups) for each in returned_values(function))
        call = call_given(function) if is_given_back else None
        if call is not None and callee(call)[1] in _CALLED_WITH:
            yield from _uses(call)
            return
        function = function_around(function) if function.parent is not None else None


def _in_loop(loop: Node, called: str) -> Iterator[Shown]:
    left, body = loop.child_by_field_name("left"), loop.child_by_field_name("body")
    if left is not None and body is not None:
        yield from _shown(left, None, body, called)


def _in_callback(callback: Node, called: str, *, is_bare: bool) -> Iterator[Shown]:
    taken, body = parameters(callback), callback.child_by_field_name("body")
    patterns = [each.child_by_field_name("pattern") or each for each in taken]
    if patterns and body is not None:
        second = patterns[1] if is_bare and len(patterns) > 1 else None
        yield from _shown(patterns[0], second, body, "values" if is_bare else called)


def _shown(pattern: Node, key: Node | None, body: Node, called: str) -> Iterator[Shown]:
    """What is done with a group, `[name, list]`, or the list alone that `values` gives."""
    parts = children_of(pattern) if pattern.type == "array_pattern" else [key, pattern]
    if (pattern.type == "array_pattern" or called == "values") and len(parts) > 1 and parts[1] is not None:
        names = names_in(body, text_of(parts[0])) if parts[0] is not None else []
        yield Shown(names, list(_firsts(body, text_of(parts[1]))))


def _firsts(body: Node, name: str) -> Iterator[Node]:
    """The first of a list: `list[0]`, `list.at(0)`, and `first` of `const [first] = list`, `const first = list[0]`."""
    found = [
        each
        for each in descendants(body, "subscript_expression")
        if text_of(each.child_by_field_name("object")) == name and text_of(each.child_by_field_name("index")) == _FIRST
    ]
    calls = (each for each in descendants(body, "call_expression") if callee(each)[1] == "at")
    found += [each for each in calls if text_of(callee(each)[0]) == name and text_of(call_arguments(each)[0]) == _FIRST]
    for each in found:
        holder = parenthesized(each).parent
        is_held = holder is not None and holder.type == "variable_declarator"
        yield from uses_of_variable(holder) if holder is not None and is_held else (each,)
    for each in descendants(body, "variable_declarator"):
        pattern = each.child_by_field_name("name")
        if (
            pattern is not None
            and pattern.type == "array_pattern"
            and text_of(each.child_by_field_name("value")) == name
        ):
            first = next(iter(bound_names(pattern)), "")
            yield from uses_in(body, first, each)
