"""What a page keeps and sends as texts: `data.append("authorId", form.authorId)` makes the text "null" of null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_values import is_form
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.scopes import bound_names, find_binding, parameters, uses_in
from prisma_decouple.typescript.source.syntax import (
    CASTS,
    READS,
    call_arguments,
    call_given,
    callee,
    function_around,
    is_function,
    key_of,
    last_name,
    string_value,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import CALLBACKS
from prisma_decouple.typescript.types.narrowing import is_narrowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_AROUND = frozenset({*CASTS, "non_null_expression", "parenthesized_expression", "satisfies_expression"})
_ADDING = frozenset({"append", "set"})
_PARAMETERS, _ENTRIES = "URLSearchParams", "Object.entries"
_OF_ENTRY = 2


def is_sent_as_text(file: FileContext, pair: Node) -> bool:
    """Whether what is given to a state under a name is sent as a text, so that null would be the text "null".

    Args:
        file: the file.
        pair: of the literal with which the state begins, or to which it is set.
    """
    state = state_given(pair.parent) if pair.parent is not None else None
    pattern = state.child_by_field_name("name") if state is not None else None
    around = function_around(state) if state is not None else None
    if state is None or pattern is None or around is None:
        return False
    uses = (use for name in pattern.named_children[:1] for use in uses_in(around, text_of(name), state))
    return any(_is_text(file, value) for use in uses for value in _values_of(use, key_of(pair)))


def is_added_to_form(value: Node) -> bool:
    """Whether a value is put into a form: `data.append("authorId", value)` makes a text of whatever it is given."""
    call = call_given(value)
    receiver, method = callee(call) if call is not None else (None, "")
    is_value = call is not None and call_arguments(call)[1:2] == [value]
    return is_value and method in _ADDING and is_form(receiver)


def state_given(literal: Node) -> Node | None:
    """What declares the state that is given a literal, by `useState({ … })`, `setForm({ … })` or a function in it.

    Args:
        literal: an object.
    """
    call, function = call_given(literal), function_around(literal)
    if call is None and function is not None:
        call = call_given(function)
    if call is None:
        return None
    receiver, name = callee(call)
    setter = call.child_by_field_name("function")
    declared = call.parent if name in STATES else None
    if declared is None and receiver is None and setter is not None:
        declared = find_binding(setter, name)
        made = declared.child_by_field_name("value") if declared is not None else None
        declared = declared if made is not None and callee(made)[1] in STATES else None
    pattern = declared.child_by_field_name("name") if declared is not None else None
    return declared if pattern is not None and pattern.type == "array_pattern" else None


def _values_of(state: Node, name: str) -> Iterator[Node]:
    """What is read of a state under a name, or under whichever it has: `form.authorId`, `form[key]`, its entries."""
    value = _with_casts(state)
    outer = value.parent
    if outer is not None and outer.type in READS and outer.child_by_field_name("object") == value:
        if last_name(outer) == name or (outer.type == "subscript_expression" and not _names_another(outer)):
            yield outer
        return
    call = call_given(value)
    made = (call.child_by_field_name("function") or call.child_by_field_name("constructor")) if call else None
    if text_of(made) == _PARAMETERS:
        yield value
    elif call is not None and text_of(made) == _ENTRIES:
        yield from _values_in_entries(call)


def _names_another(read: Node) -> bool:
    return bool(string_value(read.child_by_field_name("index")))


def _values_in_entries(entries: Node) -> Iterator[Node]:
    """Where the values are used of the entries of a state: `for (const [key, value] of Object.entries(form))`."""
    outer = entries.parent
    if outer is not None and outer.type == "for_in_statement":
        yield from _second_in(outer, outer.child_by_field_name("left"), outer)
    call = outer.parent if outer is not None and outer.type == "member_expression" else None
    for function in call_arguments(call) if call is not None and callee(call)[1] in CALLBACKS else ():
        for parameter in parameters(function)[:1] if is_function(function) else ():
            yield from _second_in(function, parameter.child_by_field_name("pattern") or parameter, parameter)


def _second_in(around: Node, pattern: Node | None, binding: Node) -> Iterator[Node]:
    """Where the second name of a pattern is used."""
    names = list(bound_names(pattern)) if pattern is not None and pattern.type == "array_pattern" else []
    if len(names) == _OF_ENTRY:
        yield from (use for use in uses_in(around, names[1], binding) if use.parent != pattern)


def _is_text(file: FileContext, value: Node) -> bool:
    """Whether a text is made of a value, whatever it is, and without asking for it before."""
    whole = _with_casts(value)
    call = call_given(whole)
    made = (call.child_by_field_name("function") or call.child_by_field_name("constructor")) if call else None
    is_text = text_of(made) in {"String", _PARAMETERS} or is_added_to_form(whole)
    return is_text and not is_narrowed(file, value, text_of(value))


def _with_casts(node: Node) -> Node:
    """A node with the parentheses and casts around it."""
    while node.parent is not None and node.parent.type in _AROUND:
        node = node.parent
    return node
