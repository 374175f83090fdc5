"""Errors of the compiler that only follow from another place: a wrong query, a literal that lacks, a sibling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.elements import iterated
from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.scopes import binding_of, returned_values
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    call_arguments,
    callee,
    inner_expression,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import METHODS, SAME_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source
    from prisma_decouple.typescript.tsc.projects import CompilerError

# There is no such property, or it may not be there.
_OF_A_READ = frozenset({"TS2339", "TS2551", "TS2531", "TS2532", "TS2533", "TS18047", "TS18048", "TS18049"})
# It is of another type; the last three say which properties it lacks.
_OF_A_VALUE = frozenset({"TS2322", "TS2345", "TS2769", "TS2739", "TS2740", "TS2741"})
_OF_A_CHECK = frozenset({"TS1360"})  # `value satisfies Type`
_OF_A_CALL = "TS2769"
_CALLS = frozenset({"call_expression", "new_expression"})
_LITERALS = frozenset({"array", "object"})
_ELEMENTS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})
_MAKERS = frozenset({"call_expression", "ternary_expression"})


def origin_of(error: CompilerError, source: Source) -> range | None:
    """The lines of the call whose result an error reads, or of the literal that a variable holds where it is used.

    When what a query is given is wrong, TypeScript no longer knows what it loads, and complains of every read of it.
    What a literal lacks it tells where the variable is used that holds it.

    Args:
        error: of the compiler.
        source: the file as it was compiled.

    Returns:
        None when the error is neither.
    """
    known = _OF_A_READ | _OF_A_VALUE | _OF_A_CHECK
    node = node_at(source, error) if error.code in known else None
    if node is None:
        return None
    if error.code in _OF_A_READ:
        value = _of_read(node)
    elif error.code in _OF_A_CHECK:
        value = _of_checked(node)
    else:
        value = _of_value(node) or (_called_there(node) if error.code == _OF_A_CALL else None)
    return range(value.start_point.row + 1, value.end_point.row + 2) if value is not None else None


def _of_read(node: Node) -> Node | None:
    """The call whose result is read."""
    value = _value_of(_holder(node))
    if value is not None and value.type == "identifier":
        value = _value_of(_named_there(value))  # `const { lines } = order`
    return value if value is not None and value.type == "call_expression" else None


def _of_checked(node: Node) -> Node | None:
    """What is checked by `satisfies`."""
    outer = next((each for each in (node, *ancestors(node)) if each.type == "satisfies_expression"), None)
    value = unwrapped(outer) if outer is not None else None
    if value is not None and is_function(value):
        return _last_given(value)
    return value if value is not None and _is_made_here(value) else None


def _named_function(name: Node) -> Node | None:
    """The function that a property of an object is: `authorize: async () => ...`, `async authorize() { ... }`."""
    holder = name.parent
    if holder is None or holder.type not in {"method_definition", "pair"}:
        return None
    if holder.type == "method_definition":
        return holder if holder.child_by_field_name("name") == name else None
    value = holder.child_by_field_name("value")
    return value if holder.child_by_field_name("key") == name and value is not None and is_function(value) else None


def _last_given(function: Node) -> Node | None:
    """What a function gives back in the end."""
    return max(returned_values(function), key=lambda each: each.start_byte, default=None)


def _of_value(node: Node) -> Node | None:
    """What makes a value, or is held by the variable that is used for it."""
    attribute = node.parent
    if (function := _named_function(node)) is not None:
        return _last_given(function)
    if attribute is not None and attribute.type == "jsx_attribute":
        found = next(filter(None, map(_given_by, _with_siblings(attribute))), None)
        return found if found is not None else _of_hook(attribute.named_children[-1])
    if attribute is not None and attribute.type in _ELEMENTS and node == attribute.child_by_field_name("name"):
        return attribute  # what is wrong with `aria-label` and the like is told at the element's name
    if (
        attribute is not None
        and attribute.type == "variable_declarator"
        and node == attribute.child_by_field_name("name")
    ):
        value = _value_of(attribute)
        return _last_given(value) if value is not None and is_function(value) else None
    made = _made_there(node)
    if made is None and node.type == "return_statement" and node.named_children:
        returned = unwrapped(node.named_children[0])
        made = returned if _is_made_here(returned) or _is_query(returned) else None
    value = made if made is not None else _value_of(_named_there(node))
    if value is not None and (made is not None or _is_made_here(value) or _is_query(value)):
        return value
    return _of_hook(node)


def _of_hook(node: Node) -> Node | None:
    """The call whose result takes a value, `form.handleSubmit(save)`, or is given on: `control={form.control}`.

    Where a function gets its type from what it is given, something wrong with that spoils all that it gives back.
    """
    inner = node.named_children[0] if node.type == "jsx_expression" and node.named_children else node
    arguments = node.parent
    if arguments is not None and arguments.type == "arguments" and arguments.parent is not None:
        inner = arguments.parent.child_by_field_name("function") or inner
    value = _value_of(_bound(inner)) if inner.type in READS else None
    return value if value is not None and value.type == "call_expression" else None


def _with_siblings(attribute: Node) -> Iterator[Node]:
    """An attribute in markup, then the others of its element: a generic component infers its type from any of them."""
    yield attribute
    element = attribute.parent
    others = element.named_children if element is not None else ()
    yield from (each for each in others if each.type == "jsx_attribute" and each != attribute)


def _given_by(attribute: Node) -> Node | None:
    """What makes the value of an attribute in markup: `rows={rows}`, `rows={books.map((book) => ({ ...book }))}`."""
    given = attribute.named_children[-1]
    value = unwrapped(given.named_children[0]) if given.type == "jsx_expression" and given.named_children else None
    if value is not None and value.type == "identifier":
        value = _value_of(_named_there(value))
    return value if value is not None and _is_made_here(value) else None


def _is_made_here(value: Node) -> bool:
    """Whether it is a literal, also one that Prisma's validator holds, or a call given the function that makes it."""
    if value.type == "call_expression" and text_of(value).startswith("Prisma.validator"):
        return True
    given = call_arguments(value) if value.type in _CALLS else []
    is_mapped = any(is_function(each) or (value.type == "new_expression" and _is_made_here(each)) for each in given)
    return is_mapped or value.type in _LITERALS


