"""Functions and elements from outside of the code base that are handed what may be null now: do they take null?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.source.lists import COUNTS, LISTS_OF
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, parameters, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    call_given,
    callee,
    has_safe_read,
    is_function,
    is_inside,
    last_name,
    parenthesized,
    spread_of,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import MADE_OF_ENTRIES, MAPS
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.handed_in import handed_in_elements
from prisma_decouple.typescript.types.places.indifferent import takes_anything
from prisma_decouple.typescript.types.places.tolerance import is_asked_for, is_read_on
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.prisma.given_keys import is_given
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, line_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

# The methods of lists, sets and maps that look for what they are given.
_ASKING = frozenset({"get", "has", "includes", "indexOf"})
# What a number is of null (ECMA-262, "ToNumber", and "parseFloat" of its text).
_MADE = {"Number": "0", "parseFloat": "NaN", "parseInt": "NaN"}
_LITERALS = frozenset(
    {
        *("array", "await_expression", "binary_expression", "jsx_expression", "object", "pair"),
        *("parenthesized_expression", "ternary_expression"),
    }
)
_DEPTH = 4
_HOOK = re.compile(r"use[A-Z]")
_CALLS = frozenset({"call_expression", "new_expression"})


def note_unknown(file: FileContext, value: Node, model: str, field: str) -> None:
    """Note a value that is handed to something of which only its own documentation tells what it takes.

    Args:
        file: the file; its findings are filled.
        value: the value.
        model: the model that it comes from.
        field: the field of the model.
    """
    if is_asked_for(value) or is_given(file, value):
        return
    for place, receiver in _receivers(file, value, _DEPTH):
        told = f"The `{field}` of {with_article(model)} may be null now"
        why = f"{told}; whether {receiver} takes that {_seen_where(file, value)}."
        if receiver.strip("`") in _ASKING:
            why = f"{told}: {receiver} finds none without it. Look what becomes of these, and whether it takes null."
        elif receiver.strip("`") in _MADE:
            why = f"{told}, and {receiver} makes {_MADE[receiver.strip('`')]} of null. Look whether that will do."
        elif receiver.strip("`") in COUNTS:
            why = f"{told}, and all without one count as one here. Look whether they should."
        file.hint(place, Kind.FLOW, Confidence.UNSURE, why)


def note_nothing_sent(file: FileContext, read: Node) -> bool:
    """Note what is undefined now where it is handed to a call that is waited for: `await send(book.author?.email)`.

    Args:
        file: the file; its findings are filled.
        read: all that is read.

    Returns:
        Whether it is; what is known to take undefined, or is not waited for, as what only makes a text, is not.
    """
    call = call_given(read)
    is_awaited = call is not None and call.parent is not None and call.parent.type == "await_expression"
    if call is None or not is_awaited or not has_safe_read(read) or is_narrowed(file, read):
        return False
    if file.types.function_of(call) is not None or wanted_type(file, read) is not None or takes_anything(call):
        return False
    told = f"`{excerpt(text_of(read))}` may be undefined now"
    why = f"{told}; whether `{callee(call)[1]}` takes that cannot be seen here."
    file.hint(read, Kind.FLOW, Confidence.UNSURE, why)
    return True


def _seen_where(file: FileContext, value: Node) -> str:
    """Where it is to be seen what a function does that a component is handed, `<Card onOpen={(id) => open(id)} />`."""
    lines = {Line(each.file.source.path, each.file.source.position(each.node)[0]) for each in handed_for(file, value)}
    return f"is to be seen in {line_list(file.source.path, lines)}" if lines else "cannot be seen here"


def handed_for(file: FileContext, value: Node) -> Iterator[Place]:
    """The functions that a component is handed and calls with a value: `open` of `<Card onOpen={open} />`.

    Args:
        file: the file of the component.
        value: an argument of the call, `onOpen(book.authorId)`.

    Yields:
        Where each is written, if that can be seen, else where it is handed over.
    """
    call = call_given(value)
    called = call.child_by_field_name("function") if call is not None else None
    binding = binding_of(called) if called is not None and called.type == "identifier" else None
    path = path_to(binding, text_of(called)) if binding is not None and binding.type in PARAMETERS else None
    for given in handed_in_elements(file, binding, path[0]) if binding is not None and path and len(path) == 1 else ():
        found = given.file.types.of(given.node)
        place = found.place if found is not None and found.what is What.FUNCTION else None
        yield place or given


def _receivers(file: FileContext, value: Node, depth: int) -> Iterator[tuple[Node, str]]:
    """Where a value is handed to something unknown, and to what, in words; what takes anything is left out."""
    for outer in ancestors(value):
        if outer.type == "jsx_attribute":
            name = text_of(outer.named_children[0])
            yield from () if name.startswith("data-") else [(value, f"`{name}`")]
            return
        if outer.type == "arguments" and outer.parent is not None and outer.parent.type in _CALLS:
            called = outer.parent.child_by_field_name("function") or outer.parent.child_by_field_name("constructor")
            name = text_of(called)
            is_open = takes_anything(outer.parent) or _is_dependency(outer, value)
            if text_of(called) in LISTS_OF:
                yield from ((value, f"`{each}`") for each in _counted(outer.parent))
            elif not (is_open or _is_passed_on(file, outer.parent, value)):
                yield value, f"`{name.rpartition('.')[2]}`"
            return
        if outer.type == "variable_declarator":
            is_inside = outer.child_by_field_name("value") != value
            yield from _receivers_of_variable(file, outer, depth - 1) if is_inside and depth else ()
            return
        listed = _list_made_by(outer, value)
        if listed is not None:
            is_open = bool(depth) and wanted_type(file, listed) is None
            yield from ((value, receiver) for _, receiver in (_receivers(file, listed, depth - 1) if is_open else ()))
            return
        if outer.type not in _LITERALS and not _is_result_of_callback(outer, value):
            return


def _counted(made: Node) -> list[str]:
    """How it is counted what is in a list or set of others: `new Set(ids).size`, `[...new Set(ids)].length`.

    Of a set in a variable that is done where the variable is read.
    """
    spread = spread_of(made)
    made = spread.parent if spread is not None and spread.parent is not None else made
    holder = parenthesized(made).parent
    is_kept = holder is not None and holder.type == "variable_declarator"
    reads = [each.parent for each in uses_of_variable(holder)] if holder is not None and is_kept else [holder]
    names = [last_name(read) for read in reads if read is not None and read.type == "member_expression"]
    return [name for name in dict.fromkeys(names) if name in COUNTS][:1]


def _is_dependency(arguments: Node, value: Node) -> bool:
    """Whether a value is only compared with what it was before: `useMemo(() => …, [author])`."""
    called = last_name(arguments.parent.child_by_field_name("function")) if arguments.parent is not None else ""
    given = next((each for each in arguments.named_children if is_inside(each, value)), None)
    before = given.prev_named_sibling if given is not None and given.type == "array" else None
    return _HOOK.match(called) is not None and before is not None and is_function(before)


def _list_made_by(function: Node, value: Node) -> Node | None:
    """The list of literals with a value in each that a callback makes: `rows.map((row) => ({ id: row.authorId }))`."""
    is_in_literal = function.type == "arrow_function" and function.child_by_field_name("body") != value
    call = call_given(function) if is_in_literal else None
    if call is None or callee(call)[1] not in MAPS:
        return None
    taker = call_given(call)
    called = taker.child_by_field_name("constructor") or taker.child_by_field_name("function") if taker else None
    return call if text_of(called) not in MADE_OF_ENTRIES else None


def _is_passed_on(file: FileContext, call: Node, value: Node) -> bool:
    """Whether a function of the code base takes whatever it is given: `uniq<T>(rows: T[])`."""
    called = file.types.function_of(call) if call.type == "call_expression" else None
    index = next((index for index, each in enumerate(call_arguments(call)) if each == value), None)
    taken = parameters(called.place.node) if called is not None and called.place is not None else []
    if called is None or called.place is None or index is None or index >= len(taken):
        return False
    wanted = called.place.file.types.read(taken[index].child_by_field_name("type"))
    return wanted is not None and wanted.what is What.PARAMETER


def _is_result_of_callback(function: Node, value: Node) -> bool:
    """Whether a value is what a function in markup gives back: `label={(row) => row.name}`."""
    holder = function.parent
    is_result = function.type == "arrow_function" and function.child_by_field_name("body") == value
    return is_result and holder is not None and holder.type == "jsx_expression"


def _receivers_of_variable(file: FileContext, declarator: Node, depth: int) -> Iterator[tuple[Node, str]]:
    """The same for the value that a variable has inside."""
    for use in uses_of_variable(declarator):
        if not is_read_on(use):
            yield from _receivers(file, use, depth) if wanted_type(file, use) is None else ()
