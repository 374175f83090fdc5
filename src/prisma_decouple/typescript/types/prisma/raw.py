"""Queries in SQL that say themselves what they give: `db.$queryRaw<Row[]>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import last_name, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types
    from prisma_decouple.typescript.types.typed import Type

_QUERIES = frozenset({"$queryRaw", "$queryRawUnsafe"})


def of_raw_query(types: Types, call: Node, depth: int) -> Type | None:
    """What a query in SQL is said to give; None for any other call.

    Args:
        types: of the file.
        call: the call, or a template with something in front of it.
        depth: how far declarations are followed.
    """
    function, listed = call.child_by_field_name("function"), call.child_by_field_name("type_arguments")
    method = unwrapped(function) if function is not None else call
    if method.type == "instantiation_expression":
        listed, method = method.child_by_field_name("type_arguments"), unwrapped(method.named_children[0])
    is_query = listed is not None and method.type == "member_expression" and last_name(method) in _QUERIES
    return types.read(listed.named_children[0], depth) if listed is not None and is_query else None
