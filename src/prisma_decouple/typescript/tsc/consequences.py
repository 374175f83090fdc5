"""Errors of the compiler that only follow from another place: from a query that is wrong, or a literal that lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import Source, ancestors, inner_expression, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.tsc.workspace import CompilerError

# There is no such property, or it may not be there.
_OF_A_READ = frozenset({"TS2339", "TS2551", "TS2531", "TS2532", "TS2533", "TS18047", "TS18048", "TS18049"})
_OF_A_VALUE = frozenset({"TS2322", "TS2345", "TS2769"})
_LITERALS = frozenset({"array", "object"})
_MAKERS = frozenset({"call_expression", "ternary_expression"})
_CHAINS = frozenset({"member_expression", "subscript_expression"})


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
    node = _node_at(source, error) if error.code in _OF_A_READ | _OF_A_VALUE else None
    if node is None:
        return None
    if error.code in _OF_A_READ:
        value, kinds = _value_of(_holder(node)), frozenset({"call_expression"})
        if value is not None and value.type == "identifier":
            value = _value_of(_named_there(value))  # `const { lines } = order`
    elif (made := _made_there(node)) is not None:
        value, kinds = made, _MAKERS
    else:
        value, kinds = _value_of(_named_there(node)), _LITERALS
    if value is None or value.type not in kinds:
        return None
    return range(value.start_point.row + 1, value.end_point.row + 2)


def _value_of(holder: Node | None) -> Node | None:
    """What a variable holds, without casts and the like."""
    value = holder.child_by_field_name("value") if holder is not None else None
    while value is not None and (inner := inner_expression(value)) is not None:
        value = inner
    return value


def _made_there(node: Node) -> Node | None:
    """What makes the value of a property of which an error complains: `lines: names.map((name) => ({ name }))`."""
    pair = node.parent
    value = pair.child_by_field_name("value") if pair is not None and pair.type == "pair" and node != pair else None
    return value if value is not None and value.type in _MAKERS else None


def _named_there(node: Node) -> Node | None:
    """The variable that is used where an error points to: in `data: record`, `record`, or as an argument."""
    pair = node.parent
    value = pair.child_by_field_name("value") if pair is not None and pair.type == "pair" else node
    is_name = value is not None and value.type in {"identifier", "shorthand_property_identifier"}
    found = find_binding(value, text_of(value)) if value is not None and is_name else None
    return found if found is not None and found.type == "variable_declarator" else None


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