def _is_query(value: Node) -> bool:
    """Whether it asks a client, `db.order.create(...)`: of one that is given the wrong data the result is not known."""
    return value.type == "call_expression" and callee(value)[0] is not None and callee(value)[1] in METHODS


def _value_of(holder: Node | None) -> Node | None:
    """What a variable holds, without casts and the like."""
    value = holder.child_by_field_name("value") if holder is not None else None
    return unwrapped(value) if value is not None else None


def _made_there(node: Node) -> Node | None:
    """What makes the value of a property of which an error complains: `lines: names.map((name) => ({ name }))`."""
    pair = node.parent
    value = pair.child_by_field_name("value") if pair is not None and pair.type == "pair" and node != pair else None
    is_spread = value is not None and value.type == "array" and any(spreads_in(value))
    return value if value is not None and (value.type in _MAKERS or is_spread) else None


def _called_there(node: Node) -> Node | None:
    """The call that an error points to, or its method: no way to call it takes what it is given."""
    calls = [each for each in ancestors(node) if each.type == "call_expression"]
    begun = [each for each in calls if each.start_byte == node.start_byte]
    chain = node.parent
    is_method = chain is not None and chain.child_by_field_name("property") == node
    called = next((each for each in calls if is_method and each.child_by_field_name("function") == chain), None)
    return called or (begun[-1] if begun and node.type == "identifier" else None)


def _named_there(node: Node) -> Node | None:
    """The variable that is used where an error points to: in `data: record`, `return record`, or as an argument."""
    if node.type == "return_statement" and node.named_children:
        node = unwrapped(node.named_children[0])
    pair = node.parent
    value = pair.child_by_field_name("value") if pair is not None and pair.type == "pair" else node
    found = binding_of(value)
    return found if found is not None and found.type == "variable_declarator" else None


def node_at(source: Source, error: CompilerError) -> Node | None:
    """What an error points to."""
    lines = source.data.split(b"\n")
    if error.line > len(lines):
        return None
    units = lines[error.line - 1].decode("utf-8", errors="replace").encode("utf-16-le")  # as the compiler counts
    column = len(units[: 2 * (error.column - 1)].decode("utf-16-le", errors="ignore").encode())
    place = (error.line - 1, column)
    return source.root.named_descendant_for_point_range(place, place)


def _holder(read: Node) -> Node | None:
    """The variable whose value is read: of `document.versions[0]` that of `document`, of a pattern the pattern's."""
    for outer in ancestors(read):
        if outer.type == "variable_declarator":
            target = outer.child_by_field_name("name")
            is_pattern = target is not None and target.type != "identifier"
            return outer if is_pattern and target is not None and read.end_byte <= target.end_byte else None
        if outer.type in READS:
            return _bound(outer)
    return None


def _bound(chain: Node) -> Node | None:
    owner = chain
    while (inner := _inside(owner)) is not None:
        owner = inner
    found = binding_of(owner)
    if found is None or found.type == "variable_declarator":
        return found
    listed = found.child_by_field_name("right") if found.type == "for_in_statement" else iterated(found)
    return _bound(listed) if listed is not None else None  # an element: `orders.map((order) => order.lines)`


def _inside(expression: Node) -> Node | None:
    """What a chain, a cast or a choice of elements begins with; None for anything else."""
    if expression.type == "call_expression":
        receiver, method = callee(expression)
        return receiver if method in SAME_ELEMENTS else None
    return expression.child_by_field_name("object") if expression.type in READS else inner_expression(expression)
