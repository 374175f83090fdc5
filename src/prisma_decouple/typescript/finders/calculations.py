"""Whether TypeScript lets a field of another type be calculated or compared with what it was calculated with before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.retyped_writes import is_retyped
from prisma_decouple.typescript.source.operators import COMPARISONS, STRICT
from prisma_decouple.typescript.source.syntax import NOTHING, text_of, unwrapped
from prisma_decouple.typescript.types.kinds import DECIMAL, PRIMITIVES, kinds_of, plain

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext

_NUMBERS = frozenset({"bigint", "number"})
_PLAIN = PRIMITIVES | {DECIMAL}
_OF_NUMBERS = frozenset({"-", "*", "/", "%", "**"})
_ORDER = frozenset({"<", "<=", ">", ">="})


class Calculation(NamedTuple):
    """What a value is calculated or compared with.

    Attributes:
        operator: how.
        others: the plain types of the other side; empty when they are not known.
        is_open: whether it is compared with something of which nothing is known.
    """

    operator: str
    others: frozenset[str]
    is_open: bool

    def refuses(self, field: RetypedField) -> bool:
        """Whether TypeScript refuses the new values of a field there, and took the old ones."""
        before, after = field.before, field.after
        if before not in _PLAIN or after not in _PLAIN or before == after:
            return False
        if self.operator in _OF_NUMBERS and before in _NUMBERS and after not in _NUMBERS:
            return True
        if after in self.others or not self.others <= {before} or not self.others:
            return False
        if self.operator in _ORDER:
            return not {before, after} <= _NUMBERS
        if self.operator == "+":
            return "string" not in {before, after}
        return self.operator in _OF_NUMBERS | STRICT


def calculated(file: FileContext, value: Node) -> Calculation | None:
    """What a value is calculated or compared with, on either side; None when it is not.

    Args:
        file: the file.
        value: the value, with its fallback and the parentheses around it.
    """
    outer = value.parent
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    if outer is None or outer.type != "binary_expression" or operator not in COMPARISONS | _OF_NUMBERS | _ORDER | {"+"}:
        return None
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    side = next((unwrapped(each) for each in sides if each is not None and each != value), outer)
    kinds = frozenset(map(plain, kinds_of(file.types, side)))
    is_open = operator in COMPARISONS and not kinds and side.type not in NOTHING and not is_retyped(file, side)
    return Calculation(operator, kinds, is_open)
