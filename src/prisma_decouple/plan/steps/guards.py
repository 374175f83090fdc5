"""Steps that stop a migration before it does something that the rows do not allow, and say how many rows there are.

On an empty table none of them does anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.plan.steps.base import TableStep

if TYPE_CHECKING:
    from prisma_decouple.model.database import Column, ColumnType, ForeignKey, IndexKey
    from prisma_decouple.plan.casts import Conversion


# Types of which two values that are equal are also written the same, and which PostgreSQL can group.
_EQUAL_TO_THE_LETTER = {"Text", "VarChar", "SmallInt", "Integer", "BigInt", "Boolean", "Uuid", "Date", "Timestamp"}


def is_equal_to_the_letter(kind: ColumnType) -> bool:
    """Whether two values of the type that are equal are also written the same."""
    return kind.enum is not None or (kind.native is not None and kind.native.name in _EQUAL_TO_THE_LETTER)


@dataclass(frozen=True)
class RequireValues(TableStep):
    """Stop when columns are null, and name the first few of the rows.

    Attributes:
        key: the columns that name a row in the message.
        undoing: the columns were never null in the old schema, and the rows were written since.
        by_rule: a rule was to find the values.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    undoing: bool = False
    by_rule: bool = True


@dataclass(frozen=True)
class RequireNoRows(TableStep):
    """Stop when the table has rows.

    Attributes:
        columns: required columns without a default that are about to be added; none when the table is about to go.
        undoing: it is the way back that adds them.
    """

    columns: tuple[str, ...] = ()
    undoing: bool = False


@dataclass(frozen=True)
class RequireNoValues(TableStep):
    """Stop when a column that is about to go has values.

    Attributes:
        successor: the column that may be the same under a new name, or with a type that its values cannot take on.
    """

    column: str
    successor: str


@dataclass(frozen=True)
class RequireConvertible(TableStep):
    """Stop when a column has values that its new type cannot hold."""

    before: Column
    after: Column
    conversion: Conversion

    @property
    def is_value_tried_once(self) -> bool:
        """Whether equal values fare equally, so that one of them can stand for many rows."""
        return is_equal_to_the_letter(self.before.type)


@dataclass(frozen=True)
class RequireUnique(TableStep):
    """Stop when rows agree in columns that are about to become unique.

    Attributes:
        by_rule: a rule has just filled them.
    """

    index: IndexKey
    by_rule: bool = False


@dataclass(frozen=True)
class RequireReferences(TableStep):
    """Stop when rows point at what is not there, where a foreign key is about to be added."""

    foreign_key: ForeignKey
