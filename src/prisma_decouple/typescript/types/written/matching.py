"""What is inferred of a type by its form: of `Book[]`, where `(infer U)[]` is written, that `U` is a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.signatures import is_rest
from prisma_decouple.typescript.source.syntax import key_of, text_of
from prisma_decouple.typescript.types.contexts import given_to, taken_by
from prisma_decouple.typescript.types.typed import Type, What, element, members_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

# What is inferred; False where a type is not of the form, None where that cannot be told.
Matched: TypeAlias = "dict[str, Type] | Literal[False] | None"

_SAME = frozenset({"parenthesized_type", "readonly_type", "type_annotation"})
# Types that are what they are given, as far as is told here: promises are not told apart from what they give.
TRANSPARENT = frozenset({"Awaited", "Promise", "PromiseLike", "Readonly", "Required"})
LISTS = frozenset({"Array", "Iterable", "ReadonlyArray", "ReadonlySet", "Set"})
OBJECTS = frozenset({What.CLASS, What.RECORD, What.SHAPE})
_ANYTHING = frozenset({"any", "unknown"})
_NO_OBJECTS = frozenset({"bigint", "boolean", "Date", "number", "string"})


def match(types: Types, pattern: Node, found: Type, depth: int) -> Matched:
    """What is inferred where a type is of a form; False where it is not, None where that cannot be told."""
    if not depth:
        return None
    if pattern.type in _SAME and pattern.named_children:
        return match(types, pattern.named_children[-1], found, depth - 1)
    if pattern.type == "infer_type":
        return {text_of(pattern.named_children[0]): found}
    if text_of(pattern) in _ANYTHING:
        return {}
    reader = _MATCHERS.get(pattern.type)
    return reader(types, pattern, found, depth - 1) if reader is not None else None


def _match_array(types: Types, pattern: Node, found: Type, depth: int) -> Matched:
    return match(types, pattern.named_children[0], element(found), depth) if found.is_list else False


def _match_generic(types: Types, pattern: Node, found: Type, depth: int) -> Matched:
    name, arguments = text_of(pattern.child_by_field_name("name")), pattern.child_by_field_name("type_arguments")
    if arguments is None or not arguments.named_children:
        return None
    if name in TRANSPARENT:
        return match(types, arguments.named_children[0], found, depth)
    if name in LISTS:
        return match(types, arguments.named_children[0], element(found), depth) if found.is_list else False
    return {} if name == "Record" and found.what in OBJECTS and not found.is_list else None


def _match_function(types: Types, pattern: Node, found: Type, depth: int) -> Matched:
    if found.what is not What.FUNCTION or found.is_list:
        return False
    inferred: dict[str, Type] = {}
    result = pattern.child_by_field_name("return_type")
    made = types.returned(found, depth) if result is not None else None
    if result is not None and (told := match(types, result, made, depth) if made is not None else {}):
        inferred |= told
    for index, parameter in enumerate(parameters(pattern)):
        written = parameter.child_by_field_name("type")
        given = taken_by(found, depth) if is_rest(parameter) else given_to(found, index, depth)
        if written is not None and given is not None and (told := match(types, written, given, depth)):
            inferred |= told
    return inferred


def _match_object(types: Types, pattern: Node, found: Type, depth: int) -> Matched:
    inferred: dict[str, Type] = {}
    for member in members_of(pattern):
        given = types.property(found, key_of(member), depth)
        written = member.child_by_field_name("type")
        told = match(types, written, given, depth) if written is not None and given is not None else None
        if not told and told != {}:
            return None
        inferred |= told
    return inferred


def _match_name(_: Types, pattern: Node, found: Type, __: int) -> Matched:
    """Records, objects and functions are no dates, and no texts."""
    is_object = found.what in OBJECTS or found.what is What.FUNCTION or found.is_list
    if text_of(pattern) == "object":
        return {} if is_object else None
    return False if is_object and text_of(pattern) in _NO_OBJECTS else None


_MATCHERS: dict[str, Callable[[Types, Node, Type, int], Matched]] = {
    "array_type": _match_array,
    "function_type": _match_function,
    "generic_type": _match_generic,
    "object_type": _match_object,
    "predefined_type": _match_name,
    "type_identifier": _match_name,
}
