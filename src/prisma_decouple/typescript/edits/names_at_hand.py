"""Variables and parameters that are called like a new foreign key: whether one can be used as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.backfilled import may_be_null
from prisma_decouple.typescript.source.assignments import is_assigned
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.scopes import declared_value, find_binding
from prisma_decouple.typescript.source.syntax import callee, function_around, last_name, text_of, unwrapped
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import What, fits

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_CONVERSIONS = {"Number": "number", "String": "string", "parseFloat": "number", "parseInt": "number"}


def are_at_hand(file: FileContext, node: Node, relation: RequiredRelation) -> bool:
    """Whether variables or parameters named like the foreign keys, and seen to be of their type, can be used at a node.

    What has no more than the name may be somebody else's, such as what a package calls its own keys.
    """
    return all(_is_usable(file, node, relation, index) for index in range(len(relation.foreign_keys)))


def _is_usable(file: FileContext, node: Node, relation: RequiredRelation, index: int) -> bool:
    key, kind = relation.foreign_keys[index], relation.scalar_types[index]
    binding = find_binding(node, key)
    if binding is None or _comes_later(binding, node) or not _has_value(binding, node, key):
        return False
    is_fit = fits(file.types.of_symbol(binding, key), kind)
    if is_fit is None and relation.target:
        return _is_made_for_it(file, node, binding, relation, index)
    return is_fit is True


def _comes_later(binding: Node, node: Node) -> bool:
    """Whether a variable is declared below a node of the same function."""
    functions = [function_around(place) for place in (binding, node)]
    return binding.start_byte > node.start_byte and functions[0] == functions[1]


def _has_value(binding: Node, node: Node, key: str) -> bool:
    """Whether a variable has been given a value at a node: where it is declared, or above."""
    if binding.type != "variable_declarator" or binding.child_by_field_name("value") is not None:
        return True
    block = binding.parent.parent if binding.parent is not None else None
    return block is None or is_assigned(block, {key}, binding.end_byte, node.start_byte)


def _is_made_for_it(file: FileContext, node: Node, binding: Node, relation: RequiredRelation, index: int) -> bool:
    """Whether a name holds the key of a record of the target, or what was converted to the key's type."""
    key, kind, reference = relation.foreign_keys[index], relation.scalar_types[index], relation.references[index]
    written = text_of(binding.child_by_field_name("type")).removeprefix(":").strip()
    if written:
        return written.replace("'", '"') == f'{relation.target}["{reference}"]'
    value = declared_value(binding, key)
    if value is None:
        path = path_to(binding, key)
        owner = file.types.owner_of(binding, key) if path else None
        return bool(path) and _leads_there(file, owner, (path or [""])[-1], relation, reference, is_there=False)
    value = unwrapped(value)
    if value.type == "call_expression":
        receiver, name = callee(value)
        return receiver is None and _CONVERSIONS.get(name) == kind
    owner_node = value.child_by_field_name("object")
    found = file.types.of(owner_node) if owner_node is not None else None
    return _leads_there(file, found, last_name(value), relation, reference, is_there=is_narrowed(file, node, key))


def _leads_there(
    file: FileContext, owner: Type | None, name: str, relation: RequiredRelation, reference: str, *, is_there: bool
) -> bool:
    """Whether a field of a record that is there is the target's own key, or one of another record that leads to it."""
    if owner is None or owner.what is not What.RECORD or owner.is_list or owner.is_mixed:
        return False
    if owner.is_nullable and not is_there:
        return False
    if owner.model == relation.target:
        return name == reference
    ways = (each for each in file.facts.relations if (each.model, each.target) == (owner.model, relation.target))
    return any(each.foreign_keys == (name,) for each in ways) and not may_be_null(file.facts, owner.model, name)
