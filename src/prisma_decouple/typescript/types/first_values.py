"""What a variable takes that is told no type: what its first value is, `let at = new Date()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import has_safe_read, text_of, unwrapped
from prisma_decouple.typescript.types.retyped import field_behind
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def of_first_value(file: FileContext, variable: Node) -> Type | None:
    """The type of a variable whose first value is a date, or a field of a record that is never null.

    Args:
        file: the file.
        variable: its name, where it is given another value.
    """
    binding = binding_of(variable)
    if binding is None or binding.type != "variable_declarator" or binding.child_by_field_name("type") is not None:
        return None
    name, value = binding.child_by_field_name("name"), binding.child_by_field_name("value")
    if name is None or name.type != "identifier" or value is None:
        return None
    made = unwrapped(value)
    if made.type == "new_expression" and text_of(made.child_by_field_name("constructor")) == "Date":
        return Type(What.VALUE, primitive="Date")
    field = field_behind(file, value)
    column = file.facts.column_of(*field) if field is not None else None
    is_plain = column is not None and not column.is_nullable and not column.is_list
    if column is None or not is_plain:
        return None
    nothing = frozenset({"undefined"} if has_safe_read(value) else ())  # what `row?.id` is without a row is not null
    return Type(What.VALUE, primitive=column.scalar_type, is_nullable=bool(nothing), nothing=nothing)
