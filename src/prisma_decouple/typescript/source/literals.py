"""Object literals: which properties they give, where a value's literal stands, and how a property is added."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import declared_value, find_binding, is_parameter
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    ancestors,
    call_arguments,
    callee,
    children_of,
    descendants,
    is_function,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.source.vocabulary import MAPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source

_PROPERTIES = frozenset({"pair", "shorthand_property_identifier", "method_definition"})
_DEPTH = 8
_INSIDE = frozenset({"array", "object", "pair", "parenthesized_expression", "spread_element", "ternary_expression"})


@dataclass(slots=True)
class Given:
    """What an object literal gives.

    Attributes:
        values: the value of each property; a shorthand is its own value.
        opaque: spread expressions whose properties cannot be seen.
    """

    values: dict[str, Node] = field(default_factory=dict)
    opaque: list[Node] = field(default_factory=list)


def properties(literal: Node) -> Iterator[tuple[str, Node]]:
    """The properties that are written in a literal itself, with their values."""
    for child in literal.named_children:
        if child.type in _PROPERTIES:
            yield key_of(child), child.child_by_field_name("value") or child


def spreads_in(literal: Node) -> Iterator[Node]:
    """What is spread into a literal itself: the `...book` of `{ ...book, title }`."""
    yield from (child for child in literal.named_children if child.type == "spread_element")


def is_empty_list(value: Node | None) -> bool:
    """Whether an expression is `[]`."""
    return value is not None and value.type == "array" and not children_of(value)


def property_value(literal: Node, name: str) -> Node | None:
    """The value of a property that is written in a literal itself."""
    return next((value for key, value in properties(literal) if key == name), None)


def connected_key(value: Node) -> Node:
    """The key of `{ connect: { id: key } }`, or the value itself."""
    node = unwrapped(value)
    connected = property_value(node, "connect") if node.type == "object" else None
    keys = list(properties(connected)) if connected is not None and connected.type == "object" else []
    return keys[0][1] if len(keys) == 1 else value


def named_above(literal: Node) -> Node:
    """Where the compiler complains of what a literal lacks: at the property or variable that it is the value of."""
    holder = literal.parent
    while holder is not None and holder.type in {"parenthesized_expression", "satisfies_expression"}:
        holder = holder.parent
    is_held = holder is not None and holder.type in {"pair", "variable_declarator"}
    name = (holder.child_by_field_name("key") or holder.child_by_field_name("name")) if holder and is_held else None
    return name or literal


def complained_at(spread: Node) -> Node:
    """Where the compiler complains of what is spread: at what the literal is given to, or at the element's name."""
    holder = spread.parent
    if holder is not None and holder.type == "jsx_expression" and holder.parent is not None:
        return holder.parent.child_by_field_name("name") or spread
    return named_above(holder) if holder is not None else spread


def given_behind(spread: Node) -> frozenset[str]:
    """The properties of a literal, or of an element, that stand behind what is spread into it, and count instead."""
    literal = spread.parent
    if literal is not None and literal.type == "jsx_expression" and literal.parent is not None:
        behind = (each for each in literal.parent.named_children if each.start_byte > spread.end_byte)
        return frozenset(text_of(each.named_children[0]) for each in behind if each.type == "jsx_attribute")
    if literal is None or literal.type != "object":
        return frozenset()
    return frozenset(
        key_of(child)
        for child in literal.named_children
        if child.type in _PROPERTIES and child.start_byte > spread.end_byte
    )


def given_by(literal: Node, depth: int = _DEPTH) -> Given:
    """What a literal gives, spread literals included."""
    given = Given(dict(properties(literal)))
    for spread in spreads_in(literal):
        expression = spread.named_children[-1] if spread.named_children else spread
        parts = list(values_of(expression, depth - 1)) if depth else [expression]
        for part in parts:
            if part.type != "object":
                given.opaque.append(part)
                continue
            inner = given_by(part, depth - 1)
            given.values = inner.values | given.values
            given.opaque += inner.opaque
    given.values |= dict(_assigned_later(literal))
    return given


def values_of(expression: Node, depth: int = _DEPTH) -> Iterator[Node]:
    """The expressions that an expression can stand for: literals where they can be found, else what it leads to.

    Both sides of a condition, the elements of an array, the result of a `map` callback, the value of a variable and
    what is pushed to it are followed.
    """
    node = unwrapped(expression)
    parts = _parts(node) if depth else []
    if not parts:
        yield node
    for part in parts:
        yield from values_of(part, depth - 1)


def whole_values_of(expression: Node, depth: int = _DEPTH) -> Iterator[Node]:
    """The expressions that an expression can stand for, lists as a whole."""
    node = unwrapped(expression)
    is_followed = depth and node.type not in {"array", "call_expression"}
    parts = _parts(node) if is_followed else []
    if not parts:
        yield node
    for part in parts:
        yield from whole_values_of(part, depth - 1)


def _parts(node: Node) -> list[Node]:
    """One step from an expression to those that make it; empty at the end of the way."""
    if node.type == "ternary_expression":
        return [*node.children_by_field_name("consequence"), *node.children_by_field_name("alternative")]
    if node.type == "binary_expression" and text_of(node.child_by_field_name("operator")) == "&&":
        return node.children_by_field_name("right")
    if node.type == "array":
        return children_of(node)
    if node.type in VALUE_NAMES:
        return _variable_values(node)
    if node.type == "call_expression" and (callee(node)[1] in MAPS or _makes_list(node)):
        callback = next((each for each in call_arguments(node) if is_function(each)), None)
        body = callback.child_by_field_name("body") if callback is not None else None
        returned = _returned(body) if body is not None else None
        return [returned] if returned is not None else []
    return []


