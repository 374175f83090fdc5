"""The expressions that are a key or field which may be null now, and what their place does with them."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import CHOICES
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import PARAMETERS, bound_names
from prisma_decouple.typescript.source.syntax import (
    READS,
    WAITS,
    ancestors,
    callee,
    first_name,
    key_of,
    last_name,
    nearest,
    owner_of_read,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import MAPS
from prisma_decouple.typescript.types.places.tolerance import takes, takes_absence
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.project import Project

_ARITHMETIC = frozenset({"-", "*", "/", "%", "**", "<", ">", "<=", ">=", "&", "|", "^", "<<", ">>", ">>>", "in"})
_EXPRESSIONS = (
    *READS,
    *("call_expression", "new_expression", "shorthand_property_identifier"),
)
_LENIENT = frozenset({"&&=", "??=", "||="})
_SIGNS = frozenset({"-", "+", "~"})
_TEXTS = frozenset({"string", "template_string"})
_MARKUP = frozenset({"jsx_element", "jsx_fragment"})
_LOGS = frozenset({"console", "log", "logger", "Logger"})


_NAMES = re.compile(r"[\w$]+")


class Use(Enum):
    """What a place does with a key."""

    REFUSED = auto()
    """It takes no null, as TypeScript says."""
    SHOWN = auto()
    """It makes text of it: null is shown as such."""
    EMPTY = auto()
    """It makes text of it, and of null nothing."""
    FINE = auto()
    """It takes null, or cannot be told."""


def nullable_keys(file: FileContext) -> Iterator[tuple[Node, Type]]:
    """The expressions that are such a key, or a list of them, where they are used.

    Args:
        file: the file.

    Yields:
        Each with its type; but not the result of a `map` callback, as the whole list is one of these expressions.
    """
    keys = frozenset(name for model in file.facts.models for name in file.facts.nullable_names(model))
    keys |= _renamed(file.project, keys)
    for node in file.source.nodes(*_EXPRESSIONS):
        if node.type != "member_expression" or last_name(node) in keys:
            yield from _if_key(file, node)
    names = _names(file)
    if names:
        for node in file.source.nodes("identifier"):
            if text_of(node) in names and not _is_declaration(node):
                yield from _if_key(file, node)


def _renamed(project: Project, keys: frozenset[str]) -> frozenset[str]:
    """The names that literals give to such keys: `owner` of `{ owner: book.authorId }`."""
    if project.renamed is None:
        files = (file for file in project.files.values() if keys & file.source.words)
        pairs = (pair for file in files for pair in file.source.nodes("pair"))
        is_received = project.requests is not None
        named = ((key_of(pair), _read_in(pair.child_by_field_name("value"), is_whole=is_received)) for pair in pairs)
        project.renamed = frozenset(name for name, read in named if name and not keys.isdisjoint(read))
    return project.renamed


def _read_in(value: Node | None, *, is_whole: bool) -> list[str]:
    """The names that an expression reads: the last one, or all of them, where `book.author?.name` counts as well."""
    return _NAMES.findall(text_of(value)) if is_whole else [last_name(value)]


def _if_key(file: FileContext, node: Node) -> Iterator[tuple[Node, Type]]:
    found = file.types.of(node)
    is_key = found is not None and found.what is What.KEY and found.is_nullable
    if found is not None and is_key and not _is_listed(node) and not _is_read_there(file, node, found):
        yield node, found


def _is_read_there(file: FileContext, node: Node, key: Type) -> bool:
    """Whether it is read through a relation right here, which is told as a read."""
    owner = owner_of_read(node) if key.is_of_absent and node.type in READS else None
    record = file.types.of(owner) if owner is not None else None
    return record is not None and record.became_null is not None


def _names(file: FileContext) -> frozenset[str]:
    """The names that variables and parameters give to such keys."""
    found = set()
    bare = (each.child_by_field_name("parameter") for each in file.source.nodes("arrow_function"))
    declared = file.source.nodes("variable_declarator", "for_in_statement", *PARAMETERS)
    for binding in (*declared, *(each for each in bare if each is not None)):
        for name in bound_names(pattern_of(binding)):
            told = file.types.of_symbol(binding, name)
            if told is not None and told.what is What.KEY:
                found.add(name)
    return frozenset(found)


def _is_declaration(node: Node) -> bool:
    """Whether a name is only given here."""
    outer = node.parent
    return outer is None or node in {outer.child_by_field_name(field) for field in ("name", "parameter", "pattern")}


def _is_listed(node: Node) -> bool:
    """Whether an expression is the whole result of a `map` callback."""
    function = next(
        (each for each in ancestors(node) if each.type not in {"return_statement", "statement_block"}), None
    )
    if function is None or function.type != "arrow_function" or function.parent is None:
        return False
    if function.child_by_field_name("return_type") is not None:
        return False  # what is said of each of its results counts
    call = function.parent.parent
    is_call = call is not None and call.type == "call_expression" and not call.child_by_field_name("type_arguments")
    return call is not None and is_call and callee(call)[1] in MAPS


def use_of(file: FileContext, node: Node) -> Use:
    """What the place of a key does with it."""
    key, outer = node, node.parent
    while outer is not None and (outer.type in WAITS or _is_last_choice(outer, node)):
        node, outer = outer, outer.parent
    if outer is None:
        return Use.FINE
    reader = _READERS.get(outer.type)
    found = reader(file, outer, node) if reader is not None else None
    return found or _by_type(file, node, key)


def _is_last_choice(outer: Node, node: Node) -> bool:
    """Whether what is around a value becomes it, null as well: `book.author?.name ?? book.authorId`."""
    if outer.type == "ternary_expression":
        return node != outer.child_by_field_name("condition")
    is_choice = text_of(outer.child_by_field_name("operator")) in CHOICES
    return is_choice and node == outer.child_by_field_name("right")


def _by_type(file: FileContext, node: Node, key: Node) -> Use:
    wanted = wanted_type(file, node)
    is_value = wanted is not None and (wanted.what in {What.VALUE, What.KEY, What.TOLD} or _is_choice(wanted))
    if wanted is None or not is_value:
        return Use.FINE
    found = file.types.of(node) if wanted.is_whole else None
    given = file.types.of(key)
    is_list = found is not None and found.is_list
    is_taken = takes_absence(wanted, given) if given is not None else takes(wanted, "null")
    return Use.REFUSED if not is_taken or is_list else Use.FINE


def _is_choice(wanted: Type) -> bool:
    """Whether a type is one of objects or plain values: `string | Picture`."""
    return wanted.what is What.SHAPE and wanted.place is not None and wanted.place.node.type == "union_type"


def _in_operation(file: FileContext, outer: Node, node: Node) -> Use | None:
    operator = text_of(outer.child_by_field_name("operator"))
    if operator in _ARITHMETIC:
        return Use.REFUSED
    if operator != "+":
        return None
    left, right = outer.child_by_field_name("left"), outer.child_by_field_name("right")
    other = right if left == node else left
    return Use.SHOWN if other is not None and _is_text(file, other) else Use.REFUSED


def _is_text(file: FileContext, node: Node) -> bool:
    while node.type == "binary_expression":  # a sum is a text when one of its parts is
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or right.type in _TEXTS:
            return right is not None
        node = left
    if node.type in _TEXTS:
        return True
    found = file.types.of(node)
    written = text_of(found.place.node) if found is not None and found.place is not None else ""
    return found is None or "string" in {written, found.primitive}


def _in_assignment(file: FileContext, outer: Node, node: Node) -> Use | None:
    left, right = outer.child_by_field_name("left"), outer.child_by_field_name("right")
    operator = text_of(outer.child_by_field_name("operator"))
    if left is None or right is None or operator in _LENIENT or (left == node and operator == "="):
        return Use.FINE if left == node else None
    other = right if left == node else left
    return Use.SHOWN if operator == "+=" and _is_text(file, other) else Use.REFUSED


def _with_sign(_: FileContext, outer: Node, __: Node) -> Use:
    return Use.REFUSED if text_of(outer.child_by_field_name("operator")) in _SIGNS else Use.FINE


def _as_index(_: FileContext, outer: Node, node: Node) -> Use:
    return Use.REFUSED if outer.child_by_field_name("index") == node else Use.FINE


def is_only_logged(node: Node) -> bool:
    """Whether an expression is part of a text that is no more than a line for a log or an error."""
    return node.parent is not None and node.parent.type == "template_substitution" and _is_for_line(node)


def _is_for_line(text: Node) -> bool:
    """Whether a text is given to a log, or to an error."""
    call = nearest(text, "call_expression", "new_expression")
    if call is None:
        return False
    called = text_of(call.child_by_field_name("constructor")) or first_name(callee(call)[0] or call)
    return called.endswith("Error") or bool({called, last_name(callee(call)[0])} & _LOGS)


def _in_template(_: FileContext, __: Node, node: Node) -> Use:
    return Use.FINE if is_only_logged(node) else Use.SHOWN


def _in_call(_: FileContext, outer: Node, __: Node) -> Use | None:
    """`String(book.authorId)`."""
    call = outer.parent
    if call is None or text_of(call.child_by_field_name("function")) != "String":
        return None
    return Use.FINE if _is_for_line(call) else Use.SHOWN


def _in_list(_: FileContext, outer: Node, __: Node) -> Use | None:
    """`[book.code, book.authorId].join(",")`."""
    chain = outer.parent
    call = chain.parent if chain is not None and chain.type == "member_expression" else None
    return Use.EMPTY if call is not None and call.type == "call_expression" and last_name(chain) == "join" else None


def _in_markup(_: FileContext, outer: Node, __: Node) -> Use | None:
    """What stands between tags."""
    return Use.EMPTY if outer.parent is not None and outer.parent.type in _MARKUP else None


def _spread(file: FileContext, outer: Node, node: Node) -> Use | None:
    """`[...book.code]`, `Math.max(...pages)`; a list of keys is there itself, and an object takes nothing as well."""
    holder = outer.parent
    if holder is None or holder.type not in {"arguments", "array"}:
        return None
    found, call = file.types.of(node), holder.parent
    is_math = call is not None and text_of(callee(call)[0]) == "Math"
    return Use.REFUSED if found is None or not found.is_list or is_math else None


def _in_loop(file: FileContext, outer: Node, node: Node) -> Use:
    """`for (const letter of book.code)`; a list of keys is there itself."""
    found = file.types.of(node)
    is_list = found is not None and found.is_list
    return Use.REFUSED if outer.child_by_field_name("right") == node and not is_list else Use.FINE


_READERS = {
    "arguments": _in_call,
    "array": _in_list,
    "augmented_assignment_expression": _in_assignment,
    "binary_expression": _in_operation,
    "computed_property_name": lambda *_: Use.REFUSED,
    "for_in_statement": _in_loop,
    "jsx_expression": _in_markup,
    **dict.fromkeys(("member_expression", "non_null_expression"), lambda *_: Use.FINE),  # a read is told as such
    "spread_element": _spread,
    "subscript_expression": _as_index,
    "template_substitution": _in_template,
    "unary_expression": _with_sign,
    "update_expression": lambda *_: Use.REFUSED,
}
