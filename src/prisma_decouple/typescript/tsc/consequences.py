"""Errors of the compiler that only follow from another place: reads of the result of a query that is wrong itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import Source, ancestors, inner_expression, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.tsc.workspace import CompilerError

_NO_SUCH_PROPERTY = frozenset({"TS2339", "TS2551"})
_CHAINS = frozenset({"member_expression", "subscript_expression"})


def origin_of(error: CompilerError, source: Source) -> range | None:
    """The lines of the call whose result an error reads.

    When what a query is given is wrong, TypeScript no longer knows what it loads, and complains of every read of it.

    Args:
        error: of the compiler.
        source: the file as it was compiled.

    Returns:
        None when the error is no read of a property of a variable that holds what a call gave back.
    """
    read = _node_at(source, error) if error.code in _NO_SUCH_PROPERTY else None
    holder = _holder(read) if read is not None else None
    value = holder.child_by_field_name("value") if holder is not None else None
    while value is not None and (inner := inner_expression(value)) is not None:
        value = inner
    if value is None or value.type != "call_expression":
        return None
    return range(value.start_point.row + 1, value.end_point.row + 2)


def _node_at(source: Source, error: CompilerError) -> Node | None:
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
        if outer.type in _CHAINS:
            return _bound(outer)
    return None


def _bound(chain: Node) -> Node | None:
    owner: Node | None = chain
    while owner is not None and (owner.type in _CHAINS or inner_expression(owner) is not None):
        owner = owner.child_by_field_name("object") or inner_expression(owner)
    found = find_binding(owner, text_of(owner)) if owner is not None and owner.type == "identifier" else None
    return found if found is not None and found.type == "variable_declarator" else None
