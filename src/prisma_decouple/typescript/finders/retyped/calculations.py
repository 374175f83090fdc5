"""Whether TypeScript lets a field of another type be calculated or compared with what it was calculated with before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.retyped.retyped_writes import is_retyped
from prisma_decouple.typescript.source.operators import ARITHMETIC, COMPARISONS
from prisma_decouple.typescript.source.syntax import NOTHING, string_value, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import DECIMAL
from prisma_decouple.typescript.types.kinds import JSON, LIST, PRIMITIVES, kinds_of, plain
from prisma_decouple.typescript.types.written.texts import texts_of_value
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext

_NUMBERS = frozenset({"bigint", "number"})
_PLAIN = PRIMITIVES | {DECIMAL}
_ORDER = frozenset({"<", "<=", ">", ">="})
_TWO_SIDED = frozenset({"augmented_assignment_expression", "binary_expression"})  # `sum += book.price`


class Calculation(NamedTuple):
    """What a value is calculated or compared with.

    Attributes:
        operator: how.
        others: the plain types of the other side; empty when they are not known.
        texts: the texts that the other side may be, when it is one of some: `"SOFT"`.
        is_open: whether it is compared with something of which nothing is known.
        is_kept: whether the other side keeps what is calculated: `sum += book.price`.
    """

    operator: str
    others: frozenset[str]
    texts: frozenset[str]
    is_open: bool
    is_kept: bool = False

    def refuses(self, field: RetypedField) -> bool:
        """Whether TypeScript refuses the new values of a field there, and took the old ones."""
        return (self.operator in COMPARISONS and self._is_apart_from(field)) or self._is_mixed(field)

    def joins(self, field: RetypedField) -> bool:
        """Whether what was added to a number is a text now, which the number is put behind."""
        is_text = field.before in _NUMBERS and field.after == "string"
        return self.operator == "+" and is_text and bool(self.others) and self.others <= _NUMBERS

    def _is_mixed(self, field: RetypedField) -> bool:
        """Whether the new plain type meets one that TypeScript does not calculate or compare it with."""
        before, after = field.before, field.after
        if before not in _PLAIN or after not in _PLAIN or before == after:
            return False
        if self.operator in ARITHMETIC and before in _NUMBERS and after not in _NUMBERS:
            return True
        if after in self.others or not self.others <= {before} or not self.others:
            return False
        if self.operator in _ORDER:
            return not {before, after} <= _NUMBERS
        if self.operator == "+":
            return "string" not in {before, after} or (self.is_kept and after == "string")
        return self.operator in ARITHMETIC | COMPARISONS

    def _is_apart_from(self, field: RetypedField) -> bool:
        """Whether the other side is a text that is no value of the enum which is there now, or only one side a list."""
        is_list = field.after.endswith("[]")
        if field.values and self.texts and not is_list:
            return not self.texts & field.values
        if is_list == field.before.endswith("[]") or not self.others or JSON in self.others:
            return False
        return LIST not in self.others if is_list else self.others == {LIST}

    def shown(self, field: RetypedField) -> str:
        """The other side in words: the texts, or the type that the field had."""
        return name_list(sorted(self.texts)) if field.values and self.texts else f"a {field.before}"


def calculated(file: FileContext, value: Node) -> Calculation | None:
    """What a value is calculated or compared with, on either side, or added to; None when it is not.

    Args:
        file: the file.
        value: the value, with its fallback and the parentheses around it.
    """
    outer = value.parent
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None and outer.type in _TWO_SIDED else ""
    is_kept = outer is not None and outer.type == "augmented_assignment_expression"
    operator = operator.removesuffix("=") if is_kept else operator
    if outer is None or operator not in COMPARISONS | ARITHMETIC | _ORDER | {"+"}:
        return None
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    side = next((each for each in sides if each is not None and each != value), outer)
    return _with_side(file, operator, side)._replace(is_kept=is_kept and value == sides[1])


def compared_in_cases(file: FileContext, value: Node) -> Iterator[tuple[Node, Calculation]]:
    """What a `switch` compares a value with, each with the value of its case.

    Args:
        file: the file.
        value: the value, with the parentheses around it.
    """
    statement = value.parent
    body = statement.child_by_field_name("body") if statement is not None else None
    if statement is None or body is None or statement.type != "switch_statement":
        return
    for case in (each for each in body.named_children if each.type == "switch_case"):
        asked = case.child_by_field_name("value")
        if asked is not None:
            yield asked, _with_side(file, "===", asked)


def _with_side(file: FileContext, operator: str, other: Node) -> Calculation:
    side = unwrapped(other)
    kinds = frozenset(map(plain, kinds_of(file.types, side)))
    texts = frozenset({string_value(side)}) if side.type == "string" else texts_of_value(file, side)
    is_open = operator in COMPARISONS and not kinds and side.type not in NOTHING and not is_retyped(file, side)
    return Calculation(operator, kinds, texts, is_open)
