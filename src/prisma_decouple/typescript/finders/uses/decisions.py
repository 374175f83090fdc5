"""Places that would compile with `undefined` but where it means something: a person decides whether it may come there.

`where: { authorId: book.author?.id }` compiles, and without an author it selects every record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.kept_literals import around
from prisma_decouple.typescript.source.operators import COMPARISONS, DIFFERENT, EQUAL, STRICT
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    ancestors,
    has_safe_read,
    is_function,
    key_of,
    last_name,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_left, is_narrowed
from prisma_decouple.typescript.types.places.carried import carried
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.retyped import field_behind
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_COUNTS = frozenset({"length", "size"})
_DEPTH = 4
_FLAGS = frozenset({"boolean", "number"})
GIVEN_TO_QUERIES = frozenset({What.FILTER, What.UPDATE})
_WRITTEN_AS = frozenset({"assignment_expression", "pair", "shorthand_property_identifier"})
_READ_ON = {
    "call_expression": "function",
    "member_expression": "object",
    "non_null_expression": "expression",
    "subscript_expression": "object",
}
_CONDITIONS = frozenset({"binary_expression", "parenthesized_expression", "unary_expression"})


def is_decision(file: FileContext, place: Node) -> bool:
    """Whether undefined would mean something else at a place than that there is no record.

    Args:
        file: the file.
        place: an expression that becomes undefined for an absent record.

    Returns:
        True in the filter of a query, which undefined switches off; in what a record is changed to, which it leaves as
        it was; behind a spread whose value it replaces; in a comparison with something that may be undefined as well;
        where it would be taken for the other value of an enum; and in a condition that lets something be done because
        of it, `if (!book.author?.isBlocked) publish(book)`.
    """
    return (
        is_in_filter(file, place)
        or is_change(file, place)
        or _overrides(file, place)
        or _may_equal_nothing(file, place)
        or _is_taken_for_another(file, place)
        or _slips_through(file, place)
    )


def is_in_filter(file: FileContext, place: Node) -> bool:
    """Whether an expression stands in the filter of a query: null selects what has none there, undefined everything."""
    for outer in around(place):
        if is_function(outer) or outer.type.endswith("_statement"):
            return False
        if outer.type in PROPERTIES and key_of(outer) in {"where", "having", "cursor"}:
            return True
        wanted = _taking(file, outer)
        if wanted is not None and wanted.what is What.FILTER:
            return True
    return False


def _taking(file: FileContext, outer: Node) -> Type | None:
    """What a literal becomes, or what a property is given to: the filter of `where.authorId = value`."""
    if outer.type == "object":
        return expected(file, outer)
    left = outer.child_by_field_name("left") if outer.type == "assignment_expression" else None
    owner = left.child_by_field_name("object") if left is not None else None
    return file.types.of(owner) if owner is not None else None


def is_change(file: FileContext, place: Node) -> bool:
    """Whether a place is what a record is changed to: undefined leaves it as it is.

    It may be a property of what a query is given later as its data, or as its filter, which undefined switches off; or
    what a new record has instead of what the database would give it.
    """
    holder = place if place.type == "shorthand_property_identifier" else place.parent
    if holder is None or holder.type not in _WRITTEN_AS:
        return False
    target = holder.child_by_field_name("left")
    owner = target.child_by_field_name("object") if target is not None else holder.parent
    if owner is None:
        return False
    wanted = expected(file, owner) if target is None else file.types.of(owner)
    binding = binding_of(owner) if target is not None else None
    uses = carried(file, owner) or () if target is None else ()
    if binding is not None and binding.type == "variable_declarator":
        uses = [Place(file, use) for use in uses_of_variable(binding)]
    if wanted is not None and wanted.what is What.INPUT and target is None:
        column = file.facts.column_of(wanted.model, key_of(holder))
        return column is not None and column.is_omittable and not column.is_nullable
    kinds = {each.what for each in (wanted, *(expected(use.file, use.node) for use in uses)) if each is not None}
    return bool(kinds & GIVEN_TO_QUERIES)


def _overrides(file: FileContext, place: Node) -> bool:
    """Whether undefined would replace what is spread before it: `{ ...book, title: book.author?.title }`."""
    pair = place.parent
    before = pair.prev_named_sibling if pair is not None and pair.type == "pair" else None
    while pair is not None and before is not None:
        found = file.types.of(before.named_children[-1]) if before.type == "spread_element" else None
        if found is not None and file.types.property(found, key_of(pair)) is not None:
            return True
        before = before.prev_named_sibling
    return False


def compared(node: Node) -> Node | None:
    """What an expression is asked to be equal to, or not; None where it is not, or whether it is there."""
    outer = node.parent
    if outer is None or text_of(outer.child_by_field_name("operator")) not in COMPARISONS:
        return None
    other = _other_side(outer, node)
    return other if other is not None and other.type not in NOTHING else None


def _may_equal_nothing(file: FileContext, place: Node) -> bool:
    """Whether a place is compared with something that may be undefined, or loosely with something that may be null."""
    other = compared(place)
    if other is None or other.parent is None:
        return False
    if has_safe_read(other) or _may_become_undefined(file, place, other, _DEPTH):
        return True
    found = file.types.of(other)
    if found is None or not found.is_nullable:
        return False
    is_loose = text_of(other.parent.child_by_field_name("operator")) not in STRICT
    return is_loose or (found.nothing != {"null"} and found.what is not What.KEY)  # a key of a record is only ever null


def _may_become_undefined(file: FileContext, place: Node, other: Node, depth: int) -> bool:
    """Whether something is undefined for an absent record as well, or will be once it is read with `?.`."""
    other = unwrapped(other)
    if other.type == "call_expression":
        function = text_of(other.child_by_field_name("function"))
        if function == text_of(place.child_by_field_name("function")):
            return True  # the same is asked of two
    value = declared_value(binding, text_of(other)) if (binding := binding_of(other)) is not None else None
    if value is not None:
        return bool(depth) and _may_become_undefined(file, place, value, depth - 1)
    while other.type in _READ_ON:
        inner = other.child_by_field_name(_READ_ON[other.type])
        if inner is None:
            return False
        found = file.types.of(inner) if other.type != "call_expression" else None
        if found is not None and found.is_nullable and not is_narrowed(file, inner):
            return True
        other = inner
    return False


def _is_taken_for_another(file: FileContext, place: Node) -> bool:
    """Whether something is done for what has another value of an enum: `if (book.shelf?.side === "LEFT") … else …`."""
    field = field_behind(file, place)
    column = file.facts.column_of(*field) if field is not None and compared(place) is not None else None
    if column is None or column.scalar_type not in file.facts.enums or place.parent is None:
        return False
    condition = parenthesized(place.parent)
    branch = _otherwise(condition)
    if branch is not None and branch.type != "if_statement" and not is_left(file, branch):
        return True
    return _is_kept_and_asked(file, condition)


def _is_kept_and_asked(file: FileContext, condition: Node) -> bool:
    """Whether a constant says whether something holds, and what is done when it does not does something else."""
    while condition.parent is not None and condition.parent.type in _CONDITIONS:
        condition = condition.parent
    is_kept = condition.parent is not None and condition.parent.type == "variable_declarator"
    asked = [parenthesized(each.node) for each in carried(file, condition) or () if is_kept and each.file is file]
    branches = filter(None, map(_otherwise, asked))
    return any(not is_left(file, each) for each in branches)


def _otherwise(condition: Node) -> Node | None:
    """What is done where the condition of an `if` does not hold."""
    statement = condition.parent
    otherwise = statement.child_by_field_name("alternative") if statement is not None else None
    return otherwise.named_children[-1] if otherwise is not None and otherwise.type == "else_clause" else None


def _slips_through(file: FileContext, place: Node, depth: int = _DEPTH) -> bool:
    """Whether a condition holds because a record is absent, and lets something be done: `!book.author?.isBlocked`."""
    holds, inner = False, place
    for outer in ancestors(place):
        operator = text_of(outer.child_by_field_name("operator"))
        if outer.type == "if_statement" and inner == outer.child_by_field_name("condition"):
            return holds != is_left(file, outer.child_by_field_name("consequence"))
        if outer.type not in _CONDITIONS:
            return holds or _slips_through_later(file, inner, depth)
        asked = _other_side(outer, inner)
        if asked is not None and asked.type in NOTHING:
            if operator in EQUAL:
                return False  # it is asked whether there is nothing
        elif operator == "!" and _asks_for_nothing(file, inner):
            return False
        elif operator in DIFFERENT or operator == "!":
            holds = not holds
        left = outer.child_by_field_name("left")
        if operator == "&&" and left is not None and left != inner and _links(left)[:2] == _links(place)[:2]:
            return False  # it has been asked for before
        inner = outer
    return False


def _slips_through_later(file: FileContext, value: Node, depth: int) -> bool:
    uses = carried(file, value) or () if depth else ()
    return any(
        _slips_through(each.file, each.node, depth - 1) for each in uses if not is_narrowed(each.file, each.node)
    )


def _other_side(operation: Node, inner: Node) -> Node | None:
    left, right = operation.child_by_field_name("left"), operation.child_by_field_name("right")
    return right if left == inner else left


def _asks_for_nothing(file: FileContext, value: Node) -> bool:
    """Whether `!value` asks whether there is any: of a text or the length of a list, but not of a flag or a number."""
    value = unwrapped(value)
    field = field_behind(file, value)
    column = file.facts.column_of(*field) if field is not None else None
    if column is None:
        return last_name(value) in _COUNTS
    return column.scalar_type not in _FLAGS


def _links(chain: Node) -> list[str]:
    return re.split(r"[?!]*\.", text_of(chain))
