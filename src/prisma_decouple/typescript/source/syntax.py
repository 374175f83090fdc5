"""Thin helpers over tree-sitter: what a node is called, what is around and in it, and its text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.parsing import ASSERTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

FUNCTIONS = (
    "arrow_function",
    "function_declaration",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
)
# Classes that are declared by a name, and those that are written as a value besides.
DECLARED_CLASSES = frozenset({"abstract_class_declaration", "class_declaration"})
CLASSES = DECLARED_CLASSES | {"class"}
# What goes on from a value: of `a?.b`, `a?.b()` and `a?.b().c` all is absent with `a`.
CHAIN = frozenset({"call_expression", "member_expression", "non_null_expression", "subscript_expression"})
# What says of a value that it is of a type, whatever the compiler knows.
CASTS = ("as_expression", "type_assertion")
_BOTH = 2  # a value, and the type that it is said to be
_PARENTHESES = "parenthesized_expression"
_REMEMBERED = 256
_REMEMBERED_PARENTS = 1 << 16
_TRANSPARENT = frozenset(
    {
        "as_expression",
        "await_expression",
        "non_null_expression",
        _PARENTHESES,
        "satisfies_expression",
        "type_assertion",
    }
)


# The names that stand for a value.
VALUE_NAMES = ("identifier", "shorthand_property_identifier")
# What reads a property or an element of a value.
READS = ("member_expression", "subscript_expression")
# How a literal gives a property: `title: name`, or `title` alone.
PROPERTIES = ("pair", "shorthand_property_identifier")
# The members of object types, interfaces and classes that have a value.
MEMBERS = ("property_signature", "public_field_definition")
# What is around a value and gives the same, once it is there.
WAITS = frozenset({"await_expression", "parenthesized_expression"})
# What there is instead of a value, written as one or as a type.
NOTHING = frozenset({"null", "undefined"})


_AROUND_CASTS = frozenset({"await_expression", "non_null_expression", _PARENTHESES})

_SIDES = frozenset({"binary_expression", "parenthesized_expression", "ternary_expression"})


def text_of(node: Node | None) -> str:
    """A node's text; empty for None."""
    text = node.text if node is not None else None  # made anew whenever it is asked for
    return text.decode().replace(ASSERTED, "!") if text is not None else ""


def inner_expression(node: Node) -> Node | None:
    """The expression in parentheses, behind `await`, in a cast or before `!`; None for any other node."""
    if node.type not in _TRANSPARENT:
        return None
    return next((child for child in node.named_children if child.type not in {"comment", "type_arguments"}), None)


def children_of(node: Node) -> list[Node]:
    """The named children of a node, without comments, which may stand anywhere."""
    return [child for child in node.named_children if child.type != "comment"]


def parenthesized(node: Node) -> Node:
    """A node with the parentheses around it, which stands in the place where its value goes."""
    while node.parent is not None and node.parent.type == _PARENTHESES:
        node = node.parent
    return node


def without_parentheses(node: Node) -> Node:
    """What is in the parentheses; unlike `unwrapped` with its casts and `await`."""
    while node.type == _PARENTHESES and (inner := inner_expression(node)) is not None:
        node = inner
    return node


def said_in(cast: Node) -> tuple[Node, Node] | None:
    """The value of a cast and the type that it is said to be: `value as Type`, `<Type>value`; None for `as const`."""
    inner = children_of(cast) if cast.type in CASTS else []
    if len(inner) < _BOTH:
        return None
    return (inner[-1], inner[0].named_children[0]) if inner[0].type == "type_arguments" else (inner[0], inner[-1])


def cast_of(expression: Node) -> Node | None:
    """The type that an expression is said to be, `value as Type`, `as const` apart; None where nothing is said."""
    node: Node | None = expression
    while node is not None and node.type in _AROUND_CASTS:
        node = next((each for each in node.named_children if each.type != "comment"), None)
    said = said_in(node) if node is not None else None
    return said[1] if said is not None else None