def _makes_list(call: Node) -> bool:
    """Whether a call makes a list of what a function gives, as `map` does: `Array.from({ length }, (_, at) => at)`."""
    return text_of(call.child_by_field_name("function")) == "Array.from"


def _variable_values(name: Node) -> list[Node]:
    binding = find_binding(name, text_of(name))
    value = declared_value(binding, text_of(name)) if binding is not None else None
    if binding is None or value is None:
        return []
    block = _block_of(binding)
    pushed = list(_pushed(block, text_of(name))) if value.type == "array" and block is not None else []
    return [*(_parts(value) if pushed else [value]), *pushed]


def _returned(body: Node) -> Node | None:
    """What a function body returns, when it has one return statement at its end."""
    if body.type != "statement_block":
        return body
    last = body.named_children[-1] if body.named_children else None
    if last is None or last.type != "return_statement" or not last.named_children:
        return None
    return last.named_children[0]


def _assigned_later(literal: Node) -> Iterator[tuple[str, Node]]:
    """`data.key = value` statements beside and below the declaration of `data`, when the literal is its value."""
    declarator = literal.parent
    block = _block_of(declarator) if declarator is not None and declarator.type == "variable_declarator" else None
    if declarator is None or block is None:
        return
    name = text_of(declarator.child_by_field_name("name"))
    for node in descendants(block, "assignment_expression"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and text_of(left.child_by_field_name("object")) == name:
            yield last_name(left), right


def _pushed(block: Node, name: str) -> Iterator[Node]:
    for call in descendants(block, "call_expression"):
        receiver, method = callee(call)
        if method == "push" and text_of(receiver) == name:
            yield from call_arguments(call)


def _block_of(declarator: Node) -> Node | None:
    """The block in which a variable is declared."""
    return declarator.parent.parent if declarator.parent is not None else None


def comes_from_parameter(expression: Node) -> bool:
    """Whether an expression is a parameter of a function around it, or a property of one."""
    node = unwrapped(expression)
    while node.type in {*READS, "binary_expression", "ternary_expression"}:
        inner = node.child_by_field_name("object") or node.child_by_field_name("left")
        inner = inner or node.child_by_field_name("consequence")
        if inner is None:
            return False
        node = unwrapped(inner)
    return node.type in VALUE_NAMES and is_parameter(node, text_of(node))


def add_property(source: Source, literal: Node, anchor: str, text: str) -> list[Edit]:
    """The edits that add a property to a literal, or a name to an object pattern, in its own style.

    Args:
        source: the file.
        literal: the object literal or pattern.
        anchor: the property behind which it belongs; behind the last one when there is no such property.
        text: the property, without a comma.

    Returns:
        Edits behind the anchor: on a line of its own in a literal of several lines, below the anchor's comment, and
        with a trailing comma only where the literal has one.
    """
    members = children_of(literal)
    if not members:
        return [Edit(literal.start_byte, literal.end_byte, f"{{ {text} }}")]
    member = next((each for each in members if _bound_key(each) == anchor), members[-1])
    is_on_own_line = members[0].start_point.row > literal.start_point.row
    gap = f"\n{source.indentation(member)}" if is_on_own_line else " "
    if member.type == "rest_pattern":
        return [add_before(source, member, text)]  # nothing may stand behind it
    comma = member.next_sibling if member.next_sibling is not None and member.next_sibling.type == "," else None
    end = _behind_comment(comma or member) if is_on_own_line else (comma or member).end_byte
    if comma is not None:
        return [Edit(end, end, f"{gap}{text}{',' if is_on_own_line or member != members[-1] else ''}")]
    if end == member.end_byte:
        return [Edit(end, end, f",{gap}{text}")]
    return [Edit(member.end_byte, member.end_byte, ","), Edit(end, end, f"{gap}{text}")]


def with_default(value: Node, other: str) -> Edit:
    """The edit that gives something else where a value is nothing, `value ?? other`; of `{ value }` it makes a pair."""
    name = f": {text_of(value)}" if value.type == "shorthand_property_identifier" else ""
    return Edit(value.end_byte, value.end_byte, f"{name} ?? {other}")


def add_before(source: Source, member: Node, text: str) -> Edit:
    """The edit that adds a property in front of a member of a literal or pattern, so that this one counts instead."""
    literal = member.parent or member
    is_on_own_line = literal.named_children[0].start_point.row > literal.start_point.row
    gap = f"\n{source.indentation(member)}" if is_on_own_line else " "
    return Edit(member.start_byte, member.start_byte, f"{text},{gap}")


def separator(source: Source, listed: Sequence[Node]) -> str:
    """What stands behind a comma in a list of arguments or parameters: a line of its own for each, or a space."""
    first = listed[0]
    is_on_own_line = first.parent is not None and first.parent.start_point.row < first.start_point.row
    are_apart = all(one.end_point.row < other.start_point.row for one, other in pairwise(listed))
    return f"\n{source.indentation(first)}" if is_on_own_line and are_apart else " "


def _bound_key(member: Node) -> str:
    return text_of(member) if member.type == "shorthand_property_identifier_pattern" else key_of(member)


def _behind_comment(node: Node) -> int:
    """Where a node's line ends, its trailing comment included."""
    follower = node.next_sibling
    is_trailing = follower is not None and follower.type == "comment"
    is_same_line = follower is not None and follower.start_point.row == node.end_point.row
    return follower.end_byte if follower is not None and is_trailing and is_same_line else node.end_byte


def is_argument(value: Node) -> bool:
    """Whether a value is handed to a call, alone or in a literal; what a callback gives is not."""
    around = next((each for each in ancestors(value) if each.type not in _INSIDE), None)
    return around is not None and around.type == "arguments"
