"""Names of properties as types: `"id" | "title"`, `keyof Omit<Book, "id">`, `(typeof fields)[number]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import declared_value
from prisma_decouple.typescript.source.syntax import children_of, key_of, string_value, text_of, unwrapped
from prisma_decouple.typescript.types.typed import Type, What, members_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

    _Given: TypeAlias = Mapping[str, Type]

_NONE: frozenset[str] = frozenset()
_TRANSPARENT = frozenset({"parenthesized_type", "readonly_type", "type_annotation"})


def named(names: frozenset[str]) -> Type:
    """The type of a text that is one of some names."""
    return Type(What.VALUE, primitive="string", only=names)


def names_in(types: Types, node: Node, given: Mapping[str, Type], depth: int) -> frozenset[str]:
    """The names that a type of names stands for; empty when they cannot be told.

    Args:
        types: of the file.
        node: the type.
        given: what type parameters stand for.
        depth: how far declarations are followed.
    """
    reader = _READERS.get(node.type)
    return reader(types, node, given, depth - 1) if reader is not None and depth else _NONE


def _of_inner(types: Types, node: Node, given: _Given, depth: int) -> frozenset[str]:
    return names_in(types, node.named_children[-1], given, depth)


def _of_text(_: Types, node: Node, __: _Given, ___: int) -> frozenset[str]:
    return frozenset(string_value(each) for each in node.named_children) - {""}


def _of_union(types: Types, node: Node, given: _Given, depth: int) -> frozenset[str]:
    return frozenset(name for part in node.named_children for name in names_in(types, part, given, depth))


def _of_extract(types: Types, node: Node, given: _Given, depth: int) -> frozenset[str]:
    """What `Extract` leaves of a union, where that names what it leaves."""
    listed = node.child_by_field_name("type_arguments")
    is_extract = text_of(node.child_by_field_name("name")) == "Extract" and listed is not None
    return names_in(types, listed.named_children[-1], given, depth) if is_extract and listed is not None else _NONE


def _of_name(types: Types, node: Node, given: _Given, depth: int) -> frozenset[str]:
    name = text_of(node)
    if name in given:
        return given[name].only or _NONE
    found = types.file.project.lookup(types.file, node, name, is_type=True)
    if isinstance(found, Symbol) and found.node.type == "enum_declaration":
        return frozenset(enum_values(found.node).values())
    if not isinstance(found, Symbol) or found.node.type != "type_alias_declaration":
        return _NONE
    value = found.node.child_by_field_name("value")
    return names_in(found.file.types, value, {}, depth) if value is not None else _NONE


def _of_members(types: Types, node: Node, given: _Given, depth: int) -> frozenset[str]:
    """All names that a type has, where it writes them down itself: `keyof T`."""
    inner = node.named_children[0]
    owner = given.get(text_of(inner)) or types.read(inner, depth)
    if owner is None:
        return _NONE
    if owner.what is What.RECORD:
        return owner.only or _NONE
    declared = owner.place.node if owner.what is What.SHAPE and owner.place is not None else None
    if declared is None or declared.type not in {"interface_declaration", "object", "object_type"}:
        return _NONE
    return frozenset(name for each in members_of(declared) if (name := key_of(each)) and owner.has(name))


def _of_list(types: Types, node: Node, _: _Given, __: int) -> frozenset[str]:
    """The elements of a list of texts that is written down: `(typeof fields)[number]`."""
    base, *index = node.named_children
    while base.type in _TRANSPARENT and base.named_children:
        base = base.named_children[0]
    if base.type != "type_query" or not index or text_of(index[0]) != "number":
        return _NONE
    return texts_of(types, base.named_children[0])


def enum_values(declaration: Node) -> dict[str, str]:
    """The members of an enum that are texts, by their names; empty when one of them is none."""
    body = declaration.child_by_field_name("body")
    members = children_of(body) if body is not None else []
    found = {key_of(each): string_value(each.child_by_field_name("value")) for each in members}
    return found if all(found.values()) else {}


def texts_of(types: Types, value: Node) -> frozenset[str]:
    """The texts that an expression is, or is a list of: `"id"`, `["id", "title"]`, and a variable that holds them."""
    node = unwrapped(value)
    if node.type == "string":
        return frozenset({string_value(node)})
    if node.type == "identifier":
        found = types.file.project.lookup(types.file, node, text_of(node))
        held = (
            declared_value(found.node, text_of(found.node.child_by_field_name("name")))
            if isinstance(found, Symbol)
            else None
        )
        node = unwrapped(held) if held is not None and text_of(held).startswith("[") else node
    elements = children_of(node) if node.type == "array" else []
    is_told = bool(elements) and all(each.type == "string" for each in elements)
    return frozenset(string_value(each) for each in elements) if is_told else _NONE


_READERS: dict[str, Callable[[Types, Node, _Given, int], frozenset[str]]] = {
    **dict.fromkeys(_TRANSPARENT, _of_inner),
    "generic_type": _of_extract,
    "index_type_query": _of_members,
    "literal_type": _of_text,
    "lookup_type": _of_list,
    "type_identifier": _of_name,
    "union_type": _of_union,
}
