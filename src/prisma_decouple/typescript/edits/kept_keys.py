"""Keys that the setup of tests keeps in variables around them: `let id: string; beforeAll(() => (id = shelf.id))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import assigned_values, find_binding, visible_bindings
from prisma_decouple.typescript.source.syntax import (
    call_given,
    callee,
    function_around,
    last_name,
    owner_of_read,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import What, fits

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

# What Jest, Vitest, Mocha, node:test and Playwright call what runs before the tests that stand beside it.
_SETUPS = frozenset({"before", "beforeAll", "beforeEach"})


def kept_key(file: FileContext, node: Node, relation: RequiredRelation) -> str:
    """The variable that holds the key of the only record of a relation's target that the setup of a test keeps.

    Args:
        file: the file.
        node: where the key is to be given.
        relation: the relation.

    Returns:
        The variable; empty when there is none, or more than one.
    """
    if len(relation.references) != 1:
        return ""
    visible = visible_bindings(node)
    found = list(dict.fromkeys(name for name, binding in visible if _holds(file, node, binding, name, relation)))
    return found[0] if len(found) == 1 else ""


def _holds(file: FileContext, node: Node, binding: Node, name: str, relation: RequiredRelation) -> bool:
    """Whether a variable is given the key of such a record once, in a setup above, and never anything else."""
    if binding.type != "variable_declarator" or find_binding(node, name) != binding:
        return False
    kinds = (fits(file.types.of_symbol(binding, name), kind) for kind in relation.scalar_types)
    given = list(assigned_values(binding, name))
    if len(given) != 1 or not all(kinds):
        return False
    function, value = function_around(given[0]), unwrapped(given[0])
    is_before = given[0].end_byte <= node.start_byte and function != function_around(node)
    is_key = last_name(value) == relation.references[0] and _is_of_target(file, value, relation)
    return is_before and is_key and function is not None and _is_setup(function)


def _is_setup(function: Node) -> bool:
    call = call_given(function)
    return call is not None and callee(call)[1] in _SETUPS


def _is_of_target(file: FileContext, read: Node, relation: RequiredRelation) -> bool:
    """Whether something is read of one record of the target that is sure to be there."""
    owner = owner_of_read(read)
    found = file.types.of(owner) if owner is not None else None
    is_record = found is not None and found.what is What.RECORD and found.model == relation.target
    return found is not None and is_record and not (found.is_list or found.is_nullable or found.is_mixed)
