"""A name in code that the schema calls otherwise now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

_SHORT = frozenset({"shorthand_property_identifier", "shorthand_property_identifier_pattern"})
_WITH_KEY = frozenset({"pair", "pair_pattern"})
_NAMES = frozenset({"identifier", "property_identifier", "type_identifier"})


def renamed(node: Node, name: str) -> list[Edit] | None:
    """The edits by which a place names something by its new name.

    Args:
        node: a name, a text that is one, a property, or an access by a text.
        name: the new name.

    Returns:
        What is taken out of an object, or put into one, under its own name keeps that beside: `{ handle: alias }`.
        None where the name is computed.
    """
    if node.type in _SHORT:
        return [Edit(node.start_byte, node.start_byte, f"{name}: ")]
    if node.type in _WITH_KEY or node.type == "subscript_expression":
        inner = node.child_by_field_name("key") or node.child_by_field_name("index")
        return renamed(inner, name) if inner is not None else None
    if node.type == "string":
        return [Edit(node.start_byte + 1, node.end_byte - 1, name)]
    return [Edit(node.start_byte, node.end_byte, name)] if node.type in _NAMES else None


def imported_as(specifier: Node, name: str) -> list[Edit]:
    """The edits by which a file imports something by its new name, and goes on calling it as before."""
    imported, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
    if imported is None:
        return []
    kept = "" if alias is not None else f" as {text_of(imported)}"
    return [Edit(imported.start_byte, imported.end_byte, name + kept)]
