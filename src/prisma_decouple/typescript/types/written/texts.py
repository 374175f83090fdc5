"""The texts that a type consists of: `"A" | "B"`, an enum of the code base, the values of a constant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.literals import properties, whole_values_of
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.questions import is_constant
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    READS,
    VALUE_NAMES,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import Type, What, element
from prisma_decouple.typescript.types.written.keys import enum_values, names_in

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_NONE: frozenset[str] = frozenset()
_DEPTH = 8


def texts_of_type(found: Type | None) -> frozenset[str]:
    """The texts that a type consists of; empty for one that lets other values in, or of which that is not known."""
    if found is None or found.what is not What.VALUE or found.is_list:
        return _NONE
    if found.only is not None:
        return found.only
    if found.place is None:
        return _NONE
    node = found.place.node
    if node.type == "enum_declaration":
        return frozenset(enum_values(node).values())
    parts = [each for each in alternatives(node) if text_of(each) not in NOTHING]
    told = [names_in(found.place.file.types, each, {}, _DEPTH) for each in parts]
    return _NONE.union(*told) if all(told) else _NONE


def texts_of_value(file: FileContext, value: Node) -> frozenset[str]:
    """The texts that an expression may be, as far as its type says: of `Status.DONE` the one that it is."""
    node = unwrapped(value)
    if node.type in VALUE_NAMES and (chosen := _chosen(node)):
        return chosen
    if node.type in READS:
        owner = node.child_by_field_name("object")
        declared = file.project.lookup(file, owner, text_of(owner)) if owner is not None else None
        if isinstance(declared, Symbol) and declared.node.type == "enum_declaration":
            members = enum_values(declared.node)
            is_any = node.type == "subscript_expression"
            return frozenset(members.values() if is_any else {members.get(last_name(node), "")} - {""})
        held = file.types.of(owner) if owner is not None else None
        literal = held.literal if held is not None else None
        if literal is not None:
            given = dict(properties(literal.node)).get(last_name(node))
            return frozenset({string_value(unwrapped(given))} - {""}) if given is not None else _NONE
    return texts_of_type(file.types.of(node))


def texts_of_elements(file: FileContext, value: Node) -> frozenset[str]:
    """The texts that the elements of a list may be: `kinds: Kind[]`, or a constant that lists them."""
    node = unwrapped(value)
    found = file.types.of(node)
    if found is not None and found.is_list and (texts := texts_of_type(element(found))):
        return texts
    binding = binding_of(node) if node.type in VALUE_NAMES else None
    held = binding.child_by_field_name("value") if binding is not None and is_constant(binding) else None
    if binding is None or held is None or binding.child_by_field_name("type") is not None:
        return _NONE
    listed = unwrapped(held)
    texts = frozenset(map(string_value, listed.named_children)) if listed.type == "array" else _NONE
    return texts if "" not in texts else _NONE


def _chosen(name: Node) -> frozenset[str]:
    """The texts among which a constant is chosen, `const color = isLoud ? "RED" : "GREY"`; empty for anything else."""
    binding = binding_of(name)
    value = binding.child_by_field_name("value") if binding is not None and is_constant(binding) else None
    if binding is None or value is None or binding.child_by_field_name("type") is not None:
        return _NONE
    values = list(whole_values_of(value))
    return frozenset(map(string_value, values)) if all(each.type == "string" for each in values) else _NONE
