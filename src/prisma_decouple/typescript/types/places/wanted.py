"""What the place of an expression wants, as the code base or a package that is installed beside it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import call_arguments, callee, function_around, key_of, text_of
from prisma_decouple.typescript.source.vocabulary import MAPS
from prisma_decouple.typescript.types.foreign import (
    element_of_package,
    property_of_package,
    result_of_package,
    value_of_package,
    wanted_by_package,
    written_by_package,
)
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_LITERALS = frozenset({"array", "object"})


def wanted_type(file: FileContext, node: Node) -> Type | None:
    """As `expected`; where the code base does not tell, what the declarations of installed packages say.

    These are only read for what somebody asks for, so this is for values that may be null.

    Args:
        file: the file.
        node: the expression.
    """
    found = expected(file, node)
    if found is not None or file.project.teller is None:
        return found
    if node.id not in file.wanted:
        file.wanted[node.id] = _by_package(file, node)
    return file.wanted[node.id]


def _by_package(file: FileContext, node: Node) -> Type | None:
    outer, node = place_of(node)
    reader = _READERS.get(outer.type) if outer is not None else None
    found = reader(file, outer, node) if reader is not None and outer is not None else None
    is_told = found is None or not found.is_unsure or node.type in _LITERALS
    return found if is_told else None


def _of_arguments(file: FileContext, arguments: Node, node: Node) -> Type | None:
    call = arguments.parent
    place = call_arguments(call).index(node) if call is not None and node in call_arguments(call) else None
    return wanted_by_package(file, call, place) if call is not None and place is not None else None


def _of_pair(file: FileContext, pair: Node, node: Node) -> Type | None:
    if node == pair.child_by_field_name("key") or pair.parent is None:
        return None
    return _of_property(file, pair.parent, key_of(pair))


def _of_object(file: FileContext, literal: Node, node: Node) -> Type | None:
    is_shorthand = node.type == "shorthand_property_identifier"
    return _of_property(file, literal, text_of(node)) if is_shorthand else None


def _of_property(file: FileContext, literal: Node, name: str) -> Type | None:
    owner = wanted_type(file, literal)
    is_told = owner is not None and owner.what is What.TOLD
    return property_of_package(file, owner, name) if owner is not None and is_told else None


def _of_spread(file: FileContext, spread: Node, _: Node) -> Type | None:
    holder = spread.parent
    return wanted_type(file, holder) if holder is not None and holder.type == "object" else None


def _of_array(file: FileContext, array: Node, _: Node) -> Type | None:
    found = wanted_type(file, array)
    return element_of_package(file, found) if found is not None and found.what is What.TOLD else None


def _of_annotated(file: FileContext, holder: Node, node: Node) -> Type | None:
    is_value = node == holder.child_by_field_name("value")
    return written_by_package(file, holder.child_by_field_name("type")) if is_value else None


def _of_cast(file: FileContext, cast: Node, node: Node) -> Type | None:
    return written_by_package(file, cast.named_children[-1]) if node != cast.named_children[-1] else None


def _of_assignment(file: FileContext, assignment: Node, node: Node) -> Type | None:
    left = assignment.child_by_field_name("left")
    return value_of_package(file, left) if left is not None and node != left else None


def _of_return(file: FileContext, statement: Node, _: Node) -> Type | None:
    return _of_result(file, function_around(statement))


def _of_arrow(file: FileContext, arrow: Node, node: Node) -> Type | None:
    return _of_result(file, arrow) if node == arrow.child_by_field_name("body") else None


def _of_result(file: FileContext, function: Node | None) -> Type | None:
    """What a function has to give back: as it says itself, as its place says, or the element of a list."""
    written = function.child_by_field_name("return_type") if function is not None else None
    if function is None or written is not None:
        return written_by_package(file, written)
    call = function.parent.parent if function.parent is not None else None
    is_mapping = call is not None and call.type == "call_expression" and callee(call)[1] in MAPS
    found = wanted_type(file, call if call is not None and is_mapping else function)
    if found is None or found.what is not What.TOLD:
        return None
    return element_of_package(file, found) if is_mapping else result_of_package(file, found)


_READERS = {
    "arguments": _of_arguments,
    "array": _of_array,
    "arrow_function": _of_arrow,
    "assignment_expression": _of_assignment,
    "object": _of_object,
    "pair": _of_pair,
    "public_field_definition": _of_annotated,
    "required_parameter": _of_annotated,
    "return_statement": _of_return,
    "satisfies_expression": _of_cast,
    "spread_element": _of_spread,
    "variable_declarator": _of_annotated,
}
