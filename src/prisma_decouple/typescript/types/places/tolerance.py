"""Whether the place of a value may be given null, or undefined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.kept_literals import around, call_around, options_of, property_of
from prisma_decouple.typescript.source.operators import CHOICES, COMPARISONS, STRICT
from prisma_decouple.typescript.source.questions import is_assertion
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    ancestors,
    call_arguments,
    call_given,
    callee,
    chain_around,
    function_around,
    key_of,
    parenthesized,
    spread_of,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.beside import stands_beside
from prisma_decouple.typescript.types.places.carried import carried
from prisma_decouple.typescript.types.places.expectations import place_of
from prisma_decouple.typescript.types.places.indifferent import is_taken_by_any
from prisma_decouple.typescript.types.places.wanted import wanted_type

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type


_LENIENT_OPERATORS = CHOICES | COMPARISONS
_BY_KEY = frozenset({"delete", "findUnique", "findUniqueOrThrow", "update", "upsert"})
_PROPERTIES = frozenset({"jsx_expression", "pair"})
_INSIDE = frozenset({"await_expression", "binary_expression", "parenthesized_expression", "ternary_expression"})
_SHOWN = frozenset({"jsx_element", "jsx_fragment", "template_string"})
_DEPTH = 4


def refuses(use: Place, name: str, nothing: str = "null") -> bool:
    """Whether the place of a key wants something that is never null, or does not tell what it wants."""
    return selects_target(use.file, use.node, name) or not takes_nothing(use.file, use.node, nothing)


def takes(wanted: Type, nothing: str) -> bool:
    """Whether a place that wants a type takes `null`, or `undefined`."""
    return wanted.is_any or (wanted.is_nullable and (not wanted.nothing or nothing in wanted.nothing))


def takes_absence(wanted: Type, found: Type) -> bool:
    """Whether a place takes a value that may not be there: who reckons with null does so with undefined as well."""
    return takes(wanted, "null") or takes(wanted, found.absence)


def is_exact(file: FileContext, node: Node) -> bool:
    """Whether an expression is the value of a property that may be left out, but not be `undefined`."""
    holder = next((each for each in ancestors(node) if each.type not in _INSIDE), None)
    target = holder.child_by_field_name("left") if holder is not None else None
    is_property = node.type == "shorthand_property_identifier" or (holder is not None and holder.type in _PROPERTIES)
    is_property = is_property or (target is not None and target.type in READS)
    return is_property and file.project.modules.is_exact(file.source.path)


def takes_nothing(file: FileContext, node: Node, nothing: str = "null", depth: int = _DEPTH) -> bool:
    """Whether an expression may give null, or undefined, where it stands, for all that can be seen."""
    outer = node.parent
    both = _both_around(node) if nothing == "undefined" else None
    if _is_taken_out_of(node) or (nothing == "undefined" and is_held_against_null(node)):
        return False
    if outer is None or (both is None and _is_free(file, node)) or is_written_to(node):
        return True
    if is_read_on(node):
        is_asked = outer.child_by_field_name("optional_chain") is not None
        return is_asked and takes_nothing(file, chain_around(node), "undefined", depth)
    wanted, whole = wanted_type(file, node), place_of(both or node)[1]
    if wanted is not None and both is None:
        return takes(wanted, nothing) and (wanted.is_any or nothing == "null" or not is_exact(file, node))
    if stands_beside(file, both or node, nothing):
        return True
    # `book.title || book.author?.name` is what its last side is.
    is_side = whole not in {node, parenthesized(node)}
    return takes_nothing(file, whole, nothing, depth) if is_side else _is_let_pass(file, node, nothing, depth)


def _both_around(node: Node) -> Node | None:
    """The `node && other` that is what its first side is, where that is nothing."""
    node = parenthesized(node)
    outer = node.parent
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    is_first = outer is not None and outer.child_by_field_name("left") == node
    return (_both_around(outer) or outer) if outer is not None and is_first and operator == "&&" else None


def _is_let_pass(file: FileContext, node: Node, nothing: str, depth: int) -> bool:
    """The same where nothing says what is wanted: whether what becomes of the value is seen, and may be given that."""
    outer = node.parent
    is_got = nothing == "null" and _is_got(node)  # who reads it reads what it gives, and is looked at
    is_alone = outer is not None and outer.type == "expression_statement"
    is_got = is_got or (nothing == "undefined" and is_defaulted(file, node))
    if not depth or is_alone or is_got or is_taken_by_any(node, nothing):
        return depth > 0
    uses = carried(file, node)
    return uses is not None and all(
        is_narrowed(each.file, each.node) or takes_nothing(each.file, each.node, nothing, depth - 1) for each in uses
    )


def is_defaulted(file: FileContext, node: Node) -> bool:
    """Whether an expression is given to a parameter that says no more than what it is when nothing is given."""
    call = call_given(node)
    function = file.types.function_of(call) if call is not None and call.type == "call_expression" else None
    if call is None or function is None or function.place is None:
        return False
    taken, given = parameters(function.place.node), call_arguments(call)
    parameter = taken[given.index(node)] if node in given and len(given) <= len(taken) else None
    is_typed = parameter is None or parameter.child_by_field_name("type") is not None
    return parameter is not None and not is_typed and parameter.child_by_field_name("value") is not None


def _is_free(file: FileContext, node: Node) -> bool:
    """Whether an expression only stands where it is asked for, by nothing that says what it wants."""
    is_argument = node.parent is not None and node.parent.type == "arguments"
    return is_asked_for(node) and not (is_argument and wanted_type(file, node) is not None)


def _is_got(node: Node) -> bool:
    """Whether an expression is what a getter gives."""
    is_result = node.parent is not None and node.parent.type == "return_statement"
    function = function_around(node) if is_result else None
    return function is not None and any(child.type == "get" for child in function.children)


def _is_taken_out_of(node: Node) -> bool:
    """Whether the elements of a value are taken out of it, `[...titles]`, `show(...titles)`: nothing is no list."""
    spread = spread_of(node)
    return spread is not None and spread.parent is not None and spread.parent.type in {"arguments", "array"}


def is_held_against_null(node: Node) -> bool:
    """Whether it is only asked whether an expression is null: `book.subtitle === null`, which undefined is not."""
    node = parenthesized(node)
    outer = node.parent
    if outer is None or text_of(outer.child_by_field_name("operator")) not in STRICT:
        return False
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    return any(each is not None and each != node and each.type == "null" for each in sides)


def is_written_to(node: Node) -> bool:
    """Whether an expression is only given a value."""
    outer = node.parent
    return outer is not None and outer.type == "assignment_expression" and outer.child_by_field_name("left") == node


def is_read_on(node: Node) -> bool:
    """Whether something is taken out of the value of an expression."""
    outer = node.parent
    if outer is None or outer.type not in {*READS, "non_null_expression"}:
        return False
    return outer.type == "non_null_expression" or outer.child_by_field_name("object") == node


def is_asked_for(node: Node) -> bool:
    """Whether an expression only stands where it is asked whether it is there, or is compared or shown."""
    node = parenthesized(node)
    outer = node.parent
    if outer is None:
        return False
    if outer.type == "binary_expression":
        is_left = outer.child_by_field_name("left") == node
        operator = text_of(outer.child_by_field_name("operator"))
        return operator in _LENIENT_OPERATORS and (is_left or operator not in CHOICES)
    if outer.type in {"jsx_expression", "template_substitution"}:
        return outer.parent is not None and outer.parent.type in _SHOWN
    if outer.type == "arguments" and outer.parent is not None:
        return is_assertion(outer.parent) and call_arguments(outer.parent)[:1] == [node]
    if outer.type in {"if_statement", "ternary_expression", "while_statement"}:
        return outer.child_by_field_name("condition") == node
    return outer.type == "unary_expression" and text_of(outer.child_by_field_name("operator")) in {"!", "typeof"}


def selects_target(file: FileContext, value: Node, key: str) -> bool:
    """Whether a key selects the record that it points to: `where: { id: key }`."""
    if _selects_uniquely(file, value):
        return True
    relations = file.facts.optional_by_key(key)
    holder = value if value.type == "shorthand_property_identifier" else value.parent
    if holder is None or not any(key_of(holder) in each.references for each in relations):
        return False
    where = next((each for each in around(holder) if each.type in PROPERTIES), None)
    call = call_around(holder)
    if where is None or call is None or key_of(where) != "where":
        return False
    receiver, method = callee(call)
    model = file.delegates.model_of(receiver) if receiver is not None and method in METHODS else None
    return any(model == each.target for each in relations)


def _selects_uniquely(file: FileContext, value: Node) -> bool:
    """Whether a value is all that a record is found by, alone or as a part of a compound key."""
    holder = value if value.type == "shorthand_property_identifier" else value.parent
    literal = holder.parent if holder is not None else None
    where = property_of(literal) if literal is not None and literal.type == "object" else None
    if literal is not None and where is not None and key_of(where) != "where" and "_" in key_of(where):
        literal = where.parent
        where = property_of(literal) if literal is not None else None
    call = call_around(value)
    if call is None or where is None or literal is None or key_of(where) != "where":
        return False
    receiver, method = callee(call)
    is_own = where.parent == options_of(call) and len(literal.named_children) == 1
    return is_own and method in _BY_KEY and receiver is not None and file.delegates.model_of(receiver) is not None
