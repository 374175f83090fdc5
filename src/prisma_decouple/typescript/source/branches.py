"""What the branches of a condition do for those who come behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import find_binding, uses_in
from prisma_decouple.typescript.source.syntax import ancestors, descendants, is_function, is_inside, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_VALUES = ("identifier", "member_expression", "subscript_expression")


def left_without_value(statement: Node) -> list[str]:
    """The variables that no branch of a chain gives a value when its last condition does not hold.

    `if (shelf) plan = shelf.plan; else if (author) plan = await planOf(author);`, and then the plan is read.

    Args:
        statement: the `if` at the end of the chain.

    Returns:
        Their names; none for what is no such end, or has another branch for all else.
    """
    above = _chain_above(statement)
    if not above or statement.child_by_field_name("alternative") is not None:
        return []
    given = _assigned(statement.child_by_field_name("consequence"))
    before = [name for each in above for name in _assigned(each.child_by_field_name("consequence"))]
    return [name for name in dict.fromkeys(given) if name in before and _is_used_behind(above[-1], name)]


def skips(node: Node) -> bool:
    """Whether a value is used in a branch for which it has to be there, and others go on behind it without any.

    `if (author) names.push(author.name)` does so; with an `else`, or a `return`, something is done for the others as
    well. What is told of a choice, as for `left_without_value`, is not meant.

    Args:
        node: the value, `author`.
    """
    inner, value = node, plain(text_of(node))
    for outer in ancestors(node):
        if is_function(outer):
            return False
        is_branch = outer.type == "if_statement" and outer.child_by_field_name("consequence") == inner
        if is_branch and outer.child_by_field_name("alternative") is None and _asks_for(outer, value):
            return not leaves(inner) and not left_without_value(outer)
        inner = outer
    return False


def _asks_for(statement: Node, value: str) -> bool:
    """Whether a condition has something to do with a value."""
    condition = statement.child_by_field_name("condition")
    asked = [each for kind in _VALUES for each in descendants(condition, kind)] if condition is not None else []
    return any(plain(text_of(each)) == value for each in asked)


def _chain_above(statement: Node) -> list[Node]:
    """The `if`s to which one is the `else if`, from the inside out."""
    found = []
    holder = statement.parent
    while holder is not None and holder.type == "else_clause" and holder.parent is not None:
        found.append(holder.parent)
        holder = holder.parent.parent
    return found


def _assigned(branch: Node | None) -> Iterator[str]:
    """The names of the variables from outside that a branch gives a value."""
    for each in descendants(branch, "assignment_expression") if branch is not None else ():
        target = each.child_by_field_name("left")
        binding = find_binding(target, text_of(target)) if target is not None and target.type == "identifier" else None
        if branch is not None and binding is not None and not is_inside(branch, binding):
            yield text_of(target)


def _is_used_behind(chain: Node, name: str) -> bool:
    """Whether a variable is read behind a whole chain."""
    binding = find_binding(chain, name)
    block = binding.parent.parent if binding is not None and binding.parent is not None else None
    uses = uses_in(block, name, binding) if block is not None and binding is not None else ()
    return any(each.start_byte >= chain.end_byte for each in uses)
