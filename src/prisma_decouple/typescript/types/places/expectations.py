"""What the place of an expression wants: the type of a parameter, member, variable or result, or a query's field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.operators import CHOICES
from prisma_decouple.typescript.source.scopes import binding_of, is_generator, parameters
from prisma_decouple.typescript.source.signatures import is_rest
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    children_of,
    function_around,
    key_of,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import ADDS, CREATES, MADE_OF_ENTRIES, METHODS, MOCKS
from prisma_decouple.typescript.types.classes import constructor_of
from prisma_decouple.typescript.types.containers import element_of, entry_part, wanted_argument
from prisma_decouple.typescript.types.libraries.mocked import mocked
from prisma_decouple.typescript.types.libraries.next_auth import wanted_of_provider
from prisma_decouple.typescript.types.libraries.sockets import wanted_by_event
from prisma_decouple.typescript.types.libraries.stores import wanted_by_store
from prisma_decouple.typescript.types.libraries.tasks import task_started
from prisma_decouple.typescript.types.places.declared import (
    given_to_component,
    wanted_by_attribute,
    wanted_by_parameter,
    wanted_property,
)
from prisma_decouple.typescript.types.places.first_values import kept_for_query, of_default, of_variable
from prisma_decouple.typescript.types.prisma.fluent import fluent_target
from prisma_decouple.typescript.types.prisma.queries import OF_QUERIES
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to, element, known, substituted
from prisma_decouple.typescript.types.written.generic_calls import as_wanted, looked_up, told_of_reduce

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_CALLING = frozenset({"apply", "bind", "call"})
# What every page has, and is a text (lib.dom.d.ts).
_OF_PAGE = re.compile(r"document\.(?:cookie|title)|(?:(?:document|window)\.)?location\.(?:hash|href|pathname|search)")
# Functions of others that give what their callback gives, and may be told what that is: `useMemo<string>(() => ...)`.
_MADE_BY = frozenset({"computed", "createMemo", "map", "useMemo", "useState"})
_REDUCING = frozenset({"reduce", "reduceRight"})
_LITERALS = frozenset({"array", "object"})
_OWN_NAME = frozenset({"method_definition", "shorthand_property_identifier"})
_SAME = frozenset({"await_expression", "parenthesized_expression", "non_null_expression"})


def expected(file: FileContext, node: Node) -> Type | None:
    """The type that the place of an expression wants.

    Args:
        file: the file.
        node: the expression.

    Returns:
        The type, with the place where it is written as its place; None when it cannot be told.
    """
    if node.id not in file.expectations:
        file.expectations[node.id] = None  # what is asked on the way there, as of what a variable is given to
        file.expectations[node.id] = _expected(file, node)
    return file.expectations[node.id]


def _expected(file: FileContext, node: Node) -> Type | None:
    outer, node = place_of(node)
    reader = _READERS.get(outer.type) if outer is not None else None
    return known(reader(file, outer, node)) if reader is not None and outer is not None else None


def place_of(node: Node) -> tuple[Node | None, Node]:
    """What is around an expression and takes its value, and the expression there that has the value."""
    outer = None
    for outer in ancestors(node):
        if outer.type not in _SAME and not is_const(outer) and not _is_side(outer, node):
            break
        node = outer
    return outer, node


def is_const(outer: Node) -> bool:
    """Whether a cast only says that what is written is never anything else: `["id"] as const`."""
    return outer.type == "as_expression" and len(outer.named_children) == 1


def _is_side(outer: Node, node: Node) -> bool:
    """Whether an expression is one of the values that a condition or a fallback can have."""
    if outer.type == "ternary_expression":
        return node != outer.child_by_field_name("condition")
    is_fallback = outer.type == "binary_expression" and text_of(outer.child_by_field_name("operator")) in CHOICES
    return is_fallback and node == outer.child_by_field_name("right")


def _of_pair(file: FileContext, pair: Node, node: Node) -> Type | None:
    if node == pair.child_by_field_name("key") or pair.parent is None:
        return None
    return _of_property(file, pair.parent, key_of(pair))


def _of_property(file: FileContext, literal: Node, name: str) -> Type | None:
    owner = expected(file, literal)
    wanted = wanted_property(file, replace(owner, is_list=False), name) if owner is not None else None
    is_mixed = owner is not None and owner.is_mixed and owner.what in OF_QUERIES
    return replace(wanted, is_mixed=True) if wanted is not None and is_mixed else wanted


def _of_object(file: FileContext, literal: Node, node: Node) -> Type | None:
    """A shorthand property, or a method, is a property of its own name."""
    return _of_property(file, literal, key_of(node)) if node.type in _OWN_NAME else None


def _of_spread(file: FileContext, spread: Node, _: Node) -> Type | None:
    holder = spread.parent
    if holder is not None and holder.type == "jsx_expression":
        return given_to_component(file, holder)  # `<Row {...row} />`
    if holder is not None and holder.type == "arguments":
        return _of_spread_arguments(file, holder, spread)
    return expected(file, holder) if holder is not None else None


def _of_spread_arguments(file: FileContext, arguments: Node, spread: Node) -> Type | None:
    """A list of what is taken from a place on: `books.push(...found)`, or by a rest parameter."""
    call = arguments.parent
    if call is None or call.type != "call_expression":
        return None
    function = file.types.function_of(call)
    taken = parameters(function.place.node) if function is not None and function.place is not None else []
    is_open = is_rest(taken[-1]) if taken else callee(call)[1] in ADDS or text_of(callee(call)[0]) == "Math"
    found = _of_arguments(file, arguments, spread) if is_open else None
    return replace(found, is_list=True) if found is not None and not found.is_list else None


def _of_array(file: FileContext, array: Node, node: Node) -> Type | None:
    found = expected(file, array)
    if found is not None and found.what is What.MAP:
        return (
            entry_part(found, array.named_children.index(node)) if not found.is_list else replace(found, is_list=False)
        )
    if found is not None and found.what in {What.BOX, What.TUPLE} and not found.is_list:
        elements = children_of(array)
        return element_of(found, elements.index(node))
    return element(found) if found is not None else None


def _of_arguments(file: FileContext, arguments: Node, node: Node) -> Type | None:
    call = arguments.parent
    if call is None or call.type not in {"call_expression", "new_expression"}:
        return None
    place = next((index for index, each in enumerate(call_arguments(call)) if each == node), None)
    if call.type == "new_expression":
        return _of_constructor(file, call, place or 0)
    receiver, method = callee(call)
    if place == 0 and method in MOCKS and receiver is not None:
        return mocked(file, receiver)
    model = file.delegates.model_of(receiver) if receiver is not None and method in METHODS else None
    if model and place == 0 and receiver is not None:
        return Type(What.ARGS if method in CREATES else What.QUERY, model)
    if method in _CALLING and receiver is not None and place and (held := _held(file, receiver)) is not None:
        return _of_called(held, method, place)
    return _of_function(file, call, place)


def _of_function(file: FileContext, call: Node, place: int | None) -> Type | None:
    """What the function that a call calls wants as one of its arguments."""
    function = file.types.function_of(call)
    called = function.place if function is not None else task_started(file, call)
    if place is None or called is None:
        return _of_foreign(file, call, place) if place is not None else None
    wanted = _of_place(called, place) if function is not None or place == 0 else None
    if function is not None and function.bound:
        wanted = substituted(wanted, function) or wanted
    taken = parameters(called.node)
    if function is not None:
        wanted = looked_up(file.types, call, function, taken, place) or wanted
    return as_wanted(file, call, called, wanted, lambda: expected(file, call))


def _held(file: FileContext, receiver: Node) -> Place | None:
    """The function that an expression is."""
    found = file.types.of(receiver)
    return found.place if found is not None and found.what is What.FUNCTION else None


def _of_called(function: Place, method: str, place: int) -> Type | None:
    """What `show.call(null, book)`, `show.bind(null, book)` or `show.apply(null, [book])` wants behind the first."""
    if method != "apply":
        return _of_place(function, place - 1)
    taken = ((str(n), _of_place(function, n)) for n, _ in enumerate(parameters(function.node)))
    return Type(What.BOX, bound=tuple((name, each) for name, each in taken if each is not None))


def _checked_by(call: Node) -> Node | None:
    """The type that `Prisma.validator<Prisma.BookSelect>()({ ... })` holds its argument to."""
    checker = call.child_by_field_name("function")
    if checker is None or checker.type != "call_expression" or callee(checker)[1] != "validator":
        return None
    listed = checker.child_by_field_name("type_arguments")
    return next(iter(listed.named_children), None) if listed is not None else None


def _of_foreign(file: FileContext, call: Node, place: int) -> Type | None:
    """What a function of JavaScript, or of a library, wants as an argument."""
    checked = _checked_by(call) if place == 0 else None
    if checked is not None:
        return file.types.read(checked)
    related = fluent_target(file, call) if place == 0 else None
    if related is not None:
        return Type(What.QUERY, related)
    found = wanted_argument(file, call, place) or _entries(file, call) or wanted_by_event(file, call, place)
    return wanted_by_store(file.types, call, expected(file, call)) if found is None and place == 0 else found


def _of_constructor(file: FileContext, call: Node, place: int) -> Type | None:
    made = file.types.of(call)
    if made is None or made.what is not What.CLASS or made.place is None:
        return wanted_argument(file, call, place) or _entries(file, call)
    constructor = constructor_of(made)
    if constructor is None:
        return None
    wanted = _of_place(constructor[0], place)
    if constructor[1] is not made:
        wanted = substituted(wanted, constructor[1]) if constructor[1].bound else wanted
    return as_wanted(file, call, made.place, wanted, lambda: expected(file, call))


def _entries(file: FileContext, call: Node) -> Type | None:
    """The entries of which `Object.fromEntries(...)` or `new Map(...)` makes what its place wants."""
    if text_of(call.child_by_field_name("function") or call.child_by_field_name("constructor")) not in MADE_OF_ENTRIES:
        return None
    found = expected(file, call)
    return replace(found, is_list=True) if found is not None and found.what is What.MAP else None


def _of_place(function: Place, place: int) -> Type | None:
    """What a function says of one of its parameters."""
    taken = parameters(function.node)
    if taken and place >= len(taken) - 1 and is_rest(taken[-1]):
        found = wanted_by_parameter(function.file, taken[-1])
        return element_of(found, place - len(taken) + 1) if found is not None else None
    return wanted_by_parameter(function.file, taken[place]) if place < len(taken) else None


def _of_annotated(file: FileContext, holder: Node, node: Node) -> Type | None:
    is_value = node == holder.child_by_field_name("value")
    return file.types.read(holder.child_by_field_name("type")) if is_value else None


def _of_declared(file: FileContext, declarator: Node, node: Node) -> Type | None:
    """What the type of a variable says, or else the query wants that a literal is kept for: `const made = { … }`."""
    if declarator.child_by_field_name("type") is not None or node.type not in _LITERALS:
        return _of_annotated(file, declarator, node)
    return kept_for_query(declarator, lambda use: expected(file, use))


def _of_cast(file: FileContext, cast: Node, node: Node) -> Type | None:
    return file.types.read(cast.named_children[-1]) if node != cast.named_children[-1] else None


def _of_assignment(file: FileContext, assignment: Node, node: Node) -> Type | None:
    left = assignment.child_by_field_name("left")
    if left is None or node == left or _is_open(left):
        return None
    if _OF_PAGE.fullmatch(text_of(left)):
        return Type(What.VALUE, primitive="string")
    found = of_variable(file, left)
    is_field = found is not None and found.what is What.KEY and found.is_nullable and not found.nothing
    return replace(found, nothing=frozenset({"null"})) if found is not None and is_field else found


def _is_open(variable: Node) -> bool:
    """Whether a variable becomes whatever it is given: `let found = null`."""
    binding = binding_of(variable)
    if binding is None or binding.type != "variable_declarator" or binding.child_by_field_name("type") is not None:
        return False
    return text_of(binding.child_by_field_name("value")) in {"", "null", "undefined"}


def _of_return(file: FileContext, statement: Node, _: Node) -> Type | None:
    function = function_around(statement)
    return _of_result(file, function) if function is not None and not is_generator(function) else None


def _of_yield(file: FileContext, expression: Node, _: Node) -> Type | None:
    """What a generator has to yield, or all that it has to, for `yield* books`."""
    function = function_around(expression)
    found = _of_result(file, function) if function is not None and is_generator(function) else None
    if found is None or not found.is_list:
        return None
    return found if any(child.type == "*" for child in expression.children) else element(found)


def _of_arrow(file: FileContext, arrow: Node, node: Node) -> Type | None:
    return _of_result(file, arrow) if node == arrow.child_by_field_name("body") else None


def _of_result(file: FileContext, function: Node) -> Type | None:
    """What a function has to give back; the callback of a `map` gives an element of what the call has to be."""
    written = function.child_by_field_name("return_type")
    if written is not None:
        return file.types.read(written)
    if (user := wanted_of_provider(file, function)) is not None:
        return user
    call = function.parent.parent if function.parent is not None else None
    return _of_callback(file, call, function)


def _of_callback(file: FileContext, call: Node | None, function: Node) -> Type | None:
    method = callee(call)[1] if call is not None and call.type == "call_expression" else ""
    if call is not None and method in _REDUCING:
        return told_of_reduce(file.types, call)
    if call is not None and method in _MADE_BY and (told := call.child_by_field_name("type_arguments")) is not None:
        return file.types.read(told.named_children[0]) if told.named_children else None
    is_made = call is not None and text_of(call.child_by_field_name("function")) == "Array.from"
    if call is None or not (is_made or method in {"map", "flatMap", "then"}):
        wanted = expected(file, function)
        if wanted is not None and wanted.what is What.TAKER:
            return bound_to(wanted, RESULT)
        is_told = wanted is not None and wanted.what is What.FUNCTION
        return file.types.returned(wanted) if wanted is not None and is_told else None
    found = expected(file, call)
    if method == "then":
        return found
    return element(found) if found is not None else None


_READERS = {
    **dict.fromkeys(("assignment_pattern", "object_assignment_pattern"), of_default),
    "arguments": _of_arguments,
    "array": _of_array,
    "arrow_function": _of_arrow,
    "assignment_expression": _of_assignment,
    "jsx_attribute": lambda file, attribute, _: wanted_by_attribute(file, attribute),
    "jsx_expression": lambda file, expression, _: wanted_by_attribute(file, expression.parent),
    "object": _of_object,
    "pair": _of_pair,
    "public_field_definition": _of_annotated,
    "required_parameter": _of_annotated,
    "return_statement": _of_return,
    "satisfies_expression": _of_cast,
    "spread_element": _of_spread,
    "variable_declarator": _of_declared,
    "yield_expression": _of_yield,
}
