"""Where a function is promised by another name or type: by an interface, a base class, or the type of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import declared_by, function_name
from prisma_decouple.typescript.source.syntax import key_of, last_name
from prisma_decouple.typescript.types.arrivals import bases_of
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.members import shape_members
from prisma_decouple.typescript.types.slots import place_key
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_HOLDERS = frozenset({"public_field_definition", "variable_declarator"})
_SIGNATURES = frozenset({"function_signature", "method_signature"})
_DEPTH = 8
_WRITTEN = frozenset({What.CLASS, What.SHAPE})


def promises_of(files: Iterable[FileContext], function: Place) -> dict[str, str]:
    """The members of types that stand for a function: who calls them may call it.

    Args:
        files: of the code base.
        function: the function or method.

    Returns:
        Their names, each by the key of its place.
    """
    name = function_name(function.node)
    members = list(bases_of(function, name)) if function.node.type == "method_definition" else []
    for file in (each for each in files if name and name in each.source.words):
        members += _kept(file, function, name)
    found = ((member, member.file.types.of_member(member.node)) for member in members)
    return {
        place_key(each.place): key_of(member.node)
        for member, each in found
        if each is not None and each.what is What.FUNCTION and each.place is not None
    }


def is_said_elsewhere(function: Place) -> bool:
    """Whether something else says what a function takes: an overload, the type of what holds it, what it overrides."""
    node, name = function.node, function_name(function.node)
    holder = node.parent
    if holder is not None and holder.type in _HOLDERS and holder.child_by_field_name("type") is not None:
        return True
    is_overriding = node.type == "method_definition" and next(bases_of(function, name), None) is not None
    return is_overriding or _is_overloaded(node, name)


def _is_overloaded(function: Node, name: str) -> bool:
    """Whether a signature of the same name stands above a function."""
    is_exported = function.parent is not None and function.parent.type == "export_statement"
    statement = function.parent if is_exported else function
    above = statement.prev_named_sibling if statement is not None else None
    while above is not None and above.type == "comment":
        above = above.prev_named_sibling
    above = declared_by(above) if above is not None else None
    return above is not None and above.type in _SIGNATURES and function_name(above) == name


def _kept(file: FileContext, function: Place, name: str) -> Iterator[Place]:
    """The members that the type of an object has for a function: `const books: Books = { add: addBook }`."""
    for node in file.source.nodes("pair", "shorthand_property_identifier"):
        value = node.child_by_field_name("value") or node
        if last_name(value) != name or node.parent is None or node.parent.type != "object":
            continue
        found = file.types.of(value)
        if found is None or found.place is None or place_key(found.place) != place_key(function):
            continue
        wanted = expected(file, node.parent)
        if wanted is not None and wanted.place is not None and wanted.what in _WRITTEN:
            yield from shape_members(wanted.place.file, wanted.place.node, key_of(node), _DEPTH)
