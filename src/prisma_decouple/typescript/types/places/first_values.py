"""What a variable takes that is told no type, by its first value or its use; what a default has to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.source.literals import whole_values_of
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, returned_values, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    ancestors,
    has_safe_read,
    is_function,
    nearest,
    spread_around,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.prisma.queries import OF_QUERIES
from prisma_decouple.typescript.types.retyped import field_behind
from prisma_decouple.typescript.types.typed import Type, What, element

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What a literal in a variable is looked into for; what a written type takes is told where the variable is handed on.
_LOOKED_INTO = OF_QUERIES | {What.BOX}


def of_variable(file: FileContext, variable: Node) -> Type | None:
    """What a variable takes, as far as it is known: what its type says, else what its first value is.

    Args:
        file: the file.
        variable: its name, or whatever else is given another value.
    """
    found = file.types.of(variable)
    return found if found is not None and not found.is_any else _of_first_value(file, variable) or found


def of_default(file: FileContext, pattern: Node, node: Node) -> Type | None:
    """What a pattern with a type takes where there is nothing: `({ genre = "NOVEL" }: Props)`; any other takes all.

    Args:
        file: the file.
        pattern: the part of the pattern.
        node: what stands in it.
    """
    left, binding = pattern.child_by_field_name("left"), nearest(pattern, "variable_declarator", *PARAMETERS)
    if left is None or node == left or binding is None or binding.child_by_field_name("type") is None:
        return None
    owner, path = file.types.owner_of(binding, text_of(left)), path_to(binding, text_of(left))
    if owner is None or not path:
        return None
    return element(owner) if path[-1].isdigit() and owner.is_list else file.types.property(owner, path[-1])


def kept_for_query(declarator: Node, wanted_at: Callable[[Node], Type | None]) -> Type | None:
    """What the queries, and the functions of libraries, want that a variable without a type is given to: the first one.

    Args:
        declarator: of the variable.
        wanted_at: says what the place of an expression wants.
    """
    wanted = [wanted_at(use) for use in uses_of_variable(declarator) if spread_around(use) is None]
    found = next((each for each in wanted if each is not None and each.what in _LOOKED_INTO), None)
    statement = declarator.parent.parent if declarator.parent is not None else None
    if found is None or statement is None:
        return found
    is_one = all(each is not None and each.model == found.model for each in wanted)
    return replace(found, is_mixed=not is_one or statement.type == "export_statement")


def _of_first_value(file: FileContext, variable: Node) -> Type | None:
    """The type of a variable whose first value is a date, a never-null field of a record, or a function's result."""
    binding = binding_of(variable)
    if binding is None or binding.type != "variable_declarator" or binding.child_by_field_name("type") is not None:
        return None
    name, value = binding.child_by_field_name("name"), binding.child_by_field_name("value")
    if name is None or name.type != "identifier" or value is None:
        return None
    made = unwrapped(value)
    if made.type == "new_expression" and text_of(made.child_by_field_name("constructor")) == "Date":
        return Type(What.VALUE, primitive="Date")
    if made.type == "call_expression":
        return _of_result(file, made)
    field = field_behind(file, value)
    column = file.facts.column_of(*field) if field is not None else None
    is_plain = column is not None and not column.is_nullable and not column.is_list
    if column is None or not is_plain:
        return None
    nothing = frozenset({"undefined"} if has_safe_read(value) else ())  # what `row?.id` is without a row is not null
    return Type(What.VALUE, primitive=column.scalar_type, is_nullable=bool(nothing), nothing=nothing)


def _of_result(file: FileContext, call: Node) -> Type | None:
    """What a function gives that says no type, where all that it gives is of plain types, or nothing."""
    function = file.types.function_of(call)
    place = function.place if function is not None else None
    if place is None or place.node.child_by_field_name("return_type") is not None:
        return None
    values = [each for result in returned_values(place.node) for each in whole_values_of(result)]
    nothing = frozenset(text_of(each) for each in values if text_of(each) in NOTHING)
    kinds = {_plain_type(place.file, each) for each in values if text_of(each) not in NOTHING}
    if not all(kinds):
        return None
    return Type(What.VALUE, primitive=" | ".join(sorted(kinds)), is_nullable=bool(nothing), nothing=nothing)


def _plain_type(file: FileContext, value: Node) -> str:
    """The plain type of a value, by what is known of it or by what was asked: `typeof value === "string" ? value`."""
    found = file.types.of(value)
    if found is not None and found.primitive and not found.is_nullable and not found.is_list:
        return found.primitive
    asked = re.compile(rf"typeof {re.escape(text_of(value))} === ([\"'])(?P<kind>number|string)\1")
    inner = value
    for outer in ancestors(value):
        if is_function(outer):
            break
        condition = outer.child_by_field_name("condition")
        is_reached = condition is not None and outer.child_by_field_name("consequence") == inner
        for each in conjuncts(condition) if condition is not None and is_reached else ():
            if (said := asked.fullmatch(text_of(each))) is not None:
                return said["kind"]
        inner = outer
    return ""