def unwrapped(node: Node) -> Node:
    """An expression without everything that `inner_expression` takes away."""
    while (inner := inner_expression(node)) is not None:
        node = inner
    return node


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes around a node, from the inside out."""
    current = parent_of(node)
    while current is not None:
        yield current
        current = parent_of(current)


# A node looks for its parent from the top down, which in deeply nested code takes long.
@lru_cache(maxsize=_REMEMBERED_PARENTS)
def parent_of(node: Node) -> Node | None:
    """The node around a node, remembered."""
    return node.parent


def names_in(node: Node, name: str) -> list[Node]:
    """The nodes inside a node that stand for a value and are that name, its type by type, in the order of the text.

    The text is searched, and only what it gives is looked up in the tree: functions are long, and names rare in them.
    """
    wanted, text = name.encode(), node.text or b""
    found: list[Node] = []
    place = text.find(wanted) if wanted else -1
    while place >= 0:
        start = node.start_byte + place
        inner = node.descendant_for_byte_range(start, start + len(wanted))
        is_all = inner is not None and (inner.start_byte, inner.end_byte) == (start, start + len(wanted))
        if inner is not None and is_all and inner.type in VALUE_NAMES and inner != node:
            found.append(inner)
        place = text.find(wanted, place + len(wanted))
    return sorted(found, key=lambda each: VALUE_NAMES.index(each.type))


def descendants(node: Node, kind: str) -> Iterator[Node]:
    """The nodes of a type inside a node, in the order of the text."""
    yield from _descendants(node).get(kind, ())


# The same few blocks are asked again and again, a file with thousands of creates for every single one.
@lru_cache(maxsize=_REMEMBERED)
def _descendants(node: Node) -> Mapping[str, list[Node]]:
    # No recursion: a long chain of operators is nested more deeply than Python calls may be.
    found: dict[str, list[Node]] = {}
    waiting = node.named_children[::-1]
    while waiting:
        current = waiting.pop()
        found.setdefault(current.type, []).append(current)
        waiting += current.named_children[::-1]
    return found


def chain_around(node: Node) -> Node:
    """All that is read on from the value of a node, and called: `a.b().c` for `a`."""
    outer = node.parent
    while outer is not None and outer.type in CHAIN and outer.named_children[0] == node:
        node, outer = outer, outer.parent
    return node


def owner_of_read(read: Node) -> Node | None:
    """That of which something is read, without its parentheses: `book` of `(book).title`."""
    owner = read.child_by_field_name("object")
    return without_parentheses(owner) if owner is not None else None


def has_safe_read(node: Node) -> bool:
    """Whether something in an expression is read with `?.`."""
    # The text is searched first: of a long chain of operators, each part is asked.
    return b"?." in (node.text or b"") and next(descendants(node, "optional_chain"), None) is not None


def last_name(node: Node | None) -> str:
    """The name at the end of a name or property chain (`c` of `a?.b.c`); empty for any other expression."""
    if node is None:
        return ""
    node = unwrapped(node)
    if node.type in {"identifier", "shorthand_property_identifier", "property_identifier"}:
        return text_of(node)
    if node.type == "member_expression":
        return text_of(node.child_by_field_name("property"))
    if node.type == "subscript_expression":
        return string_value(node.child_by_field_name("index"))
    return ""


def first_name(node: Node) -> str:
    """The name at the start of a name or property chain (`a` of `a?.b.c`); empty for any other expression."""
    start = start_of(node)
    return text_of(start) if start.type in {"identifier", "this", "shorthand_property_identifier"} else ""


def start_of(node: Node) -> Node:
    """What a property chain starts with: the `a` of `a?.b.c`; any other expression itself."""
    start = unwrapped(node)
    while start.type in READS and (inner := start.child_by_field_name("object")) is not None:
        start = unwrapped(inner)
    return start


def string_value(node: Node | None) -> str:
    """What is between the quotes of a string without escapes; empty for anything else."""
    return text_of(node)[1:-1] if node is not None and node.type == "string" else ""


def key_of(node: Node) -> str:
    """The name of an object's property or of a type's member; empty when it is computed."""
    key = node.child_by_field_name("key") or node.child_by_field_name("name")
    if node.type == "shorthand_property_identifier":
        return text_of(node)
    return string_value(key) or (text_of(key) if key is not None and key.type != "computed_property_name" else "")


def call_arguments(call: Node) -> list[Node]:
    """The arguments of a call, without comments."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "arguments":
        return []
    return children_of(arguments)


def call_given(node: Node) -> Node | None:
    """The call, or the `new`, that is given a node as an argument; None when the node is no argument."""
    return node.parent.parent if node.parent is not None and node.parent.type == "arguments" else None


def spread_of(node: Node) -> Node | None:
    """The `...node` that spreads what a node is, into a literal, a list, a call or an element; None when none does."""
    return node.parent if node.parent is not None and node.parent.type == "spread_element" else None


def spread_around(node: Node) -> Node | None:
    """What spreads a node, or what it is a side of: `...node`, `...(is ? node : other)`, `...(is && node)`."""
    outer = node.parent
    while outer is not None and outer.type in _SIDES:
        outer = outer.parent
    return outer if outer is not None and outer.type == "spread_element" else None


def callee(call: Node) -> tuple[Node | None, str]:
    """Receiver and name of what a call calls: `(a.b, "c")` for `a.b.c()`, `(None, "c")` for `c()`."""
    function = call.child_by_field_name("function")
    if function is None:
        return None, ""
    function = unwrapped(function)
    receiver = function.child_by_field_name("object") if function.type == "member_expression" else None
    return receiver, last_name(function)


def is_function(node: Node) -> bool:
    """Whether a node is a function of any kind."""
    return node.type in FUNCTIONS


def nearest(node: Node, *types: str) -> Node | None:
    """The innermost node of one of some types that a node is in; None when there is none."""
    return next((each for each in ancestors(node) if each.type in types), None)


def function_at(node: Node) -> Node | None:
    """The function that a node is, or else the innermost one that it is in."""
    return node if is_function(node) else function_around(node)


def function_around(node: Node) -> Node | None:
    """The innermost function that a node is in; None outside of any, and for a function not that one itself."""
    return next((each for each in ancestors(node) if is_function(each)), None)


def is_inside(outer: Node, inner: Node) -> bool:
    """Whether a node of the same file begins in another one, or is that one itself."""
    return outer.start_byte <= inner.start_byte < outer.end_byte
