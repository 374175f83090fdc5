"""One property of the elements of a list, wherever a function goes through that list: `line.bookId`.

`for (const line of lines)`, `lines.map(({ bookId }) => …)`, and the keys that are gone through when they were taken out
of the elements, `const ids = lines.map((line) => line.bookId)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.elements import element_uses
from prisma_decouple.typescript.source.lists import made_of, of_same_elements
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.scopes import binding_of, parameters, returned_values, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    call_arguments,
    call_given,
    callee,
    descendants,
    function_around,
    is_function,
    last_name,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ELEMENT_PARAMETERS, MAPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node


def keys_of_elements(key: Node, function: Node) -> list[Node]:
    """Where a function reads the same property of the elements of the same list, or goes through what it took of them.

    Args:
        key: the property of an element, `line.bookId`, or the name that a pattern takes it out under.
        function: in which the list is gone through.

    Returns:
        The key among them; an empty list where it is no property of an element.
    """
    lists, name = _lists_behind(key)
    if not lists:
        return []
    reads = (each for kind in (*READS, *VALUE_NAMES) for each in descendants(function, kind))
    behind = ((each, *_lists_behind(each)) for each in reads if each.type in VALUE_NAMES or last_name(each) == name)
    found = [each for each, others, called in behind if called == name and lists & others]
    return [*found, *_keys_gone_through(found, function)]


def lists_with(keys: Iterable[Node], function: Node) -> frozenset[str]:
    """The lists of which some keys are taken, and those that they are taken into, as a function calls them.

    Args:
        keys: the keys of the elements of one list.
        function: in which it is gone through.
    """
    found = set[str]()
    taken = list(keys)
    for key in taken:
        found |= _lists_behind(key)[0]
    for declarator in descendants(function, "variable_declarator"):
        if _takes(declarator.child_by_field_name("value"), taken):
            found.add(text_of(declarator.child_by_field_name("name")))
    return frozenset(found)


def _lists_behind(key: Node) -> tuple[frozenset[str], str]:
    """The list of which an element has a property, under all its names, and what the property is called."""
    owner = owner_of_read(key) if key.type in READS else None
    binding = binding_of(owner if key.type in READS else key)
    if binding is None:
        return frozenset(), ""
    path = path_to(binding, text_of(owner or key))
    is_meant = path == [] if owner is not None else path is not None and len(path) == 1
    is_loop = binding.type == "for_in_statement"
    listed = (binding.child_by_field_name("right") if is_loop else _iterated(binding)) if is_meant else None
    is_taken = pattern_of(binding).type == "object_pattern"
    if listed is None or is_taken == (owner is not None):
        return frozenset(), ""
    return made_of(listed), last_name(key) if owner is not None else (path or [""])[0]


def _iterated(parameter: Node) -> Node | None:
    """The list whose elements a parameter gets, also the second one of `reduce`."""
    function = function_around(parameter)
    call = call_given(function) if function is not None else None
    receiver, method = callee(call) if call is not None else (None, "")
    taken = parameters(function)[:2] if function is not None else []
    is_element = parameter in taken and taken.index(parameter) in ELEMENT_PARAMETERS.get(method, ())
    return receiver if is_element else None


def _keys_gone_through(keys: list[Node], function: Node) -> Iterator[Node]:
    """The names that stand for the keys themselves: `id` of `for (const id of ids)`."""
    for declarator in descendants(function, "variable_declarator"):
        if _takes(declarator.child_by_field_name("value"), keys):
            for use in uses_of_variable(declarator):
                yield from element_uses(use)


def _takes(value: Node | None, keys: Iterable[Node]) -> bool:
    """Whether a value is the list of some keys: `[...new Set(lines.map((line) => line.bookId))]`."""
    made = unwrapped(value) if value is not None else None
    while made is not None:
        given = call_arguments(made)[:1] if made.type == "call_expression" and callee(made)[1] in MAPS else []
        returned = returned_values(given[0]) if given and is_function(given[0]) else ()
        if any(unwrapped(each) == key for each in returned for key in keys):
            return True
        inner = of_same_elements(made)
        made = unwrapped(inner) if inner is not None else None
    return False
