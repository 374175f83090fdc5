"""Where the compiler complains of a value that does not fit, when that is not where the value is made.

It looks into literals, their elements, and functions that are one expression, where these are written in the place that
takes them (`elaborateError` in checker.ts of TypeScript 5.9). Of what a condition, a call, a spread or a variable holds
it complains as a whole: at the property, the argument or the variable that takes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.elements import element_uses, elements_kept
from prisma_decouple.typescript.source.literals import given_behind, is_empty_list, properties
from prisma_decouple.typescript.source.operators import CHOICES
from prisma_decouple.typescript.source.scopes import binding_of, function_name, uses_in, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    READS,
    WAITS,
    ancestors,
    call_arguments,
    call_given,
    callee,
    children_of,
    function_at,
    is_function,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ADDS, METHODS
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.carried import calls_of
from prisma_decouple.typescript.types.places.expectations import expected, is_const
from prisma_decouple.typescript.types.places.uses import reads_of
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.call_signatures import is_one_of_several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_DEPTH = 6
_SEEN_THROUGH = frozenset(
    {"array", "object", "pair", "parenthesized_expression", "non_null_expression", "satisfies_expression"}
)
_MAKING = frozenset({"flatMap", "from", "map"})  # methods whose result is made of what their callback gives back
_OF_MODELS = frozenset({What.ARGS, What.INPUT, What.RECORD, What.UPDATE, What.WRITE})
_WHOLE = frozenset({"Promise.all", "Promise.resolve"})
_MAY_BE_ABSENT = re.compile(r"\|\s*(?:null|undefined)\b|\b(?:null|undefined)\s*\|")


class Complaint(NamedTuple):
    """Where the compiler complains of a value.

    Attributes:
        file: where that is.
        node: what it points to; None when it looks into the value itself.
        call: the query that is given the value; None when it is given to something else.
    """

    file: FileContext
    node: Node | None
    call: Node | None


class _Way(NamedTuple):
    """How a value is followed.

    Attributes:
        depth: how far.
        is_typed: whether the type that is written for it lacks the same, so that it fits where it is made.
    """

    depth: int
    is_typed: bool

    def further(self) -> _Way:
        """The way that is left behind the next variable or function."""
        return _Way(self.depth - 1, self.is_typed)


def complaints(file: FileContext, node: Node, *, is_lacking: bool = False) -> Iterator[Complaint]:
    """Where the compiler complains of a value, or of what a literal has or lacks.

    Args:
        file: the file.
        node: the value, or a property of a literal.
        is_lacking: whether it is a value that has not all that a query wants.
    """
    holder, query = node.parent, unwrapped(node)
    if query != node and _is_query(file, query):
        yield Complaint(file, None, query)  # a hint at a whole `await db.order.findUnique(…)` is about what it is given
        if _is_of_written_type(file, node):  # or about what it gives
            yield from _above(file, node, node, _Way(_DEPTH, is_typed=False))
        return
    if holder is not None and holder.type == "variable_declarator" and node == holder.child_by_field_name("name"):
        node = holder.child_by_field_name("value") or node
    elif holder is not None and holder.type == "pair" and node == holder.child_by_field_name("key"):
        node = holder
    is_typed = is_lacking and node.type == "object" and _is_of_written_type(file, node)
    yield from _above(file, node, None, _Way(_DEPTH, is_typed))


def _is_of_written_type(file: FileContext, value: Node) -> bool:
    found = expected(file, value)
    return found is not None and found.what in {What.CLASS, What.SHAPE}


def _above(file: FileContext, node: Node, whole: Node | None, way: _Way) -> Iterator[Complaint]:
    """The same, when the compiler does not look into `whole`, which is around the value or holds it."""
    found = _taken(file, node, whole) if way.depth else None
    if found is None:
        return
    outer, node, whole = found
    yield from (Complaint(file, each, None) for each in _read_after(file, outer))
    if outer.type == "arguments" and (filled := _filled_by(outer.parent, way)) is not None:
        for use in uses_of_variable(filled):
            yield from _used(file, use, way)
    elif outer.type == "arguments" and outer.parent is not None:
        yield from _given(file, outer.parent, node, whole)
    elif outer.type == "variable_declarator" and node == outer.child_by_field_name("value"):
        yield from _held(file, outer, whole, way)
    elif outer.type == "return_statement" or (is_function(outer) and node == outer.child_by_field_name("body")):
        function = function_at(outer)
        yield from _returned(file, function, whole, way) if function is not None else ()  # a script may end so
    elif whole is not None and _is_checked_there(outer):
        yield from _at(file, whole, pointed_at(whole))
    else:
        for use in element_uses(node):
            yield from _used(file, use, way)


def _used(file: FileContext, use: Node, way: _Way) -> Iterator[Complaint]:
    """What a variable holds is complained of wherever it is used for what it does not fit."""
    use = elements_kept(use)
    wanted = expected(file, use)
    is_wanted = wanted is not None and (not way.is_typed or wanted.what in _OF_MODELS)
    if is_wanted or _is_spread(use) or _is_kept(use) or any(element_uses(use)):
        yield from _above(file, use, use, way.further())


def _taken(file: FileContext, node: Node, whole: Node | None) -> tuple[Node, Node, Node | None] | None:
    """What takes the value that something is part of, that value, and what of it the compiler does not look into."""
    for outer in ancestors(node):
        if _is_choice(outer, node) or outer.type == "await_expression":
            whole = outer
        elif outer.type == "spread_element":
            if _is_completed(file, outer, node):
                return None
            whole = outer if outer.parent is not None and outer.parent.type == "arguments" else outer.parent
        elif outer.type == "array" and _is_behind_spread(outer, node):
            whole = outer
        elif outer.type not in _SEEN_THROUGH and not is_const(outer):
            return outer, node, whole
        node = outer
    return None


def _is_behind_spread(array: Node, node: Node) -> bool:
    before = (each for each in children_of(array) if each.end_byte <= node.start_byte)
    return any(each.type == "spread_element" for each in before)


def _is_choice(outer: Node, node: Node) -> bool:
    """Whether a value is one of several that an expression may have."""
    if outer.type == "ternary_expression":
        return node != outer.child_by_field_name("condition")
    return outer.type == "binary_expression" and text_of(outer.child_by_field_name("operator")) in CHOICES


def _is_completed(file: FileContext, spread: Node, node: Node) -> bool:
    """Whether the literal that something is spread into has what it lacks, or something else instead."""
    literal = spread.parent
    if literal is None or literal.type != "object":
        return False
    new = {each.field for each in file.facts.new_fields} | {
        name for each in file.facts.needed for name in (each.field, *each.foreign_keys)
    }
    written = {name for name, _ in properties(literal)}
    own = {name for name, _ in properties(node)} if node.type == "object" else set()
    return bool(new & written) or bool(own & given_behind(spread))


def _given(file: FileContext, call: Node, argument: Node, whole: Node | None) -> Iterator[Complaint]:
    is_query = _is_query(file, call) and argument in call_arguments(call)[:1]
    if _has_overloads(file, call):
        yield Complaint(file, _named(call), None)  # that none of them fits is said of the call
    elif whole is None or is_query:
        yield Complaint(file, pointed_at(whole) if whole is not None else None, call if is_query else None)
    else:
        yield from _at(file, whole, pointed_at(whole))


def _at(file: FileContext, whole: Node, place: Node | None) -> Iterator[Complaint]:
    """A place; of a list all elements from the first one on that is spread into it, for these are of one type.

    A list that begins and ends with what is spread into it has no element of its own type, and is minded as a whole.
    """
    elements = children_of(whole) if whole.type == "array" else []
    spread = [index for index, each in enumerate(elements) if each.type == "spread_element"]
    if not spread or {0, len(elements) - 1} <= {*spread}:
        yield Complaint(file, place, None)
    else:
        yield from (Complaint(file, each, None) for each in elements[spread[0] :])


def _has_overloads(file: FileContext, call: Node) -> bool:
    function = file.types.function_of(call) if call.type == "call_expression" else None
    return function is not None and function.place is not None and is_one_of_several(function.place.node)


def _named(call: Node) -> Node:
    """The name by which a call calls."""
    function = call.child_by_field_name("function") or call
    return function.child_by_field_name("property") or function


def _is_query(file: FileContext, call: Node) -> bool:
    """Whether a call asks a client."""
    receiver, method = callee(call) if call.type == "call_expression" else (None, "")
    if receiver is None or method not in METHODS:
        return False
    return file.delegates.model_of(receiver) is not None and file.delegates.is_certain(receiver)


def _filled_by(call: Node | None, way: _Way) -> Node | None:
    """The declaration of a list that a call adds to, when it is empty at first and only its elements tell its type."""
    receiver, method = callee(call) if call is not None else (None, "")
    binding = binding_of(receiver) if receiver is not None and method in ADDS else None
    if binding is None or binding.type != "variable_declarator":
        return None
    if binding.child_by_field_name("type") is not None and not way.is_typed:
        return None
    return binding if is_empty_list(binding.child_by_field_name("value")) else None


def _held(file: FileContext, declarator: Node, whole: Node | None, way: _Way) -> Iterator[Complaint]:
    """A variable with a type of its own is complained of where it is declared."""
    if declarator.child_by_field_name("type") is not None and not way.is_typed:
        if whole is not None:
            yield from _at(file, whole, declarator.child_by_field_name("name"))
        return
    for use in uses_of_variable(declarator):
        yield from _used(file, use, way)


def _is_spread(use: Node) -> bool:
    return use.parent is not None and use.parent.type == "spread_element"


def _is_kept(use: Node) -> bool:
    """Whether something without a type is all that takes a value: `const data = made(book)`, a result."""
    outer = next((each for each in ancestors(use) if each.type not in WAITS), None)
    if outer is None or outer.type in {"arrow_function", "return_statement"}:
        return outer is not None
    return outer.type == "variable_declarator" and outer.child_by_field_name("type") is None


def _returned(file: FileContext, function: Node, whole: Node | None, way: _Way) -> Iterator[Complaint]:
    """What a function gives back is complained of there when it says what that is, else where the result is used."""
    body, outer = function.child_by_field_name("body"), function.parent
    is_block = body is not None and body.type == "statement_block"
    if outer is None or (function.child_by_field_name("return_type") is not None and not way.is_typed):
        if whole is not None:
            yield from _at(file, whole, pointed_at(whole))
    elif outer.type == "arguments" and outer.parent is not None:
        made = _made_by(outer.parent)
        if made is not None:
            yield from _above(file, made, made, way.further())
    elif outer.type == "variable_declarator" and outer.child_by_field_name("type") is not None and not way.is_typed:
        if whole is not None or is_block:
            yield Complaint(file, outer.child_by_field_name("name"), None)
    else:
        for each in _uses_of_result(file, function):
            yield from _used(each.file, each.node, way)


def _made_by(call: Node) -> Node | None:
    """What is made of all that a callback gives back: `names.map((name) => …)`, `Promise.all(…)` around it."""
    if call.type != "call_expression" or callee(call)[1] not in _MAKING:
        return None
    outer = call_given(call)
    is_around = outer is not None and text_of(outer.child_by_field_name("function")) in _WHOLE
    return outer if is_around else call


def _uses_of_result(file: FileContext, function: Node) -> Iterable[Place]:
    """The calls of a function; of a getter its reads."""
    if any(child.type == "get" for child in function.children):
        return reads_of(file.project, function_name(function)).get(function.id, ())
    return calls_of(file, function)


def _is_checked_there(outer: Node) -> bool:
    """Whether what is around a value says what it has to be."""
    if outer.type in {"jsx_expression", "assignment_expression"}:
        return True
    return outer.type == "public_field_definition" and outer.child_by_field_name("type") is not None


def _read_after(file: FileContext, outer: Node) -> Iterator[Node]:
    """Where a variable is read on from that may be absent, after it was given what does not fit: it still may be then.

    `let ids: number[] | undefined; ids = books.map((book) => book.authorId); return ids.length`
    """
    variable, statement = outer.child_by_field_name("left"), outer.parent
    block = statement.parent if statement is not None else None
    binding = binding_of(variable) if outer.type == "assignment_expression" else None
    written = binding.child_by_field_name("type") if binding is not None else None
    if variable is None or block is None or binding is None or not _MAY_BE_ABSENT.search(text_of(written)):
        return
    for later in (each for each in children_of(block) if each.start_byte > outer.end_byte):
        uses = [*uses_in(later, text_of(variable), binding)]
        yield from (use for use in uses if _is_read_on_from(use) and not is_narrowed(file, use))
        if any(each.parent is not None and each.parent.child_by_field_name("left") == each for each in uses):
            return


def _is_read_on_from(use: Node) -> bool:
    outer = use.parent
    if outer is None or outer.type == "for_in_statement":
        return outer is not None and outer.child_by_field_name("right") == use
    is_read = outer.type in READS and outer.child_by_field_name("object") == use
    return is_read and not any(each.type == "optional_chain" for each in outer.children)


def pointed_at(whole: Node) -> Node:
    """What the compiler points to when it complains of a value as a whole."""
    outer = parenthesized(whole).parent
    if outer is None:
        return whole
    if outer.type == "jsx_expression" and outer.parent is not None:
        return outer.parent
    if outer.type == "return_statement":
        return outer
    if outer.type == "assignment_expression":
        return outer.child_by_field_name("left") or whole
    named = outer.child_by_field_name("key") or outer.child_by_field_name("name")
    return named if named is not None and outer.type in {"pair", "variable_declarator"} else whole
